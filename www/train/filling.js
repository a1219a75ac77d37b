// MoCo's queue begins with random keys, which are easier to be told from than those of pictures: while they leave, the loss rises.

/** @typedef {{ from: number, to: number }} Filling steps, the first and the last */

/**
 * The steps in which random keys were or will be in the queue, by what a report says.
 * @param {Filling | undefined} before
 * @param {{ first: number, losses: readonly number[], randomKeys: number }} report @param {number} batch keys that each step brings
 * @returns {Filling | undefined}
 */
export function fillingOf(before, { first, losses, randomKeys }, batch) {
  if (!randomKeys || !losses.length || !(batch > 0)) return before;
  const to = first + losses.length - 1 + Math.ceil(randomKeys / batch);
  // Another queue begins when its size is changed.
  const same = before && first <= before.to + 1 && to <= before.to;
  return { from: same ? before.from : first, to };
}
