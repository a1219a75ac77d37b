// Embeddings as files: one row of numbers a picture.
import { BEGIN, END, decimal, line } from './csv.js';

/** Milliseconds of work at a time, between which the page stays alive. */
const SLICE = 12;
/** NumPy wants the numbers to begin at a multiple of this. */
const ALIGNMENT = 64;

/**
 * NumPy's own format, version 1.0: `numpy.load` gives the array.
 * @param {Float32Array} values row by row @param {readonly number[]} shape
 */
export function npy(values, shape) {
  // A tuple of one needs its comma.
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const about = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tuple}), }`;
  const before = 10;
  const length = Math.ceil((before + about.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(length).fill(0x20);
  header.set([0x93, ...bytes('NUMPY'), 1, 0]);
  new DataView(header.buffer).setUint16(8, length - before, true);
  header.set(bytes(about), before);
  header[length - 1] = 0x0a;
  return new Blob([header, /** @type {BlobPart} */ (values)], { type: 'application/octet-stream' });
}

/** @param {string} text of ASCII */
function bytes(text) {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

/**
 * A line a picture: its name, its label, the folders that its file lay in, 1 if it judges what was learned, and the numbers of h. Twenty thousand
 * pictures are 50 MB, so it is made bit by bit.
 * @param {{ pictures: readonly { name: string, label?: string, place?: string }[], judging: Iterable<number>, values: Float32Array, columns: number }} embeddings
 */
export async function embeddingsCsv({ pictures, judging, values, columns }) {
  const numbers = columns > 0 ? columns : 0;
  const judges = new Set(judging);
  const parts = [new Blob([BEGIN, line(['name', 'label', 'folder', 'held_out', ...Array.from({ length: numbers }, (_, column) => `h${column}`)])])];
  let [text, since] = ['', performance.now()];
  for (const [row, { name, label = '', place = '' }] of pictures.entries()) {
    text += line([name, label, place, Number(judges.has(row))]).slice(0, -END.length);
    for (let at = row * numbers; at < (row + 1) * numbers; at++) text += `,${decimal(values[at])}`;
    text += END;
    if (performance.now() - since < SLICE) continue;
    parts.push(new Blob([text]));
    await new Promise((resolve) => setTimeout(resolve));
    [text, since] = ['', performance.now()];
  }
  return new Blob([...parts, text], { type: 'text/csv' });
}
