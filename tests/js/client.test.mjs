// The client for programs: against a server of Node's own that answers as the service's description shows. The example of docs/developers.md runs in tests/unit/test_examples.py.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import test from 'node:test';
import { CheckError, Headwater } from '../../extension/client/headwater.js';

const examples = new URL('../../backend/headwater/api/examples/', import.meta.url);
const answers = JSON.parse(readFileSync(new URL('answers.json', examples), 'utf8'));
const answer = JSON.parse(readFileSync(new URL('match_answer.json', examples), 'utf8'));
const lines = answers.match_text['200']['application/x-ndjson'];
const linked = answers.match_text['200']['application/ld+json'];
const TEXT = '😀 '.repeat(200); // as long as the spans of the examples want it
const BUSY = { status: 503, type: 'application/problem+json', body: '{"type": "/problems/overloaded", "status": 503}', headers: { 'retry-after': '2' } };

/** A service that answers as it is told, in turn; the last answer stays. */
async function serving(given, use) {
  const asked = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      const next = typeof given === 'function' ? given(request) : given[Math.min(asked.length, given.length - 1)];
      asked.push({ path: request.url, headers: request.headers, body: body && JSON.parse(body) });
      response.writeHead(next.status ?? 200, { 'content-type': next.type ?? 'application/json', ...next.headers });
      response.end(next.body);
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  try {
    return await use(`http://127.0.0.1:${server.address().port}`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
const byAccept = (request) => {
  const accept = request.headers.accept;
  if (accept === 'application/x-ndjson') return { type: accept, body: lines };
  return accept === 'application/ld+json' ? { type: accept, body: JSON.stringify(linked) } : { body: JSON.stringify(answer) };
};

test('a match, with the key, the name of the client and what is known', () => serving(byAccept, async (address, asked) => {
  const found = await new Headwater({ address, apiKey: 'hw_k' }).match(TEXT, { published: '2024-11-08', title: 'T', limit: 1 });
  assert.deepEqual(found.claims.map((claim) => claim.verdict), answer.claims.map((claim) => claim.verdict));
  assert.equal(asked[0].headers.authorization, 'Bearer hw_k');
  assert.equal(asked[0].headers['x-headwater-client'], 'js-client/1');
  assert.deepEqual(asked[0].body, { text: TEXT, context: { title: 'T', published: '2024-11-08' }, limit: 1 });
}));

test('spans are counted as JavaScript counts', () => serving(byAccept, async (address) => {
  const { claims } = await new Headwater({ address }).match(TEXT);
  const { start } = answer.claims[0].span;
  assert.equal(claims[0].start, [...TEXT].slice(0, start).join('').length);
}));

test('a comparison sends the source along', () => serving(byAccept, async (address, asked) => {
  await new Headwater({ address }).compare(TEXT, 'The source.');
  assert.equal(asked[0].path, '/v1/compare');
  assert.deepEqual(asked[0].body, { text: TEXT, context: {}, source: 'The source.' });
}));

test('linked data', () => serving(byAccept, async (address, asked) => {
  assert.deepEqual(await new Headwater({ address }).linked(TEXT, { url: 'https://news.example/a' }), linked);
  assert.equal(asked[0].body.context.url, 'https://news.example/a');
}));

test('claims as they are decided', () => serving(byAccept, async (address) => {
  const steps = new Headwater({ address }).stream(TEXT);
  const seen = [];
  let step = await steps.next();
  for (; !step.done; step = await steps.next()) seen.push(step.value.decided);
  assert.deepEqual(seen, lines.trim().split('\n').map(JSON.parse).filter((line) => line.event === 'claims').map((line) => line.decided));
  assert.ok(Array.isArray(step.value.notices));
}));

test('what is busy is asked again when it says', () => serving([BUSY, BUSY, { body: JSON.stringify(answer) }], async (address, asked) => {
  const waits = [];
  await new Headwater({ address, sleep: async (seconds) => { waits.push(seconds); } }).match(TEXT);
  assert.deepEqual(waits, [2, 2]);
  assert.equal(asked.length, 3);
}));

test('many texts, each with its view or its problem', () => {
  const results = [{ index: 0, answer, problem: null }, { index: 1, answer: null, problem: { type: '/problems/empty-text' } }];
  return serving([{ body: JSON.stringify({ results, failed: 1 }) }], async (address, asked) => {
    const [good, bad] = await new Headwater({ address }).matchMany([TEXT, ''], { limit: 2 });
    assert.equal(good.view.claims.length, answer.claims.length);
    assert.deepEqual([bad.view, bad.problem.type], [null, '/problems/empty-text']);
    assert.deepEqual(asked[0].body, { items: [{ text: TEXT }, { text: '' }], limit: 2 });
  });
});

test('documents page by page, and one of them', () => serving((request) => {
  if (!request.url.includes('?')) return { body: '{"id": "a/b", "text": "T"}' };
  return { body: JSON.stringify(request.url.includes('cursor=c1') ? { items: [{ id: 'b' }], next: null } : { items: [{ id: 'a' }], next: 'c1' }) };
}, async (address, asked) => {
  const headwater = new Headwater({ address });
  const found = [];
  for await (const one of headwater.documents({ publisher: 'Home Office', limit: 1 })) found.push(one.id);
  assert.deepEqual(found, ['a', 'b']);
  assert.deepEqual(asked.map((one) => one.path), ['/v1/documents?publisher=Home+Office&limit=1', '/v1/documents?publisher=Home+Office&limit=1&cursor=c1']);
  assert.equal((await headwater.document('a/b')).text, 'T');
  assert.equal(asked[2].path, '/v1/documents/a%2Fb');
}));

test('a check as a job, until it is done', () => {
  let looks = 0;
  return serving((request) => {
    if (request.method === 'POST') return { status: 202, body: '{"id": "j1", "state": "waiting"}' };
    looks += 1;
    return { body: JSON.stringify(looks < 3 ? { id: 'j1', state: 'running', report: null } : { id: 'j1', state: 'done', report: answer }) };
  }, async (address, asked) => {
    const waits = [];
    const headwater = new Headwater({ address, sleep: async (seconds) => { waits.push(seconds); } });
    const { id } = await headwater.startCheck({ article: { text: TEXT }, source: { text: 'S' }, save: true });
    const done = await headwater.finished(id, TEXT);
    assert.equal(done.state, 'done');
    assert.equal(done.view.claims.length, answer.claims.length);
    assert.deepEqual(asked[0].body, { article: { text: TEXT }, source: { text: 'S' }, save: true });
    assert.equal(waits.length, 2);
  });
});

test('a job whose answer was lost is not begun twice', async () => {
  const address = await serving([{}], async (free) => free);
  let slept = 0;
  const headwater = new Headwater({ address, sleep: async () => { slept += 1; } });
  await assert.rejects(headwater.startCheck({ article: { text: 'A' } }), (error) => error.code === 'offline');
  assert.equal(slept, 0);
});

const REFUSALS = [
  ['a key that is refused', { status: 401, type: 'application/problem+json', body: '{"type": "/problems/invalid-key"}' }, 'key', 1],
  ['a request that does not fit', { status: 422, type: 'application/problem+json', body: '{"type": "/problems/invalid-request"}' }, 'version', 1],
  ['a fault', { status: 500, type: 'application/problem+json', body: '{"type": "/problems/internal-error"}' }, 'server', 1],
  ['busy for too long', { ...BUSY, headers: { 'retry-after': '600' } }, 'busy', 1],
  ['busy all the time', BUSY, 'busy', 4],
  ['no JSON', { body: '<html>' }, 'bad-reply', 1],
];
for (const [name, given, code, tries] of REFUSALS) {
  test(`${name} ends as "${code}" after ${tries}`, () => serving([given], async (address, asked) => {
    const headwater = new Headwater({ address, sleep: async () => undefined });
    await assert.rejects(headwater.match(TEXT), (error) => error instanceof CheckError && error.code === code);
    assert.equal(asked.length, tries);
  }));
}

test('an answer in lines that is cut off', () => serving([{ type: 'application/x-ndjson', body: lines.split('\n')[0] }], async (address) => {
  const all = async () => { for await (const _ of new Headwater({ address }).stream(TEXT)); };
  await assert.rejects(all(), (error) => error instanceof CheckError && error.code === 'bad-reply');
}));

test('nobody there', async () => {
  const address = await serving([{}], async (free) => free);
  const headwater = new Headwater({ address, sleep: async () => undefined });
  await assert.rejects(headwater.match(TEXT), (error) => error instanceof CheckError && error.code === 'offline');
});

for (const address of ['http://elsewhere.example', 'ftp://127.0.0.1', 'nothing', 'http://127.0.0.1:8710/path']) {
  test(`"${address}" is no address of a service`, () => assert.throws(() => new Headwater({ address }), TypeError));
}
