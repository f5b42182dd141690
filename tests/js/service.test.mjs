// Asking the service: consent, what is sent, the cache, and every way it can end.
import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { CODES, wordsKey } from '../../extension/addon/lib/errors.js';
import { SELECTION_TIMEOUT } from '../../extension/addon/lib/protocol.js';
import { CACHE_KEY, check, requestOf, testConnection } from '../../extension/addon/lib/service.js';
import { DEFAULTS } from '../../extension/addon/lib/settings.js';

const TEXT = 'It was £57 million.';
const ANSWER = { claims: [], omissions: [], repairs: [], notices: [], versions: { service: '1', rules: '2', model: 'm', corpus: 'c' } };

function area(values = {}) {
  const kept = { ...values };
  return { kept, get: async (keys) => ({ ...keys, ...kept }), set: async (items) => void Object.assign(kept, structuredClone(items)) };
}

const held = []; // Node may collect an answer that nobody holds while its body is read, and the reading then never ends

function around({ settings = {}, reply = () => Response.json(ANSWER), reach = true, now } = {}) {
  const asked = [];
  return {
    asked, version: '9.9', session: area(), mayReach: async () => reach, now,
    local: area({ ...DEFAULTS, consentFor: '127.0.0.1:8710', ...settings }),
    fetch: async (url, options) => {
      asked.push({ url, ...options, body: options.body && JSON.parse(options.body) });
      const answer = reply(options);
      held.push(answer);
      return answer;
    },
  };
}

const problem = (status, slug, headers = {}) => () => new Response(JSON.stringify({ type: `/problems/${slug}` }), { status, headers: { 'content-type': 'application/problem+json', ...headers } });
const code = async (reply, more = {}) => (await check({ text: TEXT }, around({ reply, ...more }))).code;

test('what is sent: the text, its surroundings, no address, no cookie, a named client', async () => {
  const it = around({ settings: { apiKey: 'k' } });
  await check({ text: TEXT, before: 'x'.repeat(600), after: 'after', title: 'T', published: '2024-11-08' }, it);
  const [sent] = it.asked;
  assert.equal(sent.url, 'http://127.0.0.1:8710/v1/match');
  assert.deepEqual(sent.body, { text: TEXT, context: { title: 'T', published: '2024-11-08', prefix: 'x'.repeat(500), suffix: 'after' }, limit: 3 });
  assert.deepEqual([sent.credentials, sent.redirect, sent.referrerPolicy, sent.cache], ['omit', 'error', 'no-referrer', 'no-store']);
  assert.equal(sent.headers['X-Headwater-Client'], 'extension/9.9');
  assert.equal(sent.headers.authorization, 'Bearer k');
  assert.equal(sent.headers['content-type'], 'application/json');
  assert.deepEqual(requestOf({ text: 'a' }), { text: 'a', context: {}, limit: 3 });
});

test('a day that no calendar has is not sent', () => {
  for (const published of ['2024-02-31', '2024-13-01', '8 November', '2024-11-8', '0000-00-00']) assert.deepEqual(requestOf({ text: 'a', published }).context, {});
  assert.deepEqual(requestOf({ text: 'a', published: '2024-02-29' }).context, { published: '2024-02-29' });
});

test('no key, no header', async () => {
  const it = around();
  await check({ text: TEXT }, it);
  assert.ok(!('authorization' in it.asked[0].headers));
});

test('nothing is sent without consent for this very host, without permission, or without words', async () => {
  for (const [question, more, expected] of [
    [{ text: TEXT }, { settings: { consentFor: '' } }, 'consent'],
    [{ text: TEXT }, { settings: { consentFor: '127.0.0.1:8711' } }, 'consent'],
    [{ text: TEXT }, { settings: { backend: 'https://a.example' } }, 'consent'],
    [{ text: TEXT }, { reach: false }, 'permission'],
    [{ text: ' …!\u200b ' }, {}, 'empty'],
  ]) {
    const it = around(more);
    const reply = await check(question, it);
    assert.deepEqual([reply.ok, reply.code, it.asked.length], [false, expected, 0]);
    assert.ok(reply.host);
  }
});

