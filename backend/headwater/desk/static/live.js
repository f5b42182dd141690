// Follows a check under way: events say that there is something new, and what is new is asked for. A connection that is
// lost is made again from the last step that is shown.
import { waitFor } from './walk.js';

// Between two askings: none at first, so that the first claim is seen at once, then longer, so that showing does not hold
// the deciding up.
const rest = (asked) => new Promise((resolve) => setTimeout(resolve, Math.min(400, 40 * asked)));
const GONE = 2; // EventSource.CLOSED: the browser does not try again by itself

/**
 * @param {object} asked
 * @param {(after: number) => string} asked.events address of the events after a step
 * @param {(after: number) => Promise<{after: number, isOver: boolean} | null>} asked.pull shows what is new; null: no such check
 * @param {(state: 'live' | 'lost' | 'gone' | 'over') => void} asked.say
 * @param {number} asked.after the last step that is shown
 * @param {typeof EventSource} [asked.Source]
 * @param {typeof setTimeout} [asked.later]
 * @param {(asked: number) => Promise<void>} [asked.pause] what is waited between two askings
 */
export function follow({ events, pull, say, after, Source = globalThis.EventSource, later = setTimeout, pause = rest }) {
  let shown = after, tries = 0, pulls = 0, source, isPulling = false, isNew = false, isEnded = false;

  function end(state) {
    isEnded = true;
    source?.close();
    say(state);
  }
  function again(act) {
    if (isEnded) return;
    say('lost');
    later(act, waitFor(tries++) * 1000);
  }
  async function news() {
    isNew = true;
    if (isPulling) return;
    isPulling = true;
    while (isNew && !isEnded) {
      isNew = false;
      try {
        const state = await pull(shown);
        if (state === null) end('gone');
        else if (state.isOver) end('over');
        else shown = state.after;
        tries = 0;
        await pause(pulls++);
      } catch {
        again(news);
        break;
      }
    }
    isPulling = false;
  }
  function connect() {
    if (isEnded) return;
    source = new Source(events(shown));
    source.onopen = () => { tries = 0; say('live'); };
    source.addEventListener('step', news);
    source.addEventListener('end', news);
    source.onerror = () => {
      if (isEnded) return;
      if (source.readyState !== GONE) return say('lost');
      again(async () => { await news(); connect(); });
    };
  }
  connect();
}
