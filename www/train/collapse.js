// Whether the projections of a run have become one point, which a loss curve does not show: it only stands still.

/** Below this mean squared distance from their mean, all projections of a batch are one point as nearly as it matters. */
const ONE_POINT = 1e-4;
/** Steps in a row that it takes: one batch may be of copies alone. */
const IN_A_ROW = 5;

/** @typedef {{ row: number, since?: number }} Collapse `row`: how many of the latest steps; `since`: from which step, once it is certain */

/** @type {Collapse} */
export const NO_COLLAPSE = { row: 0 };

/**
 * What the steps of a report say beside those before.
 * @param {Collapse} before @param {Pick<import('contrastive-playground').Losses, 'first' | 'spread'>} report
 * @returns {Collapse}
 */
export function collapseOf(before, { first, spread }) {
  let { row, since } = before;
  for (const [index, value] of spread.entries()) {
    row = value < ONE_POINT ? row + 1 : 0;
    if (row >= IN_A_ROW) since ??= first + index - row + 1;
    // It may come apart again, as it does where labels change.
    if (!row) since = undefined;
  }
  return since === undefined ? { row } : { row, since };
}
