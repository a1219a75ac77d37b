// From files to squares: many at a time, in order, within bounds of memory.
import { unpacked } from './archives.js';
import { failure, plain } from './failure.js';
import { KEPT_SIDE } from './limits.js';
import { DecodePool } from './pool.js';
import { foldersOf, labelled, pathOf, sourcesOf } from './sources.js';
import { drawSvg } from './svg.js';

/**
 * @typedef {import('./square.js').Square} Square
 * @typedef {{ name: string, code: string, details: Record<string, string | number> }} Skipped by its path, within its archive too
 * @typedef {{ done: number, total: number, skipped: number }} Count
 * @typedef {import('./archives.js').Labelled} Labelled
 * @typedef {import('./archives.js').More} More
 * @typedef {{ squares: Square[] } | { skipped: Skipped }} Outcome
 * @typedef {{ archive: import('./archives.js').Archive, file: Blob, source: Labelled }} Unopened
 *
 * @typedef {Pick<Options, 'readCifar' | 'signal'> & { count: Count, pool: DecodePool }} Lot what comes together
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
 * @param {(File | import('./sources.js').Source)[]} files
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
    for await (const outcome of outcomes(sources, { count, pool, readCifar, signal })) {
      if (signal?.aborted) break;
      count.done++;
      count.total = Math.max(count.total, count.done);
      if ('skipped' in outcome) {
        skipped.push(outcome.skipped);
        count.skipped++;
      } else for (const square of outcome.squares) squares.push(square);
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
 * @param {Iterable<Labelled> | AsyncIterable<Labelled | More>} sources
 * @param {Lot} lot
 * @returns {AsyncGenerator<Outcome, void, void>}
 */
async function* outcomes(sources, lot, inArchive = false) {
  /** @type {Promise<Outcome | Unopened>[]} */
  const row = [];
  /** @returns {AsyncGenerator<Outcome, void, void>} */
  async function* first() {
    const outcome = await /** @type {Promise<Outcome | Unopened>} */ (row.shift());
    if (!('archive' in outcome)) yield outcome;
    else if (inArchive) yield skipped(outcome.source, failure('nestedArchive'));
    else yield* opened(outcome, lot);
  }
  /** @type {{ error: unknown } | undefined} */
  let broken;
  try {
    for await (const source of sources) {
      if ('more' in source) lot.count.total += source.more;
      else row.push(outcome(source, lot));
      if (row.length >= lot.pool.ahead) yield* first();
    }
  } catch (error) {
    // What came out of an archive before its damage is as good as any.
    broken = { error };
  }
  while (row.length) yield* first();
  if (broken) throw broken.error;
}

/** @param {Unopened} archive @param {Lot} lot */
async function* opened({ archive, file, source }, lot) {
  try {
    yield* outcomes(unpacked(file, archive, source, lot.signal), lot, true);
  } catch (error) {
    yield skipped(source, error);
  }
}

/**
 * @param {Labelled} source
 * @param {Lot} lot
 * @returns {Promise<Outcome | Unopened>}
 */
async function outcome(source, { pool, readCifar }) {
  const { name, label, folder, open } = source;
  try {
    const file = await open();
    const result = await pool.decode(file);
    if (result === 'cifar') return { squares: await readCifar(file) };
    if (result === 'zip' || result === 'gzip' || result === 'tar') return { archive: result, file, source };
    const rgb = result === 'svg' ? await drawSvg(file) : result;
    const place = foldersOf(source).join('/') || undefined;
    return { squares: [{ name, label, folder, place, side: KEPT_SIDE, rgb }] };
  } catch (error) {
    return skipped(source, error);
  }
}

/** @param {Labelled} source @param {unknown} error @returns {Outcome} */
function skipped(source, error) {
  return { skipped: { name: pathOf(source), ...plain(error) } };
}
