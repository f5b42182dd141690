// @ts-check
// The service counts Unicode code points, JavaScript counts UTF-16 units. This is the one place where one becomes the other.

/**
 * Offsets in UTF-16 units for offsets in code points; what lies outside the text is moved to its end.
 * One pass over the text, however many offsets there are.
 * @param {string} text
 * @param {readonly number[]} offsets in code points, in any order
 * @returns {number[]} in the same order
 */
export function toUtf16(text, offsets) {
  const order = offsets.map((_, place) => place).sort((a, b) => offsets[a] - offsets[b]);
  const found = new Array(offsets.length).fill(text.length);
  let points = 0, units = 0, next = 0;
  while (next < order.length) {
    while (next < order.length && offsets[order[next]] <= points) found[order[next++]] = units;
    if (units >= text.length) break;
    units += /** @type {number} */ (text.codePointAt(units)) > 0xffff ? 2 : 1;
    points += 1;
  }
  return found;
}

/**
 * The length of a text in code points.
 * @param {string} text
 */
export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Cut a text without parting a surrogate pair.
 * @param {string} text
 * @param {number} units longest, in UTF-16 units
 * @param {'start' | 'end'} [keep] which end stays
 */
export function cut(text, units, keep = 'start') {
  if (text.length <= units) return text;
  if (keep === 'start') return text.slice(0, /[\ud800-\udbff]/.test(text[units - 1]) ? units - 1 : units);
  const from = text.length - units;
  return text.slice(/[\udc00-\udfff]/.test(text[from]) ? from + 1 : from);
}
