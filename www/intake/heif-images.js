// libheif's memory: it frees nothing by itself, and 20 MB kept of every file are soon all that it may have.
import { failure } from './failure.js';

/** Bytes of WebAssembly's memory, which never shrinks, from which an instance is given up. */
const MOST = 512e6;

/**
 * Hands over the picture that is a file's main one, and frees all of them.
 * @template T
 * @param {any} libheif @param {Uint8Array} bytes @param {string} type of the file
 * @param {(image: any) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withMainImage(libheif, bytes, type, use) {
  const decoder = new libheif.HeifDecoder();
  /** @type {any[]} */ let images = [];
  try {
    images = decoder.decode(bytes);
    const image = images.find((candidate) => candidate.is_primary?.()) ?? images[0];
    if (!image) throw failure('cannotDecode', { type });
    return await use(image);
  } finally {
    for (const image of images) image.free();
    // The file's bytes are kept by it.
    if (decoder.decoder) libheif.heif_context_free(decoder.decoder);
  }
}

/** @param {any} libheif */
export function isFull(libheif) {
  return libheif.HEAPU8.length > MOST;
}
