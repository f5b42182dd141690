// @ts-check
// A client of the service for JavaScript programs, in Node.js or in a page that the service's own host serves. It is made of the
// modules of the extension: what goes out, what comes back and how it is read are one code. Needs `fetch`, and nothing else.
//
//   import { Headwater } from './headwater.js';
//   const headwater = new Headwater({ address: 'http://127.0.0.1:8710', apiKey: 'hw_...' });
//   for (const claim of (await headwater.match('The fund is worth £57 million.')).claims) console.log(claim.verdict, claim.text);

import { CheckError } from '../addon/lib/errors.js';
import { ARTICLE_TIMEOUT } from '../addon/lib/protocol.js';
import { bodyOf, request, requestOf } from '../addon/lib/service.js';
import { parseBackend } from '../addon/lib/settings.js';
import { utf16Counter } from '../addon/lib/spans.js';
import { linesOf } from '../addon/lib/stream.js';
import { claimsOf, restOf, viewOf } from '../addon/lib/view.js';

export { CheckError };

/** @typedef {{published?: string, title?: string, before?: string, after?: string, limit?: number, signal?: AbortSignal}} Known */
/** @typedef {{claims: import('../addon/lib/view.js').ClaimView[], decided: number, sentences: number}} Step */

const VERSION = '1';
const TRIES = 4;
const LONGEST_WAIT = 30; // seconds: a service that asks for more is left to the caller
const TRIED_AGAIN = /^(?:429|502|503|504)(?: |$)/; // the detail of a refusal begins with its status
const FIRST_WAIT = 0.5; // seconds, doubled each time
const LONGEST_PAUSE = 2; // seconds between looks at a check that is being made
const WORKING = new Set(['waiting', 'running']);

/** A connection to one service. Every method rejects with `CheckError`; its `code` says what to do, its `detail` which problem it was. */
export class Headwater {
  #settings;
  #around;
  #timeout;
  #tries;
  #sleep;

  /**
   * @param {object} [given]
   * @param {string} [given.address] of the service; https, or http on this machine
   * @param {string} [given.apiKey] as `headwater keys create` printed it
   * @param {typeof fetch} [given.fetch]
   * @param {number} [given.timeout] milliseconds until a request is given up
   * @param {number} [given.tries] how often a request is sent at most
   * @param {(seconds: number) => Promise<void>} [given.sleep]
   */
  constructor({ address = 'http://127.0.0.1:8710', apiKey = '', fetch = globalThis.fetch, timeout = ARTICLE_TIMEOUT, tries = TRIES, sleep = pause } = {}) {
    const read = parseBackend(address);
    if (!read.ok) throw new TypeError(`the address of the service cannot be used: ${read.why}`);
    this.#settings = { backend: read.origin, apiKey };
    this.#around = { fetch: fetch.bind(globalThis), program: 'js-client', version: VERSION };
    this.#timeout = timeout;
    this.#tries = Math.max(1, tries);
    this.#sleep = sleep;
  }