test('statuses and kinds of problem', async () => {
  for (const [reply, expected] of [
    [problem(401, 'x'), 'key'], [problem(403, 'forbidden'), 'key'], [problem(403, 'client-unnamed'), 'version'], [problem(403, 'cross-site'), 'version'],
    [problem(404, 'not-found'), 'version'], [problem(405, 'method-not-allowed'), 'version'], [problem(413, 'text-too-long'), 'too-long'],
    [problem(415, 'unsupported-media-type'), 'version'], [problem(421, 'host-not-allowed'), 'server'], [problem(422, 'invalid-request'), 'version'],
    [problem(422, 'empty-text'), 'empty'], [problem(429, 'x'), 'busy'], [problem(503, 'overloaded'), 'busy'], [problem(503, 'not-ready'), 'server'],
    [problem(504, 'x'), 'timeout'], [problem(500, 'internal-error'), 'server'], [() => new Response('<html>', { status: 502 }), 'server'],
    [() => new Response('<html>'), 'bad-reply'], [() => Response.json([]), 'bad-reply'], [() => Response.json({ ...ANSWER, claims: {} }), 'bad-reply'],
    [() => { throw new TypeError('Failed to fetch'); }, 'offline'],
  ]) assert.equal(await code(reply), expected, expected);
});

test('when to come back, in seconds or as a date', async () => {
  const after = async (value) => (await check({ text: TEXT }, around({ reply: problem(503, 'overloaded', value === null ? {} : { 'retry-after': value }) }))).after;
  assert.equal(await after('7'), 7);
  assert.equal(await after('999999'), 3600);
  assert.equal(await after('soon'), undefined);
  assert.equal(await after(null), undefined);
  const inAMinute = await after(new Date(Date.now() + 60_000).toUTCString());
  assert.ok(inAMinute > 50 && inAMinute <= 60);
});

test('a service that does not answer is given up after eight seconds, its body included', async () => {
  for (const hangs of ['head', 'body']) {
    const limit = new AbortController();
    const asked = mock.method(AbortSignal, 'timeout', () => limit.signal);
    const waiting = check({ text: TEXT }, around({ reply: ({ signal }) => (hangs === 'body'
      ? new Response(new ReadableStream({ start: (c) => signal.addEventListener('abort', () => c.error(signal.reason)) }))
      : new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)))) }));
    setTimeout(() => limit.abort(new DOMException('', 'TimeoutError')), 20);
    assert.equal((await waiting).code, 'timeout');
    assert.deepEqual(asked.mock.calls[0].arguments, [SELECTION_TIMEOUT]);
    asked.mock.restore();
  }
  assert.equal(SELECTION_TIMEOUT, 8000);
});

test('the same question is answered from the session, for ten minutes, of the same service, unless asked again', async () => {
  let now = 1_000_000;
  const it = around({ now: () => now });
  const ask = async (question = { text: TEXT }, how = {}) => {
    await check(question, it, how);
    return it.asked.length;
  };
  assert.equal(await ask(), 1);
  assert.equal(await ask(), 1);
  assert.equal(await ask({ text: TEXT, before: 'Other.' }), 2);
  assert.equal(await ask({ text: TEXT }, { again: true }), 3);
  now += 10 * 60_000;
  assert.equal(await ask(), 4);
  Object.assign(it.local.kept, { backend: 'http://127.0.0.1:9999', consentFor: '127.0.0.1:9999' });
  assert.equal(await ask(), 5);
  assert.ok(!JSON.stringify(it.session.kept[CACHE_KEY].map((item) => item.key)).includes('million')); // by hash
});

test('the cache is small, and no failure is kept', async () => {
  const it = around({ reply: () => Response.json({ ...ANSWER, notices: ['x'.repeat(15_000)] }) });
  for (let i = 0; i < 40; i += 1) await check({ text: `${TEXT} ${i}` }, it);
  assert.ok(it.session.kept[CACHE_KEY].length <= 20);
  assert.ok(JSON.stringify(it.session.kept).length < 450_000);
  const failing = around({ reply: problem(500, 'x') });
  await check({ text: TEXT }, failing);
  await check({ text: TEXT }, failing);
  assert.equal(failing.asked.length, 2);
});

test('a session store that is full costs no answer', async () => {
  const it = around();
  it.session.set = async () => { throw new Error('QUOTA_BYTES'); };
  assert.equal((await check({ text: TEXT }, it)).ok, true);
});

test('what runs there', async () => {
  const of = (bodies) => testConnection({ ...DEFAULTS }, { ...around(), fetch: async (url) => bodies[new URL(url).pathname]() });
  const version = () => Response.json({ service: '1.2', rules: 'r', model: 'm', corpus: 'c', documents: 2843 });
  assert.deepEqual(await of({ '/version': version, '/readyz': () => Response.json({ ready: true, checks: {} }) }), { ok: true, version: '1.2', rules: 'r', documents: 2843, ready: true });
  assert.equal((await of({ '/version': version, '/readyz': problem(503, 'not-ready') })).ready, false);
  assert.equal((await of({ '/version': () => Response.json({}) })).code, 'bad-reply');
  assert.equal((await of({ '/version': problem(404, 'not-found') })).code, 'version');
});

test('each code has a key for its words', () => {
  assert.equal(new Set(CODES).size, 13);
  assert.equal(wordsKey('bad-reply'), 'error_bad_reply');
});
