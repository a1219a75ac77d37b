// HEIC and HEIF, what iPhones save, by libheif: a file of its own under the LGPL, loaded with the first
// such picture.
import { address } from '../files/files.js';
import { isWhole } from './boxes.js';
import { failure, isFailure } from './failure.js';
import { isFull, withMainImage } from './heif-images.js';

/** @type {Promise<any> | undefined} */
let library;

/** @param {Blob} blob @returns {Promise<ImageBitmap>} upright: libheif applies rotation and mirroring */
export async function decodeHeif(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  // libheif makes something up of what is missing.
  if (!isWhole(bytes)) throw failure('cannotDecode', { type: blob.type });
  try {
    return await decoded(bytes, blob.type);
  } catch (error) {
    if (isFailure(error)) throw error;
    // Out of memory, perhaps, of which a new instance has its own.
    return decoded(bytes, blob.type);
  }
}

/** @param {Uint8Array} bytes @param {string} type */
async function decoded(bytes, type) {
  const libheif = await load();
  try {
    const bitmap = await withMainImage(libheif, bytes, type, async (image) => createImageBitmap(await pixels(image, colorSpaceOf(bytes), type)));
    if (isFull(libheif)) library = undefined;
    return bitmap;
  } catch (error) {
    if (!isFailure(error)) library = undefined;
    throw error;
  }
}

async function load() {
  const missing = () => Promise.reject(failure('noHeifLibrary'));
  library ??= import(address('libheif/libheif.mjs')).catch(missing).then((module) => module.default());
  try {
    return await library;
  } catch (error) {
    // It may be there the next time: the network was lost, perhaps.
    library = undefined;
    throw error;
  }
}

/** @param {number} width @param {number} height @param {PredefinedColorSpace} colorSpace */
function blank(width, height, colorSpace) {
  try {
    return new ImageData(width, height, { colorSpace });
  } catch {
    // Firefox knows of no colour spaces: a picture in Display P3 is a little paler there.
    return new ImageData(width, height);
  }
}

/** @param {any} image @param {PredefinedColorSpace} colorSpace @param {string} type */
function pixels(image, colorSpace, type) {
  const data = blank(image.get_width(), image.get_height(), colorSpace);
  return /** @type {Promise<ImageData>} */ (
    new Promise((resolve, reject) => {
      image.display(data, (/** @type {ImageData | null} */ filled) =>
        filled ? resolve(data) : reject(failure('cannotDecode', { type })),
      );
    })
  );
}

/**
 * Phones save in sRGB or in Display P3, and say which in a `colr` box: by an ICC profile with its name in
 * it, or by the number of its primaries. libheif leaves the colours as they are.
 * @param {Uint8Array} bytes
 * @returns {PredefinedColorSpace}
 */
function colorSpaceOf(bytes) {
  // The boxes that describe a picture come before its data; Latin-1 keeps a byte a character.
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 1 << 16));
  const profile = text.indexOf('colrprof');
  // Names in profiles are in UTF-16, of which Latin letters keep one byte.
  const name = text.slice(profile, profile + 4096).replaceAll('\0', '');
  const named = profile >= 0 && name.includes('Display P3');
  return named || text.includes('colrnclx\0\x0c') ? 'display-p3' : 'srgb';
}
