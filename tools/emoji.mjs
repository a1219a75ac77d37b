// Packs the built-in set Emoji: a sheet of drawings from the package emoji-datasource-google, and their names.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';

const SOURCE = 'node_modules/emoji-datasource-google';
const SIDE = 64;
const COLUMNS = 20;
/** Of each category so many, spread over its whole order, so that kinds of thing come in proportion. */
const EACH = 40;

/** A few that stand for all where they are to be chosen. */
const SAMPLE = ['fox_face', 'strawberry', 'car', 'soccer'];

/** @typedef {{ name: string, short_name: string, category: string, image: string, sort_order: number, has_img_google: boolean }} Emoji */

/** @param {string} folder */
export async function packEmoji(folder) {
  /** @type {Emoji[]} */
  const all = JSON.parse(await readFile(`${SOURCE}/emoji.json`, 'utf8'));
  const categories = [...new Set(all.map(({ category }) => category))].sort();
  const chosen = categories.flatMap((category) => spread(all.filter((emoji) => emoji.category === category && isDrawing(emoji))));
  const rows = Math.ceil(chosen.length / COLUMNS);
  const sheet = sharp({
    create: { width: COLUMNS * SIDE, height: rows * SIDE, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  }).composite(
    chosen.map(({ image }, index) => ({
      input: `${SOURCE}/img/google/64/${image}`,
      left: (index % COLUMNS) * SIDE,
      top: Math.floor(index / COLUMNS) * SIDE,
    })),
  );
  await mkdir(folder, { recursive: true });
  await sheet.webp({ quality: 90, alphaQuality: 100 }).toFile(`${folder}/emoji.webp`);
  const sample = SAMPLE.map((name) => `${SOURCE}/img/google/64/${all.find((emoji) => emoji.short_name === name)?.image}`);
  await sharp({ create: { width: 2 * SIDE, height: 2 * SIDE, channels: 3, background: 'white' } })
    .composite(sample.map((input, index) => ({ input, left: (index % 2) * SIDE, top: Math.floor(index / 2) * SIDE })))
    .webp({ quality: 90 })
    .toFile(`${folder}/sample.webp`);
  const names = chosen.map(({ name }) => name.toLowerCase());
  const labels = chosen.map(({ category }) => category);
  await writeFile(`${folder}/emoji.json`, JSON.stringify({ side: SIDE, columns: COLUMNS, names, labels }));
}

/** Skin tones alone are no pictures of anything. @param {Emoji} emoji */
function isDrawing({ has_img_google, category }) {
  return has_img_google && category !== 'Component';
}

/** @param {Emoji[]} category */
function spread(category) {
  const sorted = [...category].sort((a, b) => a.sort_order - b.sort_order);
  const step = Math.max(1, sorted.length / EACH);
  return Array.from({ length: Math.min(EACH, sorted.length) }, (_, index) => sorted[Math.floor(index * step)]);
}
