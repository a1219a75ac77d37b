// Similarities as pixels: a diverging scale, blue below nothing and yellow above it, which people who
// confuse red and green tell apart.
import { number, t } from '../ui/i18n.js';
import { comparesDotProducts } from './cells.js';

/** @typedef {import('./cells.js').Batch} Batch */

/** Colours of the scale's table. */
const LEVELS = 255;

/**
 * The end of the scale, which goes as far below nothing as above it: 1 for cosines, else the largest there is.
 * @param {Batch} batch
 */
export function scaleEnd({ method, similarities }) {
  if (!comparesDotProducts(method)) return 1;
  let end = 0;
  for (const value of similarities) if (Math.abs(value) > end && Number.isFinite(value)) end = Math.abs(value);
  return end || 1;
}

/** What is drawn, and the ends of its scale. @param {Batch} [batch] none is there yet */
export function scaleWords(batch) {
  const end = batch ? scaleEnd(batch) : 1;
  const [low, high] = [-end, end].map((value) => number(value, { maximumSignificantDigits: 3 }).replace('-', '\u2212'));
  return { measure: t(batch && comparesDotProducts(batch.method) ? 'matrix.dot' : 'matrix.cosine'), low, high };
}

/**
 * The scale as RGBA words. Mixed here: some browsers give pages no true pixels of a gradient that they drew.
 * @param {readonly string[]} colors from the lowest to the highest, in any notation of CSS
 */
export function colorTable(colors) {
  const stops = colors.map(channels);
  const bytes = new Uint8ClampedArray(4 * LEVELS);
  for (let level = 0; level < LEVELS; level++) {
    const place = ((level + 0.5) / LEVELS) * (stops.length - 1);
    const below = Math.min(Math.floor(place), stops.length - 2);
    const mixed = stops[below].map((value, channel) => value + (place - below) * (stops[below + 1][channel] - value));
    bytes.set([...mixed, 255], 4 * level);
  }
  return new Uint32Array(bytes.buffer);
}

/** Red, green and blue. @param {string} color */
function channels(color) {
  const probe = document.createElement('span');
  // Whose colours are forced still has the scale's own.
  probe.style.cssText = 'forced-color-adjust: none; display: none';
  probe.style.color = color;
  document.body.append(probe);
  const numbers = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
  probe.remove();
  return [0, 1, 2].map((at) => Number(numbers[at] ?? 128));
}

/**
 * A pixel a cell. What is not a number is left clear, and so is nobody's cell with himself, unless the loss
 * takes it for a positive.
 * @param {Batch} batch @param {number} end of the scale @param {Uint32Array} table of its colours
 */
export function heatImage(batch, end, table) {
  const { columns, anchors, similarities } = batch;
  const image = new ImageData(columns, anchors);
  const words = new Uint32Array(image.data.buffer);
  const [middle, slope] = [LEVELS / 2, LEVELS / 2 / end];
  for (let at = 0; at < words.length; at++) {
    const level = Math.floor(middle + slope * similarities[at]);
    // Comparisons with NaN are false.
    if (level < LEVELS) words[at] = table[level < 0 ? 0 : level];
    else if (level >= LEVELS) words[at] = table[LEVELS - 1];
  }
  for (const at of leftOut(batch)) words[at] = 0;
  return image;
}

/** Where a view meets itself and the loss leaves it out. @param {Batch} batch @returns {number[]} */
export function leftOut({ method, anchors, columns, positives }) {
  if (method === 'infoNce' || method === 'moco') return [];
  const diagonal = Array.from({ length: Math.min(anchors, columns) }, (_, row) => row * (columns + 1));
  return diagonal.filter((at) => !positives[at]);
}

/**
 * Mean similarities of positive and of negative pairs; NaN where there are none.
 * @param {Batch} batch
 */
export function meansOf(batch) {
  const { similarities, positives } = batch;
  const sums = { all: 0, positive: 0, count: 0 };
  for (let at = 0; at < similarities.length; at++) {
    sums.all += similarities[at];
    if (positives[at]) {
      sums.positive += similarities[at];
      sums.count++;
    }
  }
  const out = leftOut(batch);
  const self = out.reduce((sum, at) => sum + similarities[at], 0);
  return {
    positive: sums.positive / sums.count,
    negative: (sums.all - sums.positive - self) / (similarities.length - sums.count - out.length),
  };
}
