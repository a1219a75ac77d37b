// InfoNCE by hand: a few cosines and a temperature, as the anchor that a step's tables would give.

/** What may be put in. A cosine is never outside [−1, 1]; of a temperature of 0 there is no softmax. */
export const COSINE = { min: -1, max: 1 };
export const TEMPERATURE = { min: 0.001, max: 100 };
/** More would not be read any more. */
export const MOST = 8;

/** The article's worked example. */
export const EXAMPLE = { positive: 0.8, negatives: [0.2, 0.1], temperature: 0.1 };

/** The nearest number of a range; what is no number is what it was before. @param {unknown} value @param {{ min: number, max: number }} range @param {number} before */
export function within(value, { min, max }, before) {
  return typeof value === 'number' && !Number.isNaN(value) ? Math.min(max, Math.max(min, value)) : before;
}

/**
 * The positive and the negatives as candidates of one anchor. What is e^(s/τ) too large for, its share is not: the
 * largest exponent is taken off all of them first.
 * @param {{ positive: number, negatives: readonly number[], temperature: number }} given
 * @returns {import('../engine/batch.js').Anchor}
 */
export function anchorOf({ positive, negatives, temperature }) {
  const similarities = [positive, ...negatives];
  const top = Math.max(...similarities);
  const powers = similarities.map((similarity) => Math.exp((similarity - top) / temperature));
  const sum = powers.reduce((sum, power) => sum + power, 0);
  const candidates = similarities.map((similarity, column) => ({ column, similarity, share: powers[column] / sum, weight: 1 }));
  // Of a share near 1 the others are known more exactly.
  const others = powers.slice(1).reduce((sum, power) => sum + power, 0);
  const loss = positive === top ? Math.log1p(others) : Math.log(sum) + (top - positive) / temperature;
  return { row: 0, temperature, loss, positives: candidates.slice(0, 1), negatives: candidates.slice(1), rest: { count: 0, share: 0 } };
}
