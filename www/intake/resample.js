// A square at another side, the same to the byte in every browser, whose own ways of it differ.

/**
 * Averaged where smaller, interpolated where larger: each new pixel is made of those below a triangle that reaches to its
 * neighbours, as Pillow and PyTorch do it.
 * @param {Uint8ClampedArray} rgba `from · from · 4` bytes, opaque @param {number} from @param {number} to
 * @returns {Uint8Array} RGB bytes, `to · to · 3`
 */
export function resampled(rgba, from, to) {
  const taps = tapsOf(from, to);
  const rows = new Float32Array(from * to * 3);
  for (let row = 0; row < from; row++) {
    for (let column = 0; column < to; column++) gather(rgba, row * from * 4, 4, taps[column], rows, (row * to + column) * 3);
  }
  const rgb = new Float32Array(to * to * 3);
  for (let row = 0; row < to; row++) {
    for (let column = 0; column < to; column++) gather(rows, column * 3, to * 3, taps[row], rgb, (row * to + column) * 3);
  }
  return Uint8Array.from(rgb, Math.round);
}

/** @typedef {{ first: number, weights: number[] }} Taps which pixels a new one is made of, and how much of each */

/** @param {number} from @param {number} to @returns {Taps[]} */
function tapsOf(from, to) {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, index) => {
    const middle = (index + 0.5) * scale;
    const first = Math.max(0, Math.round(middle - reach));
    const end = Math.min(from, Math.round(middle + reach));
    const heights = Array.from({ length: end - first }, (_, at) => Math.max(0, 1 - Math.abs(first + at + 0.5 - middle) / reach));
    const sum = heights.reduce((sum, height) => sum + height, 0);
    return { first, weights: heights.map((height) => height / sum) };
  });
}

/**
 * One pixel's three colours, from pixels that lie `step` apart.
 * @param {Uint8ClampedArray | Float32Array} source @param {number} start @param {number} step
 * @param {Taps} taps @param {Float32Array} target @param {number} at
 */
function gather(source, start, step, { first, weights }, target, at) {
  let [red, green, blue] = [0, 0, 0];
  for (let tap = 0, from = start + first * step; tap < weights.length; tap++, from += step) {
    const weight = weights[tap];
    red += weight * source[from];
    green += weight * source[from + 1];
    blue += weight * source[from + 2];
  }
  target[at] = red;
  target[at + 1] = green;
  target[at + 2] = blue;
}
