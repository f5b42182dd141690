// @ts-check
// The service counts Unicode code points, JavaScript counts UTF-16 units. This is the one place where one becomes the other.

/**
 * A way from code points to UTF-16 units in one text: one pass now, a few steps for each offset later.
 * @param {string} text
 * @returns {(offset: number) => number} what lies outside the text is moved to its end
 */
export function utf16Counter(text) {
  /** @type {number[]} places, in code points, of the characters that take two units */
  const wide = [];
  let points = 0;
  for (let units = 0; units < text.length; points += 1) {
    const two = /** @type {number} */ (text.codePointAt(units)) > 0xffff;
    if (two) wide.push(points);
    units += two ? 2 : 1;
  }
  return (offset) => {
    let low = 0, high = wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (wide[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return offset >= points ? text.length : offset + low;
  };
}

/**
 * Offsets in UTF-16 units for offsets in code points.
 * @param {string} text
 * @param {readonly number[]} offsets in code points, in any order
 * @returns {number[]} in the same order
 */
export const toUtf16 = (text, offsets) => (offsets.length ? offsets.map(utf16Counter(text)) : []);

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
