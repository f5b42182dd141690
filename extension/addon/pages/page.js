// @ts-check
// What all pages of the extension share: the browser's interface, words in the user's language, and elements made of text alone.

import { originPattern, readSettings } from '../lib/settings.js';
import { chooseLanguage, say, wordsOf } from '../lib/words.js';

/** @typedef {import('../lib/settings.js').Settings} Settings */
/** @typedef {(key: string, named?: Record<string, string | number>) => string} Say */

export const api = /** @type {any} */ (globalThis).browser ?? /** @type {any} */ (globalThis).chrome;

/** What `lib/service.js` needs of the browser. @type {import('../lib/service.js').Surroundings} */
export const surroundings = {
  fetch: (...given) => fetch(...given),
  local: api.storage.local,
  session: api.storage.session,
  mayReach: (origin) => api.permissions.contains({ origins: [originPattern(origin)] }),
  version: api.runtime.getManifest().version,
};

/** @param {string} id @returns {any} */
export const $ = (id) => document.getElementById(id);

/**
 * Make an element. Children are elements or strings; a string is text, whatever stands in it.
 * @param {string} tag
 * @param {Record<string, any>} [properties] `dataset` and names that begin with "aria" are set as attributes
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'dataset') Object.assign(made.dataset, value);
    else if (name.startsWith('aria-')) made.setAttribute(name, value);
    else /** @type {any} */ (made)[name] = value;
  }
  made.append(...children.map((child) => (typeof child === 'string' ? visible(child) : child)));
  return made;
}

/** Controls of writing direction could turn "57" into "75": they are shown, not obeyed. @param {string} words */
export const visible = (words) => words.replace(/[\u202a-\u202e\u2066-\u2069]/g, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase()}⟩`);

/**
 * Read the settings, and put words into the page in the language that is set.
 * An element names its words as `data-words`, the name of a control without visible words as `data-label`.
 * @returns {Promise<{settings: Settings, language: string, tell: Say}>}
 */
export async function openPage() {
  const settings = await readSettings(api.storage.local);
  const language = chooseLanguage(settings.language, api.i18n.getUILanguage());
  const words = wordsOf(await (await fetch(api.runtime.getURL(`_locales/${language}/messages.json`))).json());
  /** @type {Say} */
  const tell = (key, named) => say(words, key, named);
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll('[data-words]')) place.textContent = tell(/** @type {any} */ (place).dataset.words);
  for (const place of document.querySelectorAll('[data-label]')) place.setAttribute('aria-label', tell(/** @type {any} */ (place).dataset.label));
  return { settings, language, tell };
}

/** Keep the user's consent to send text to a host. @param {string} host */
export const agree = (host) => api.storage.local.set({ consentFor: host });
