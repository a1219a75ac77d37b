// How the push on an anchor's negatives is shared among them.

/** @typedef {{ name: string, cosines: readonly number[] }} Group of negatives */

/** The share of each group in the push on all. @param {readonly Group[]} groups @param {number} temperature */
export function sharesOf(groups, temperature) {
  const top = Math.max(...groups.flatMap(({ cosines }) => cosines));
  const sums = groups.map(({ cosines }) => cosines.reduce((sum, cosine) => sum + Math.exp((cosine - top) / temperature), 0));
  const all = sums.reduce((sum, one) => sum + one, 0);
  return sums.map((sum) => sum / all);
}
