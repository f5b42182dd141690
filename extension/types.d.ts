// What is there besides the web's own: the browser's interface for extensions, and the one namespace of the scripts in a page.
declare var browser: any;
declare var chrome: any;
declare var Headwater: any;
