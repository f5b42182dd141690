// @ts-check
// The worker: three ways in, the questions of the card, and the panel's reach into a page. It may be ended at any time, so it keeps
// nothing in globals, and its listeners are registered at once, before anything is awaited.

import { failureOf, check } from './lib/service.js';
import { MAX_AROUND, MAX_SELECTION, PANEL_PORT, PLAIN_KEY, PROTOCOL } from './lib/protocol.js';
import { hasConsent, hostOf, originPattern, readSettings } from './lib/settings.js';
import { cut } from './lib/spans.js';
import { chooseLanguage, say, wordsOf } from './lib/words.js';

/** @type {any} */
const api = globalThis.browser ?? globalThis.chrome;
const READING = ['content/text.js', 'content/highlight.js'];
const CARD = [...READING, 'content/card.js', 'content/main.js'];
const PANEL = [...READING, 'content/article.js'];
const LATE = 200; // ms: on a busy machine the grant reaches the page after the click

/** What the library needs of the browser. @returns {import('./lib/service.js').Surroundings} */
const around = () => ({
  fetch: (...given) => fetch(...given),
  local: api.storage.local,
  session: api.storage.session,
  mayReach: (backend) => api.permissions.contains({ origins: [originPattern(backend)] }),
  version: api.runtime.getManifest().version,
});

/** Messages of a folder in _locales. @param {string} language */
const messagesOf = async (language) => wordsOf(await (await fetch(api.runtime.getURL(`_locales/${language}/messages.json`))).json());

/** Settings, and words in the chosen language; the browser's is read meanwhile, because it mostly is the one. */
async function settingsAndWords() {
  const own = chooseLanguage('auto', api.i18n.getUILanguage());
  const [settings, guess] = await Promise.all([readSettings(api.storage.local), messagesOf(own)]);
  const language = chooseLanguage(settings.language, own);
  return { settings, language, words: language === own ? guess : await messagesOf(language) };
}

/**
 * Run in a page; once more where the browser refused although the user has just acted.
 * @param {any} injection
 * @returns {Promise<any>} what the function in the top frame returned
 */
async function inject(injection) {
  const run = () => api.scripting.executeScript(injection);
  const [{ result }] = await run().catch(() => new Promise((go) => setTimeout(go, LATE)).then(run));
  return result;
}

/**
 * Open the card in a tab.
 * @param {{id: number}} tab
 * @param {{selectionText?: string, frameId?: number}} menu what the menu knows of the selection
 */
async function openCard(tab, menu = {}) {
  const target = { tabId: tab.id }, loaded = inject({ target, files: CARD });
  loaded.catch(() => undefined); // looked at below
  const { settings, language, words } = await settingsAndWords();
  const start = { language, words: cardWords(words), host: hostOf(settings.backend), agreed: hasConsent(settings), text: '', plain: false };
  const open = (/** @type {{text: string, plain: boolean}} */ given) => inject({ target, func: openInPage, args: [{ ...start, ...given }] });
  try {
    await loaded;
    const framed = menu.frameId ? await textInFrames(target) || plainText(menu) : null;
    if (!(await open(framed ?? { text: '', plain: false })) && !framed) {
      const elsewhere = await textInFrames(target) || plainText(menu);
      if (elsewhere) await open(elsewhere);
    }
    await api.action.setBadgeText({ tabId: tab.id, text: '' });
  } catch {
    await cannotRead(tab, menu.selectionText ?? '', words);
  }
}

/** The menu's own text: figures in it may have run together. @param {{selectionText?: string}} menu */
const plainText = ({ selectionText = '' }) => (selectionText.trim() ? { text: selectionText, plain: true } : null);

/** The selection of a frame of the same site. @param {{tabId: number}} target */
async function textInFrames(target) {
  const all = { ...target, allFrames: true };
  await api.scripting.executeScript({ target: all, files: [READING[0]] });
  const found = await api.scripting.executeScript({ target: all, func: selectedInPage });
  const text = found.map((/** @type {any} */ frame) => frame.result).find(Boolean);
  return text ? { text, plain: false } : null;
}

/** Runs in a frame. */
const selectedInPage = () => {
  const chosen = getSelection();
  return chosen?.rangeCount ? /** @type {any} */ (globalThis).Headwater.textOf(chosen.getRangeAt(0)).text : '';
};

/** Runs in the page. @param {any} start */
const openInPage = (start) => /** @type {any} */ (globalThis).Headwater.open(start);

/** Those that the card shows. @param {import('./lib/words.js').Words} words */
const cardWords = (words) =>
  Object.fromEntries(Object.entries(words).filter(([key]) => /^(card|verdict|lane|severity|error|consent|extension_name)/.test(key)));

/**
 * Browser pages, the store, the PDF viewer: the menu's own text is checked in the panel; without it the button says why.
 * @param {{id: number}} tab
 * @param {string} text
 * @param {import('./lib/words.js').Words} words
 */
async function cannotRead(tab, text, words) {
  if (text.trim()) {
    await api.storage.session.set({ [PLAIN_KEY]: { text: cut(text, MAX_SELECTION + 1) } });
    await api.tabs.create({ url: api.runtime.getURL('pages/panel.html?plain=1') });
    return;
  }
  await api.action.setBadgeText({ tabId: tab.id, text: '!' });
  await api.action.setTitle({ tabId: tab.id, title: say(words, 'error_no_access') });
}

