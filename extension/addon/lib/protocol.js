// @ts-check
// All messages between the card in the page (content), the background worker, and the extension's own pages (panel, settings, welcome).
// Every message is `{v: 1, type, ...}`, is answered by one reply, and every failure is `{ok: false, code, ...}` (errors.js).
// The worker drops what it does not know: another `v`, another type, fields of another type, another sender.

/** @typedef {import('./errors.js').Failure} Failure */
/** @typedef {import('./view.js').View} View */

/** Version of these messages. A card of another version than the worker's is told "stale". */
export const PROTOCOL = 1;

/** UTF-16 units of a selection that are checked at once. */
export const MAX_SELECTION = 5_000;

/** UTF-16 units of a whole article. */
export const MAX_ARTICLE = 100_000;

/** UTF-16 units of the words around a selection that are sent along. */
export const MAX_AROUND = 500;

/** Milliseconds until a selection's check is given up; "still looking" is said from STILL_LOOKING on. */
export const SELECTION_TIMEOUT = 8_000;
export const STILL_LOOKING = 2_000;

/** Milliseconds until the check of a whole article is given up. The panel asks by itself: a worker dies after 30 s. */
export const ARTICLE_TIMEOUT = 120_000;

/** Sent with every request; no web page can send it without a preflight, which the service does not grant. */
export const CLIENT_HEADER = 'X-Headwater-Client';

/* ---- content -> worker ------------------------------------------------------------------------------------------------- */

/**
 * Check a selection. Answered by `CheckReply`.
 * @typedef {object} CheckMessage
 * @property {1} v
 * @property {'check'} type
 * @property {string} text as text.js reads it: at most MAX_SELECTION
 * @property {string} before at most MAX_AROUND, just before the selection
 * @property {string} after the same, just after it
 * @property {string} title of the page
 * @property {string} published its day as YYYY-MM-DD; "" where the page does not say it surely
 * @property {string} lang BCP 47 tag of the selection; "" for unknown. Stays in the extension: it dresses the words in the card
 * @property {boolean} [again] true for "Retry": do not answer from the cache
 */

/** @typedef {{ok: true, view: View, host: string} | Failure & {host?: string}} CheckReply */

/**
 * The user pressed "Agree" in the card. Refused unless `host` is the one that is set. Answered by `{ok: true}` or a failure.
 * @typedef {{v: 1, type: 'agree', host: string}} AgreeMessage
 */

/**
 * Open one of the extension's places. Answered by `{ok: true}`.
 * @typedef {{v: 1, type: 'open', place: 'settings' | 'welcome' | 'panel'}} OpenMessage
 */

/* ---- panel -> worker ----------------------------------------------------------------------------------------------------- */

/**
 * Read the whole article of a tab. Without `tabId` the active tab of the last focused window is meant.
 * @typedef {{v: 1, type: 'read', tabId?: number}} ReadMessage
 */

/**
 * What a page says of itself. Offsets of `text` are kept in the page until the next `read`, so `mark` needs no search.
 * @typedef {object} Article
 * @property {string} text paragraphs parted by a newline
 * @property {string} title
 * @property {string} published YYYY-MM-DD or ""
 * @property {string} lang
 */

/** @typedef {{ok: true, tabId: number, article: Article} | Failure} ReadReply "empty" where there is no text, "too-long", "no-access" */

/**
 * How a claim is marked in the page; each has its own style, and the panel shows the same word.
 * @typedef {'supported'|'shifted'|'contradicted'|'not_in_source'|'not_checkable'} Outcome
 */

/**
 * Mark claims of the article that was read last. `start` and `end` are UTF-16 offsets into its text.
 * A claim whose place has changed since is looked for by its exact words; one that is not found exactly once stays unmarked.
 * @typedef {{v: 1, type: 'mark', tabId: number, marks: {i: number, start: number, end: number, outcome: Outcome}[]}} MarkMessage
 */

/** @typedef {{ok: true, placed: number[]} | Failure} MarkReply `placed`: the `i` that are marked now */

/**
 * Scroll to a marked claim and flash it. Answered by `{ok: true, shown: boolean}`; false where it is not placed.
 * @typedef {{v: 1, type: 'show', tabId: number, i: number}} ShowMessage
 */

/**
 * Take all marks off the page. Sent when the panel closes.
 * @typedef {{v: 1, type: 'clear', tabId: number}} ClearMessage
 */

// The panel opens a port named `PANEL_PORT + tabId`, too: when it breaks, the worker clears the marks of that tab.
export const PANEL_PORT = 'panel:';

/* ---- worker -> content: `read`, `mark`, `show`, `clear` are passed on with the same fields but `tabId`, and `to: 'page'`. -- */

/**
 * Where text cannot be read from the page (PDF viewer, frames of another site), the menu's own text is kept here in
 * `storage.session` and panel.html?plain=1 is opened, which checks it and says "checked as plain text".
 * @typedef {{text: string}} PlainText
 */
export const PLAIN_KEY = 'plain';

/**
 * What a page or the panel asks the service; `lib/service.js` makes the request of it and answers `CheckReply`.
 * @typedef {object} Question
 * @property {string} text
 * @property {string} [before]
 * @property {string} [after]
 * @property {string} [title]
 * @property {string} [published]
 */
