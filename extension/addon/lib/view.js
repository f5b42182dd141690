// @ts-check
// From an answer of the service to what the card and the panel show. The answer is another machine's word: every field is looked at
// before it is used, unknown fields are left alone, and what does not fit ends as "bad-reply", never as half a card.

import { CheckError } from './errors.js';
import { toUtf16, utf16Counter } from './spans.js';

/**
 * @typedef {'supported'|'shifted'|'contradicted'|'not_in_source'|'not_checkable'} Verdict
 * @typedef {'agrees'|'shifts'|'contradicts'|'not_stated'|'undecided'} Effect
 * @typedef {'info'|'low'|'medium'|'high'} Severity
 */

/**
 * One difference or agreement. `article` and `official` are words as written; `official` is null where the source has none,
 * and either is "" where an edit of a quotation has nothing on that side.
 * @typedef {object} FindingView
 * @property {string} rule
 * @property {string} lane "figure", "quotation", "date", "name", "attribution", "modality", "polarity", "term", "content", or a newer one
 * @property {Effect} effect
 * @property {Severity} severity
 * @property {string} explanation in English
 * @property {string} article
 * @property {string | null} official
 * @property {string[]} used further official words that a computed figure was worked out from
 */

/**
 * An official passage. `link` opens the source at the passage; "" where the document has no public address.
 * @typedef {object} PassageView
 * @property {string} text
 * @property {{start: number, end: number, severity: Severity}[]} marks UTF-16 ranges of `text` that findings name; in order, never nested
 * @property {string} heading
 * @property {string} speaker
 * @property {string} lang
 * @property {string} publisher
 * @property {string} title
 * @property {string} date YYYY-MM-DD or ""
 * @property {number} version
 * @property {boolean} isLatest
 * @property {string} withdrawn the notice, or ""
 * @property {string} changeNote
 * @property {string} attribution
 * @property {string} link
 */

/**
 * @typedef {object} ClaimView
 * @property {string} id
 * @property {number} start UTF-16, into the text that was sent
 * @property {number} end
 * @property {string} text
 * @property {Verdict} verdict
 * @property {string} reason in English
 * @property {boolean} topicKnown
 * @property {FindingView[]} findings differences first, by severity
 * @property {string[]} missing words that no passage states
 * @property {PassageView[]} evidence the passages that the verdict rests on
 * @property {PassageView[]} nearest no support; without those in `evidence`
 */

/**
 * @typedef {object} View
 * @property {ClaimView[]} claims in order of the text
 * @property {{reason: string, text: string, passage: PassageView}[]} omissions what the source says and the text leaves out
 * @property {{kind: string, was: string, is: string}[]} repairs
 * @property {string[]} notices in English
 * @property {string} scope in English: what was looked through, so that finding nothing can be judged; "" of an older service
 * @property {{service: string, rules: string}} versions
 */

export const VERDICTS = Object.freeze(['supported', 'shifted', 'contradicted', 'not_in_source', 'not_checkable']);
export const EFFECTS = Object.freeze(['contradicts', 'shifts', 'not_stated', 'undecided', 'agrees']);
export const SEVERITIES = Object.freeze(['high', 'medium', 'low', 'info']);
export const SHOWN_PASSAGES = 3; // a reader compares a handful
const LONGEST = 20_000; // characters of one string: a table can be long, a broken service longer
const MOST = 2_000; // items of one list

/** @param {string} what @returns {never} */
const refuse = (what) => {
  throw new CheckError('bad-reply', { detail: what });
};

/** @param {any} value @param {string} name @returns {Record<string, any>} */
const record = (value, name) => (value && typeof value === 'object' && !Array.isArray(value) ? value : refuse(name));

/** @param {any} value @param {string} name @returns {any[]} */
const list = (value, name) => (Array.isArray(value) && value.length <= MOST ? value : refuse(name));

/** @param {any} value @param {string} name @returns {string} */
const text = (value, name) => (typeof value === 'string' ? value.slice(0, LONGEST) : refuse(name));

/** @param {any} value @returns {string} */
const optional = (value) => (typeof value === 'string' ? value.slice(0, LONGEST) : '');

/** @param {any} value @param {string} name @returns {number} */
const count = (value, name) => (Number.isSafeInteger(value) && value >= 0 ? value : refuse(name));

/** @template {string} T @param {readonly string[]} among @param {any} value @param {string} name @returns {T} */
const one = (among, value, name) => (among.includes(value) ? value : refuse(name));

/** A BCP 47 tag, or "" for anything else. @param {any} value */
export const languageTag = (value) => (typeof value === 'string' && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(value) ? value : '');

/**
 * An address that may stand in a link: http and https alone, so never a script.
 * @param {any} value
 */
export function webAddress(value) {
  if (typeof value !== 'string' || value.length > LONGEST) return '';
  try {
    const url = new URL(value);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : '';
  } catch {
    return '';
  }
}

/** The day of a moment in ISO 8601, as it is written there. @param {any} value */
const day = (value) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : '');

/** @param {any} raw @returns {FindingView & {passage: number | null, span: {start: number, end: number} | null}} */
function finding(raw) {
  const value = record(raw, 'finding');
  const claimed = record(value.claimed, 'finding.claimed');
  const official = value.official === null ? null : record(value.official, 'finding.official');
  return {
    rule: text(value.rule, 'finding.rule'),
    lane: text(value.lane, 'finding.lane'),
    effect: one(EFFECTS, value.effect, 'finding.effect'),
    severity: one(SEVERITIES, value.severity, 'finding.severity'),
    explanation: text(value.explanation, 'finding.explanation'),
    article: text(claimed.text, 'finding.claimed.text'),
    official: official && text(official.text, 'finding.official.text'),
    used: list(value.evidence ?? [], 'finding.evidence').map((side) => text(record(side, 'side').text, 'side.text')),
    passage: Number.isSafeInteger(value.passage_id) ? value.passage_id : null,
    span: official && span(official.span),
  };
}

