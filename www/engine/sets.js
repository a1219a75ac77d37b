// The pictures of a session: which set is in use, and the photos that are kept beside it.
import { intake } from '../intake/intake.js';
import { LIMITS } from '../intake/limits.js';
import { Calls } from './calls.js';

/** Pictures that training needs. */
export const LEAST = 2;
/** Pictures sent to the worker in one message. */
const AT_ONCE = 500;

/**
 * @typedef {import('contrastive-playground').SetReport} SetReport
 * @typedef {import('contrastive-playground').Policy} Policy
 * @typedef {import('contrastive-playground').Preset} Preset
 * @typedef {import('./album.js').Album} Album
 * @typedef {import('./album.js').Square} Square
 * @typedef {import('../intake/intake.js').Skipped} Skipped a file that was not added, and why
 * @typedef {{ added: number, skipped: Skipped[], waiting: boolean }} Added `waiting`: for the epoch in hand to end
 */

/** Fires `waits`, `set` and `problem`, as the session says. */
export class Sets extends Calls {
  /** Whether the photos are in use, and at which side. */
  #own = false;
  #side = 32;
  /** The pictures reach the worker in the order of their changes. @type {Promise<unknown>} */
  #synced = Promise.resolve();
  #changesWait = false;
  /** @type {Promise<Square[]> | undefined} */ #emoji;

  /** @param {Worker} worker @param {Album} photos */
  constructor(worker, photos) {
    super(worker);
    /** The visitor's pictures, whether in use or not; to be changed through its own methods. */
    this.photos = photos;
    photos.addEventListener('change', this.#changed);
  }

  /** The built-in shapes, drawn from a seed. Ends the run. */
  useShapes({ count = 1024, side = 32, seed = 0 } = {}) {
    return this.#use(false, side, () => this.call('useShapes', { count, side, seed }));
  }

  /** The built-in emoji, with their categories as labels. Ends the run. */
  async useEmoji({ side = 32 } = {}) {
    const squares = await this.emoji();
    return this.#use(false, side, () => this.#fill(squares, side));
  }

  /** The photos added so far, resized to this side. Ends the run. */
  usePhotos({ side = 32 } = {}) {
    // As they are now: what changes from now on comes after.
    const { pictures } = this.photos;
    return this.#use(true, side, () => this.#fill(pictures, side));
  }

  /** Drawn shapes, to look at or to add. @returns {Promise<Square[]>} */
  async shapes({ count = 1024, side = 32, seed = 0 } = {}) {
    return apart(await this.call('shapes', { count, side, seed }));
  }

  /** The emoji, to look at or to add. @returns {Promise<Square[]>} */
  emoji() {
    // Fetched and decoded once; where that failed, it may be tried again.
    this.#emoji ??= this.call('emoji').catch(emojiHere).then(apart);
    this.#emoji.catch(() => (this.#emoji = undefined));
    return this.#emoji;
  }

  /**
   * Adds picture files, folders of them (their names become labels), zip and tar archives, and CIFAR-10's
   * binary batches to `photos`, and uses these. What cannot be read is in `skipped`, with why. During
   * training they join when the epoch in hand ends.
   * @param {Iterable<File | import('../intake/sources.js').Source>} files
   * @param {{ onProgress?: (count: import('../intake/intake.js').Count) => void, signal?: AbortSignal,
   *   use?: boolean }} [options] `use`: false adds them without using them
   */
  async addPhotos(files, { onProgress, signal, use = true } = {}) {
    let added = 0;
    /** @type {Skipped[]} */
    let full = [];
    const skipped = await intake([...files], {
      readCifar: async (file) => apart(await this.call('cifar10', await file.arrayBuffer())),
      take: (squares) => {
        const left = this.#take(squares);
        added += squares.length - left.length;
        full = full.concat(left);
      },
      onProgress,
      signal,
    });
    await this.#settled(use);
    return { added, skipped: skipped.concat(full), waiting: this.#changesWait };
  }

  /** Adds squares: of a camera, or of a built-in set. @param {Square[]} squares @returns {Promise<Added>} */
  async addSquares(squares, { use = true } = {}) {
    const skipped = this.#take(squares);
    await this.#settled(use);
    return { added: squares.length - skipped.length, skipped, waiting: this.#changesWait };
  }

  /** Pictures in use that look alike: numbers in the set, in groups. */
  async duplicates() {
    /** @type {import('contrastive-playground').Duplicates} */
    const { groups } = await this.ask('duplicates');
    return groups;
  }

  /** The pictures in use. */
  set() {
    return /** @type {Promise<SetReport>} */ (this.call('set'));
  }

  /** RGBA squares of the pictures in use. @param {number} start @param {number} count */
  thumbnails(start, count) {
    return /** @type {Promise<Uint8ClampedArray>} */ (this.call('thumbnails', start, count));
  }

  /** A recipe of views, for `settings.policy`. @param {Preset} name */
  preset(name) {
    return /** @type {Promise<Policy>} */ (this.call('preset', name));
  }

  /** @param {boolean} own @param {number} side @param {() => Promise<SetReport>} task */
  #use(own, side, task) {
    return this.#sync(async () => {
      const set = await task();
      [this.#own, this.#side, this.#changesWait] = [own, side, false];
      return set;
    });
  }

  /** The worker's set becomes these pictures. @param {readonly Square[]} pictures @param {number} side */
  async #fill(pictures, side) {
    await this.call('useOwn', { side });
    for (let start = 0; start < pictures.length; start += AT_ONCE) {
      await this.call('change', { kind: 'add', pictures: pictures.slice(start, start + AT_ONCE) });
    }
    return this.set();
  }

