// Reading pixels back. Browsers that hide their user from trackers give pages false ones: noise in place of a picture,
// on which one would train without a word.
import { failure } from './failure.js';

/** What a byte may differ by: some browsers change the last bit here and there, which nobody sees and no training feels. */
const NEAR = 2;
const SIDE = 64;

/**
 * @typedef {OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D} Context
 * @typedef {(context: Context, left: number, top: number, width: number, height: number) => Promise<Uint8ClampedArray>} Reader
 */

/** The first way that gives back what was drawn. @type {Promise<Reader> | undefined} */
let reader;

/**
 * RGBA bytes of a part of a canvas.
 * @type {Reader} @throws a failure where this browser would give others
 */
export async function pixelsOf(...asked) {
  reader ??= honest([fromCanvas, fromFrame]);
  return (await reader)(...asked);
}

/** @type {Reader} */
async function fromCanvas(context, left, top, width, height) {
  return context.getImageData(left, top, width, height).data;
}

/** By way of a frame of a film, which hides nothing. @type {Reader} */
async function fromFrame({ canvas }, left, top, width, height) {
  const frame = new VideoFrame(canvas, { timestamp: 0 });
  try {
    const options = /** @type {any} */ ({ format: 'RGBA', rect: { x: left, y: top, width, height } });
    const bytes = new Uint8ClampedArray(frame.allocationSize(options));
    await frame.copyTo(bytes, options);
    return bytes;
  } finally {
    frame.close();
  }
}

/** @param {Reader[]} readers @returns {Promise<Reader>} */
async function honest(readers) {
  const known = Uint8ClampedArray.from({ length: 4 * SIDE * SIDE }, (_, at) => (at % 4 === 3 ? 255 : (at * 37) ^ (at >> 5)));
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  context?.putImageData(new ImageData(known, SIDE, SIDE), 0, 0);
  for (const reader of context ? readers : []) {
    const read = await reader(/** @type {Context} */ (context), 0, 0, SIDE, SIDE).catch(() => undefined);
    if (read && isNear(read, known)) return reader;
  }
  throw failure('falsePixels', { host: location.hostname });
}

/** @param {Uint8ClampedArray} read @param {Uint8ClampedArray} known */
export function isNear(read, known) {
  return read.length === known.length && known.every((value, at) => Math.abs(value - read[at]) <= NEAR);
}