/** Opens the panel; to be called before anything is awaited, while the browser knows of the user's act. @param {{id: number, windowId?: number}} tab */
function openPanel(tab) {
  const opened = api.sidePanel ? api.sidePanel.open({ windowId: tab.windowId }) : api.sidebarAction.open();
  return Promise.resolve(opened).catch(() => api.tabs.create({ url: api.runtime.getURL(`pages/panel.html?tab=${tab.id}`) }));
}

/** Menu titles in the chosen language. */
async function makeMenus() {
  const { words } = await settingsAndWords();
  await api.contextMenus.removeAll();
  api.contextMenus.create({ id: 'check', title: say(words, 'menu_check'), contexts: ['selection'] });
  api.contextMenus.create({ id: 'article', title: say(words, 'menu_article'), contexts: ['page', 'action'] });
}

api.runtime.onInstalled.addListener(async (/** @type {{reason: string}} */ { reason }) => {
  await makeMenus();
  if (reason === 'install' && !hasConsent(await readSettings(api.storage.local))) {
    await api.tabs.create({ url: api.runtime.getURL('pages/welcome.html') });
  }
});

api.storage.onChanged.addListener((/** @type {any} */ changes, /** @type {string} */ area) => {
  if (area === 'local' && 'language' in changes) makeMenus();
});

api.action.onClicked.addListener((/** @type {any} */ tab) => openCard(tab));

api.contextMenus.onClicked.addListener((/** @type {any} */ info, /** @type {any} */ tab) => {
  if (info.menuItemId === 'article') openPanel(tab);
  else if (info.menuItemId === 'check') openCard(tab, info);
});

api.commands.onCommand.addListener(async (/** @type {string} */ name, /** @type {any} */ tab) => {
  const active = tab ?? (await api.tabs.query({ active: true, lastFocusedWindow: true }))[0];
  if (name === 'check' && active) await openCard(active);
});

api.runtime.onConnect.addListener((/** @type {any} */ port) => {
  if (!isOwnPage(port.sender) || !port.name.startsWith(PANEL_PORT)) return;
  port.onDisconnect.addListener(() => inPage(Number(port.name.slice(PANEL_PORT.length)), { type: 'clear' }));
});

api.runtime.onMessage.addListener((/** @type {any} */ message, /** @type {any} */ sender, /** @type {(reply: any) => void} */ reply) => {
  const answer = sender.id === api.runtime.id && message && typeof message === 'object' ? answerTo(message, sender) : null;
  if (!answer) return undefined;
  answer.catch(failureOf).then(reply);
  return true; // the reply comes later
});

/** @param {any} sender */
const isOwnPage = (sender) => typeof sender?.url === 'string' && sender.url.startsWith(api.runtime.getURL(''));

/**
 * @param {Record<string, any>} message
 * @param {any} sender
 * @returns {Promise<any> | null} null for what is none of ours
 */
function answerTo(message, sender) {
  if (message.v !== PROTOCOL) return Promise.resolve({ ok: false, code: 'stale' });
  if (message.type === 'open') return openPlace(message.place, sender);
  if (message.type === 'check') return checkSelection(message);
  if (message.type === 'agree') return agree(message);
  if (!isOwnPage(sender)) return null;
  if (message.type === 'read') return readArticle(message);
  if (['mark', 'show', 'clear'].includes(message.type) && Number.isSafeInteger(message.tabId)) return inPage(message.tabId, message);
  return null;
}

/** @param {Record<string, any>} message */
async function checkSelection(message) {
  const { text, before = '', after = '', title = '', published = '' } = message;
  if (![text, before, after, title, published].every((value) => typeof value === 'string')) return { ok: false, code: 'stale' };
  if (text.length > MAX_SELECTION) return { ok: false, code: 'too-long' };
  const question = { text, title, published, before: cut(before, MAX_AROUND, 'end'), after: cut(after, MAX_AROUND) };
  return check(question, around(), { again: message.again === true });
}

/** @param {Record<string, any>} message */
async function agree(message) {
  const settings = await readSettings(api.storage.local);
  if (message.host !== hostOf(settings.backend)) return { ok: false, code: 'consent', host: hostOf(settings.backend) };
  await api.storage.local.set({ consentFor: message.host });
  return { ok: true };
}

/**
 * @param {unknown} place
 * @param {any} sender
 */
async function openPlace(place, sender) {
  if (place === 'panel' && sender.tab) await openPanel(sender.tab);
  else if (place === 'settings') await api.runtime.openOptionsPage();
  else if (place === 'welcome') await api.tabs.create({ url: api.runtime.getURL('pages/welcome.html') });
  return { ok: true };
}

/** @param {Record<string, any>} message */
async function readArticle(message) {
  const tabId = Number.isSafeInteger(message.tabId) ? message.tabId : (await api.tabs.query({ active: true, lastFocusedWindow: true }))[0]?.id;
  try {
    await inject({ target: { tabId }, files: PANEL });
  } catch {
    return { ok: false, code: 'no-access' };
  }
  return { tabId, ...(await inPage(tabId, { type: 'read' })) };
}

/**
 * Ask what was injected; a page that was left has nothing to say.
 * @param {number} tabId
 * @param {Record<string, any>} message
 */
async function inPage(tabId, message) {
  try {
    const said = await api.scripting.executeScript({ target: { tabId }, func: answerInPage, args: [message] });
    return said[0]?.result ?? { ok: false, code: 'no-access' };
  } catch {
    return { ok: false, code: 'no-access' };
  }
}

/** Runs in the page. @param {any} message */
const answerInPage = (message) => /** @type {any} */ (globalThis).Headwater?.answer?.(message);