  /** Every change has reached the worker, and the photos are in use if they are to be. @param {boolean} use */
  async #settled(use) {
    await this.#synced;
    if (use && !this.#own) await this.usePhotos({ side: this.#side });
    await this.#synced;
  }

  /** As many squares as there is room for; the others are skipped. @param {Square[]} squares @returns {Skipped[]} */
  #take(squares) {
    let room = LIMITS.keptBytes - this.photos.bytes;
    const fits = squares.findIndex(({ rgb }) => (room -= rgb.length) < 0);
    const [taken, left] = fits < 0 ? [squares, []] : [squares.slice(0, fits), squares.slice(fits)];
    this.photos.add(taken);
    const details = { limit: this.photos.pictures.length };
    return left.map(({ name }) => ({ name, code: 'setFull', details }));
  }

  /** The photos changed: the worker's are changed likewise, if they are in use. @param {Event} event */
  #changed = (event) => {
    const change = /** @type {CustomEvent<import('./album.js').Change>} */ (event).detail;
    // The worker has no use for the pixels of those that only change their labels.
    const sent = change.kind === 'label' ? { ...change, pictures: [] } : change;
    this.#sync(async () => {
      if (!this.#own) return;
      const { waits } = await this.call('change', sent);
      this.#changesWait = waits;
      if (waits) this.dispatchEvent(new Event('waits'));
    }).catch((error) => this.dispatchEvent(new CustomEvent('problem', { detail: error })));
  };

  /** As `call`, of pictures by their numbers: after the changes made so far. @protected @param {string} method @param {...unknown} args */
  ask(method, ...args) {
    return this.#sync(() => this.call(method, ...args));
  }

  /** @protected @override @param {string} event @param {any} message */
  told(event, message) {
    if (event !== 'set') return super.told(event, message);
    this.#changesWait = false;
    this.dispatchEvent(new CustomEvent('set', { detail: message }));
  }

  /** @protected @override @param {import('./calls.js').SessionError} error */
  ended(error) {
    super.ended(error);
    this.photos.removeEventListener('change', this.#changed);
  }

  /** @template T @param {() => Promise<T>} task @returns {Promise<T>} */
  #sync(task) {
    const result = this.#synced.then(task);
    this.#synced = result.catch(() => {});
    return result;
  }
}

/**
 * Many squares that came in one piece.
 * @param {import('contrastive-playground').SquaresReport & { pixels: Uint8Array }} squares
 * @returns {Square[]}
 */
function apart({ side, names, labels, pixels }) {
  const bytes = side * side * 3;
  return names.map((name, index) => ({
    name,
    label: labels[index] || undefined,
    side,
    rgb: pixels.slice(index * bytes, (index + 1) * bytes),
  }));
}

/** Opened from a disk, WebKit's workers decode no picture, and its page does. @param {any} error */
async function emojiHere(error) {
  if (error.code !== 'cannotLoadSet') throw error;
  return (await import('./emoji.js')).emoji();
}
