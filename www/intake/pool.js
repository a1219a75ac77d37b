// A few workers that decode, and the memory that they share.
import { startWorker } from '../files/files.js';
import { failure, plain } from './failure.js';
import { LIMITS } from './limits.js';

/**
 * @typedef {Uint8Array | import('./content.js').Other} Result RGB bytes of the middle square, or what else it is
 *
 * @typedef {object} Job
 * @property {Blob} blob
 * @property {(result: Result) => void} resolve
 * @property {(error: unknown) => void} reject
 */

/** One for each core but the page's own; two at least, so that a file that hangs holds up no other. */
const SIZE = Math.max(2, Math.min(4, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1));

/** Decodes files in workers of its own, each file within the limits of time and memory. */
export class DecodePool {
  #size;
  /** @type {Slot[]} */ #idle = [];
  /** @type {Set<Slot>} */ #busy = new Set();
  /** @type {Job[]} */ #jobs = [];
  /** Slots that wait for memory, in order. @type {Slot[]} */ #thirsty = [];
  #pixels = 0;

  constructor(size = SIZE) {
    this.#size = size;
  }

  /** How many files it is worth to hand over at a time. */
  get ahead() {
    return 3 * this.#size;
  }

  /** @param {Blob} blob @returns {Promise<Result>} */
  async decode(blob) {
    try {
      return await new Promise((resolve, reject) => {
        this.#jobs.push({ blob, resolve, reject });
        this.#next();
      });
    } catch (error) {
      // Opened from a disk, WebKit's workers read nothing, and its page does.
      if (/** @type {any} */ (error).code === 'cannotRead') return decodeHere(blob);
      throw error;
    }
  }

  /** Gives up everything under way: those who wait are told `cancelled`. */
  close() {
    for (const { reject } of this.#jobs.splice(0)) reject(failure('cancelled'));
    for (const slot of this.#busy) slot.end(failure('cancelled'));
    for (const slot of this.#idle.splice(0)) slot.worker.terminate();
    this.#thirsty = [];
  }

  #next() {
    while (this.#jobs.length && (this.#idle.length || this.#busy.size < this.#size)) {
      const slot = this.#idle.pop() ?? new Slot(this.#needs.bind(this), this.#done.bind(this));
      this.#busy.add(slot);
      slot.start(/** @type {Job} */ (this.#jobs.shift()));
    }
  }

  /** @param {Slot} slot */
  #needs(slot) {
    this.#thirsty.push(slot);
    this.#pour();
  }

  /** The first in the row is served first, so that a large picture is not passed by for ever. */
  #pour() {
    while (this.#thirsty.length && this.#pixels + this.#thirsty[0].pixels <= LIMITS.pixelsAtOnce) {
      const slot = /** @type {Slot} */ (this.#thirsty.shift());
      this.#pixels += slot.pixels;
      slot.grant();
    }
  }

  /** @param {Slot} slot @param {boolean} usable */
  #done(slot, usable) {
    this.#busy.delete(slot);
    if (usable) this.#idle.push(slot);
    if (slot.granted) this.#pixels -= slot.pixels;
    this.#thirsty = this.#thirsty.filter((other) => other !== slot);
    this.#pour();
    this.#next();
  }
}

/** @param {Blob} blob */
async function decodeHere(blob) {
  const { decodeSquare } = await import('./decode.js');
  return decodeSquare(blob, async () => {}).catch((error) => {
    const { code, details } = plain(error);
    throw failure(code, details);
  });
}

/** A worker and the file it is at. */
class Slot {
  pixels = 0;
  granted = false;
  /** @type {Job | undefined} */ #job;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #clock;
  #needs;
  #done;

  /** @param {(slot: Slot) => void} needs @param {(slot: Slot, usable: boolean) => void} done */
  constructor(needs, done) {
    this.#needs = needs;
    this.#done = done;
    this.worker = startWorker('decoder');
    this.worker.onmessage = ({ data }) => this.#receive(data);
    // Out of memory, perhaps, or the program could not be loaded.
    this.worker.onerror = ({ message }) => this.end(failure('decodingFailed', { reason: message ?? 'worker' }));
  }

  /** @param {Job} job */
  start(job) {
    this.#job = job;
    [this.pixels, this.granted] = [0, false];
    this.#wind();
    this.worker.postMessage({ blob: job.blob });
  }

  grant() {
    this.granted = true;
    this.#wind();
    this.worker.postMessage({ granted: true });
  }

  /** The file is given up, and the worker with it. @param {unknown} error */
  end(error) {
    this.worker.terminate();
    this.#finish(false, (job) => job.reject(error));
  }

  /** Waiting for memory does not count. */
  #wind() {
    clearTimeout(this.#clock);
    this.#clock = setTimeout(() => this.end(failure('tookTooLong', { seconds: LIMITS.seconds })), LIMITS.seconds * 1000);
  }

  /** @param {{ needs?: number, result?: Result, error?: any }} message */
  #receive({ needs, result, error }) {
    if (needs !== undefined) {
      clearTimeout(this.#clock);
      this.pixels = needs;
      this.#needs(this);
    } else if (error) this.#finish(true, (job) => job.reject(failure(error.code, error.details)));
    else if (result) this.#finish(true, (job) => job.resolve(result));
  }

  /** @param {boolean} usable @param {(job: Job) => void} settle */
  #finish(usable, settle) {
    clearTimeout(this.#clock);
    const job = this.#job;
    this.#job = undefined;
    if (!job) return;
    this.#done(this, usable);
    settle(job);
  }
}
