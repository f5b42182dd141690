// @ts-check
// Checks a whole article: claims come as the service decides them, the numbers of the whole check come last. No browser API.

import { CheckError } from './errors.js';
import { ARTICLE_TIMEOUT } from './protocol.js';
import { failureOf, request, requestOf } from './service.js';
import { hasConsent, hostOf, readSettings } from './settings.js';
import { utf16Counter } from './spans.js';
import { claimsOf, restOf } from './view.js';

/** @typedef {import('./view.js').ClaimView} ClaimView */

/**
 * @typedef {object} Totals
 * @property {number} claims
 * @property {number} checked claims without those that nothing can be checked in
 * @property {{agree: number, differ: number, not_stated: number}} figures
 * @property {Record<import('./view.js').Severity, number>} findings other than agreements
 * @property {number} found_share part of the words, from 0 to 1, that an official source speaks to
 */

/** @typedef {{ok: true, host: string, claims: ClaimView[], totals: Totals, rest: ReturnType<typeof restOf>} | import('./errors.js').Failure & {host?: string}} ArticleReply */

const LONGEST_LINE = 4_000_000; // characters: the claims of one sentence with their passages take thousands

/**
 * Check an article. Never throws; a failure on the way leaves the claims that were handed on.
 * @param {import('./protocol.js').Question} question
 * @param {import('./service.js').Surroundings} around
 * @param {{onClaims: (claims: ClaimView[], decided: number, sentences: number) => void, signal?: AbortSignal}} how
 * @returns {Promise<ArticleReply>}
 */
export async function checkArticle(question, around, how) {
  let host = '';
  try {
    const settings = await readSettings(around.local);
    host = hostOf(settings.backend);
    if (!/[\p{L}\p{N}]/u.test(question.text)) throw new CheckError('empty');
    if (!hasConsent(settings)) throw new CheckError('consent');
    const asked = { body: JSON.stringify(requestOf(question)), accept: 'application/x-ndjson', timeout: ARTICLE_TIMEOUT, signal: how.signal };
    return await request(settings, '/v1/match', around, asked, (response) => readLines(response, question.text, host, how));
  } catch (error) {
    return { ...failureOf(error), host };
  }
}

/**
 * @param {Response} response
 * @param {string} sent
 * @param {string} host
 * @param {{onClaims: (claims: ClaimView[], decided: number, sentences: number) => void}} how
 * @returns {Promise<ArticleReply>}
 */
async function readLines(response, sent, host, how) {
  if (!(response.headers.get('content-type') ?? '').startsWith('application/x-ndjson')) throw new CheckError('version', { detail: 'no lines' });
  const counter = utf16Counter(sent);
  /** @type {ClaimView[]} */
  const claims = [];
  for await (const line of linesOf(response)) {
    if (line?.event === 'problem') throw new CheckError('server', { detail: String(line.problem?.type ?? '').split('/').pop()?.replace(/[^a-z-]/g, '') });
    if (line?.event === 'summary') return { ok: true, host, claims, totals: totals(line.totals), rest: restOf(line) };
    if (line?.event !== 'claims') continue; // a newer service may say more
    const newest = claimsOf(line.claims, counter);
    claims.push(...newest);
    how.onClaims(newest, whole(line.decided), whole(line.sentences));
  }
  throw new CheckError('bad-reply', { detail: 'no end' });
}

/** @param {Response} response @returns {AsyncGenerator<any>} */
export async function* linesOf(response) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  let kept = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const parts = (done ? decoder.decode() : decoder.decode(value, { stream: true })).split('\n');
      parts[0] = kept + parts[0];
      kept = /** @type {string} */ (parts.pop());
      if (kept.length > LONGEST_LINE) throw new CheckError('bad-reply', { detail: 'too large' });
      for (const part of parts) if (part) yield parse(part);
      if (done) break;
    }
    if (kept.trim()) yield parse(kept);
  } finally {
    reader.cancel().catch(() => undefined); // tells the service that nobody waits any more
  }
}

/** @param {string} line */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    throw new CheckError('bad-reply', { detail: 'not JSON' });
  }
}

/** @param {any} value */
const whole = (value) => {
  if (!Number.isSafeInteger(value) || value < 0) throw new CheckError('bad-reply', { detail: 'count' });
  return value;
};

/** @param {any} value @returns {Totals} */
function totals(value) {
  const share = value?.found_share;
  if (typeof share !== 'number' || !(share >= 0 && share <= 1)) throw new CheckError('bad-reply', { detail: 'totals' });
  const { agree, differ, not_stated } = value.figures ?? {};
  const { high, medium, low, info } = value.findings ?? {};
  return {
    claims: whole(value.claims), checked: whole(value.checked), found_share: share,
    figures: { agree: whole(agree), differ: whole(differ), not_stated: whole(not_stated) },
    findings: { high: whole(high), medium: whole(medium), low: whole(low), info: whole(info) },
  };
}
