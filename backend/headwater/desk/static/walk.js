// Which finding comes next, which are shown, and what a key means. No document in here, so that it can be tested alone.

/** The identifier `by` places on from `current` among those shown; at an end it stays, from nowhere it begins. */
export function stepFrom(all, shown, current, by) {
  const visible = all.filter((id) => shown.has(id));
  if (!visible.length) return '';
  const at = all.indexOf(current);
  if (at < 0) return by > 0 ? visible[0] : visible.at(-1);
  const beyond = by > 0 ? visible.find((id) => all.indexOf(id) > at) : visible.findLast((id) => all.indexOf(id) < at);
  return beyond ?? (shown.has(current) ? current : by > 0 ? visible.at(-1) : visible[0]);
}

/** Whether a finding passes the filters. */
export function isShown(finding, { weights, lanes, hideDecided }) {
  return weights.has(finding.weight) && lanes.has(finding.lane) && !(hideDecided && finding.decision);
}

/** How many findings there are of each weight and of each lane; agreements count for no lane. */
export function countFindings(findings) {
  const counts = new Map();
  const add = (name) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { weight, lane } of findings) {
    add(weight);
    if (weight !== 'agrees') add(lane);
  }
  return counts;
}

const ACTS = new Map(Object.entries({ j: 'next', n: 'next', k: 'previous', p: 'previous', a: 'accept', d: 'dismiss', u: 'undo' }));
const WRITING = new Set(['INPUT', 'TEXTAREA', 'SELECT']);

/** What a key asks for, or ''. Keys that are written into a field, or go with Control, Alt or Meta, ask for nothing. */
export function actOf({ key, ctrlKey, altKey, metaKey, target }) {
  if (ctrlKey || altKey || metaKey) return '';
  if (WRITING.has(target?.tagName) && !['checkbox', 'radio'].includes(target.type)) return key === 'Escape' ? 'leave' : '';
  return ACTS.get(key.toLowerCase()) ?? '';
}

/** Seconds to wait before the next try: twice as long each time, fifteen at most. */
export const waitFor = (tries) => Math.min(2 ** tries, 15);
