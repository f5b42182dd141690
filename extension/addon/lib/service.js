// @ts-check
// Asks the service: consent first, then the cache of this session, then the network. No browser API: everything is handed in,
// so the worker, the panel and `node --test` use the same code.

import { CheckError } from './errors.js';
import { ARTICLE_TIMEOUT, CLIENT_HEADER, MAX_AROUND, SELECTION_TIMEOUT } from './protocol.js';
import { hasConsent, hostOf, readSettings } from './settings.js';
import { cut } from './spans.js';
import { SHOWN_PASSAGES, viewOf } from './view.js';

/** @typedef {import('./protocol.js').Question} Question */
/** @typedef {import('./settings.js').Settings} Settings */
/** @typedef {import('./settings.js').StorageArea} StorageArea */

/**
 * @typedef {object} Surroundings
 * @property {typeof fetch} fetch
 * @property {StorageArea} local where the settings are
 * @property {StorageArea} [session] where answers are kept while the browser runs
 * @property {(origin: string) => Promise<boolean>} [mayReach] whether the browser lets the extension reach the service
 * @property {string} version of the extension
 * @property {string} [program] its name; "extension" unless given
 * @property {() => number} [now]
 */

export const CACHE_KEY = 'answers';
const CACHED = 20; // answers: as many as a reader goes back to
const CACHED_CHARACTERS = 400_000; // of all of them: storage.session holds 10 MB with everything else
const FRESH = 10 * 60_000; // ms: a corpus takes in new documents
const LARGEST = 20_000_000; // characters of an answer: the article of 100,000 characters takes about two million

/**
 * Check a text. Never throws.
 * @param {Question} question
 * @param {Surroundings} around
 * @param {{article?: boolean, again?: boolean, signal?: AbortSignal}} [how] `article`: more time, and no passages but those shown
 * @returns {Promise<import('./protocol.js').CheckReply>}
 */
export async function check(question, around, how = {}) {
  let host = '';
  try {
    const settings = await readSettings(around.local);
    host = hostOf(settings.backend);
    if (!/[\p{L}\p{N}]/u.test(question.text)) throw new CheckError('empty');
    if (!hasConsent(settings)) throw new CheckError('consent');
    const body = JSON.stringify(requestOf(question));
    const key = await digest(`${settings.backend}\n${body}`);
    const kept = how.again ? undefined : await recall(key, around);
    const answer = kept ?? (await ask(settings, '/v1/match', around, { body, timeout: how.article ? ARTICLE_TIMEOUT : SELECTION_TIMEOUT, signal: how.signal }));
    const view = viewOf(answer, question.text);
    if (!kept) await remember(key, answer, around);
    return { ok: true, view, host };
  } catch (error) {
    return { ...failureOf(error), host };
  }
}

/**
 * What is sent for a question: the text, its page's title and day, and the words around it. No address.
 * @param {Question} question
 */
export function requestOf(question) {
  const context = {
    ...(question.title && { title: cut(question.title, MAX_AROUND) }),
    ...(isDay(question.published) && { published: question.published }),
    ...(question.before && { prefix: cut(question.before, MAX_AROUND, 'end') }),
    ...(question.after && { suffix: cut(question.after, MAX_AROUND) }),
  };
  return { text: question.text, context, limit: SHOWN_PASSAGES };
}

