// Whom an encoder takes for whose twin.
import { anchorOf } from '../../engine/batch.js';

/** For each view of a batch the one that is most similar to it, and whether that is its twin. @param {import('../lesson.js').Batch} batch */
export function nearestOf(batch) {
  return Array.from({ length: batch.anchors }, (_, row) => {
    const { positives, negatives } = anchorOf(batch, row);
    const right = positives[0].similarity > negatives[0].similarity;
    return { right, view: (right ? positives : negatives)[0].view ?? row };
  });
}
