// Whom an encoder takes for whose twin.
import { anchorOf } from '../../engine/batch.js';

/**
 * @typedef {object} Nearest
 * @property {number} row the view
 * @property {number} view that is most similar to it
 * @property {'right' | 'same' | 'wrong'} sort its twin, another picture of the same kind, or something else
 */
export const SORTS = /** @type {const} */ (['right', 'same', 'wrong']);

/** For each view of a batch the one that is most similar to it. @param {import('../lesson.js').Batch} batch @param {readonly (string | undefined)[]} [kinds] of its pictures @returns {Nearest[]} */
export function nearestOf(batch, kinds = []) {
  const kindOf = (/** @type {number} */ view) => kinds[view % batch.pictures.length];
  return Array.from({ length: batch.anchors }, (_, row) => {
    const { positives, negatives } = anchorOf(batch, row);
    const right = positives[0].similarity > negatives[0].similarity;
    const view = (right ? positives : negatives)[0].view ?? row;
    const same = kindOf(row) !== undefined && kindOf(row) === kindOf(view);
    return { row, view, sort: right ? 'right' : same ? 'same' : 'wrong' };
  });
}

/** Some of them, all where there are no more, in which each sort has as large a share as in all. @param {readonly Nearest[]} all @param {number} count */
export function sampleOf(all, count) {
  const sorted = SORTS.flatMap((sort) => all.filter((one) => one.sort === sort));
  // One of each stretch, from its middle: no sort is off by more than one.
  const length = Math.min(count, sorted.length);
  return Array.from({ length }, (_, stretch) => sorted[Math.floor(((stretch + 0.5) * sorted.length) / length - 0.5)]);
}
