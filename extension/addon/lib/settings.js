// @ts-check
// What the user has set, and the one place that knows how it is stored. No browser API: storage areas are handed in.

/**
 * @typedef {object} Settings
 * @property {string} backend origin of the checking service, without a slash at its end
 * @property {string} apiKey sent as a bearer token; "" for none. Never leaves the extension's own storage otherwise
 * @property {string} language "auto" (the browser's), or the name of a folder in _locales
 * @property {string} consentFor the host (with its port) that the user agreed to send text to; "" for none
 */

/** What `storage.local` holds; the keys are the names of the fields. @type {Readonly<Settings>} */
export const DEFAULTS = Object.freeze({
  backend: 'http://127.0.0.1:8710',
  apiKey: '',
  language: 'auto',
  consentFor: '',
});

/** Folders in _locales. */
export const LANGUAGES = Object.freeze(['en', 'fr']);

/**
 * @typedef {object} StorageArea the part of chrome.storage.StorageArea that is used here
 * @property {(keys: any) => Promise<Record<string, any>>} get
 * @property {(items: Record<string, any>) => Promise<void>} set
 * @property {(keys: string | string[]) => Promise<void>} [remove]
 */

/**
 * Read the settings; a stored value of another type, or an address that is not allowed, counts as not set.
 * @param {StorageArea} area
 * @returns {Promise<Settings>}
 */
export async function readSettings(area) {
  const stored = await area.get({ ...DEFAULTS });
  const text = (/** @type {keyof Settings} */ name) => (typeof stored[name] === 'string' ? stored[name] : DEFAULTS[name]);
  const address = parseBackend(text('backend'));
  return {
    backend: address.ok ? address.origin : DEFAULTS.backend,
    apiKey: text('apiKey'),
    language: LANGUAGES.includes(text('language')) ? text('language') : DEFAULTS.language,
    consentFor: text('consentFor'),
  };
}

/**
 * Read an address as a user types it: https anywhere, http on this machine only.
 * "localhost" becomes 127.0.0.1, which is the one host the extension may reach from the start.
 * @param {string} typed
 * @returns {{ok: true, origin: string} | {ok: false, why: 'not-address' | 'not-secure' | 'more-than-origin'}}
 */
export function parseBackend(typed) {
  let url;
  try {
    url = new URL(typed.trim());
  } catch {
    return { ok: false, why: 'not-address' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, why: 'not-address' };
  if (url.protocol === 'http:' && url.hostname === 'localhost') url.hostname = '127.0.0.1';
  if (url.protocol === 'http:' && url.hostname !== '127.0.0.1') return { ok: false, why: 'not-secure' };
  if (url.username || url.password || url.search || url.hash || url.pathname !== '/') return { ok: false, why: 'more-than-origin' };
  return { ok: true, origin: url.origin };
}

/**
 * The host with its port, as it is shown to the user and as consent is kept.
 * @param {string} backend
 * @returns {string}
 */
export const hostOf = (backend) => new URL(backend).host;

/**
 * The match pattern that `permissions.contains` and `permissions.request` take. Without a port: Firefox ignores patterns with one.
 * @param {string} backend
 * @returns {string}
 */
export function originPattern(backend) {
  const url = new URL(backend);
  return `${url.protocol}//${url.hostname}/*`;
}

/**
 * Whether the user agreed to send text to the service that is set now. Another address asks anew.
 * @param {Settings} settings
 * @returns {boolean}
 */
export const hasConsent = (settings) => settings.consentFor === hostOf(settings.backend);
