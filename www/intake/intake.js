// From files to squares: many at a time, in order, within bounds of memory.
import { unpacked } from './archives.js';
import { failure } from './failure.js';
import { KEPT_SIDE } from './limits.js';
import { DecodePool } from './pool.js';
import { labelled, sourcesOf } from './sources.js';
import { drawSvg } from './svg.js';

/**
 * @typedef {import('../album.js').Square} Square
 * @typedef {{ name: string, code: string, details: Record<string, string | number> }} Skipped
 * @typedef {{ done: number, total: number, skipped: number }} Count
 * @typedef {{ squares: Square[] } | { skipped: Skipped }} Outcome
 *
 * @typedef {object} Options
 * @property {(file: Blob) => Promise<Square[]>} readCifar
 * @property {(squares: Square[]) => void} take is handed the squares, in the order of the files
 * @property {(count: Count) => void} [onProgress]
 * @property {AbortSignal} [signal]
 */

/** Milliseconds between two hand-overs, and squares in one. */
const EVERY = 200;
const AT_ONCE = 200;

/**
 * Decodes files and folders, and what is in archives.
 * @param {File[]} files
 * @param {Options} options
 * @returns {Promise<Skipped[]>} those that are not pictures, each with why
 */
export async function intake(files, { readCifar, take, onProgress = () => {}, signal }) {
  const sources = labelled(sourcesOf(files));
  const count = { done: 0, total: sources.length, skipped: 0 };
  /** @type {Skipped[]} */
  const skipped = [];
  /** @type {Square[]} */
  let squares = [];
  let handed = performance.now();
  const handOver = () => {
    take(squares);
    squares = [];
    handed = performance.now();
    onProgress({ ...count });
  };

  const pool = new DecodePool();
  const stop = () => pool.close();
  signal?.addEventListener('abort', stop);
  try {
    for await (const outcome of outcomes(sources, count, pool, readCifar)) {
      if (signal?.aborted) break;
      count.done++;
      if ('skipped' in outcome) {
        skipped.push(outcome.skipped);
        count.skipped++;
      } else squares.push(...outcome.squares);
      if (squares.length >= AT_ONCE || performance.now() - handed > EVERY) handOver();
    }
    handOver();
    return skipped;
  } finally {
    signal?.removeEventListener('abort', stop);
    pool.close();
  }
}

/**
 * What became of each file, in their order, while those after it are being decoded.
 * @param {import('./archives.js').Labelled[]} sources
 * @param {Count} count @param {DecodePool} pool @param {Options['readCifar']} readCifar
 */
async function* outcomes(sources, count, pool, readCifar) {
  /** @type {Promise<Outcome>[]} */
  const row = [];
  for await (const item of unpacked(sources)) {
    if ('more' in item) count.total += item.more;
    else row.push(outcome(item, pool, readCifar));
    if (row.length >= pool.ahead) yield await /** @type {Promise<Outcome>} */ (row.shift());
  }
  for (const last of row) yield await last;
}

/**
 * @param {Exclude<import('./archives.js').Item, { more: number }>} item
 * @param {DecodePool} pool @param {Options['readCifar']} readCifar
 * @returns {Promise<Outcome>}
 */
async function outcome(item, pool, readCifar) {
  const { name } = item;
  try {
    if ('error' in item) throw item.error;
    if ('cifar' in item) return { squares: await readCifar(item.cifar) };
    const decoded = await pool.decode(item.file);
    const rgb = decoded === 'svg' ? await drawSvg(item.file) : decoded;
    return { squares: [{ name, label: item.label, side: KEPT_SIDE, rgb }] };
  } catch (error) {
    const { code, details } = /** @type {any} */ (error);
    // Files that went away since they were chosen cannot be read.
    return { skipped: code ? { name, code, details } : { name, ...plain(failure('cannotRead', { reason: String(error) })) } };
  }
}

/** @param {{ code: string, details: Record<string, string | number> }} error */
function plain({ code, details }) {
  return { code, details };
}
