// The page of a check: follows it while it is under way, and gives its keys, filters and buttons their effect.
import { chosenStop, choose, filter, move, refresh } from './choose.js';
import { decide } from './decide.js';
import { follow } from './live.js';
import { parseParts, putParts } from './parts.js';
import { actOf } from './walk.js';

const $ = (id) => document.getElementById(id);
const check = $('check').dataset.check;
const WHO = 'headwater.who';
const LOST = 'The connection was lost; trying again. What was decided is kept.';
const GONE = 'This check is no longer there.';

function say(state) {
  const line = $('progress').querySelector('[data-live]');
  document.documentElement.dataset.connection = state;
  if (line && (state === 'lost' || state === 'gone')) line.textContent = state === 'lost' ? LOST : GONE;
}

async function pull(after) {
  const answer = await fetch(`/checks/${check}/parts?after=${after}`);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(answer.statusText);
  const parts = parseParts(await answer.text());
  const state = { after: Number(parts.dataset.after), isOver: !['waiting', 'running'].includes(parts.dataset.state) };
  putParts(parts);
  reveal();
  refresh();
  return state;
}

function reveal() {
  for (const hidden of document.querySelectorAll('[data-act][hidden]')) hidden.hidden = false;
}

const acts = {
  next: () => move(1),
  previous: () => move(-1),
  accept: () => decideOn('accept'),
  dismiss: () => chosenStop()?.querySelector('[name=reason]')?.focus(),
  undo: () => decideOn(''),
  leave: () => chosenStop()?.focus(),
  print: () => print(),
  link: async (button) => {
    await navigator.clipboard.writeText(location.href.split('#')[0]);
    button.textContent = 'Copied';
  },
};

async function decideOn(decision, form = chosenStop()?.querySelector('.decide')) {
  if (!form || !(await decide(check, form, decision, $('who').value.trim()))) return;
  const stop = form.closest('.stop');
  if (chosenStop() !== stop) choose(stop.id, { focus: false });
  if (decision) move(1);
  filter();
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (button) return acts[button.dataset.act](button);
  const link = event.target.closest('a[href^="#c"]');
  if (link && choose(link.hash.slice(1))) return event.preventDefault();
  const place = event.target.closest('#documents [data-claims]');
  if (place && getSelection().isCollapsed) return choose(place.dataset.claims.split(' ')[0], { focus: false });
  const stop = event.target.closest('.stop');
  if (stop && !event.target.closest('form, a, summary')) choose(stop.id);
});
document.addEventListener('keydown', (event) => {
  const act = $('keys-on').checked || event.key === 'Escape' ? actOf(event) : '';
  if (!act) return;
  event.preventDefault();
  acts[act]();
});
document.addEventListener('submit', (event) => {
  if (!event.target.matches('.decide')) return;
  event.preventDefault();
  decideOn(event.submitter.value, event.target);
});
$('bar').addEventListener('change', (event) => {
  if (event.target.id === 'who') localStorage.setItem(WHO, event.target.value);
  else filter();
});

$('bar').hidden = false;
document.querySelector('.filters').open = matchMedia('(min-width: 48rem)').matches;
new ResizeObserver(() => document.documentElement.style.setProperty('--bar', `${$('bar').offsetHeight}px`)).observe($('bar'));
$('who').value = localStorage.getItem(WHO) ?? '';
reveal();
filter();
if (location.hash) choose(location.hash.slice(1), { focus: false });
const { state, after } = $('progress').dataset;
if (state === 'waiting' || state === 'running') {
  follow({ events: (from) => `/checks/${check}/events?after=${from}`, pull, say, after: Number(after) });
}
document.documentElement.classList.add('script');
