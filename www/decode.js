// From a file to a square of pixels, in the worker.

/** Transparent pictures are put on white. */
const BACKGROUND = '#fff';

/** @param {string} code @param {string} name */
function failure(code, name) {
  return Object.assign(new Error(`${code}: ${name}`), { code, details: { name } });
}

/**
 * Decodes a picture whole, so that its EXIF orientation is applied, and keeps the middle square.
 *
 * @param {Blob & { name: string }} file
 * @param {number} side
 * @returns {Promise<Uint8ClampedArray>} RGBA bytes, `side · side · 4`
 * @throws an error with `code` emptyFile, notAPicture or cannotDecode
 */
export async function decodeSquare(file, side) {
  if (file.size === 0) throw failure('emptyFile', file.name);
  const bitmap = await decode(file);
  try {
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw failure('cannotDecode', file.name);
    context.fillStyle = BACKGROUND;
    context.fillRect(0, 0, side, side);
    context.imageSmoothingQuality = 'high';
    const short = Math.min(bitmap.width, bitmap.height);
    const [left, top] = [(bitmap.width - short) / 2, (bitmap.height - short) / 2];
    context.drawImage(bitmap, left, top, short, short, 0, 0, side, side);
    return context.getImageData(0, 0, side, side).data;
  } finally {
    bitmap.close();
  }
}

/** @param {Blob & { name: string }} file */
async function decode(file) {
  try {
    return await createImageBitmap(file);
  } catch {
    // Only now is it worth knowing what the bytes are.
    const { fileTypeFromBlob } = await import('file-type');
    const type = await fileTypeFromBlob(file).catch(() => undefined);
    throw failure(type?.mime.startsWith('image/') ? 'cannotDecode' : 'notAPicture', file.name);
  }
}
