// @ts-check
// Opens the card on the selection; the worker calls it.
(() => {
  const HW = globalThis.Headwater ??= {};
  const api = globalThis.browser ?? globalThis.chrome;
  const MOST = 5000, AROUND = 500, SLOW = 2000; // as in lib/protocol.js

  /** The selection, or that in a field. Never a password. */
  const selected = () => {
    const field = /** @type {any} */ (document.activeElement);
    if (/^(textarea|input)$/.test(field?.localName) && field.type !== 'password' && field.selectionEnd > field.selectionStart) {
      return { text: field.value.slice(field.selectionStart, field.selectionEnd).trim(), plain: true };
    }
    const chosen = getSelection(), ranges = [];
    for (let i = 0; i < chosen.rangeCount; i += 1) ranges.push(chosen.getRangeAt(i).cloneRange());
    const readings = ranges.map(HW.textOf);
    return { text: readings.map(({ text }) => text).filter(Boolean).join('\n'), range: ranges.at(-1), reading: readings.length === 1 && readings[0] };
  };

  /** Up to AROUND characters just before and after a range, from the same article. */
  const surroundings = (range) => {
    const ends = 'article,main,body,[role=main]';
    const walk = (node, way) => {
      for (let seen = 0; seen < 3 * AROUND; seen += node.textContent.length) {
        while (!node[way] && node.parentNode && !node.matches?.(ends)) node = node.parentNode;
        if (!node[way] || node.matches?.(ends)) break;
        node = node[way];
      }
      return node;
    };
    const text = (bound) => {
      const part = range.cloneRange();
      try {
        bound(part);
        return HW.textOf(part).text;
      } catch {
        return ''; // inside a shadow root there is nothing before the root
      }
    };
    const before = text((part) => {
      part.setStartBefore(walk(range.startContainer, 'previousSibling'));
      part.setEnd(range.startContainer, range.startOffset);
    });
    const after = text((part) => {
      part.setEndAfter(walk(range.endContainer, 'nextSibling'));
      part.setStart(range.endContainer, range.endOffset);
    });
    return { before: before.length > AROUND ? before.slice(-AROUND).replace(/^\S*\s/, '') : before, after: after.slice(0, AROUND) };
  };

  /** Asks the worker; again where it died over it. */
  const ask = async (message, again = true) => {
    if (!api?.runtime?.id) return { ok: false, code: 'stale' };
    const reply = await api.runtime.sendMessage({ v: 1, ...message }).catch(() => null);
    return reply ?? (again ? ask(message, false) : { ok: false, code: api?.runtime?.id ? 'server' : 'stale', detail: 'no reply' });
  };

  const close = () => {
    document.getElementById('headwater-card')?.remove(); // one that an older version left behind, too
    HW.unmark();
  };

  /** @param start words, language, host, agreed; `text` of a frame, and whether it is plain @returns whether there was text */
  HW.open = (start) => {
    close();
    const back = /** @type {any} */ (document.activeElement), found = start.text ? { text: start.text.trim(), plain: start.plain } : selected(), { text, range, plain } = found;
    const lang = (range?.commonAncestorContainer.parentElement ?? document.documentElement).closest('[lang]')?.lang ?? '';
    let turn = 0;
    const card = HW.card({ ...start, lang }, range, {
      agree: async () => {
        const reply = await ask({ type: 'agree', host: start.host });
        if (reply.ok) check(false);
        else card.fail(reply);
      },
      again: () => check(true),
      open: async (place) => {
        const reply = await ask({ type: 'open', place });
        if (!reply.ok) card.fail(reply);
      },
      closed: () => {
        const within = document.activeElement === card.host;
        close();
        if (within) back?.focus?.({ preventScroll: true });
      },
    });
    const check = async (again) => {
      const mine = (turn += 1), current = () => mine === turn && card.host.isConnected;
      card.busy('card_busy');
      const slow = setTimeout(() => current() && card.busy('card_still_busy'), SLOW);
      const reply = await ask({ type: 'check', text, ...(range ? surroundings(range) : {}), ...HW.page(), lang, again });
      clearTimeout(slow);
      if (!current()) return;
      if (!reply.ok) {
        card.fail(reply);
        return;
      }
      card.show(reply.view, reply.host, text, plain);
      const places = found.reading ? reply.view.claims.map((claim) => ({ range: HW.rangeOf(found.reading, claim.start, claim.end), outcome: claim.verdict })) : [];
      HW.mark(places.filter((place) => place.range));
    };
    card.open();
    const words = /[\p{L}\p{N}]/u.test(text);
    if (!words) card.fail({ code: 'empty' });
    else if (text.length > MOST) card.fail({ code: 'too-long' });
    else if (!start.agreed) card.consent();
    else check(false);
    return words;
  };
})();
