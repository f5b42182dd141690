// @ts-check
// Words in the language that the user set. `i18n.getMessage` knows only the browser's language, so the files in _locales are read here.

import { LANGUAGES } from './settings.js';

/** @typedef {Record<string, string>} Words messages by key, placeholders as `$name$` */

/**
 * Which folder of _locales serves.
 * @param {string} language of the settings: "auto" or a folder
 * @param {string} browserLanguage as the browser says it: "fr-CA"
 */
export function chooseLanguage(language, browserLanguage) {
  if (LANGUAGES.includes(language)) return language;
  const base = browserLanguage.toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.includes(base) ? base : 'en';
}

/**
 * @param {Record<string, {message: string}>} messages a messages.json
 * @returns {Words}
 */
export const wordsOf = (messages) => Object.fromEntries(Object.entries(messages).map(([key, { message }]) => [key, message]));

/**
 * @param {Words} words
 * @param {string} key
 * @param {Record<string, string | number>} [named] what stands for `$name$`
 */
export const say = (words, key, named = {}) =>
  (words[key] ?? key).replace(/\$([a-z_]+)\$/gi, (whole, name) => String(named[name.toLowerCase()] ?? whole));