/** @param {any} raw @returns {{start: number, end: number}} */
function span(raw) {
  const value = record(raw, 'span');
  const start = count(value.start, 'span.start'), end = count(value.end, 'span.end');
  return end >= start ? { start, end } : refuse('span');
}

/**
 * @param {any} raw
 * @param {any} rawDocument
 * @param {ReturnType<typeof finding>[]} findings
 * @returns {PassageView}
 */
function passage(raw, rawDocument, findings) {
  const value = record(raw, 'passage'), document = record(rawDocument, 'document');
  const words = text(value.text, 'passage.text'), where = span(value.span);
  return {
    text: words,
    marks: marks(words, where, findings.filter((found) => found.passage !== null && found.passage === value.id)),
    heading: optional(value.heading),
    speaker: optional(value.speaker),
    lang: languageTag(document.language),
    publisher: text(document.publisher, 'document.publisher'),
    title: text(document.title, 'document.title'),
    date: day(document.updated) || day(document.first_published),
    version: count(document.version, 'document.version'),
    isLatest: document.is_latest !== false,
    withdrawn: optional(document.withdrawn),
    changeNote: optional(document.change_note),
    attribution: optional(document.attribution),
    link: webAddress(value.link) || webAddress(document.url),
  };
}

/**
 * @param {string} words
 * @param {{start: number, end: number}} where
 * @param {ReturnType<typeof finding>[]} findings
 */
function marks(words, where, findings) {
  const spans = findings.flatMap((found) => (found.span && found.effect !== 'agrees' ? [{ ...found.span, severity: found.severity }] : []))
    .filter((span) => span.start >= where.start && span.end <= where.end && span.end > span.start)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const apart = spans.filter((span, place) => spans.slice(0, place).every((other) => other.end <= span.start));
  const offsets = toUtf16(words, apart.flatMap((span) => [span.start - where.start, span.end - where.start]));
  return apart.map((span, place) => ({ start: offsets[2 * place], end: offsets[2 * place + 1], severity: span.severity }));
}

/** @param {any} raw @returns {ClaimView} */
function claim(raw) {
  const value = record(raw, 'claim'), where = span(value.span);
  const findings = list(value.findings, 'claim.findings').map(finding);
  const evidence = list(value.evidence, 'claim.evidence'), known = new Set(evidence.map((found) => found?.id));
  const nearest = list(value.nearest, 'claim.nearest').filter((found) => !known.has(found?.id));
  const shown = (/** @type {any[]} */ found) => found.slice(0, SHOWN_PASSAGES).map((item) => passage(item, item?.document, findings));
  return {
    id: text(value.id, 'claim.id'),
    start: where.start,
    end: where.end,
    text: text(value.text, 'claim.text'),
    verdict: one(VERDICTS, value.verdict, 'claim.verdict'),
    reason: optional(value.reason),
    topicKnown: value.topic_known !== false,
    findings: findings.sort(byWeight).map(({ passage: _passage, span: _span, ...shownFinding }) => shownFinding),
    missing: list(value.missing ?? [], 'claim.missing').map((part) => text(part, 'claim.missing')),
    evidence: shown(evidence),
    nearest: shown(nearest),
  };
}

/** @param {FindingView} a @param {FindingView} b */
function byWeight(a, b) {
  const agrees = Number(a.effect === 'agrees') - Number(b.effect === 'agrees');
  return agrees || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

/**
 * @param {any} answer the body of an answer of the service
 * @param {string} sent the text that was sent, for offsets
 * @returns {View}
 * @throws {CheckError} "bad-reply" where it is no such answer
 */
export const viewOf = (answer, sent) => ({ claims: claimsOf(record(answer, 'answer').claims, utf16Counter(sent)), ...restOf(answer) });

/**
 * @param {any} raw claims of an answer
 * @param {(offset: number) => number} counter from code points of the text that was sent to UTF-16 units
 * @returns {ClaimView[]}
 * @throws {CheckError} "bad-reply" where they are none
 */
export const claimsOf = (raw, counter) => list(raw, 'claims').map((item) => {
  const found = claim(item);
  return { ...found, start: counter(found.start), end: counter(found.end) };
});

/**
 * @param {any} answer
 * @returns {Omit<View, 'claims'>} everything but the claims
 * @throws {CheckError} "bad-reply" where it is no such answer
 */
export function restOf(answer) {
  const value = record(answer, 'answer'), versions = record(value.versions, 'versions');
  return {
    omissions: list(value.omissions ?? [], 'omissions').map((raw) => {
      const item = record(raw, 'omission');
      return { reason: optional(item.reason), text: text(item.text, 'omission.text'), passage: passage(item.passage, item.document, []) };
    }),
    repairs: list(value.repairs ?? [], 'repairs').map((raw) => {
      const item = record(raw, 'repair');
      return { kind: optional(item.kind), was: text(item.text, 'repair.text'), is: text(item.repaired, 'repair.repaired') };
    }),
    notices: list(value.notices ?? [], 'notices').map((notice) => text(notice, 'notice')),
    scope: optional(value.coverage?.line),
    versions: { service: text(versions.service, 'versions.service'), rules: text(versions.rules, 'versions.rules') },
  };
}
