// Following a check: events ask for what is new, and no lost connection loses anything.
import assert from 'node:assert/strict';
import test from 'node:test';
import { follow } from '../../backend/headwater/desk/static/live.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function scene({ answers = [], after = 0 } = {}) {
  const made = { sources: [], asked: [], said: [], waits: [], pauses: [] };
  class Source extends EventTarget {
    constructor(address) { super(); Object.assign(this, { address, readyState: 0 }); made.sources.push(this); }
    close() { this.readyState = 2; this.isClosed = true; }
    tell(name) { this.dispatchEvent(new Event(name)); }
    fail(state) { this.readyState = state; this.onerror(); }
  }
  const pull = async (from) => {
    made.asked.push(from);
    const answer = answers.length ? answers.shift() : { after: from, isOver: false };
    if (answer instanceof Error) throw answer;
    return answer;
  };
  follow({
    pause: async (pulls) => { made.pauses.push(pulls); },
    events: (from) => `/events?after=${from}`, pull, after, Source,
    say: (state) => made.said.push(state),
    later: (act, milliseconds) => made.waits.push([milliseconds, act]),
  });
  return made;
}

test('a step is asked for from the last that is shown', async () => {
  const made = scene({ answers: [{ after: 5, isOver: false }, { after: 6, isOver: true }], after: 3 });
  assert.equal(made.sources[0].address, '/events?after=3');
  made.sources[0].onopen();
  made.sources[0].tell('step');
  await turn();
  made.sources[0].tell('end');
  await turn();
  assert.deepEqual(made.asked, [3, 5]);
  assert.deepEqual(made.said, ['live', 'over']);
  assert.ok(made.sources[0].isClosed);
});

test('steps that come while one is fetched are fetched together', async () => {
  const made = scene({ answers: [{ after: 1, isOver: false }, { after: 9, isOver: false }] });
  for (let step = 0; step < 9; step++) made.sources[0].tell('step');
  await turn();
  assert.deepEqual(made.asked, [0, 1]);
  assert.deepEqual(made.pauses, [0, 1]);
});

test('a browser that tries again by itself is let', async () => {
  const made = scene();
  made.sources[0].fail(0);
  assert.deepEqual(made.said, ['lost']);
  assert.equal(made.waits.length, 0);
  assert.equal(made.sources.length, 1);
});

test('one that gave up is started anew where the page stands, after what was missed', async () => {
  const made = scene({ answers: [{ after: 4, isOver: false }] });
  made.sources[0].fail(2);
  const [[milliseconds, act]] = made.waits;
  assert.equal(milliseconds, 1000);
  await act();
  assert.equal(made.sources[1].address, '/events?after=4');
});

test('what cannot be fetched is tried again, ever later', async () => {
  const made = scene({ answers: [new TypeError(), new TypeError(), { after: 2, isOver: true }] });
  made.sources[0].tell('step');
  await turn();
  made.waits[0][1]();
  await turn();
  made.waits[1][1]();
  await turn();
  assert.deepEqual(made.waits.map(([milliseconds]) => milliseconds), [1000, 2000]);
  assert.deepEqual(made.asked, [0, 0, 0]);
  assert.equal(made.said.at(-1), 'over');
});

test('a check that is gone ends it', async () => {
  const made = scene({ answers: [null] });
  made.sources[0].tell('step');
  await turn();
  assert.deepEqual(made.said, ['gone']);
  made.sources[0].fail(2);
  assert.equal(made.waits.length, 0);
});
