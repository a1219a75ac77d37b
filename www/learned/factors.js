// What became of a factor of the pictures in the representation.

/** @typedef {import('contrastive-playground').FactorScore} FactorScore @typedef {'kept' | 'partly' | 'discarded' | 'unseen'} Verdict */

/** A score under this is near chance. */
export const NEAR = 0.1;
/** A score from this on is clearly above chance. */
export const CLEAR = 0.2;

/** 0 for chance, 1 for always right; not a number where chance is always right. @param {FactorScore} score */
export function normalised({ accuracy, chance }) {
  return chance < 1 ? (accuracy - chance) / (1 - chance) : NaN;
}

/**
 * @param {FactorScore} encoder @param {FactorScore} [untrained] @param {FactorScore} [pixels] @param {FactorScore} [other] of another encoder
 * @returns {Verdict | undefined} none where nothing can be said
 */
export function verdict(encoder, untrained, pixels, other) {
  const [score, before, ...seen] = [encoder, untrained, pixels, other].map((of) => (of ? normalised(of) : 0));
  if (!Number.isFinite(score) || !Number.isFinite(before)) return undefined;
  // What neighbours did not show before can be learned, but not be lost.
  if (score < NEAR) return untrained && Math.max(before, ...seen) < NEAR ? 'unseen' : 'discarded';
  return score >= CLEAR && score >= before - NEAR ? 'kept' : 'partly';
}
