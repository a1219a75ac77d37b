// The second built-in set: drawings of Noto Emoji, packed into one picture when the page is built.
import { file } from '../files/files.js';
import { failure } from '../intake/failure.js';
import { BACKGROUND } from '../intake/limits.js';
import { pixelsOf } from '../intake/pixels.js';
import { rgbOf } from '../intake/square.js';

/**
 * Fetched from the page's own origin, and only when it is asked for.
 * @returns {Promise<import('contrastive-playground').SquaresReport & { pixels: Uint8Array }>}
 */
export async function emoji() {
  const [{ side, columns, names, labels }, sheet] = await Promise.all([
    load('emoji.json', (response) => response.json()),
    load('emoji.webp', async (response) => createImageBitmap(await response.blob())),
  ]);
  const context = new OffscreenCanvas(sheet.width, sheet.height).getContext('2d', { willReadFrequently: true });
  if (!context) throw failure('cannotLoadSet', { reason: 'canvas' });
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(sheet, 0, 0);
  sheet.close();
  const bytes = side * side * 3;
  const pixels = new Uint8Array(names.length * bytes);
  for (const index of names.keys()) {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    pixels.set(rgbOf(await pixelsOf(context, column * side, row * side, side, side)), index * bytes);
  }
  return { side, names, labels, pixels };
}

/** @template T @param {string} name @param {(response: Response) => Promise<T>} read */
async function load(name, read) {
  try {
    const response = await file(`emoji/${name}`);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return await read(response);
  } catch {
    throw failure('cannotLoadSet', { reason: name });
  }
}
