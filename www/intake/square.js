// The middle square of a picture, as it is kept.
import { failure } from './failure.js';
import { BACKGROUND, KEPT_SIDE } from './limits.js';
import { pixelsOf } from './pixels.js';
import { resampled } from './resample.js';

/**
 * @typedef {object} Square a picture before it has a place
 * @property {string} name as its file was called: anything, and never markup
 * @property {string} [label]
 * @property {number} [burst] in which a camera took it; pictures of one burst are nearly one picture
 * @property {string} [folder] that it came in with all others of its lot
 * @property {string} [place] the folders that its file lay in, which tell apart files of one name
 * @property {number} side
 * @property {Uint8Array} rgb `side · side · 3` bytes, row by row
 */

/** The longest side that is read: of a larger square the browser makes half after half first, which is quick. */
const READ = 8 * KEPT_SIDE;

/**
 * @param {CanvasImageSource} image @param {number} width @param {number} height
 * @returns {Promise<Uint8Array>} RGB bytes, `KEPT_SIDE · KEPT_SIDE · 3`; what was transparent is on `BACKGROUND`
 */
export async function squareOf(image, width, height) {
  const short = Math.min(width, height);
  const halvings = Math.max(0, Math.ceil(Math.log2(short / READ)));
  // Of whole pixels all the way: a half is then the mean of four, in whichever way it is made. An edge is lost, of less
  // than half a pixel of what is kept.
  let side = Math.floor(short / 2 ** halvings) * 2 ** halvings;
  let context = drawn(image, Math.floor((width - side) / 2), Math.floor((height - side) / 2), side, halvings ? side / 2 : side);
  for (let left = halvings - 1; left > 0; left--) {
    side /= 2;
    context = drawn(context.canvas, 0, 0, side, side / 2);
  }
  const read = context.canvas.width;
  return resampled(await pixelsOf(context, 0, 0, read, read), read, KEPT_SIDE);
}

/** A square of an image, at a side. @param {CanvasImageSource} image @param {number} x @param {number} y @param {number} from @param {number} to */
function drawn(image, x, y, from, to) {
  const context = new OffscreenCanvas(to, to).getContext('2d', { willReadFrequently: true });
  if (!context) throw failure('cannotDecode', { type: '' });
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, to, to);
  // No more than the four pixels below each.
  context.imageSmoothingQuality = 'low';
  context.drawImage(image, x, y, from, from, 0, 0, to, to);
  return context;
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
