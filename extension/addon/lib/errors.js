// @ts-check
// Every way a check can end without an answer. Each code has its words in every locale: `error_` + the code, "-" as "_".

/**
 * consent       nothing was sent: the user has not agreed to send text to this host
 * empty         nothing is selected
 * too-long      more is selected than is checked at once
 * no-access     the browser lets no extension read this page (its own pages, the store, the PDF viewer)
 * permission    the browser does not let the extension reach this host; saving the settings again asks
 * offline       no connection to the service
 * timeout       the service did not answer in time
 * key           the service refused the API key, or wants one
 * busy          too many checks; `after` says in how many seconds to try again
 * server        the service failed, or is not ready
 * bad-reply     the answer is not what this version understands
 * version       the service speaks another version of the protocol
 * stale         the extension was updated while this page was open
 * @typedef {'consent'|'empty'|'too-long'|'no-access'|'permission'|'offline'|'timeout'|'key'|'busy'|'server'|'bad-reply'|'version'|'stale'} Code
 */

/** @type {readonly Code[]} */
export const CODES = Object.freeze([
  'consent', 'empty', 'too-long', 'no-access', 'permission', 'offline', 'timeout', 'key', 'busy', 'server', 'bad-reply', 'version', 'stale',
]);

/** Codes after which the same request may succeed. @type {readonly Code[]} */
export const RETRIABLE = Object.freeze(['offline', 'timeout', 'busy', 'server', 'bad-reply', 'key', 'version']);

/** Codes that the settings page can cure. @type {readonly Code[]} */
export const SETTABLE = Object.freeze(['permission', 'offline', 'key', 'server', 'bad-reply', 'version']);

/**
 * @typedef {object} Failure
 * @property {false} ok
 * @property {Code} code
 * @property {number} [after] seconds to wait, of "busy"
 * @property {string} [detail] for "copy details": status and kind of problem; never the user's text
 * @property {string} [host] the configured host, where the words name it
 */

/** The key of a code's words in _locales. @param {Code} code */
export const wordsKey = (code) => `error_${code.replaceAll('-', '_')}`;

/** A failure inside the library, told by its code. */
export class CheckError extends Error {
  /** @param {Code} code @param {{after?: number, detail?: string}} [more] */
  constructor(code, more = {}) {
    super(code);
    this.code = code;
    this.after = more.after;
    this.detail = more.detail;
  }

  /** @returns {Failure} */
  get failure() {
    return { ok: false, code: this.code, ...(this.after !== undefined && { after: this.after }), ...(this.detail && { detail: this.detail }) };
  }
}
