// From an untrusted answer to what is shown: offsets, limits, links, and refusal of what does not fit.
import assert from 'node:assert/strict';
import test from 'node:test';
import { codePoints, cut, toUtf16 } from '../../extension/addon/lib/spans.js';
import { languageTag, viewOf, webAddress } from '../../extension/addon/lib/view.js';
import { chooseLanguage, say, wordsOf } from '../../extension/addon/lib/words.js';

const DOCUMENT = {
  id: 'd', version: 1, is_latest: true, title: 'T', publisher: 'P', url: 'https://a.example/x', language: 'en', first_published: '2024-11-07T00:00:00Z', updated: null,
};
const passage = (id, more = {}) => ({ id, text: '😀 £75 million', span: { start: 10, end: 23 }, heading: '', speaker: '', document: DOCUMENT, ...more });
const finding = (more = {}) => ({
  rule: 'R', lane: 'figure', kind: 'k', effect: 'contradicts', severity: 'high', explanation: 'e', claimed: { text: 'a', span: { start: 0, end: 1 }, value: '' },
  official: { text: '£75 million', span: { start: 12, end: 23 }, value: '' }, passage_id: 1, evidence: [], edit: '', ...more,
});
const claim = (more = {}) => ({
  id: 'c1', text: 't', span: { start: 0, end: 1 }, kind: 'statement', speaker: '', verdict: 'contradicted', reason: 'r', topic_known: true, findings: [finding()], missing: [],
  evidence: [passage(1)], nearest: [passage(1), passage(2)], ...more,
});
const answer = (...claims) => ({ claims, omissions: [], repairs: [], notices: [], versions: { service: '1', rules: '2' } });

test('code points become UTF-16 units', () => {
  const text = 'a😀b🇬🇧é\ud83d!';
  const points = [...text];
  const expected = points.map((_, at) => points.slice(0, at).join('').length);
  assert.deepEqual(toUtf16(text, points.map((_, at) => at)), expected);
  assert.deepEqual(toUtf16(text, [99, 0, 3, 3]), [text.length, 0, 4, 4]);
  assert.deepEqual(toUtf16('', [0, 5]), [0, 0]);
  assert.equal(codePoints(text), points.length);
});

test('no cut parts a pair', () => {
  assert.equal(cut('a😀b', 2), 'a');
  assert.equal(cut('a😀b', 2, 'end'), 'b');
  assert.equal(cut('a😀b', 3), 'a😀');
  assert.equal(cut('a😀b', 9), 'a😀b');
});

test('claims stand where they stood in the text that was sent', () => {
  const view = viewOf(answer(claim({ span: { start: 0, end: 1 } }), claim({ id: 'c2', span: { start: 2, end: 4 } })), '😀😀ab');
  assert.deepEqual(view.claims.map((c) => [c.start, c.end]), [[0, 2], [4, 6]]);
});

test('official words are marked in their passage', () => {
  const [{ evidence: [first] }] = viewOf(answer(claim()), 't').claims;
  assert.deepEqual(first.marks.map(({ start, end }) => first.text.slice(start, end)), ['£75 million']);
  const strange = [[0, 5], [12, 99], [23, 23], [12, 23], [14, 16]].map(([start, end]) => finding({ official: { text: 'x', span: { start, end }, value: '' } }));
  const [{ evidence: [second] }] = viewOf(answer(claim({ findings: strange })), 't').claims;
  assert.equal(second.marks.length, 1); // outside, empty and nested ones are left out
  const [{ evidence: [third] }] = viewOf(answer(claim({ findings: [finding({ effect: 'agrees' }), finding({ passage_id: 9 })] })), 't').claims;
  assert.equal(third.marks.length, 0);
});

test('nearest passages are never those of the evidence, and three are shown', () => {
  const many = [1, 2, 3, 4, 5].map((id) => passage(id));
  const [shown] = viewOf(answer(claim({ evidence: many.slice(0, 1), nearest: many })), 't').claims;
  assert.equal(shown.evidence.length, 1);
  assert.equal(shown.nearest.length, 3);
  assert.equal(viewOf(answer(claim({ evidence: many })), 't').claims[0].evidence.length, 3);
});

