// A folder as people have them: one picture in each format of phones, cameras and the web, and a few others.
import sharp from 'sharp';
import { file, heic } from '../browser/files.mjs';

/** What the HEIC fixture shows, in the other formats. @param {'jpeg' | 'png' | 'webp' | 'avif'} format */
function halves(format) {
  const [left, right] = ['#c83c28', '#2850c8'].map((background) => sharp({ create: { width: 32, height: 64, channels: 3, background } }).png());
  const whole = sharp({ create: { width: 64, height: 64, channels: 3, background: '#000' } });
  return Promise.all([left.toBuffer(), right.toBuffer()]).then(([left, right]) =>
    whole.composite([{ input: left, left: 0, top: 0 }, { input: right, left: 32, top: 0 }])[format]().toBuffer(),
  );
}

/** Squares of one pixel, black and white: grey from afar. */
function checker() {
  const side = 1024;
  const pixels = Buffer.from(Array.from({ length: side * side }, (_, at) => 255 * ((at + (at >> 10)) & 1)));
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } }).png().toBuffer();
}

/** Paths and bytes; the first five are the same picture. @returns {Promise<[path: string, base64: string][]>} */
export async function folder() {
  const formats = /** @type {const} */ (['jpeg', 'png', 'webp', 'avif']);
  const same = await Promise.all(formats.map(async (format) => [`set/halves/one.${format}`, await halves(format)]));
  const others = await Promise.all(formats.map(async (format, seed) => [`set/discs/${seed}.${format}`, (await file(seed, format)).buffer]));
  const all = /** @type {[string, Buffer][]} */ ([...same, ['set/halves/one.heic', heic], ...others, ['set/fine/checker.png', await checker()]]);
  return all.map(([path, bytes]) => [path, bytes.toString('base64')]);
}