/** A day that the calendar has: the service refuses a request over any other. @param {string} [day] */
const isDay = (day = '') => /^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T00:00Z`).getTime() > 0 && new Date(`${day}T00:00Z`).toISOString().startsWith(day);

/**
 * Ask the service what runs there; for "Test connection".
 * @param {Settings} settings as typed, saved or not
 * @param {Surroundings} around
 * @returns {Promise<{ok: true, version: string, rules: string, documents: number | null, ready: boolean} | import('./errors.js').Failure>}
 */
export async function testConnection(settings, around) {
  try {
    const said = await ask(settings, '/version', around, { timeout: SELECTION_TIMEOUT });
    if (typeof said?.service !== 'string' || typeof said?.rules !== 'string') throw new CheckError('bad-reply', { detail: 'version' });
    const ready = await ask(settings, '/readyz', around, { timeout: SELECTION_TIMEOUT }).then((state) => state?.ready === true, (error) => {
      if (error instanceof CheckError && error.code === 'server') return false;
      throw error;
    });
    return { ok: true, version: said.service, rules: said.rules, documents: Number.isSafeInteger(said.documents) ? said.documents : null, ready };
  } catch (error) {
    return failureOf(error);
  }
}

/** @param {unknown} error @returns {import('./errors.js').Failure} */
export const failureOf = (error) =>
  error instanceof CheckError ? error.failure : { ok: false, code: 'server', detail: error instanceof Error ? error.name : 'unknown' };

/**
 * Send one request and read its answer; whatever goes wrong is a `CheckError`.
 * @template T
 * @param {Pick<Settings, 'backend' | 'apiKey'>} settings
 * @param {string} path
 * @param {Pick<Surroundings, 'fetch' | 'mayReach' | 'program' | 'version'>} around
 * @param {{body?: string, accept?: string, timeout: number, signal?: AbortSignal}} how
 * @param {(response: Response) => Promise<T>} read within the time limit
 * @returns {Promise<T>}
 */
export async function request(settings, path, around, how, read) {
  if (around.mayReach && !(await around.mayReach(settings.backend))) throw new CheckError('permission');
  const limit = AbortSignal.timeout(how.timeout);
  const signal = how.signal ? AbortSignal.any([limit, how.signal]) : limit;
  const headers = {
    accept: how.accept ?? 'application/json',
    [CLIENT_HEADER]: `${around.program ?? 'extension'}/${around.version}`,
    ...(how.body !== undefined && { 'content-type': 'application/json' }),
    ...(settings.apiKey && { authorization: `Bearer ${settings.apiKey}` }),
  };
  try {
    const response = await around.fetch(settings.backend + path, {
      method: how.body === undefined ? 'GET' : 'POST', body: how.body, headers, signal,
      credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer',
    });
    if (!response.ok) throw await refusal(response);
    return await read(response);
  } catch (error) {
    if (error instanceof CheckError) throw error;
    const name = error instanceof Error ? error.name : '';
    throw new CheckError(limit.aborted || name === 'TimeoutError' ? 'timeout' : 'offline', { detail: name });
  }
}

/**
 * @param {Settings} settings
 * @param {string} path
 * @param {Surroundings} around
 * @param {{body?: string, timeout: number, signal?: AbortSignal}} how
 * @returns {Promise<any>}
 */
const ask = (settings, path, around, how) => request(settings, path, around, how, bodyOf);

/** @param {Response} response */
export async function bodyOf(response) {
  const text = await response.text();
  if (text.length > LARGEST) throw new CheckError('bad-reply', { detail: 'too large' });
  try {
    return JSON.parse(text);
  } catch {
    throw new CheckError('bad-reply', { detail: 'not JSON' });
  }
}

/**
 * @param {Response} response
 * @returns {Promise<CheckError>}
 */
async function refusal(response) {
  const problem = (response.headers.get('content-type') ?? '').includes('problem+json') ? await response.json().catch(() => null) : null;
  const slug = typeof problem?.type === 'string' ? problem.type.split('/').pop().slice(0, 60) : '';
  const detail = `${response.status}${/^[a-z-]+$/.test(slug) ? ` ${slug}` : ''}`;
  return new CheckError(codeOf(response.status, slug), { detail, after: retryAfter(response) });
}

/** What each status means to a reader; what is not here is "server". @type {Readonly<Record<number, import('./errors.js').Code>>} */
const BY_STATUS = { 400: 'version', 401: 'key', 403: 'key', 404: 'version', 405: 'version', 408: 'timeout', 410: 'version', 413: 'too-long', 415: 'version', 422: 'version', 426: 'version', 429: 'busy', 504: 'timeout' };

/** @param {number} status @param {string} slug @returns {import('./errors.js').Code} */
function codeOf(status, slug) {
  if (slug === 'empty-text') return 'empty';
  if (slug === 'cross-site' || slug === 'client-unnamed') return 'version'; // no matter of a key
  if (status === 503 && slug === 'overloaded') return 'busy';
  return BY_STATUS[status] ?? 'server';
}

/** Seconds of `Retry-After`, in either form; undefined where there is none. @param {Response} response */
function retryAfter(response) {
  const given = response.headers.get('retry-after');
  if (given === null) return undefined;
  const seconds = /^\s*\d+\s*$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(3600, Math.max(1, Math.ceil(seconds))) : undefined;
}

/** @param {string} text */
async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {string} key @param {Surroundings} around */
async function recall(key, around) {
  const kept = (await around.session?.get({ [CACHE_KEY]: [] }))?.[CACHE_KEY];
  const found = Array.isArray(kept) ? kept.find((item) => item.key === key) : undefined;
  return found && (around.now ?? Date.now)() - found.at < FRESH ? found.answer : undefined;
}

/** @param {string} key @param {any} answer @param {Surroundings} around */
async function remember(key, answer, around) {
  if (!around.session) return;
  const size = JSON.stringify(answer).length;
  if (size > CACHED_CHARACTERS) return;
  const kept = (await around.session.get({ [CACHE_KEY]: [] }))[CACHE_KEY];
  const items = [{ key, answer, size, at: (around.now ?? Date.now)() }, ...(Array.isArray(kept) ? kept : []).filter((item) => item.key !== key)].slice(0, CACHED);
  let room = CACHED_CHARACTERS;
  const fitting = items.filter((item) => (room -= item.size) >= 0);
  await around.session.set({ [CACHE_KEY]: fitting }).catch(() => undefined); // a full store must not cost the answer
}
