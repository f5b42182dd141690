// @ts-check
// A claim, a passage, the numbers of a check as elements. Everything the service or a page said is text, never markup.

import { make } from './page.js';

/** @typedef {import('./page.js').Say} Say */
/** @typedef {import('../lib/view.js').ClaimView} ClaimView */
/** @typedef {import('../lib/view.js').PassageView} PassageView */
/** @typedef {import('../lib/view.js').FindingView} FindingView */

/** What a reader can filter by; a claim of none of them is shown under "all". */
export const FILTERS = Object.freeze(['all', 'differs', 'matches', 'not_in_source', 'no_source']);

const SYMBOLS = Object.freeze({ supported: '✓', shifted: '≈', contradicted: '≠', not_in_source: '∅', no_source: '–', not_checkable: '·' }); // the card's
const TOLD = new Set(['figure', 'quotation', 'date']); // of what agrees, a reader is shown these
const MISSING = new Set(['not_in_source', 'shifted']); // of what matches, other words are only its style

/** A verdict, with "no source" apart from "not in source". @param {ClaimView} claim @returns {keyof SYMBOLS} */
export const outcomeOf = (claim) => (claim.verdict === 'not_in_source' && !claim.topicKnown ? 'no_source' : claim.verdict);

/** @param {ClaimView} claim */
export function filterOf(claim) {
  const outcome = outcomeOf(claim);
  if (outcome === 'contradicted' || outcome === 'shifted') return 'differs';
  return outcome === 'supported' ? 'matches' : outcome === 'not_checkable' ? 'all' : outcome;
}

/**
 * @param {ClaimView} claim
 * @param {Say} tell
 * @param {() => void} show what a click on the claim does
 */
export function claimItem(claim, tell, show) {
  const outcome = outcomeOf(claim);
  const item = make('li', { dataset: { outcome, filter: filterOf(claim), id: claim.id, verdict: claim.verdict } },
    make('button', { type: 'button', className: 'claim', dir: 'auto', onclick: show, title: tell('panel_go') },
      make('span', { className: 'outcome' }, make('span', { 'aria-hidden': 'true' }, `${SYMBOLS[outcome]} `), tell(`outcome_${outcome}`)),
      make('span', { className: 'words' }, claim.text)));
  const findings = claim.findings.filter((found) => found.effect !== 'agrees' || TOLD.has(found.lane));
  if (findings.length) item.append(make('ul', { className: 'findings' }, ...findings.map((found) => findingItem(found, tell))));
  if (claim.missing.length && MISSING.has(claim.verdict)) item.append(make('p', { className: 'missing', dir: 'auto' }, `${tell('card_missing')} ${claim.missing.map((part) => `“${part}”`).join('; ')}`));
  if (claim.evidence.length) item.append(passages(tell('card_evidence'), claim.evidence, tell));
  else if (outcome === 'not_in_source' && claim.nearest.length) item.append(passages(tell('card_nearest', { count: claim.nearest.length }), claim.nearest, tell));
  return item;
}

/** @param {FindingView} found @param {Say} tell */
function findingItem(found, tell) {
  const known = tell(`lane_${found.lane}`), lane = known === `lane_${found.lane}` ? found.lane : known;
  const item = make('li', { dataset: { effect: found.effect, severity: found.severity, rule: found.rule } }, make('strong', {}, lane));
  if (found.effect !== 'agrees') {
    item.append(' ', make('span', { className: 'severity' }, tell(`severity_${found.severity}`)));
    if (found.article || found.official) {
      item.append(make('dl', {},
        make('div', {}, make('dt', {}, tell('card_article')), make('dd', { dir: 'auto' }, found.article || tell('card_nothing'))),
        make('div', {}, make('dt', {}, tell('card_official')), make('dd', { dir: 'auto' }, found.official === null ? tell('card_not_stated') : found.official || tell('card_nothing')))));
    }
  }
  item.append(make('p', { lang: 'en', dir: 'auto' }, found.explanation));
  return item;
}

/** @param {string} title @param {PassageView[]} shown @param {Say} tell */
const passages = (title, shown, tell) => make('details', {}, make('summary', {}, title), ...shown.map((passage) => passageBlock(passage, tell)));

/** @param {PassageView} passage @param {Say} tell */
export function passageBlock(passage, tell) {
  const cited = [passage.publisher, passage.title && `“${passage.title}”`, passage.date, tell('card_version', { number: passage.version })].filter(Boolean).join(', ');
  const block = make('figure', {}, make('blockquote', { dir: 'auto', lang: passage.lang }, passage.text));
  if (passage.speaker) block.append(make('p', { dir: 'auto' }, `${tell('card_speaker')} ${passage.speaker}`));
  if (passage.withdrawn) block.append(make('p', { dir: 'auto' }, `${tell('card_withdrawn')} ${passage.withdrawn}`));
  if (!passage.isLatest) block.append(make('p', {}, tell('card_superseded')));
  const caption = make('figcaption', { dir: 'auto' }, cited);
  if (passage.link) caption.append(' ', make('a', { href: passage.link, target: '_blank', rel: 'noopener noreferrer' }, tell('card_open_source')));
  if (passage.attribution) caption.append(' ', make('small', {}, passage.attribution));
  block.append(caption);
  return block;
}

/**
 * The lines on top of the list.
 * @param {import('../lib/stream.js').Totals} totals
 * @param {Say} tell
 * @param {string} language
 */
export function totalLines(totals, tell, language) {
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(totals.found_share);
  const { high, medium, low } = totals.findings, { agree, differ, not_stated } = totals.figures;
  return [
    tell('panel_total_claims', { checked: totals.checked, count: totals.claims }),
    tell('panel_total_figures', { agree, differ, missing: not_stated }),
    tell('panel_total_findings', { high, medium, low }),
    tell('panel_total_found', { share }),
  ].map((line) => make('li', {}, line));
}
