// What is seen of a run while it goes on, and of the network before: a map of a sample, and a batch.
import { SessionError } from '../engine/session.js';
import { LEAST } from '../engine/sets.js';
import { shows } from '../ui/hiding.js';

/**
 * Milliseconds between two glances, at least; and of the steps' time, the most that glances may take: with the drawing
 * of the map it is under a twentieth.
 */
const GLANCE_EVERY = 2000;
const SHARE = 0.03;
/** Milliseconds between two draws before training, and how many there are: nobody looks on for ever. */
const DRAW_EVERY = 5000;
const DRAWS = 60;

/** @typedef {import('../engine/session.js').Square} Square @typedef {import('../engine/session.js').Batch} Batch */

/**
 * @typedef {object} Seen
 * @property {number} step that it is of
 * @property {readonly Square[]} pictures on the map
 * @property {(string | undefined)[]} labels of these
 * @property {Float32Array} coordinates two a picture
 * @property {import('contrastive-playground').Kinds} [kinds]
 */

export const NOTHING_SEEN = {
  sight: /** @type {Seen | undefined} */ (undefined),
  /** A batch that nothing is learned from, to be looked at where there is none of the run. */
  rehearsal: /** @type {Batch | undefined} */ (undefined),
};

/**
 * @typedef {object} Page what is needed of it
 * @property {import('../engine/session.js').Session} engine
 * @property {typeof NOTHING_SEEN & { pictures: readonly Square[], running: boolean, waiting: boolean, busy: boolean, station: string, lectern?: unknown,
 *   refused?: unknown, batch?: Batch, progress: { done: number }, settings?: import('../engine/session.js').TrainSettings }} state
 * @property {(change: Partial<typeof NOTHING_SEEN>) => void} set
 * @property {(error: unknown) => Promise<void>} failed
 * @property {(error: SessionError) => boolean} ends
 */

export class Watching {
  #page;
  /** Is a run being followed? */
  #following = false;
  #draws = 0;
  #again = false;
  /** @type {Promise<void> | undefined} */ #looking;
  /** What the latest of each was of. */
  #glanced = new Known();
  #rehearsed = new Known();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** Is a map shown, of pictures that the engine has? Nobody pays for what is not seen. */
  get #wantsMap() {
    const { pictures, waiting } = this.#page.state;
    return !waiting && pictures.length >= LEAST && shows('stage.map');
  }

  /** Is a batch shown somewhere, and none there of the run? */
  get #wantsBatch() {
    const { batch, progress, settings, station, waiting } = this.#page.state;
    if (waiting) return false;
    // MoCo's negatives are in the run's own queue, which is not looked at.
    if (batch || (progress.done && settings?.method === 'moco')) return false;
    return shows('stage.idea') || shows('stage.matrix') || station === 'step';
  }

  /**
   * Looks at the network as it is now, when what was asked for before is done; of what has not changed, nothing is done
   * anew. Never rejects.
   */
  look() {
    this.#again = true;
    this.#looking ??= this.#lookAll().catch((error) => this.#failed(error)).finally(() => this.#looked());
    return this.#looking;
  }

  #looked() {
    this.#looking = undefined;
    // It was asked for when all was nearly done.
    if (this.#again) this.look();
  }

  async #lookAll() {
    while (this.#again) {
      this.#again = false;
      const { running, refused, settings, pictures, progress, sight, rehearsal } = this.#page.state;
      if (pictures.length < LEAST && (sight || rehearsal)) {
        this.forget();
        this.#page.set(NOTHING_SEEN);
      }
      if (running || refused || !settings || pictures.length < LEAST) continue;
      const { encoder, size, head, seed, steps, learningRate, optimizer, ...others } = settings;
      const network = [encoder, size, head, seed, progress.done];
      if (this.#wantsMap && this.#glanced.changes([pictures, ...network])) await this.#glance();
      if (!this.#wantsBatch || !this.#rehearsed.changes([pictures, ...network, JSON.stringify(others)])) continue;
      this.#draws = 0;
      await this.#rehearse();
    }
  }

  /** What cannot be looked at, since pictures or settings are others by now, is said by who trains with them. @param {unknown} error */
  async #failed(error) {
    this.forget();
    if (!(error instanceof SessionError) || this.#page.ends(error)) await this.#page.failed(error);
  }

  /** There is nothing to be seen any more. */
  forget() {
    this.#glanced.forget();
    this.#rehearsed.forget();
  }

  /** Looks again and again for as long as a run goes on. */
  async follow() {
    if (this.#following) return;
    this.#following = true;
    try {
      // What there is to be seen before the first steps is seen already.
      let took = 0;
      while (this.#page.state.running) {
        await new Promise((resolve) => setTimeout(resolve, Math.max(GLANCE_EVERY, took / SHARE)));
        if (this.#page.state.running && !document.hidden) took = await this.#glance();
      }
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.#following = false;
    }
  }

  /** @returns {Promise<number>} the milliseconds that it held up the run */
  async #glance() {
    const { engine, state } = this.#page;
    const { pictures } = state;
    if (!this.#wantsMap) return 0;
    const { took, pictures: numbers, coordinates, kinds } = await engine.glance(state.settings);
    // Meanwhile there may be other pictures.
    if (this.#page.state.pictures !== pictures || numbers.some((number) => !pictures[number])) return took;
    const before = this.#page.state.sight;
    const shown = numbers.map((number) => pictures[number]);
    const same = before?.pictures.length === shown.length && shown.every((picture, at) => picture === before.pictures[at]);
    const { pictures: kept, labels } = same ? before : { pictures: shown, labels: shown.map(({ label }) => label) };
    const step = this.#page.state.progress.done;
    this.#page.set({ sight: { step, pictures: kept, labels, coordinates: Float32Array.from(coordinates), kinds } });
    return took;
  }

  /** A batch as the network sees it now; before the first step, after a while another. */
  async #rehearse() {
    clearTimeout(this.#timer);
    const { engine, state } = this.#page;
    if (state.pictures.length < LEAST || state.waiting) return;
    const { pictures, progress: { done } } = state;
    const began = performance.now();
    const rehearsal = await engine.rehearse({ ...state.settings, draw: this.#draws });
    const took = performance.now() - began;
    const after = this.#page.state;
    if (after.pictures !== pictures || after.progress.done !== done || after.batch || after.running) return;
    this.#page.set({ rehearsal });
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!done && !still && ++this.#draws < DRAWS) this.#timer = setTimeout(() => this.#redraw(), Math.max(DRAW_EVERY, took / SHARE));
  }

  async #redraw() {
    const { state } = this.#page;
    if (state.running || state.progress.done || state.refused) return;
    // A lesson speaks of what is shown.
    if (document.hidden || state.busy || state.lectern) {
      this.#timer = setTimeout(() => this.#redraw(), DRAW_EVERY);
      return;
    }
    await this.#rehearse().catch((error) => this.#failed(error));
  }
}

/** What something was made of. */
class Known {
  /** @type {readonly unknown[]} */ #parts = [];

  /** Is it other than before? @param {readonly unknown[]} parts */
  changes(parts) {
    const same = parts.length === this.#parts.length && parts.every((part, index) => Object.is(part, this.#parts[index]));
    this.#parts = parts;
    return !same;
  }

  forget() {
    this.#parts = [];
  }
}
