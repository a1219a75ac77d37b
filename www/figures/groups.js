// What the map is coloured by: each value has a colour, a frame and a shape of its own.

/** Values beyond these are counted together. */
const MOST = 12;

/**
 * @typedef {object} Group
 * @property {'value' | 'other' | 'none'} kind a value; the values too many to tell apart; no value
 * @property {string} value
 * @property {number} mark which colour, frame and shape; −1 for a plain one
 * @property {number} count of pictures
 *
 * @typedef {{ key: string, name: string, values: readonly (string | undefined)[], order?: readonly string[] }} Grouping
 *   `order`: of values whose marks are to be the same in every language; the others follow in their own
 */

/**
 * The groups, in the order of their values, and which of them each picture is in.
 * @param {readonly (string | undefined)[]} values @param {number} count of pictures @param {string} language whose order
 * @param {readonly string[]} [order] of values that come first
 */
export function groupsOf(values, count, language, order = []) {
  /** @type {Map<string, number>} */ const counts = new Map();
  for (const value of values.slice(0, count)) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  const often = [...counts].sort((a, b) => b[1] - a[1]);
  const { compare } = new Intl.Collator(language, { numeric: true });
  const place = (/** @type {string} */ value) => (order.includes(value) ? order.indexOf(value) : order.length);
  const kept = often.slice(0, MOST).sort(([a], [b]) => place(a) - place(b) || compare(a, b));
  const others = often.slice(MOST).reduce((sum, [, times]) => sum + times, 0);
  const known = others + kept.reduce((sum, [, times]) => sum + times, 0);
  /** @type {Group[]} */
  const groups = kept.map(([value, times], mark) => ({ kind: 'value', value, mark, count: times }));
  groups.push({ kind: 'other', value: '', mark: -1, count: others }, { kind: 'none', value: '', mark: -1, count: count - known });
  const index = new Map(kept.map(([value], at) => [value, at]));
  const of = Array.from({ length: count }, (_, picture) => {
    const value = values[picture];
    return value === undefined ? kept.length + 1 : (index.get(value) ?? kept.length);
  });
  return { groups, of };
}
