// The desk's choices without a document: what comes next, what is shown, what a key means.
import assert from 'node:assert/strict';
import test from 'node:test';
import { actOf, countFindings, isShown, stepFrom, waitFor } from '../../backend/headwater/desk/static/walk.js';

const ALL = ['c1-0', 'c2-0', 'c2-1', 'c4-0'];
const shown = (...ids) => new Set(ids);

test('the next and the previous among those shown', () => {
  for (const [current, by, visible, wanted] of [
    ['', 1, ALL, 'c1-0'],
    ['', -1, ALL, 'c4-0'],
    ['c1-0', 1, ALL, 'c2-0'],
    ['c2-1', -1, ALL, 'c2-0'],
    ['c4-0', 1, ALL, 'c4-0'],
    ['c1-0', -1, ALL, 'c1-0'],
    ['c1-0', 1, ['c1-0', 'c4-0'], 'c4-0'],
    ['c2-0', 1, ['c1-0', 'c4-0'], 'c4-0'],
    ['c2-0', -1, ['c1-0', 'c4-0'], 'c1-0'],
    ['c4-0', 1, ['c1-0'], 'c1-0'],
    ['c1-0', -1, ['c2-0'], 'c2-0'],
    ['gone', 1, ALL, 'c1-0'],
    ['c1-0', 1, [], ''],
  ]) {
    assert.equal(stepFrom(ALL, shown(...visible), current, by), wanted, `${current} ${by} ${visible}`);
  }
});

test('filters by weight, lane and what is decided', () => {
  const filters = { weights: shown('high', 'low'), lanes: shown('figure'), hideDecided: true };
  for (const [finding, wanted] of [
    [{ weight: 'high', lane: 'figure', decision: '' }, true],
    [{ weight: 'medium', lane: 'figure', decision: '' }, false],
    [{ weight: 'low', lane: 'name', decision: '' }, false],
    [{ weight: 'low', lane: 'figure', decision: 'accept' }, false],
  ]) {
    assert.equal(isShown(finding, filters), wanted);
  }
  assert.equal(isShown({ weight: 'low', lane: 'figure', decision: 'accept' }, { ...filters, hideDecided: false }), true);
});

test('agreements count for no lane', () => {
  const counts = countFindings([{ weight: 'high', lane: 'figure' }, { weight: 'agrees', lane: 'figure' }]);
  assert.deepEqual([...counts], [['high', 1], ['figure', 1], ['agrees', 1]]);
});

test('keys', () => {
  const body = { tagName: 'BODY' };
  for (const [event, wanted] of [
    [{ key: 'j', target: body }, 'next'],
    [{ key: 'J', target: body }, 'next'],
    [{ key: 'p', target: body }, 'previous'],
    [{ key: 'a', target: body }, 'accept'],
    [{ key: 'd', target: body }, 'dismiss'],
    [{ key: 'u', target: body }, 'undo'],
    [{ key: 'a', ctrlKey: true, target: body }, ''],
    [{ key: 'a', metaKey: true, target: body }, ''],
    [{ key: 'a', target: { tagName: 'INPUT', type: 'text' } }, ''],
    [{ key: 'Escape', target: { tagName: 'INPUT', type: 'text' } }, 'leave'],
    [{ key: 'a', target: { tagName: 'INPUT', type: 'checkbox' } }, 'accept'],
    [{ key: 'x', target: body }, ''],
    [{ key: 'constructor', target: body }, ''],
  ]) {
    assert.equal(actOf(event), wanted, JSON.stringify(event));
  }
});

test('tries grow apart, up to fifteen seconds', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 10].map(waitFor), [1, 2, 4, 8, 15, 15]);
});
