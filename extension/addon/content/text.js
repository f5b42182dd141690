// @ts-check
// Text as a reader sees it, with the place of every character: numbers never run together; what is struck, hidden or a footnote's
// mark is left out. Selection.toString() does neither.
(() => {
  const HW = globalThis.Headwater ??= {};
  const SKIP = 'script,style,noscript,template,del,s,strike,[hidden],rt,rp,select,textarea,datalist,object,svg title,svg desc,svg defs,annotation,#headwater-card';
  const FURNITURE = 'nav,aside,footer,button,dialog,menu,iframe,[role=navigation],[role=complementary],[role=banner],[role=contentinfo],[role=dialog],[role=search],[role=menu],[role=toolbar]';
  const NOTE = '[role=doc-noteref],sup.reference,sup[class*=footnote],a[class*=footnote-ref],a[class*=noteref]';
  // white space; soft hyphens, zero widths and glyphs of icon fonts, which are dropped; words
  const PIECES = /[ \t\n\r\f]+|([\u00ad\u200b\u2060\ufeff\ue000-\uf8ff]+)|[^ \t\n\r\f\u00ad\u200b\u2060\ufeff\ue000-\uf8ff]+/g;
  const GAPS = ['', ' ', ' | ', '\n', '\n\n']; // the stronger wins; cells of a row are parted as the service parts them
  const SLICE = 35; // ms of work before the page gets its turn

  /** @typedef {[start: number, node: Text, offset: number, length: number]} Run characters as they stand in the page */
  /** @typedef {{text: string, runs: Run[]}} Reading */

  const hidden = (e, c) => {
    if (c.display === 'none' || c.visibility !== 'visible' || c.fontSize === '0px' || c.contentVisibility === 'hidden') return true;
    if (c.textDecorationLine.includes('line-through')) return true;
    const inline = c.display.startsWith('inline');
    if (inline && c.opacity === '0') return true; // a block may only wait to fade in
    if (c.display === 'inline' && c.position === 'static') return false;
    const out = /absolute|fixed/.test(c.position);
    if (out && (/inset\((50|100)%/.test(c.clipPath) || /^rect\((\d+)px,? \1px,? \1px,? \1px\)$/.test(c.clip))) return true;
    if (e.offsetWidth <= 1 || e.offsetHeight <= 1) return c.overflow !== 'visible';
    const box = out && e.getBoundingClientRect();
    return out && (box.right + scrollX <= 0 || box.bottom + scrollY <= 0);
  };

  /** The gap that an element makes on both its sides. */
  const gapOf = (e, c) => {
    if (/^(br|li|tr|d[td])$/.test(e.localName) || /^(table-(row|header|footer)|list-item)/.test(c.display) || (e.localName === 'text' && e.ownerSVGElement)) return 3;
    if (c.display === 'table-cell') return 2;
    return /^(inline|contents|ruby)/.test(c.display) && c.float === 'none' && !/absolute|fixed/.test(c.position) ? 0 : 4;
  };

  /** Whether a superscript is a footnote's mark; `said` stands before it. */
  const isNote = (e, said) => {
    const mark = e.textContent.trim();
    if (e.querySelector('a[href*="#"],button,[role=doc-noteref]') || e.parentElement.closest('a[href*="#"]')) return mark.length < 12;
    return /^([[(].{1,4}[\])]|[*†‡§¶,\s]+)$/.test(mark) || (/^[\d,\s]+$/.test(mark) && /(\p{L}{4,}|[.,;:!?"”’»)\]])$/u.test(said)); // "percent¹", not "km²"
  };

  /** What parts two digits of different text nodes: how they stand on the screen tells. */
  const between = (a, i, b, j) => {
    const [p, q] = [[a, i], [b, j]].map(([node, at]) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect();
    });
    const wide = Math.max(q.left - p.right, p.left - q.right), same = Math.abs(p.bottom - q.bottom) <= p.height / 2;
    if (q.height < p.height && q.bottom < p.bottom - p.height / 5 && wide < 3) return '^'; // raised by a style
    return same && wide <= 1.5 ? '' : ' | ';
  };

  /** Read, and pause when a slice of time is over; without a range all of `top` but its furniture. @returns {Generator<void, Reading>} */
  HW.steps = function* (top, range) {
    const runs = [];
    /** @type {[any, number][]} what is left again stands with its gap, +8 for a link */
    const stack = [[top, -1]];
    const pieces = []; // one growing string would be copied at each look at its end
    let size = 0, tail = '', first = 0, gap = 0, till = performance.now() + SLICE, line = 0, linked = 0, links = 0, last, lastAt;
    const part = (wanted) => {
      if (wanted >= 3 && gap < 3 && !range) { // a line of nothing but links is furniture
        const length = size - line;
        if (length && length < 300 && linked > length * 0.7) {
          pieces.length = first;
          size = line;
          while (runs.length && runs[runs.length - 1][0] >= line) runs.pop();
        }
        line = size;
        first = pieces.length;
        linked = 0;
      }
      gap = Math.max(gap, wanted);
    };
    const add = (words) => {
      pieces.push(words);
      size += words.length;
      tail = (tail + words).slice(-9);
    };
    const put = (node, at, words) => {
      if (size) add(GAPS[gap] || (last && last !== node && /[\d.,]$/.test(tail) && /^[.,]?\d/.test(words) ? between(last, lastAt, node, at) : ''));
      const run = runs[runs.length - 1];
      if (run && run[1] === node && at - run[2] === size - run[0]) run[3] = at + words.length - run[2];
      else runs.push([size, node, at, words.length]);
      add(words);
      if (links) linked += words.length;
      gap = 0;
      last = node;
      lastAt = at + words.length - 1;
    };
    const read = (node) => {
      const from = node === range?.startContainer ? range.startOffset : 0, to = node === range?.endContainer ? range.endOffset : node.length;
      const kept = node.parentElement && /^(pre|break)/.test(getComputedStyle(node.parentElement).whiteSpace);
      for (const { 0: piece, 1: dropped, index } of node.data.slice(from, to).matchAll(PIECES)) {
        if (/^[ \t\n\r\f]/.test(piece)) part(kept && piece.includes('\n') ? (/\n\s*\n/.test(piece) ? 4 : 3) : 1);
        else if (!dropped) put(node, from + index, piece);
      }
    };
    /** The gap of an element, +8 for a link; -1 where it is passed by. */
    const enter = (e) => {
      const style = getComputedStyle(e), says = (pattern) => pattern.test(e.textContent);
      if (e.matches(`${SKIP},${NOTE}`) || (e !== top && ((!range && e.matches(FURNITURE)) || hidden(e, style)))) return -1;
      if (range && style.userSelect === 'none' && getComputedStyle(e.parentElement ?? e).userSelect !== 'none') return -1;
      if (e.ariaHidden === 'true' && !says(/[\p{L}\p{N}]/u)) return -1;
      const link = e.localName === 'a', own = gapOf(e, style);
      if (link && /^#/.test(e.getAttribute('href')) && says(/^\s*\[.{1,4}\]\s*$/)) return -1;
      if (own) part(own);
      if (/^su[bp]$/.test(e.localName)) {
        const up = e.localName === 'sup';
        if (up && isNote(e, tail)) return -1;
        // "10^6", "3.8^2", "km^2" are marked; "21st" and "CO2" are words
        if (!gap && says(/^\s*[\d−–+-]/) && (up ? /[\d\p{L})]$/u : /\d$/).test(tail)) add(up ? '^' : '_');
      }
      links += Number(link);
      return own + (link ? 8 : 0);
    };
    /** Which child of each element an end of the range is in: to ask every child takes a time that grows with the square. */
    const path = (node, offset) => {
      const found = new Map([[node, offset]]);
      for (let child = node; child && child !== top; child = child.parentNode) found.set(child.parentNode, [...child.parentNode.childNodes].indexOf(child));
      return found;
    };
    const from = path(range?.startContainer, range?.startOffset), to = path(range?.endContainer, range?.endOffset - 1);
    while (stack.length) {
      const [node, left] = stack.pop();
      if (left >= 0) {
        links -= left >> 3;
        if (left & 7) part(left & 7);
      } else {
        if (node.nodeType === 3) read(node);
        const own = node.nodeType === 1 ? enter(node) : node === top ? 0 : -1;
        if (own < 0) continue;
        stack.push([node, own]);
        const slotted = node.localName === 'slot' ? node.assignedNodes() : node.localName === 'details' && !node.open ? node.querySelectorAll(':scope>summary') : [];
        const inside = (!range && node.shadowRoot ? node.shadowRoot : node).childNodes, all = slotted.length ? slotted : inside;
        for (let i = Math.min(to.get(node) ?? all.length, all.length - 1); i >= (from.get(node) ?? 0); i -= 1) stack.push([all[i], -1]);
        if (performance.now() > till) {
          yield;
          till = performance.now() + SLICE;
        }
      }
    }
    part(3);
    return { text: pieces.join(''), runs };
  };

  /** The text of a range. @returns {Reading} */
  HW.textOf = (range) => {
    const top = range.commonAncestorContainer, work = HW.steps(top.nodeType === 3 ? top.parentNode : top, range);
    for (let step = work.next(); ; step = work.next()) if (step.done) return range.collapsed ? { text: '', runs: [] } : step.value;
  };

  /** From offsets in a text that was read to the page. Exact or null: where a figure is the point, a near match is a lie. @returns {Range | null} */
  HW.rangeOf = ({ text, runs }, start, end) => {
    const at = (offset) => { // the last run that begins at or before it
      let low = 0, high = runs.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (runs[middle][0] <= offset) low = middle + 1;
        else high = middle;
      }
      return runs[low - 1];
    };
    const first = at(start), last = at(end - 1), range = document.createRange(), flat = (words) => words.trim().replace(/\s+/g, ' ');
    if (end <= start || !first?.[1].isConnected || !last?.[1].isConnected) return null;
    try {
      range.setStart(first[1], Math.min(start - first[0], first[3]) + first[2]);
      range.setEnd(last[1], Math.min(end - last[0], last[3]) + last[2]);
    } catch {
      return null; // the text became shorter
    }
    return flat(HW.textOf(range).text) === flat(text.slice(start, end)) ? range : null;
  };

  /** What the page says of itself; no doubtful day. */
  HW.page = () => {
    const day = (value) => {
      const [, found] = /^\s*(\d{4}-\d\d-\d\d)(?![\d-])/.exec(value ?? '') ?? [];
      return Date.parse(found) <= Date.now() + 864e5 ? found : ''; // no page is of the day after tomorrow
    };
    const meta = (name) => /** @type {any} */ (document.querySelector(['property', 'name', 'itemprop'].map((kind) => `meta[${kind}="${name}" i]`).join()))?.content;
    const only = (days) => (new Set(days.filter(Boolean)).size === 1 ? days.find(Boolean) : '');
    const told = [];
    for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
      try {
        const found = JSON.parse(script.textContent);
        for (const item of [found, found['@graph'] ?? []].flat()) if (/Article|Posting|Report/.test(item['@type'])) told.push(day(item.datePublished));
      } catch { /* a page may write what it likes */ }
    }
    const times = [...document.querySelectorAll('article time[datetime],main time[datetime],time[itemprop=datePublished]')].map((time) => day(time.getAttribute('datetime')));
    const published = ['article:published_time', 'datePublished', 'dcterms.issued', 'parsely-pub-date'].map((name) => day(meta(name))).find(Boolean);
    return { title: (meta('og:title') || document.title).trim().slice(0, 500), published: published || only(told) || only(times), lang: document.documentElement.lang };
  };
})();
