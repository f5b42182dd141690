// @ts-check
// The side panel: the whole article as a list of claims in the order of the page, filled while the service decides them.

import { RETRIABLE, SETTABLE, wordsKey } from '../lib/errors.js';
import { PANEL_PORT, PLAIN_KEY, PROTOCOL } from '../lib/protocol.js';
import { hostOf } from '../lib/settings.js';
import { checkArticle } from '../lib/stream.js';
import { claimItem, FILTERS, filterOf, passageBlock, totalLines } from './claims.js';
import { $, agree, api, make, openPage, surroundings } from './page.js';

/** @typedef {import('../lib/view.js').ClaimView} ClaimView */

const MARKED_EVERY = 700; // ms: marks follow the list without a message for each claim

const given = new URLSearchParams(location.search);
const plain = given.has('plain');
const { settings, language, tell } = await openPage();
const host = hostOf(settings.backend);
/** @type {{tabId: number, stop: AbortController, claims: ClaimView[], marked: number, port: any} | null} */
let running = null;

/** @param {string} type @param {Record<string, any>} [more] */
const ask = (type, more = {}) => api.runtime.sendMessage({ v: PROTOCOL, type, ...more });

/** What is checked: the page's article, or the words that the menu kept where no page can be read. */
async function readText() {
  if (!plain) return ask('read', given.has('tab') ? { tabId: Number(given.get('tab')) } : {}); // else the tab in front
  const kept = (await api.storage.session.get({ [PLAIN_KEY]: null }))[PLAIN_KEY];
  return { ok: true, tabId: -1, article: { text: String(kept?.text ?? ''), title: '', published: '', lang: '' } };
}

async function start() {
  running?.stop.abort();
  clear();
  $('status').textContent = tell('card_busy');
  const stop = new AbortController();
  const read = await readText();
  if (!read?.ok) return fail(read ?? { ok: false, code: 'stale' });
  running?.port?.disconnect();
  const port = read.tabId >= 0 ? api.runtime.connect({ name: PANEL_PORT + read.tabId }) : null;
  const run = (running = { tabId: read.tabId, stop, claims: [], marked: 0, port });
  $('stop').hidden = false;
  $('progress').hidden = false;
  $('progress').removeAttribute('value');
  $('sent').textContent = tell('card_sent', { host });
  $('claims').setAttribute('lang', read.article.lang || '');
  const reply = await checkArticle(read.article, surroundings, { signal: stop.signal, onClaims: (...news) => run === running && grow(run, ...news) });
  if (run !== running) return undefined;
  $('stop').hidden = true;
  $('progress').hidden = true;
  if (stop.signal.aborted) return void ($('status').textContent = tell('panel_stopped'));
  if (!reply.ok) return fail(reply);
  finish(run, reply);
  return undefined;
}

/** @param {NonNullable<typeof running>} run @param {ClaimView[]} news @param {number} decided @param {number} sentences */
function grow(run, news, decided, sentences) {
  const from = run.claims.length;
  run.claims.push(...news);
  $('list').hidden = $('filters').hidden = false;
  $('progress').max = Math.max(1, sentences);
  $('progress').value = decided;
  $('status').textContent = tell('panel_decided', { decided, count: sentences });
  $('claims').append(...news.map((claim, place) => claimItem(claim, tell, () => show(run, from + place))));
  filter();
  if (performance.now() - run.marked > MARKED_EVERY) mark(run);
}

/** @param {NonNullable<typeof running>} run */
async function mark(run) {
  run.marked = performance.now();
  if (run.tabId < 0) return;
  const marks = run.claims.flatMap(({ start: from, end, verdict }, i) => (verdict === 'not_checkable' ? [] : [{ i, start: from, end, outcome: verdict }]));
  const said = await ask('mark', { tabId: run.tabId, marks });
  if (!said?.ok || run !== running) return;
  const placed = new Set(said.placed);
  for (const { i } of marks) $('claims').children[i]?.toggleAttribute('data-unmarked', !placed.has(i));
}

/** @param {NonNullable<typeof running>} run @param {number} i */
async function show(run, i) {
  const said = run.tabId < 0 ? { ok: true, shown: false } : await ask('show', { tabId: run.tabId, i });
  for (const item of $('claims').children) item.toggleAttribute('data-current', item === $('claims').children[i]);
  if (said?.ok && said.shown) return void ($('status').textContent = tell('panel_shown', { number: i + 1 }));
  $('status').textContent = said?.ok ? tell('panel_not_placed') : tell('panel_gone');
  return undefined;
}

