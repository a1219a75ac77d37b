// Whether a run has come to a stop, which a loss curve does not show: it only stands still.

/** Below this mean squared distance from their mean, all projections of a batch are one point as nearly as it matters. */
const ONE_POINT = 1e-4;
/** Steps in a row that it takes: one batch may be of copies alone. */
const IN_A_ROW = 5;
/** A network that has learned nothing yet spreads its projections no farther, and its loss is as near to chance. */
const CROWDED = 0.02;
const AT_CHANCE = 0.01;
/** It may take its time to begin. */
const STILL = 50;

/**
 * @typedef {object} Stop
 * @property {number} row how many of the latest steps had all projections in one point, or from there on in a crowd with the loss at chance
 * @property {number} still how many of them had them in a crowd, and the loss at chance
 * @property {boolean} [fell] whether they ever were in one point for long
 * @property {'collapsed' | 'stuck'} [kind] once it is certain
 * @property {number} [since] from which step
 */

/** @type {Stop} */
export const NO_STOP = { row: 0, still: 0 };

/**
 * What the steps of a report say beside those before.
 * @param {Stop} before
 * @param {Pick<import('contrastive-playground').Losses, 'first' | 'losses' | 'spread'> & { levels: { chance: number } }} report
 * @returns {Stop}
 */
export function stopOf(before, { first, losses, spread, levels: { chance } }) {
  let { row, still, fell = false } = before;
  for (const [index, value] of spread.entries()) {
    still = value < CROWDED && Math.abs(losses[index] - chance) <= AT_CHANCE * chance ? still + 1 : 0;
    // The point drifts with the weights: it is one until it has left the crowd, or the loss chance.
    row = value < ONE_POINT || (row >= IN_A_ROW && still) ? row + 1 : 0;
    fell ||= row >= IN_A_ROW;
  }
  const since = (/** @type {number} */ steps) => first + spread.length - steps;
  if (row >= IN_A_ROW) return { row, still, fell, kind: 'collapsed', since: since(row) };
  if (still >= STILL) return { row, still, fell, kind: fell ? 'collapsed' : 'stuck', since: since(still) };
  return { row, still, fell };
}
