// @ts-check
// Marks in the page without touching its elements: CSS Custom Highlights, one name and one line style per outcome.
(() => {
  const HW = globalThis.Headwater ??= {};
  // never colour alone: each outcome has its own line
  const STYLES = {
    supported: '#dff3e3;text-decoration:underline dotted #1a7f37',
    shifted: '#fdf0c4;text-decoration:underline dashed #9a6700',
    contradicted: '#fddcd8;text-decoration:underline wavy #c1121f',
    not_in_source: '#e3e8f7;text-decoration:underline double #3b5bdb',
    not_checkable: '#eee',
    flash: '#ffd54a;text-decoration:underline solid 3px #111',
  };
  const name = (outcome) => `headwater-${outcome}`;
  let sheet;

  /** Mark ranges by outcome. @param {{range: Range, outcome: string}[]} places @returns {boolean} whether this browser can */
  HW.mark = (places) => {
    HW.unmark();
    if (!globalThis.Highlight) return false;
    sheet = new CSSStyleSheet();
    sheet.replaceSync(Object.keys(STYLES).map((outcome) => `::highlight(${name(outcome)}){color:#111;background-color:${STYLES[outcome]}}`).join(''));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    for (const outcome of new Set(places.map((place) => place.outcome))) {
      CSS.highlights.set(name(outcome), new Highlight(...places.filter((place) => place.outcome === outcome).map((place) => place.range)));
    }
    return true;
  };

  HW.unmark = () => {
    for (const outcome of Object.keys(STYLES)) CSS.highlights?.delete(name(outcome));
    if (sheet) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    sheet = undefined;
  };
})();
