// What a file is, by its bytes: a name says little, and may be wrong.
import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';
import { pictureOf } from './boxes.js';
import { checkBytes, failure } from './failure.js';
import { LIMITS } from './limits.js';
import { isCifar10, noPicture } from './no-picture.js';

/** Bytes in which a picture's size is looked for first, and those where long metadata come before it. */
export const HEAD = 1 << 16;
export const LONG_HEAD = 1 << 23;

/** Brands of HEIF files that are not AVIF. */
const HEIF = ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'];

/** Archives that are not opened here, by what they are called. @type {Record<string, string | undefined>} */
const OTHER_ARCHIVES = {
  'application/x-rar-compressed': 'RAR',
  'application/x-7z-compressed': '7z',
  'application/x-bzip2': 'bzip2',
  'application/x-xz': 'XZ',
  'application/zstd': 'Zstandard',
  'application/x-lz4': 'LZ4',
  'application/x-lzip': 'lzip',
  'application/x-compress': 'compress',
  'application/x-lzh-compressed': 'LHA',
  'application/x-arj': 'ARJ',
  'application/vnd.ms-cab-compressed': 'CAB',
};

/**
 * @typedef {{ kind: 'picture' | 'heif', mime: string, pixels: number }} Picture
 *   `pixels`: as the header says; as many as may be where it does not
 * @typedef {'svg' | 'cifar' | import('./archives.js').Archive} Other what no worker makes a square of
 */

/**
 * @param {Blob} blob
 * @returns {Promise<Picture | { kind: Other }>}
 * @throws a failure with code emptyFile, otherArchive, fileTooLarge, isVideo, tooManyPixels, or one of `noPicture`
 */
export async function contentOf(blob) {
  if (blob.size === 0) throw failure('emptyFile');
  const head = await start(blob, HEAD);
  const archive = holds(blob, head);
  // An archive may be of any size: its files are taken out one at a time.
  if (archive && archive !== 'cifar') return { kind: archive };
  if (archive) {
    checkBytes(blob.size);
    return { kind: archive };
  }
  const found = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime ?? '';
  // Films and pictures share a format, of which it knows few brands.
  const mime = (found.startsWith('image/') ? undefined : pictureOf(head)) ?? found;
  const other = OTHER_ARCHIVES[mime];
  if (other) throw failure('otherArchive', { format: other });
  checkBytes(blob.size);
  if (!mime.startsWith('image/') && isSvg(head)) {
    checkBytes(blob.size, LIMITS.svgBytes);
    return { kind: 'svg' };
  }
  if (mime.startsWith('video/')) throw failure('isVideo', { type: mime });
  // A TGA begins as a cursor does that has no pictures.
  const isTga = mime === 'image/x-icon' && !head[4] && !head[5];
  if (!mime.startsWith('image/') || isTga) {
    if (await endsAsZip(blob)) return { kind: 'zip' };
    throw noPicture(head, blob);
  }
  const pixels = pixelsIn(head) ?? pixelsIn(await start(blob, LONG_HEAD)) ?? LIMITS.pixels;
  checkPixels(pixels);
  return { kind: HEIF.includes(mime) ? 'heif' : 'picture', mime, pixels };
}

/** What holds pictures, by its first bytes; `undefined` where it may be one itself. @param {Blob} blob @param {Uint8Array} head */
function holds(blob, head) {
  const starts = (/** @type {number[]} */ ...bytes) => bytes.every((byte, at) => head[at] === byte);
  // Its first file, its end, or the two marks of one that was to be split.
  if ([[3, 4], [5, 6], [7, 8], [0x30, 0x30]].some((mark) => starts(0x50, 0x4b, ...mark))) return 'zip';
  if (starts(0x1f, 0x8b)) return 'gzip';
  if (looksLikeTar(head)) return 'tar';
  if (isCifar10(head, blob.size)) return 'cifar';
}

/** Before it there may be a program that unpacks it. @param {Blob} blob */
async function endsAsZip(blob) {
  const end = new Uint8Array(await blob.slice(-22).arrayBuffer());
  return String.fromCharCode(...end.subarray(0, 4)) === 'PK\x05\x06';
}

/** By its magic, or, of the oldest ones, by the checksum of its first header. @param {Uint8Array} head */
export function looksLikeTar(head) {
  const text = (/** @type {number} */ from, /** @type {number} */ to) => String.fromCharCode(...head.subarray(from, to));
  if (text(257, 262) === 'ustar') return true;
  // The sum is made as if its own field held spaces.
  const sum = head.subarray(0, 512).reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
  return head.length >= 512 && Number.parseInt(text(148, 156).trim(), 8) === sum;
}

/** @param {number} pixels */
export function checkPixels(pixels) {
  if (pixels > LIMITS.pixels) throw failure('tooManyPixels', { pixels, most: LIMITS.pixels });
}

/** Its first bytes. @param {Blob} blob @param {number} count */
export async function start(blob, count) {
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
  let text = textOf(head).trimStart();
  for (let before; (before = BEFORE_ROOT.exec(text)); ) text = text.slice(before[0].length).trimStart();
  return /^<(\w+:)?svg[\s>/]/.test(text);
}

/** An instruction, a comment, or a document type. */
const BEFORE_ROOT = /^(<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^[>]*(\[[^]*?\]\s*)?>)/i;

/** Of XML, which is in UTF-8, or says by a mark that it is in UTF-16. @param {Uint8Array} bytes */
export function textOf(bytes) {
  const mark = (bytes[0] << 8) | bytes[1];
  return new TextDecoder(mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8').decode(bytes);
}
