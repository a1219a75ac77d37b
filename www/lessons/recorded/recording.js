// Real runs of lessons, as `tools/record.mjs` recorded them of the page itself, for browsers that cannot train.
import { NO_CURVES } from '../../train/curves.js';
import { drawnOf } from './pixels.js';
import { tablesOf } from './tables.js';

/** @typedef {import('../lesson.js').Result} Result @typedef {import('../lesson.js').Batch} Batch @typedef {import('../lesson.js').Page} Page */
/** @typedef {{ name: string, label?: string, rgb?: Uint8ClampedArray, side?: number }} Picture without what it shows where nobody looks at it */

/**
 * @typedef {object} Recorded what the file holds
 * @property {readonly { name: string, label?: string }[]} pictures that they learn from
 * @property {Record<number, string>} squares those of them that the stage shows, as PNG
 * @property {readonly RecordedBatch[]} batches
 * @property {{ side: number, image: string }} views printed ones, as PNG one above the other
 * @property {Record<string, { side: number, settings: Result['settings'], levels: Result['levels'], rehearsal?: number, results: Record<string, RecordedResult> }>} lessons
 *   by name; batches by their places
 *
 * @typedef {import('contrastive-playground').BatchReport & { cosines: string, image: string }} RecordedBatch its cosines as in `tables.js`, its views as PNG
 *
 * @typedef {Omit<Result, 'batch' | 'losses'> & { batch?: number }} RecordedResult of a training; or levels that were asked for
 */

/** Milliseconds that a training is shown for, and between two looks at it. */
const SHOWN = 3000;
const LOOK = 60;

/** Stands in for the engine in lessons. */
export class Recording {
  #recorded;
  #pictures;
  #batches;
  #views;

  /** @param {Recorded} recorded @param {readonly Picture[]} pictures @param {readonly Batch[]} batches @param {Uint8ClampedArray} views */
  constructor(recorded, pictures, batches, views) {
    this.#recorded = recorded;
    this.#pictures = pictures;
    this.#batches = batches;
    this.#views = views;
  }

  static async load() {
    const { default: recorded } = /** @type {{ default: any }} */ (await import('./recorded.json'));
    const batches = await Promise.all(recorded.batches.map(batchOf));
    /** @type {Picture[]} */ const pictures = [...recorded.pictures];
    for (const [number, image] of Object.entries(recorded.squares)) pictures[Number(number)] = { ...pictures[Number(number)], ...(await squareOf(image)) };
    return new Recording(recorded, pictures, batches, await drawnOf(recorded.views.image));
  }

  /** Which lessons it has. @param {string} lesson */
  has(lesson) {
    return lesson in this.#recorded.lessons;
  }

  /** What the page shows of a lesson before it is begun, if it has it. @param {string} lesson */
  beginning(lesson) {
    if (!this.has(lesson)) return undefined;
    const { side, settings, levels, rehearsal } = this.#recorded.lessons[lesson];
    return { source: 'shapes', side, settings, levels, pictures: this.#pictures, rehearsal: this.#batch(rehearsal), ...NOTHING };
  }

  /** The views that were printed, whichever are asked for. */
  async preview() {
    return { pixels: this.#views };
  }

  /** What a run came to, if it has it, once its curves have been drawn on the page. @param {string} lesson @param {string} as @param {Page} page @param {AbortSignal} [left] nobody looks any more */
  replay(lesson, as, page, left) {
    const recorded = this.#recorded.lessons[lesson]?.results[as];
    return recorded && this.#show(recorded, page, left);
  }

  /** @param {RecordedResult} recorded @param {Page} page @param {AbortSignal} [left] */
  async #show(recorded, page, left) {
    const { steps, settings, levels, curves } = recorded;
    // Levels that were asked for.
    if (!curves) return recorded;
    page.set({ ...NOTHING, settings, levels, running: true });
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    for (let shown = still ? SHOWN : 0; shown < SHOWN && !left?.aborted; shown += LOOK) {
      const done = Math.ceil((steps * shown) / SHOWN);
      page.set({ progress: { done, steps, finished: false }, curves: first(curves, done) });
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    const batch = this.#batch(recorded.batch);
    page.set({ running: false, progress: { done: steps, steps, finished: true }, curves, batch });
    return { ...recorded, losses: curves.loss, batch };
  }

  /** @param {number} [place] */
  #batch(place) {
    return place === undefined ? undefined : this.#batches[place];
  }
}

const NOTHING = { batch: undefined, curves: NO_CURVES, cell: { row: 0 }, progress: { done: 0, steps: 0, finished: false } };

/** @param {RecordedBatch} recorded @returns {Promise<Batch>} */
async function batchOf({ cosines, image, ...batch }) {
  return { ...batch, pixels: await drawnOf(image), ...tablesOf(cosines, 2 * batch.pictures.length, batch.temperature) };
}

/** @param {string} image */
async function squareOf(image) {
  const rgb = await drawnOf(image);
  return { rgb, side: Math.sqrt(rgb.length / 4) };
}

/** What there was of them after so many steps. @param {Result['curves']} curves @param {number} steps */
function first(curves, steps) {
  return Object.fromEntries(Object.entries(curves).map(([name, values]) => [name, values.slice(0, steps)]));
}
