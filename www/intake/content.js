// What a file is, by its bytes: a name says little, and may be wrong.
import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';
import { pictureOf } from './boxes.js';
import { checkBytes, failure } from './failure.js';
import { LIMITS } from './limits.js';

/** Bytes in which a picture's size is looked for first, and those where long metadata come before it. */
export const HEAD = 1 << 16;
const LONG_HEAD = 1 << 23;

/** Brands of HEIF files that are not AVIF. */
const HEIF = ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'];

/** A label byte, and 32·32 pixels of three colours. */
const CIFAR_RECORD = 3073;

/**
 * @typedef {{ kind: 'picture' | 'heif', mime: string, pixels: number }} Picture
 *   `pixels`: as the header says; as many as may be where it does not
 * @typedef {'svg' | 'cifar' | import('./archives.js').Archive} Other what no worker makes a square of
 */

/**
 * @param {Blob} blob
 * @returns {Promise<Picture | { kind: Other }>}
 * @throws a failure with code emptyFile, fileTooLarge, notAPicture, isVideo or tooManyPixels
 */
export async function contentOf(blob) {
  if (blob.size === 0) throw failure('emptyFile');
  const head = await bytes(blob, HEAD);
  const archive = await holds(blob, head);
  // An archive may be of any size: its files are taken out one at a time.
  if (archive && archive !== 'cifar') return { kind: archive };
  checkBytes(blob.size);
  if (archive) return { kind: archive };
  const found = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime ?? '';
  // Films and pictures share a format, of which it knows few brands.
  const mime = (found.startsWith('image/') ? undefined : pictureOf(head)) ?? found;
  if (isSvg(head)) {
    checkBytes(blob.size, LIMITS.svgBytes);
    return { kind: 'svg' };
  }
  if (mime.startsWith('video/')) throw failure('isVideo', { type: mime });
  if (!mime.startsWith('image/')) throw failure('notAPicture');
  const pixels = pixelsIn(head) ?? pixelsIn(await bytes(blob, LONG_HEAD)) ?? LIMITS.pixels;
  checkPixels(pixels);
  return { kind: HEIF.includes(mime) ? 'heif' : 'picture', mime, pixels };
}

/** What holds pictures, by its first bytes; `undefined` where it may be one itself. @param {Blob} blob @param {Uint8Array} head */
async function holds(blob, head) {
  const starts = (/** @type {number[]} */ ...bytes) => bytes.every((byte, at) => head[at] === byte);
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return 'zip';
  if (starts(0x1f, 0x8b)) return 'gzip';
  if (looksLikeTar(head)) return 'tar';
  if (blob.size % CIFAR_RECORD === 0 && (await hasLabels(blob))) return 'cifar';
}

/** @param {Uint8Array} head */
export function looksLikeTar(head) {
  return String.fromCharCode(...head.subarray(257, 262)) === 'ustar';
}

/** Does each of the first records start with the number of a class? @param {Blob} blob */
async function hasLabels(blob) {
  const records = await bytes(blob, 20 * CIFAR_RECORD);
  return records.every((byte, at) => at % CIFAR_RECORD !== 0 || byte < 10);
}

/** @param {number} pixels */
export function checkPixels(pixels) {
  const megapixels = Math.round(pixels / 1e6);
  if (pixels > LIMITS.pixels) throw failure('tooManyPixels', { megapixels, limit: LIMITS.pixels / 1e6 });
}

/** @param {Blob} blob @param {number} count */
async function bytes(blob, count) {
  return new Uint8Array(await blob.slice(0, count).arrayBuffer());
}

/** @param {Uint8Array} head */
function pixelsIn(head) {
  try {
    const { width, height, images } = imageSize(head);
    // Of an icon file's pictures the browser takes the largest.
    const sizes = [{ width, height }, ...(images ?? [])];
    return Math.max(...sizes.map((size) => size.width * size.height)) || undefined;
  } catch {
    return undefined;
  }
}

/** An XML document whose root is `svg`. @param {Uint8Array} head */
function isSvg(head) {
  const text = new TextDecoder().decode(head.subarray(0, 4096)).replace(/^\uFEFF/, '');
  const root = text.replace(/<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^[>]*(\[[^]*?\]\s*)?>/gi, '').trimStart();
  return /^<(\w+:)?svg[\s>/]/.test(root);
}
