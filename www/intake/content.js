// What a file is, by its bytes: a name says little, and may be wrong.
import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';
import { checkBytes, failure } from './failure.js';
import { LIMITS } from './limits.js';

/** Bytes in which a picture's size is looked for first, and those where long metadata come before it. */
const HEAD = 1 << 16;
const LONG_HEAD = 1 << 23;

/** Brands of HEIF files that are not AVIF. */
const HEIF = ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'];

/**
 * @typedef {{ kind: 'picture' | 'heif' | 'svg', mime: string, pixels: number }} Content
 *   `pixels`: as the header says; as many as may be where it does not
 */

/**
 * @param {Blob} blob
 * @returns {Promise<Content>}
 * @throws a failure with code emptyFile, fileTooLarge, notAPicture, isVideo or tooManyPixels
 */
export async function contentOf(blob) {
  if (blob.size === 0) throw failure('emptyFile');
  checkBytes(blob.size);
  const head = await bytes(blob, HEAD);
  const mime = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime ?? '';
  if (isSvg(head)) {
    checkBytes(blob.size, LIMITS.svgBytes);
    return { kind: 'svg', mime: 'image/svg+xml', pixels: 0 };
  }
  if (mime.startsWith('video/')) throw failure('isVideo', { type: mime });
  if (!mime.startsWith('image/')) throw failure('notAPicture');
  const pixels = pixelsIn(head) ?? pixelsIn(await bytes(blob, LONG_HEAD)) ?? LIMITS.pixels;
  checkPixels(pixels);
  return { kind: HEIF.includes(mime) ? 'heif' : 'picture', mime, pixels };
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