/** @param {NonNullable<typeof running>} run @param {Extract<import('../lib/stream.js').ArticleReply, {ok: true}>} reply */
function finish(run, reply) {
  mark(run);
  $('status').textContent = tell('panel_done', { count: reply.claims.length });
  $('top').hidden = false;
  $('totals').append(...totalLines(reply.totals, tell, language));
  $('left-out').hidden = reply.rest.omissions.length === 0;
  $('omissions').append(...reply.rest.omissions.map(({ reason, text, passage }) =>
    make('li', {}, make('p', { lang: 'en', dir: 'auto' }, reason), passageBlock({ ...passage, text }, tell))));
  const repairs = reply.rest.repairs.map(({ was, is }) => make('li', { dir: 'auto' }, `${tell('card_repaired')} “${was}” → “${is}”`));
  const notices = reply.rest.notices.map((notice) => make('li', { lang: 'en', dir: 'auto' }, notice));
  $('remarks').hidden = repairs.length + notices.length === 0;
  $('notices').append(...repairs, ...notices);
  filter();
}

function filter() {
  const wanted = new FormData($('filters')).get('filter') ?? 'all';
  const claims = running?.claims ?? [];
  let shown = 0;
  for (const item of $('claims').children) {
    item.hidden = wanted !== 'all' && item.dataset.filter !== wanted;
    shown += Number(!item.hidden);
  }
  $('none').hidden = shown > 0;
  for (const name of FILTERS) {
    const count = name === 'all' ? claims.length : claims.filter((claim) => filterOf(claim) === name).length;
    $(`count-${name}`).textContent = ` (${count})`;
  }
}

/** @param {import('../lib/errors.js').Failure & {host?: string}} failure */
function fail(failure) {
  const { code } = failure, key = code === 'busy' && failure.after === undefined ? 'error_busy_soon' : wordsKey(code);
  $('status').textContent = '';
  $('failure').hidden = false;
  $('failure').dataset.code = code;
  $('said').textContent = tell(code === 'empty' && !plain ? 'panel_no_text' : key, { host: failure.host || host, after: failure.after ?? '' });
  const consent = code === 'consent';
  $('what').hidden = !consent;
  $('what').textContent = consent ? tell('consent_sends', { host }) : '';
  $('agree').hidden = $('later').hidden = !consent;
  $('retry').hidden = consent || !(RETRIABLE.includes(code) || code === 'no-access' || code === 'empty');
  $('settings').hidden = !SETTABLE.includes(code);
  $('copy').hidden = !['server', 'bad-reply', 'version'].includes(code);
  $('copy').onclick = async () => {
    await navigator.clipboard.writeText(`Headwater ${surroundings.version}: ${code} ${failure.detail ?? ''}`.trim());
    $('status').textContent = tell('card_copied');
  };
  (consent ? $('agree') : $('retry').hidden ? $('go') : $('retry')).focus();
}

function clear() {
  if (running && running.tabId >= 0) ask('clear', { tabId: running.tabId });
  for (const id of ['failure', 'top', 'filters', 'list', 'left-out', 'remarks', 'stop', 'progress']) $(id).hidden = true;
  for (const id of ['totals', 'claims', 'omissions', 'notices', 'status']) $(id).replaceChildren();
}

for (const name of FILTERS) {
  const box = make('input', { type: 'radio', name: 'filter', value: name, checked: name === 'all', onchange: filter });
  $('filters').firstElementChild.append(make('label', {}, box, tell(`panel_filter_${name}`), make('span', { id: `count-${name}` })));
}
$('plain').hidden = !plain;
$('hint').hidden = plain;
$('go').textContent = tell(plain ? 'menu_check' : 'menu_article');
$('go').onclick = $('retry').onclick = start;
$('stop').onclick = () => running?.stop.abort();
$('settings').onclick = () => api.runtime.openOptionsPage();
$('later').onclick = () => {
  clear();
  $('status').textContent = tell('panel_nothing_sent');
  $('go').focus();
};
$('agree').onclick = async () => {
  await agree(host);
  await start();
};
addEventListener('pagehide', () => running?.stop.abort());
api.storage.onChanged.addListener((/** @type {any} */ changes, /** @type {string} */ area) => {
  if (area === 'local' && ('backend' in changes || 'language' in changes)) location.reload(); // its words name the host
});
$('go').disabled = false;
if (plain) start();