test('differences come first, by severity', () => {
  const findings = [finding({ effect: 'agrees', severity: 'high', rule: '4' }), finding({ severity: 'low', rule: '3' }), finding({ severity: 'high', rule: '1' }), finding({ severity: 'medium', rule: '2' })];
  assert.equal(viewOf(answer(claim({ findings })), 't').claims[0].findings.map((f) => f.rule).join(''), '1234');
});

test('links open the web alone; a deep link goes before the address', () => {
  for (const address of ['javascript:alert(1)', 'data:text/html,x', 'urn:a:b', 'file:///etc/passwd', ' ', 5, null]) assert.equal(webAddress(address), '');
  assert.equal(webAddress('https://a.example/x#:~:text=a%2Db'), 'https://a.example/x#:~:text=a%2Db');
  const link = (more, document = {}) => viewOf(answer(claim({ evidence: [passage(1, { ...more, document: { ...DOCUMENT, ...document } })] })), 't').claims[0].evidence[0].link;
  assert.equal(link({ link: 'https://a.example/x#:~:text=m' }), 'https://a.example/x#:~:text=m');
  assert.equal(link({}), 'https://a.example/x');
  assert.equal(link({ link: 'javascript:x' }, { url: 'urn:x' }), '');
});

test('languages are tags or nothing', () => {
  assert.equal(languageTag('en-GB'), 'en-GB');
  for (const tag of ['', 'e', '"><img>', 'english language', null]) assert.equal(languageTag(tag), '');
});

test('what does not fit is refused as a whole', () => {
  for (const broken of [
    null, [], 'x', {}, { ...answer(), claims: 5 }, { ...answer(), versions: undefined }, answer(null), answer(claim({ verdict: 'true' })), answer(claim({ verdict: '__proto__' })),
    answer(claim({ span: { start: 2, end: 1 } })), answer(claim({ span: { start: 0.5, end: 1 } })), answer(claim({ findings: [finding({ effect: 'x' })] })),
    answer(claim({ findings: [finding({ claimed: null })] })), answer(claim({ findings: [finding({ severity: 'x' })] })), answer(claim({ evidence: [passage(1, { document: undefined })] })),
    answer(claim({ evidence: [passage(1, { text: {} })] })), answer(claim({ missing: [5] })), { ...answer(), notices: [{}] }, { ...answer(), repairs: [5] },
    { ...answer(), claims: new Array(3000).fill(claim()) },
  ]) assert.throws(() => viewOf(broken, 't'), { code: 'bad-reply' });
});

test('fields that are not known are left alone, and those of later versions may be absent', () => {
  const view = viewOf({ ...answer({ ...claim(), series: [{}], surprise: 1 }), surprise: 2 }, 't');
  assert.equal(view.claims.length, 1);
  assert.ok(!('surprise' in view.claims[0]));
  const { omissions, repairs, notices, ...older } = answer();
  assert.deepEqual(viewOf(older, 't').omissions, []);
});

test('a string of a broken service is cut', () => {
  assert.equal(viewOf(answer(claim({ reason: 'x'.repeat(1e6) })), 't').claims[0].reason.length, 20_000);
});

test('words in the language that was set', () => {
  assert.equal(chooseLanguage('auto', 'fr-CA'), 'fr');
  assert.equal(chooseLanguage('auto', 'pl'), 'en');
  assert.equal(chooseLanguage('en', 'fr'), 'en');
  const words = wordsOf({ a: { message: 'to $host$ in $after$ s, $x$' } });
  assert.equal(say(words, 'a', { host: '$after$', after: 5 }), 'to $after$ in 5 s, $x$'); // a name is put in once
  assert.equal(say(words, 'missing'), 'missing');
});
