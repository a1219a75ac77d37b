// From a file to a square of pixels, in a worker.
import { isComplete } from './complete.js';
import { LONG_HEAD, checkPixels, contentOf, start } from './content.js';
import { failure } from './failure.js';
import { decodeHeif } from './heif.js';
import { orientationLeft, upright } from './orientation.js';
import { squareOf } from './square.js';
import { variantOf } from './variants.js';

/**
 * Decodes a picture whole, so that its EXIF orientation is applied, and keeps the middle square.
 *
 * @param {Blob} blob
 * @param {(pixels: number) => Promise<void>} grant waits until there is memory for so many pixels
 * @returns {Promise<Uint8Array | import('./content.js').Other>} RGB bytes of the square, or what else it is
 * @throws a failure that says why not
 */
export async function decodeSquare(blob, grant) {
  const content = await contentOf(blob);
  if (!('pixels' in content)) return content.kind;
  const { kind, mime, pixels } = content;
  await grant(pixels);
  const bitmap = await decode(blob.slice(0, blob.size, mime), kind);
  try {
    checkPixels(bitmap.width * bitmap.height);
    const bytes = await blob.arrayBuffer();
    if (!isComplete(new Uint8Array(bytes), mime)) throw failure('cannotDecode', { type: mime });
    const square = await squareOf(bitmap, bitmap.width, bitmap.height);
    return TURNED_HERE.test(mime) ? upright(square, await orientationLeft(bytes)) : square;
  } finally {
    bitmap.close();
  }
}

/** @param {Blob} blob @param {'picture' | 'heif'} kind */
async function decode(blob, kind) {
  try {
    return await createImageBitmap(blob);
  } catch {
    // Safari decodes HEIF itself; for others there is a library.
    if (kind === 'heif') return decodeHeif(blob);
    const variant = variantOf(await start(blob, LONG_HEAD));
    if (variant) throw failure(variant);
    if (UNSUPPORTED.test(blob.type)) throw failure('unsupportedFormat', { type: blob.type });
  }
  throw failure('cannotDecode', { type: blob.type });
}

/** Of which not every browser does what EXIF says. */
const TURNED_HERE = /^image\/(webp|a?png)$/;

/** Formats that are pictures all right, but that most browsers do not know. */
const UNSUPPORTED = /tiff|jp2|jpx|jpm|mj2|j2c|jls|jxl|jxr|ms-photo|photoshop|psd|xcf|x-(canon|nikon|sony|adobe|fujifilm|olympus|panasonic|raw)|dng|bpg|flif|icns|exr|ktx|dds/;
