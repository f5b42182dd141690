// The finding that is chosen: on its card, in the article and in the official text, side by side.
import { countFindings, isShown, stepFrom } from './walk.js';

const $ = (id) => document.getElementById(id);
const stops = () => [...document.querySelectorAll('#claims .stop')];
const read = (stop) => ({ weight: stop.dataset.weight, lane: stop.dataset.lane, decision: stop.dataset.decision ?? '' });
const LEVEL = 0.25; // of a pane's height: where what is chosen is brought to, in all three
let chosen = '';

export const chosenStop = () => (chosen ? $(chosen) : null);

/** Choose a finding, or a claim as a whole, by the id of its element. */
export function choose(id, { focus = true } = {}) {
  const element = $(id);
  if (!element?.closest('#claims')) return false;
  chosen = element.matches('.stop') ? id : '';
  const claim = element.closest('.card').id;
  for (const opened of ancestors(element, 'details')) opened.open = true;
  mark(claim);
  if (focus) element.focus({ preventScroll: true });
  history.replaceState(history.state, '', `#${id}`);
  align(element, claim);
  say();
  return true;
}

/** Mark again what is chosen, after elements were replaced. */
export function refresh() {
  const stop = chosenStop();
  if (stop) mark(stop.dataset.claim);
  filter();
}

/** Choose the next or the previous finding that is shown. */
export function move(by) {
  const all = stops(), shown = new Set(all.filter((stop) => !stop.hidden).map((stop) => stop.id));
  const id = stepFrom(all.map((stop) => stop.id), shown, chosen, by);
  if (id) choose(id);
}

/** Show the findings that pass the filters, and the claims that have one; without any filter set, all claims. */
export function filter() {
  const boxes = [...document.querySelectorAll('#weights input, #lanes input')];
  const ticked = (name) => new Set(boxes.filter((box) => box.name === name && box.checked).map((box) => box.value));
  const filters = { weights: ticked('weight'), lanes: ticked('lane'), hideDecided: $('hide-decided').checked };
  const isNarrowed = filters.hideDecided || boxes.some((box) => box.checked !== box.defaultChecked);
  for (const stop of stops()) stop.hidden = !isShown(read(stop), filters);
  for (const card of document.querySelectorAll('#claims .card')) {
    card.hidden = isNarrowed && !card.querySelector('.stop:not([hidden])');
  }
  const counts = countFindings(stops().map(read));
  for (const place of document.querySelectorAll('[data-count]')) {
    const count = counts.get(place.dataset.count) ?? 0;
    place.textContent = count;
    place.closest('.chip').hidden = !count;
  }
  say();
}

function say() {
  const shown = stops().filter((stop) => !stop.hidden), stop = chosenStop(), at = shown.indexOf(stop);
  const all = `${shown.length} finding${shown.length === 1 ? '' : 's'}`;
  const words = at < 0 ? all : `Finding ${at + 1} of ${shown.length}: ${stop.querySelector('.badge').textContent}, ${stop.dataset.lane}`;
  if ($('place').textContent !== words) $('place').textContent = words;
}

function mark(claim) {
  for (const former of document.querySelectorAll('.chosen, .near, [aria-current]')) {
    former.classList.remove('chosen', 'near');
    former.removeAttribute('aria-current');
  }
  $(claim)?.classList.add('chosen');
  chosenStop()?.setAttribute('aria-current', 'true');
  each(`#article [data-claim="${claim}"], #documents [data-claims~="${claim}"]`, 'chosen');
  each(`#documents [data-near~="${claim}"]`, 'near');
  if (chosen) each(`[data-findings~="${chosen}"]`, 'chosen');
}

function each(selector, name) {
  for (const element of document.querySelectorAll(selector)) element.classList.add(name);
}

// All three panes bring what belongs together to the same height; where they stand one below the other only the card is.
function align(element, claim) {
  const isBeside = getComputedStyle($('found')).overflowY !== 'visible';
  const stop = chosen ? `[data-findings~="${chosen}"]` : '';
  const pick = (pane, ...selectors) => selectors.filter(Boolean).map((one) => $(pane).querySelector(one)).find(Boolean);
  if (!isBeside) return element.scrollIntoView({ block: 'center' });
  bring('found', element);
  bring('article', pick('article', stop, `[data-claim="${claim}"]`));
  bring('official', pick('official', stop, `[data-claims~="${claim}"]`, `[data-near~="${claim}"]`));
  const panes = document.querySelector('.panes').getBoundingClientRect();
  if (panes.top > innerHeight / 2 || panes.bottom < innerHeight / 2) document.querySelector('.panes').scrollIntoView();
}

function bring(name, element) {
  const pane = $(name);
  if (element) pane.scrollTop += element.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight * LEVEL;
}

function* ancestors(element, selector) {
  for (let one = element.parentElement?.closest(selector); one; one = one.parentElement?.closest(selector)) yield one;
}
