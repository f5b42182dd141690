// @ts-check
// The settings page. Nothing can be touched before the settings are loaded; the browser is asked for access to a host
// only when the user saves another address, in the very click, because browsers grant it in no other moment.

import { wordsKey } from '../lib/errors.js';
import { testConnection } from '../lib/service.js';
import { hasConsent, hostOf, LANGUAGES, originPattern, parseBackend } from '../lib/settings.js';
import { $, api, make, openPage, surroundings } from './page.js';

const ASK_FOR = 'https:'; // loopback is granted with the extension itself
const NAMES = Object.freeze({ en: 'English', fr: 'Français' });
let { settings, language, tell } = await openPage();

/** The form as it stands, or null where its address cannot be used. */
function typed() {
  const address = parseBackend($('backend').value);
  $('backend-error').textContent = address.ok ? '' : tell(`options_${address.why.replaceAll('-', '_')}`);
  $('backend').toggleAttribute('aria-invalid', !address.ok);
  if (!address.ok) {
    $('backend').focus();
    return null;
  }
  return { ...settings, backend: address.origin, apiKey: $('key').value.trim(), language: $('language').value };
}

/** @param {string} words */
const say = (words) => {
  $('status').textContent = words;
};

function show() {
  $('backend').value = settings.backend;
  $('key').value = settings.apiKey;
  $('language').replaceChildren(...['auto', ...LANGUAGES].map((name) =>
    make('option', { value: name, selected: name === settings.language }, name === 'auto' ? tell('options_language_auto') : NAMES[/** @type {'en'} */ (name)] ?? name)));
  const host = hostOf(settings.backend);
  $('sends').textContent = tell('consent_sends', { host });
  $('consent').textContent = tell(hasConsent(settings) ? 'options_agreed' : 'options_not_agreed', { host });
}

$('form').onsubmit = async (/** @type {Event} */ event) => {
  event.preventDefault();
  const wanted = typed();
  if (!wanted) return;
  const asked = wanted.backend.startsWith(ASK_FOR) ? api.permissions.request({ origins: [originPattern(wanted.backend)] }) : true;
  $('all').disabled = true;
  try {
    if (!(await asked)) return say(tell('options_refused', { host: hostOf(wanted.backend) }));
    const { backend, apiKey, language: chosen } = wanted, before = settings.backend;
    await api.storage.local.set({ backend, apiKey, language: chosen });
    if (backend !== before && before.startsWith(ASK_FOR)) await api.permissions.remove({ origins: [originPattern(before)] });
    await reload();
    say(tell('options_saved'));
  } catch {
    say(tell('options_refused', { host: hostOf(wanted.backend) }));
  } finally {
    $('all').disabled = false;
    $('save').focus();
  }
};

$('test').onclick = async () => {
  const wanted = typed();
  if (!wanted) return;
  say(tell('options_testing'));
  const host = hostOf(wanted.backend), said = await testConnection(wanted, surroundings);
  if (!said.ok) return say(tell(said.code === 'busy' ? 'error_busy_soon' : wordsKey(said.code), { host, after: said.after ?? '' }));
  const documents = said.documents === null ? '?' : new Intl.NumberFormat(language).format(said.documents);
  say(`${tell('options_tested', { host, version: said.version, documents })}${said.ready ? '' : ` ${tell('options_not_ready')}`}`);
};

$('delete').onclick = () => $('sure').showModal();
$('sure').onclose = async () => {
  if ($('sure').returnValue !== 'delete') return;
  $('sure').returnValue = '';
  await Promise.all([api.storage.local.clear(), api.storage.session.clear()]);
  const { origins = [] } = await api.permissions.getAll();
  const extra = origins.filter((/** @type {string} */ origin) => origin.startsWith(ASK_FOR));
  if (extra.length) await api.permissions.remove({ origins: extra });
  await reload();
  say(tell('options_deleted'));
};

async function reload() {
  ({ settings, language, tell } = await openPage());
  show();
}

show();
$('all').disabled = false; // usable only once loaded
