// An occlusion map: what hiding each part of a picture does to its similarity with another.

/** @typedef {import('contrastive-playground').OcclusionMap} OcclusionMap */

const ROWS = ['top', '', 'bottom'];
const COLUMNS = ['left', '', 'right'];

/**
 * For every pixel the mean drop of the patches that cover it; NaN where none does.
 * @param {OcclusionMap} map @param {number} side of the picture
 */
export function dropOfPixels({ across, patch, stride, drops }, side) {
  const sums = new Float32Array(side * side);
  const counts = new Uint16Array(side * side);
  drops.forEach((drop, position) => {
    if (!Number.isFinite(drop)) return;
    const [top, left] = [Math.floor(position / across), position % across].map((place) => place * stride);
    for (let row = top; row < Math.min(top + patch, side); row++) {
      for (let column = left; column < Math.min(left + patch, side); column++) {
        sums[row * side + column] += drop;
        counts[row * side + column]++;
      }
    }
  });
  return sums.map((sum, pixel) => (counts[pixel] ? sum / counts[pixel] : NaN));
}

/** Least and largest of some values, with 0 between them. @param {ArrayLike<number>} values @returns {[number, number]} */
export function range(values) {
  const finite = Array.from(values).filter(Number.isFinite);
  return finite.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0]);
}

/**
 * The patch that costs the most, or with `sign` −1 the one that gains the most.
 * @param {OcclusionMap} map @param {number} side of the picture @param {1 | -1} [sign]
 */
export function strongest({ across, patch, stride, similarity, drops }, side, sign = 1) {
  let position = -1;
  drops.forEach((drop, index) => {
    if (Number.isFinite(drop) && !(sign * drop <= sign * drops[position])) position = index;
  });
  if (position < 0) return undefined;
  const [top, left] = [Math.floor(position / across), position % across].map((place) => place * stride);
  return {
    drop: drops[position],
    from: similarity,
    to: similarity - drops[position],
    region: region((left + patch / 2) / side, (top + patch / 2) / side),
    /** Shares of the side. */ box: { left: left / side, top: top / side, size: patch / side },
  };
}

/**
 * In which of nine parts a point lies: `topLeft`, `top`, … `middle`, … `bottomRight`.
 * @param {number} right from the left edge, 0..1 @param {number} down from the top edge, 0..1
 */
export function region(right, down) {
  const third = (/** @type {number} */ place) => Math.min(2, Math.max(0, Math.floor(3 * place)));
  const [row, column] = [ROWS[third(down)], COLUMNS[third(right)]];
  if (!row) return column || 'middle';
  return row + column.replace(/^./, (letter) => letter.toUpperCase());
}