  /**
   * Check a text against the official documents of the corpus. `start` and `end` of claims are indices of `text`.
   * @param {string} text @param {Known} [known]
   */
  async match(text, known = {}) {
    return viewOf(await this.#ask('/v1/match', bodyFor(text, known), known), text);
  }

  /**
   * Check a text against one given official text.
   * @param {string} text @param {string} source @param {Known} [known]
   */
  async compare(text, source, known = {}) {
    const { limit: _, ...body } = bodyFor(text, known);
    return viewOf(await this.#ask('/v1/compare', { ...body, source }, known), text);
  }

  /**
   * Linked data (JSON-LD, schema.org) of a match, for the article's page.
   * @param {string} text @param {Known & {url?: string}} [known]
   */
  linked(text, known = {}) {
    const body = bodyFor(text, known);
    return this.#ask('/v1/match', { ...body, context: { ...body.context, ...(known.url && { url: known.url }) } }, known, 'application/ld+json');
  }

  /**
   * Check up to a hundred texts; each has a view or a problem.
   * @param {string[]} texts @param {{limit?: number, signal?: AbortSignal}} [known]
   */
  async matchMany(texts, known = {}) {
    const items = texts.map((text) => ({ text }));
    const { results } = await this.#ask('/v1/match/batch', { items, ...(known.limit && { limit: known.limit }) }, known);
    if (!Array.isArray(results) || results.length !== texts.length) throw new CheckError('bad-reply', { detail: 'results' });
    return results.map(({ answer, problem }, index) => ({ view: answer ? viewOf(answer, texts[index]) : null, problem: problem ?? null }));
  }

  /**
   * A stored document with its text: the latest version unless one is named.
   * @param {string} id @param {{version?: number, signal?: AbortSignal}} [known]
   */
  document(id, known = {}) {
    return this.#ask(`/v1/documents/${encodeURIComponent(id)}${queryOf({ version: known.version })}`, undefined, known);
  }

  /**
   * The documents of the corpus, newest first, page by page.
   * @param {{publisher?: string, type?: string, from?: string, to?: string, title?: string, limit?: number}} [filters] @param {{signal?: AbortSignal}} [known]
   * @returns {AsyncGenerator<any>}
   */
  async *documents(filters = {}, known = {}) {
    let cursor = /** @type {string | null} */ ('');
    while (cursor !== null) {
      const page = /** @type {any} */ (await this.#ask(`/v1/documents${queryOf({ ...filters, cursor })}`, undefined, known));
      if (!Array.isArray(page?.items)) throw new CheckError('bad-reply', { detail: 'items' });
      yield* page.items;
      cursor = typeof page.next === 'string' ? page.next : null;
    }
  }

  /**
   * Begin a check as a job, as `POST /v1/checks` takes it; resolves with its id and state. It is sent again only where the service
   * refused it: what was lost on the way may have begun.
   * @param {{article: object, source?: object, [option: string]: unknown}} check @param {{signal?: AbortSignal}} [known]
   */
  startCheck(check, known = {}) {
    return this.#send('/v1/checks', check, known, undefined, bodyOf, false);
  }

  /** How far a check is, and its report once it is done. @param {string} id @param {{signal?: AbortSignal}} [known] */
  check(id, known = {}) {
    return this.#ask(`/v1/checks/${encodeURIComponent(id)}`, undefined, known);
  }

  /**
   * Wait until a check is over; resolves with it, and with the view of its report where it is done.
   * @param {string} id @param {string} text that was checked: claims have its indices @param {{signal?: AbortSignal}} [known]
   */
  async finished(id, text, known = {}) {
    for (let pause = 0.1; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
      const check = await this.check(id, known);
      if (!WORKING.has(check?.state)) return { ...check, view: check?.report ? viewOf(check.report, text) : null };
      await this.#sleep(pause);
      known.signal?.throwIfAborted();
    }
  }

  /**
   * Check a text and yield the claims of each sentence once they are decided; returns the rest of the answer.
   * @param {string} text @param {Known} [known] @returns {AsyncGenerator<Step, ReturnType<typeof restOf>>}
   */
  async *stream(text, known = {}) {
    const response = await this.#send('/v1/match', bodyFor(text, known), known, 'application/x-ndjson', async (whole) => whole);
    const counter = utf16Counter(text);
    try {
      for await (const line of linesOf(response)) {
        if (line?.event === 'problem') throw new CheckError('server', { detail: String(line.problem?.type ?? '').split('/').pop() });
        if (line?.event === 'summary') return restOf(line);
        if (line?.event === 'claims') yield { claims: claimsOf(line.claims, counter), decided: line.decided, sentences: line.sentences };
      }
    } catch (error) { // the connection broke on the way: nothing is sent again once the answer has begun
      throw error instanceof CheckError ? error : new CheckError('offline', { detail: error instanceof Error ? error.name : '' });
    }
    throw new CheckError('bad-reply', { detail: 'no end' });
  }

  /** @param {string} path @param {object | undefined} body @param {Known} known @param {string} [accept] @returns {Promise<any>} */
  #ask(path, body, known, accept) {
    return this.#send(path, body, known, accept, bodyOf);
  }

  /**
   * @template T
   * @param {string} path @param {object | undefined} body @param {Known} known @param {string | undefined} accept
   * @param {(response: Response) => Promise<T>} read @param {boolean} [mayRepeat] whether it may be sent again though it may have arrived
   * @returns {Promise<T>}
   */
  async #send(path, body, known, accept, read, mayRepeat = true) {
    for (let tried = 1; ; tried += 1) {
      try {
        return await request(this.#settings, path, this.#around, { body: body && JSON.stringify(body), accept, timeout: this.#timeout, signal: known.signal }, read);
      } catch (error) {
        const isLost = error instanceof CheckError && error.code === 'offline';
        const wait = error instanceof CheckError && (mayRepeat || !isLost) ? waitAfter(error, tried) : undefined;
        if (wait === undefined || tried >= this.#tries || known.signal?.aborted) throw error;
        await this.#sleep(wait);
      }
    }
  }
}

/** @param {string} text @param {Known} known */
function bodyFor(text, known) {
  const body = requestOf({ text, ...known });
  return { ...body, limit: known.limit ?? body.limit };
}

/** @param {Record<string, string | number | undefined>} values those that say something @returns {string} */
function queryOf(values) {
  const said = Object.entries(values).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [name, String(value)]);
  return said.length ? `?${new URLSearchParams(said)}` : '';
}

/** Seconds until a request is sent again: as the service says, or a growing while; undefined where it would end the same. @param {CheckError} error @param {number} tried */
function waitAfter(error, tried) {
  if (error.code !== 'offline' && !TRIED_AGAIN.test(error.detail ?? '')) return undefined;
  if (error.after !== undefined) return error.after <= LONGEST_WAIT ? error.after : undefined;
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tried - 1)) * (0.5 + Math.random() / 2);
}

/** @param {number} seconds @returns {Promise<void>} */
const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
