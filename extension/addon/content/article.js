// @ts-check
// The whole article, for the panel: read it, mark its claims, scroll to one. Called by the worker; see lib/protocol.js.
(() => {
  const HW = globalThis.Headwater ??= {};
  const LONGEST = 100_000, NEIGHBOURS = 32, FLASH = 2000;

  /** Read the article; lets the page work in between. @returns {Promise<{text: string, runs: any[]}>} */
  HW.article = async () => {
    const weigh = (element) => [...element.querySelectorAll('p')].reduce((sum, p) => sum + p.textContent.length, 0);
    const whole = weigh(document.body);
    const best = (css) => [...document.querySelectorAll(css)].map((element) => ({ element, weight: weigh(element) })).sort((a, b) => b.weight - a.weight)[0];
    const found = ['article,[role=article],[itemprop=articleBody]', 'main,[role=main]'].map(best).find((it) => it?.weight > whole / 2);
    const work = HW.steps(found?.element ?? document.body, null);
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) return step.value;
      await new Promise((go) => setTimeout(go));
    }
  };

  /**
   * Where exact words stand in a text now, white space aside; null unless there is one place, or one that has the old neighbours.
   * @returns {number[] | null}
   */
  HW.find = (text, words, before, after) => {
    const parts = words.trim().split(/\s+/).map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
    if (!parts[0]) return null;
    const flat = (some) => some.replace(/\s+/g, '');
    const hits = [...text.matchAll(new RegExp(parts.join('\\s+'), 'gu'))].map((hit) => [hit.index, hit.index + hit[0].length]);
    const near = hits.filter(([start, end]) => flat(text.slice(Math.max(0, start - 99), start)).endsWith(flat(before)) && flat(text.slice(end, end + 99)).startsWith(flat(after)));
    return hits.length === 1 ? hits[0] : near.length === 1 ? near[0] : null;
  };

  /** Show one range for a moment. */
  const flash = (range) => {
    for (let e = range.startContainer.parentElement; e; e = e.parentElement) if (e.localName === 'details') e.open = true;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    range.startContainer.parentElement.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
    const mark = new Highlight(range);
    mark.priority = 1;
    CSS.highlights.set('headwater-flash', mark);
    setTimeout(() => CSS.highlights.get('headwater-flash') === mark && CSS.highlights.delete('headwater-flash'), FLASH);
  };

  let article = { text: '', runs: [] };
  let placed = new Map();

  /** In a page that has drawn itself anew: the exact words, or nothing. */
  const replace = (fresh, { start, end }) => {
    const { text } = article;
    const at = HW.find(fresh.text, text.slice(start, end), text.slice(Math.max(0, start - NEIGHBOURS), start), text.slice(end, end + NEIGHBOURS));
    return at && HW.rangeOf(fresh, ...at);
  };

  /** @param {any} message */
  HW.answer = async (message) => {
    if (message.type === 'read') {
      document.getElementById('headwater-card')?.remove();
      HW.unmark();
      placed = new Map();
      article = await HW.article();
      if (article.text.length > LONGEST) return { ok: false, code: 'too-long' };
      return /[\p{L}\p{N}]/u.test(article.text) ? { ok: true, article: { text: article.text, ...HW.page() } } : { ok: false, code: 'empty' };
    }
    if (message.type === 'mark') {
      const found = message.marks.map(({ start, end }) => HW.rangeOf(article, start, end));
      const fresh = found.every(Boolean) ? article : await HW.article();
      placed = new Map(message.marks.map((mark, at) => [mark.i, found[at] ?? replace(fresh, mark)]).filter(([, range]) => range));
      const can = HW.mark(message.marks.filter(({ i }) => placed.has(i)).map(({ i, outcome }) => ({ range: placed.get(i), outcome })));
      return { ok: true, placed: can ? [...placed.keys()] : [] };
    }
    if (message.type === 'show') {
      const range = placed.get(message.i), shown = Boolean(range?.startContainer.isConnected && !range.collapsed);
      if (shown) flash(range);
      return { ok: true, shown };
    }
    HW.unmark();
    placed = new Map();
    return { ok: true };
  };
})();
