// The check of a whole article: lines in any pieces, claims in order, every way it can end without the last line.
import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULTS } from '../../extension/addon/lib/settings.js';
import { checkArticle } from '../../extension/addon/lib/stream.js';

const TEXT = '😀 Aid is £57 million. 🇬🇧 é End.';
const CLAIM = {
  id: 'c1', text: 'Aid is £57 million.', span: { start: 2, end: 21 }, kind: 'statement', verdict: 'contradicted', reason: 'r', topic_known: true,
  findings: [], missing: [], evidence: [], nearest: [],
};
const BEGIN = { event: 'claims', decided: 0, sentences: 2, claims: [] };
const FIRST = { event: 'claims', decided: 1, sentences: 2, claims: [CLAIM] };
const SECOND = { event: 'claims', decided: 2, sentences: 2, claims: [{ ...CLAIM, id: 'c2', text: 'End.', span: { start: 27, end: 31 } }] };
const TOTALS = { claims: 2, checked: 2, figures: { agree: 0, differ: 1, not_stated: 0 }, findings: { high: 1, medium: 0, low: 0, info: 0 }, found_share: 0.5 };
const SUMMARY = { event: 'summary', totals: TOTALS, summary: {}, omissions: [], repairs: [], notices: ['n'], versions: { service: '1', rules: '2' } };
const LINES = [BEGIN, FIRST, SECOND, SUMMARY];

const bytesOf = (lines) => new TextEncoder().encode(lines.map((line) => JSON.stringify(line)).join('\n') + '\n');
const inPieces = (bytes, size) => new ReadableStream({
  start(controller) {
    for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
    controller.close();
  },
});
const answer = (lines, { size = 7, type = 'application/x-ndjson', status = 200 } = {}) => new Response(inPieces(bytesOf(lines), size), { status, headers: { 'content-type': type } });

async function run(response, { consentFor = '127.0.0.1:8710', text = TEXT, signal } = {}) {
  const seen = [], asked = [];
  const around = {
    version: '9.9', local: { get: async () => ({ ...DEFAULTS, consentFor }), set: async () => undefined },
    fetch: async (url, options) => {
      asked.push([url, options]);
      return typeof response === 'function' ? response(options) : response;
    },
  };
  const reply = await checkArticle({ text }, around, { signal, onClaims: (claims, decided, sentences) => seen.push([claims.map((c) => c.id), decided, sentences]) });
  return { reply, seen, asked };
}

for (const size of [1, 3, 7, 64, 100_000]) {
  test(`lines in pieces of ${size} bytes`, async () => {
    const { reply, seen, asked } = await run(answer(LINES, { size }));
    assert.equal(reply.ok, true);
    assert.deepEqual(seen, [[[], 0, 2], [['c1'], 1, 2], [['c2'], 2, 2]]);
    assert.deepEqual(reply.claims.map((claim) => TEXT.slice(claim.start, claim.end)), ['Aid is £57 million.', 'End.']);
    assert.deepEqual(reply.totals, TOTALS);
    assert.deepEqual(reply.rest.notices, ['n']);
    assert.equal(asked[0][0], 'http://127.0.0.1:8710/v1/match');
    assert.match(asked[0][1].headers.accept, /^application\/x-ndjson/);
    assert.equal(asked[0][1].headers['X-Headwater-Client'], 'extension/9.9');
  });
}

const ENDS = [
  ['no consent', [LINES, {}, { consentFor: 'elsewhere.example' }], 'consent'],
  ['no words', [LINES, {}, { text: '…' }], 'empty'],
  ['cut off', [[BEGIN, FIRST]], 'bad-reply'],
  ['nothing', [[]], 'bad-reply'],
  ['no lines but an answer', [[SUMMARY], { type: 'application/json' }], 'version'],
  ['a fault on the way', [[BEGIN, FIRST, { event: 'problem', problem: { type: '/problems/internal-error' } }]], 'server'],
  ['a claim that is none', [[BEGIN, { ...FIRST, claims: [{}] }]], 'bad-reply'],
  ['a count that is none', [[{ ...BEGIN, decided: -1 }]], 'bad-reply'],
  ['totals that are none', [[{ ...SUMMARY, totals: { ...TOTALS, found_share: 7 } }]], 'bad-reply'],
  ['refused', [[{ type: '/problems/overloaded' }], { status: 503, type: 'application/problem+json' }], 'busy'],
  ['key', [[{}], { status: 401 }], 'key'],
];
for (const [name, [lines, made, how], code] of ENDS) {
  test(`ends with ${code}: ${name}`, async () => {
    const { reply, asked } = await run(answer(lines, made), how);
    assert.equal(reply.ok, false);
    assert.equal(reply.code, code);
    if (code === 'consent' || code === 'empty') assert.equal(asked.length, 0);
  });
}

test('no connection', async () => assert.equal((await run(() => Promise.reject(new TypeError('x')))).reply.code, 'offline'));
test('a line that is no JSON', async () => {
  const { reply } = await run(new Response('{"event":\n', { headers: { 'content-type': 'application/x-ndjson' } }));
  assert.equal(reply.code, 'bad-reply');
});
test('an event of a newer service is passed over', async () => {
  const { reply } = await run(answer([BEGIN, { event: 'newer' }, FIRST, SECOND, SUMMARY]));
  assert.equal(reply.ok, true);
});
test('a user who stops ends the request', async () => {
  const stop = new AbortController();
  const never = ({ signal }) => new Promise((_, reject) => {
    const end = () => reject(new DOMException('x', 'AbortError'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
  const running = run(never, { signal: stop.signal });
  stop.abort();
  assert.equal((await running).reply.ok, false);
});
