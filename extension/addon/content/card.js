// @ts-check
// The card beside the selection, in a closed shadow root. All words go in as text, never as markup.
(() => {
  const HW = globalThis.Headwater ??= {};
  const STYLE = `
:host{all:initial!important;display:block!important;position:absolute!important;z-index:2147483647!important;left:var(--headwater-x)!important;top:var(--headwater-y)!important;color-scheme:light dark!important}
*{box-sizing:border-box;margin:0;padding:0}
section{--ink:#1b1f24;--soft:#57606a;--line:#8c959f;--ground:#fff;--well:#f3f5f7;--link:#0550ae;--bad:#b3121d;--odd:#8a5a00;--good:#1a7136;
font:14px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--ground);border:1px solid var(--line);border-radius:10px;box-shadow:0 6px 24px #0004;
width:min(420px,100vw - 16px);max-height:min(max(70vh,340px),560px,100vh - 16px);display:flex;flex-direction:column;text-align:start;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){section{--ink:#e6edf3;--soft:#a5b0bb;--line:#6e7781;--ground:#161b22;--well:#21262d;--link:#79b8ff;--bad:#ff9a92;--odd:#f0c05a;--good:#6fdd8b}}
header,footer{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:2px 12px;padding:6px 12px}
header{border-bottom:1px solid var(--line)}footer{border-top:1px solid var(--line);font-size:12px;color:var(--soft)}[hidden]{display:none}
h2,h4{font-size:14px}h3{font-size:15px}h4,li,blockquote{margin-top:6px}ul{list-style:none}
.body{overflow:auto;padding:2px 12px 10px}.body *+p,.body>*+*,article+article{margin-top:8px}
button,a{font:inherit;color:var(--link);background:none;border:0;padding:3px 0;min-height:24px;text-decoration:underline;cursor:pointer}
button.main{background:var(--link);color:var(--ground);text-decoration:none;border:1px solid transparent;border-radius:6px;padding:4px 12px;margin-inline-end:10px}
:focus-visible{outline:3px solid var(--link);outline-offset:-1px}section:focus{outline:none}
.soft,.note,dt{color:var(--soft);font-size:12.5px}.note,article+article{border-top:1px solid var(--line);padding-top:6px}
.contradicted h3,.high b{color:var(--bad)}.shifted h3,.medium b{color:var(--odd)}.supported h3{color:var(--good)}
li{background:var(--well);border-inline-start:4px solid var(--line);padding:6px 8px}.high{border-color:var(--bad)}.medium{border-color:var(--odd)}
dl{display:grid;grid-template-columns:1fr 1fr;gap:8px}dd{font-weight:600}
blockquote{border-inline-start:3px solid var(--line);padding-inline-start:10px;max-height:12em;overflow:auto}.near blockquote{border-inline-start-style:dashed;color:var(--soft)}
mark{background:#ffe08a;color:#111;border-bottom:2px solid #111}pre{white-space:pre-wrap;font-size:11px;user-select:all;max-height:10em;overflow:auto}
.bar{height:3px;background:linear-gradient(90deg,transparent,var(--link),transparent) 0/40% 100% no-repeat}@keyframes m{from{background-position:-60% 0}to{background-position:160% 0}}
@media(prefers-reduced-motion:no-preference){.bar{animation:m 1.2s linear infinite}}
@media(forced-colors:active){button.main{border-color:ButtonText}mark{forced-color-adjust:none}}`;
  const SIGNS = { supported: '✓', shifted: '≈', contradicted: '≠', not_in_source: '∅', no_source: '–', not_checkable: '·' };
  const RETRY = ['offline', 'timeout', 'busy', 'server', 'bad-reply', 'key', 'version'];
  const SETTINGS = ['permission', ...RETRY];
  const KEPT = ['keydown', 'keyup', 'keypress', 'click', 'mousedown', 'mouseup', 'pointerdown', 'pointerup'];

  /** Controls that could turn "57" into "75" are shown, not obeyed. */
  const visible = (words) => words.replace(/[\u202a-\u202e\u2066-\u2069]/g, (c) => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase()}⟩`);

  /** An element; strings are text, and what is empty or false is left out. */
  const el = (tag, props = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...inside.flat(3).filter(Boolean));
    return made;
  };

  /** Words of others: isolated, in their own language. */
  const foreign = (tag, words, lang) => el(tag, { dir: 'auto', ...(lang && { lang }) }, visible(words));

  /** @param start words, language, host; `lang` is the page's @param range where it belongs @param on what buttons do */
  HW.card = (start, range, on) => {
    const say = (key, named = {}) => (start.words[key] ?? key).replace(/\$([a-z]+)\$/gi, (_, name) => named[name.toLowerCase()]);
    const button = (key, act, className = '') => {
      const made = el('button', { type: 'button', className }, say(key));
      made.addEventListener('click', (event) => event.isTrusted && act()); // a page cannot press it
      return made;
    };
    const host = el('div', { id: 'headwater-card' }), root = host.attachShadow({ mode: 'closed' }), sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const status = el('p', { role: 'status' }), told = el('div'), bar = el('div', { className: 'bar' }), foot = el('footer', { hidden: true });
    const body = el('div', { className: 'body', role: 'group', tabIndex: 0, ariaLabel: say('card_result') }, status, told);
    const head = el('header', {}, el('h2', {}, say('extension_name')), button('card_close', on.closed));
    const card = el('section', { role: 'dialog', tabIndex: -1, lang: start.language, ariaLabel: say('extension_name') }, head, bar, body, foot);
    root.append(card);
    for (const type of KEPT) {
      host.addEventListener(type, (event) => { // a page's own shortcuts and "click outside" stay asleep
        event.stopPropagation();
        if (type === 'keydown' && event.key === 'Escape') on.closed();
      });
    }
    const place = () => {
      const boxes = range ? [...range.getClientRects()].filter((box) => box.height) : [], { offsetWidth: w, offsetHeight: h } = card;
      const box = boxes.at(-1) ?? new DOMRect(innerWidth), under = box.bottom + 8, over = (boxes[0] ?? box).top - h - 8;
      const top = under + h <= innerHeight ? under : over >= 8 ? over : Math.max(8, Math.min(under, innerHeight - h - 8));
      host.style.setProperty('--headwater-x', `${scrollX + Math.max(8, Math.min(box.left, document.documentElement.clientWidth - w - 8))}px`);
      host.style.setProperty('--headwater-y', `${scrollY + top}px`);
    };
    const fill = (state, words, ...nodes) => {
      host.dataset.state = state;
      bar.hidden = state !== 'busy';
      foot.hidden = state !== 'done';
      status.textContent = words;
      told.replaceChildren(...nodes.flat(3).filter(Boolean));
      place();
    };
    const more = (key, nodes) => nodes.length > 0 && el('details', { ontoggle: place }, el('summary', {}, say(key, { count: nodes.length })), nodes);
    const note = (...inside) => el('p', { className: 'note' }, ...inside);

    const passage = (p, near) => {
      const parts = [];
      let at = 0;
      for (const { start: from, end } of p.marks) {
        parts.push(visible(p.text.slice(at, from)), el('mark', {}, visible(p.text.slice(from, end))));
        at = end;
      }
      return el('figure', { className: near ? 'near' : '' },
        el('blockquote', { dir: 'auto', tabIndex: 0, lang: p.lang }, parts, visible(p.text.slice(at))),
        el('figcaption', { className: 'soft' }, foreign('bdi', p.publisher), ', ', foreign('cite', p.title, p.lang), p.date && `, ${p.date}`,
          `, ${say('card_version', { number: p.version })} `, p.speaker && [`${say('card_speaker')} `, foreign('bdi', p.speaker), ' '],
          p.link && el('a', { href: p.link, target: '_blank', rel: 'noopener noreferrer' }, say('card_open_source')),
          !p.isLatest && note(say('card_superseded')), p.withdrawn && note(`${say('card_withdrawn')} `, foreign('bdi', p.withdrawn, p.lang)),
          p.attribution && foreign('div', p.attribution)));
    };
    const side = (key, words, lang) =>
      el('div', {}, el('dt', {}, say(key)), el('dd', {}, words === null ? say('card_not_stated') : words.trim() ? foreign('bdi', words, lang) : say('card_nothing')));
    const finding = (f, lang) => el('li', { className: f.severity }, el('b', {}, `${say(`lane_${f.lane}`)} · ${say(`severity_${f.severity}`)}`),
      el('dl', {}, side('card_article', f.article, start.lang), side('card_official', f.official, lang)), foreign('p', f.explanation, 'en'),
      f.used.length > 0 && el('p', { className: 'soft' }, `${say('card_used')} `, foreign('bdi', f.used.join(' · '), lang)));
    const claim = (c, several) => {
      const verdict = c.verdict === 'not_in_source' && !c.topicKnown ? 'no_source' : c.verdict;
      const { evidence: [first, ...rest], nearest } = c, same = c.findings.filter((f) => f.effect === 'agrees'), near = nearest.map((p) => passage(p, true));
      return el('article', { className: c.verdict },
        several && el('p', { className: 'soft' }, '“', foreign('bdi', c.text, start.lang), '”'),
        el('h3', {}, el('span', { ariaHidden: 'true' }, `${SIGNS[verdict]} `), say(`verdict_${verdict}`)),
        c.reason && foreign('p', c.reason, 'en'),
        el('ul', {}, c.findings.filter((f) => f.effect !== 'agrees').map((f) => finding(f, first?.lang))),
        more('card_agrees', same.map((f) => foreign('p', f.explanation, 'en'))),
        c.missing.length > 0 && el('p', { className: 'soft' }, `${say('card_missing')} `, foreign('bdi', c.missing.join(' · '), start.lang)),
        first && [el('h4', {}, say('card_evidence')), passage(first)], more('card_more', rest.map((p) => passage(p))),
        first ? more('card_nearest', near) : near.length > 0 && [note(say('card_nearest_note')), near]);
    };
    const copy = (details) => {
      const words = JSON.stringify(details, null, 1), byHand = () => {
        status.textContent = say('card_copy_by_hand');
        told.prepend(el('pre', { tabIndex: 0 }, words));
        body.scrollTop = 0;
        place();
      };
      if (!navigator.clipboard) byHand(); // a page without https has none
      else navigator.clipboard.writeText(words).then(() => { status.textContent = say('card_copied'); }, byHand);
    };

    return {
      host,
      open() {
        ([...document.querySelectorAll('dialog:modal')].at(-1) ?? document.documentElement).append(host); // all else is inert beside a modal one
        try {
          host.popover = 'manual';
          host.showPopover();
        } catch { /* then below the page's own top layer */ }
        place();
        card.focus({ preventScroll: true });
      },
      busy: (key) => fill('busy', say(key, start)),
      consent: () => fill('consent', say('error_consent', start), el('p', {}, say('consent_sends', start)),
        el('p', {}, button('consent_agree', on.agree, 'main'), button('consent_not_now', on.closed))),
      fail({ code, after, detail, host: asked = start.host }) {
        const key = `error_${code.replaceAll('-', '_')}${code === 'busy' && !after ? '_soon' : ''}`;
        fill('error', say(key, { host: asked, after }), el('p', {},
          code === 'empty' && button('card_whole', () => on.open('panel'), 'main'), RETRY.includes(code) && button('card_retry', on.again, 'main'),
          SETTINGS.includes(code) && button('card_settings', () => on.open('settings')), ' ', detail && button('card_copy', () => copy({ code, detail, host: asked }))));
      },
      show(view, asked, text, plain) {
        const { claims, repairs, notices, scope, versions } = view, count = claims.length, missed = claims.some((c) => c.verdict === 'not_in_source' || !c.topicKnown);
        foot.replaceChildren(el('span', {}, say('card_sent', { host: asked })), button('card_report', () => copy({ host: asked, versions, text, claims })), button('card_settings', () => on.open('settings')));
        fill('done', say(count ? (count > 1 ? 'card_several' : 'card_one') : 'card_none', { count }), plain && note(say('card_plain')), claims.map((c) => claim(c, count > 1)),
          repairs.filter(({ was }) => was.trim()).slice(0, 5).map(({ was, is }) => note(`${say('card_repaired')} “`, foreign('bdi', was), '” → “', foreign('bdi', is), '”')),
          [...notices, missed && scope].filter(Boolean).map((words) => foreign('p', words, 'en')));
      },
    };
  };
})();
