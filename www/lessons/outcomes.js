// What came of a lesson's runs, and how a prediction stands beside it.

/** @typedef {import('./lesson.js').Result} Result */

/** Two shares that lie closer are as good as equal: one seed cannot tell them apart. */
const CLOSE = 0.05;
/** A predicted share that lies closer is right. */
const NEAR = 0.08;

/** @param {ArrayLike<number>} values */
export function mean(values) {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean over the last steps of a run, whose batches differ. @param {readonly number[]} [values] @param {number} [steps] */
export function lately(values = [], steps = 10) {
  return mean(values.slice(-steps));
}

/** Where the loss of a run ended, as all lessons quote it. @param {Result | undefined} result */
export function endOf(result) {
  return lately(result?.losses);
}

/** Of the nearest neighbours, how many share the kind. @param {Result | undefined} result */
export function kindsOf(result) {
  return result?.kinds?.precision.encoder ?? NaN;
}

/** The same with random weights. @param {Result | undefined} result */
export function untrainedOf(result) {
  return result?.kinds?.precision.untrained ?? NaN;
}

/** Is one share better than another? @param {number} one @param {number} other @returns {'same' | 'better' | 'worse'} */
export function compared(one, other) {
  if (Math.abs(one - other) < CLOSE) return 'same';
  return one > other ? 'better' : 'worse';
}

/** What was predicted is right, or else what came is said. @param {string} guess @param {string} came */
export function verdictOf(guess, came) {
  return guess === came ? 'right' : came;
}

/** A share that was predicted, beside what it was. @param {number} guess @param {number} share */
export function closeness(guess, share) {
  if (Math.abs(guess - share) < NEAR) return 'right';
  return guess > share ? 'high' : 'low';
}
