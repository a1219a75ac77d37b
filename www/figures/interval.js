// How far a share of so many pictures can be trusted.

/** Of the normal distribution, 95 % lie within so many standard deviations. */
export const Z = 1.959964;

/**
 * Wilson's score interval of 95 % (Wilson 1927): between which shares the true one plausibly lies. It stays
 * within 0..1 and is never of no width, however few there are.
 * @param {number} share that was found, 0..1 @param {number} count of those judged
 * @returns {[number, number]}
 */
export function wilson(share, count) {
  if (!(count > 0) || !Number.isFinite(share)) return [0, 1];
  const spread = (Z * Z) / count;
  const middle = (share + spread / 2) / (1 + spread);
  const variance = Math.max(0, share * (1 - share)) / count + spread / (4 * count);
  const half = (Z * Math.sqrt(variance)) / (1 + spread);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
