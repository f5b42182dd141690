"""Functions in JavaScript that the tests run: in a page, or with the card's shadow root as `this`."""

# Contrast of every piece of text with what lies under it, and which element it is.
CONTRASTS = """function () {
  const linear = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(linear);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = e => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$|transparent/.test(colour)) return colour;
    }
  };
  const seen = [...this.querySelectorAll('h2,h3,h4,p,dt,dd,b,a,button,cite,bdi,blockquote,mark,summary,span')];
  return seen.filter(e => e.textContent.trim()).map(e => {
    const [a, b] = [getComputedStyle(e).color, ground(e)].map(light).sort((x, y) => y - x);
    return [(a + .05) / (b + .05), e.localName + e.className];
  });
}"""

# What the Tab key should reach, in order of sight.
STOPS = """function () {
  return [...this.querySelectorAll('button,a,summary,[tabindex="0"]')].filter(e => e.checkVisibility())
    .map(e => e.localName + ' ' + e.textContent.slice(0, 40));
}"""

# Left, top, right and bottom of an element in the window, and how much is cut off sideways.
BOX = """function (css) {
  const e = this.querySelector(css), b = e.getBoundingClientRect();
  return [b.left, b.top, b.right, b.bottom, e.scrollWidth - e.clientWidth];
}"""

# The card's markup and style, to be shown elsewhere.
MARKUP = """function () {
  return [this.innerHTML, [...this.adoptedStyleSheets[0].cssRules].map(rule => rule.cssText).join('\\n')];
}"""
SHOW_MARKUP = """([markup, style]) => {
  const root = document.getElementById('host').attachShadow({mode: 'open'}), sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  root.innerHTML = markup;
  root.querySelectorAll('details').forEach(e => { e.open = true });
}"""
VIOLATIONS = "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')))"

# Everything that a page could see of an extension at work.
STATE_OF_PAGE = """() => [
  document.documentElement.outerHTML, document.adoptedStyleSheets.length,
  [...CSS.highlights.keys()].join(), Object.keys(window).join(),
  performance.getEntriesByType('resource').map(e => e.name).filter(name => !name.endsWith('/favicon.ico')).join(),
].join('\\n')"""
MARKED = "[...CSS.highlights.keys()]"
MARKED_WORDS = "[...CSS.highlights.values()].flatMap(h => [...h]).map(r => r.toString())"

# In an extension page: what comes of reaching into the active tab, and what the button says there.
ACTIVE = "(await chrome.tabs.query({active: true, lastFocusedWindow: true}))[0]"
REACH = f"""async () => {{
  const target = {{tabId: {ACTIVE}.id}};
  return chrome.scripting.executeScript({{target, func: () => 1}}).then(() => 'ran', e => e.message);
}}"""
BUTTON = f"""async () => {{
  const tabId = {ACTIVE}.id;
  return [await chrome.action.getBadgeText({{tabId}}), await chrome.action.getTitle({{tabId}})];
}}"""
CLICK_MENU = f"""async item => {{
  chrome.contextMenus.onClicked.dispatch(item, {ACTIVE});
}}"""

# In chrome://extensions.
COLLECT_ERRORS = """async id => {
  await chrome.developerPrivate.updateProfileConfiguration({inDeveloperMode: true});
  await chrome.developerPrivate.updateExtensionConfiguration({extensionId: id, errorCollection: true});
  await chrome.developerPrivate.reload(id, {failQuietly: true});
}"""
