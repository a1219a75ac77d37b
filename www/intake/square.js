// The middle square of a picture, as it is kept.
import { failure } from './failure.js';
import { BACKGROUND, KEPT_SIDE } from './limits.js';
import { pixelsOf } from './pixels.js';

/**
 * @typedef {object} Square a picture before it has a place
 * @property {string} name as its file was called: anything, and never markup
 * @property {string} [label]
 * @property {number} side
 * @property {Uint8Array} rgb `side · side · 3` bytes, row by row
 */

/**
 * @param {CanvasImageSource} image @param {number} width @param {number} height
 * @returns {Promise<Uint8Array>} RGB bytes, `KEPT_SIDE · KEPT_SIDE · 3`; what was transparent is on `BACKGROUND`
 */
export async function squareOf(image, width, height) {
  const side = KEPT_SIDE;
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (!context) throw failure('cannotDecode', { type: '' });
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, side, side);
  context.imageSmoothingQuality = 'high';
  const short = Math.min(width, height);
  context.drawImage(image, (width - short) / 2, (height - short) / 2, short, short, 0, 0, side, side);
  return rgbOf(await pixelsOf(context, 0, 0, side, side));
}

/** Without the alpha. @param {Uint8ClampedArray} rgba */
export function rgbOf(rgba) {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    rgb[to++] = rgba[from];
    rgb[to++] = rgba[from + 1];
    rgb[to++] = rgba[from + 2];
  }
  return rgb;
}
