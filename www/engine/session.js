// The public API: a session of training in a worker.
//
//   const session = await Session.create({ device: 'auto' });
//   await session.addPhotos(files);
//   for await (const report of session.train({ steps: 200 })) console.log(report.losses);
import { Album } from './album.js';
import { intake } from '../intake/intake.js';
import { LIMITS } from '../intake/limits.js';

export { anchorOf } from './batch.js';

/** Pictures sent to the worker in one message. */
const AT_ONCE = 500;

/**
 * @typedef {import('contrastive-playground').DeviceReport} DeviceReport
 * @typedef {import('contrastive-playground').TrainSettings} TrainSettings
 * @typedef {import('contrastive-playground').SettingRange} SettingRange
 * @typedef {import('contrastive-playground').SetReport} SetReport
 * @typedef {import('contrastive-playground').Progress} Progress
 * @typedef {import('contrastive-playground').Losses} Losses
 * @typedef {import('contrastive-playground').BatchReport} BatchReport
 * @typedef {import('contrastive-playground').DeviceChoice} DeviceChoice
 * @typedef {import('contrastive-playground').Policy} Policy
 * @typedef {import('contrastive-playground').Preset} Preset
 * @typedef {BatchReport & import('./batch.js').Tables & { pixels: Uint8ClampedArray }} Batch a step's batch, with
 *   its views in RGBA, and what the loss compared; `anchorOf` of `batch.js` tells of one anchor
 * @typedef {{ progress: Progress, losses: Losses, batch?: Batch, at: number }} Report
 * @typedef {import('./album.js').Square} Square
 * @typedef {import('./album.js').Picture} Picture
 * @typedef {import('../intake/intake.js').Skipped} Skipped a file that was not added, and why
 * @typedef {{ added: number, skipped: Skipped[], waiting: boolean }} Added `waiting`: for the epoch in hand to end
 */

/** Something went wrong; `code` and `details` say what, in a form that can be translated. */
export class SessionError extends Error {
  /** @param {{ code: string, details: Record<string, any>, message: string }} error */
  constructor({ code, details, message }) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/**
 * Fires `waits` when a change of the photos waits for the end of an epoch, `set` (detail: `{ set }`) when such
 * changes have taken effect, and `problem` (a {@link SessionError}) when one could not.
 */
export class Session extends EventTarget {
  /** @type {Worker} */ #worker;
  #next = 1;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {{ report: (report: Report) => void, stopped: (error?: SessionError) => void } | undefined} */
  #listener;
  /** @type {SessionError | undefined} Set once the worker is beyond use. */
  #crash;

  /** Whether the photos are in use, and at which side. */
  #own = false;
  #side = 32;
  /** The pictures reach the worker in the order of their changes. @type {Promise<unknown>} */
  #synced = Promise.resolve();
  #changesWait = false;
  /** @type {Promise<Square[]> | undefined} */ #emoji;

  /** @type {DeviceReport} */ device;
  /** @type {TrainSettings} What is used where `train` is told nothing else. */ settings;
  /** What each setting that is a number may be. @type {Record<string, SettingRange>} */ ranges = {};

  /** @param {Worker} worker @param {Album} photos @private */
  constructor(worker, photos) {
    super();
    this.#worker = worker;
    /** The visitor's pictures, whether in use or not; to be changed through its own methods. */
    this.photos = photos;
    photos.addEventListener('change', this.#changed);
    // Both are replaced by the worker's first answer, before anyone outside sees the session.
    this.device = { kind: 'cpu', adapter: '' };
    this.settings = /** @type {TrainSettings} */ ({});
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail({ code: 'crashed', details: { reason: event.message ?? 'worker' }, message: event.message });
    };
  }

  /**
   * Starts a worker and opens a device; `session.device` says which, and why.
   * @param {{ device?: DeviceChoice, photos?: Album } & Partial<TrainSettings>} [options] `photos`: of a
   *   session before this one
   */
  static async create({ device = 'auto', photos = new Album(), ...settings } = {}) {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    const session = new Session(worker, photos);
    try {
      const opened = await session.#call('create', device);
      session.device = opened.device;
      session.settings = { ...opened.settings, ...settings };
      session.ranges = opened.ranges;
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  /** The built-in shapes, drawn from a seed. Ends the run. */
  useShapes({ count = 1024, side = 32, seed = 0 } = {}) {
    return this.#use(false, side, () => this.#call('useShapes', { count, side, seed }));
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
    return apart(await this.#call('shapes', { count, side, seed }));
  }

  /** The emoji, to look at or to add. @returns {Promise<Square[]>} */
  emoji() {
    // Fetched and decoded once; where that failed, it may be tried again.
    this.#emoji ??= this.#call('emoji').then(apart);
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
      readCifar: async (file) => apart(await this.#call('cifar10', file)),
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
    const { groups } = await this.#ask('duplicates');
    return groups;
  }

  /** The pictures in use. */
  set() {
    return /** @type {Promise<SetReport>} */ (this.#call('set'));
  }

  /** RGBA squares of the pictures in use. @param {number} start @param {number} count */
  thumbnails(start, count) {
    return /** @type {Promise<Uint8ClampedArray>} */ (this.#call('thumbnails', start, count));
  }

  /**
   * Two views of each of some pictures, first every first view, then every second: RGBA squares, and what was
   * done to each.
   * @param {number[]} pictures @param {{ policy?: Policy, seed?: number, draw?: number }} [options]
   */
  preview(pictures, { policy = this.settings.policy, seed = 0, draw = 0 } = {}) {
    return /** @type {Promise<import('contrastive-playground').ViewsReport & { pixels: Uint8ClampedArray }>} */ (
      this.#call('preview', policy, pictures, seed, draw)
    );
  }

  /** What the model of some settings costs. @param {Partial<TrainSettings>} [settings] */
  modelCost(settings = {}) {
    return /** @type {Promise<import('contrastive-playground').ModelCost>} */ (
      this.#call('modelCost', { ...this.settings, ...settings })
    );
  }

  /** A recipe of views, for `settings.policy`. @param {Preset} name */
  preset(name) {
    return /** @type {Promise<Policy>} */ (this.#call('preset', name));
  }

  /**
   * Trains until the steps are done or `pause` is called, and yields reports on the way.
   * @param {Partial<TrainSettings>} [settings]
   * @returns {AsyncGenerator<Report, void, void>}
   */
  async *train(settings = {}) {
    await this.configure(settings);
    /** @type {Report[]} */
    const reports = [];
    let wake = () => {};
    /** @type {{ error?: SessionError } | undefined} */
    let end;
    this.#listener = {
      report: (report) => (reports.push(report), wake()),
      stopped: (error) => ((end = { error }), wake()),
    };
    this.#post('train');
    try {
      while (!end || reports.length) {
        const report = reports.shift();
        if (report) yield report;
        else await new Promise((resolve) => (wake = () => resolve(undefined)));
      }
      if (end.error) throw end.error;
    } finally {
      // The one who listens may leave the loop early.
      if (!end) this.pause();
      this.#listener = undefined;
    }
  }

  /** Ends the run of `train` after the step in hand. */
  pause() {
    this.#post('pause');
  }

  /** One step. @param {Partial<TrainSettings>} [settings] */
  async step(settings = {}) {
    await this.configure(settings);
    return /** @type {Promise<Report>} */ (this.#call('step'));
  }

  /** Can these settings be trained with, on the pictures in use? Throws why not. @param {Partial<TrainSettings>} [settings] */
  check(settings = {}) {
    return /** @type {Promise<void>} */ (this.#call('check', { ...this.settings, ...settings }));
  }

  /** Checks settings and takes them. @param {Partial<TrainSettings>} settings */
  configure(settings) {
    this.settings = { ...this.settings, ...settings };
    return /** @type {Promise<Progress>} */ (this.#call('configure', this.settings));
  }

  /** Forgets what was learned; the pictures stay. */
  reset() {
    return /** @type {Promise<void>} */ (this.#call('reset'));
  }

  /** What the latest step's batch compares with nothing learned: its tables, to be put in place of the batch's. */
  start() {
    return /** @type {Promise<Pick<Batch, 'columns' | 'similarities' | 'shares' | 'positives' | 'losses'> | undefined>} */ (
      this.#call('start')
    );
  }

  /**
   * The encoder beside the untrained one and the raw pixels, on held-out pictures.
   * @param {{ probeSteps?: number }} [options] a linear probe as well, which takes longer; 100 steps are enough
   */
  evaluate({ probeSteps = 0 } = {}) {
    return /** @type {Promise<import('contrastive-playground').Report>} */ (this.#call('evaluate', probeSteps));
  }

  /** Fine-tuning with a few labels, against new weights. @param {{ perClass?: number, steps?: number }} [options] */
  fewLabels({ perClass = 10, steps = 100 } = {}) {
    return /** @type {Promise<import('contrastive-playground').FineTuneResult>} */ (
      this.#call('fewLabels', perClass, steps)
    );
  }

  /** What is kept of each factor of the built-in pictures. */
  factors() {
    return /** @type {Promise<import('contrastive-playground').FactorTable>} */ (this.#call('factors'));
  }

  /** The class of every built-in shape by each factor of how it was drawn; none for other pictures. */
  factorClasses() {
    return /** @type {Promise<import('contrastive-playground').FactorClasses[]>} */ (this.#call('factorClasses'));
  }

  /** The pictures most similar to one, itself first. @param {number} picture @param {number} [count] */
  nearest(picture, count = 10) {
    return /** @type {Promise<import('contrastive-playground').Neighbours>} */ (this.#ask('nearest', picture, count));
  }

  /** The pictures most similar to one that is not among them. @param {Square} square @param {number} [count] */
  nearestTo(square, count = 10) {
    return /** @type {Promise<import('contrastive-playground').Neighbours>} */ (this.#ask('nearestTo', square, count));
  }

  /** The representation h of every picture in use, row by row. */
  embeddings() {
    return /** @type {Promise<Float32Array>} */ (this.#ask('embeddings'));
  }

  /** All pictures on the principal axes of their representations. @param {2 | 3} [dimensions] */
  pca(dimensions = 2) {
    return /** @type {Promise<import('contrastive-playground').Pca>} */ (this.#ask('pca', dimensions));
  }

  /** Which parts of a picture make it similar to another. @param {number} picture @param {number} other */
  occlusion(picture, other) {
    return /** @type {Promise<import('contrastive-playground').OcclusionMap>} */ (
      this.#ask('occlusion', picture, other)
    );
  }

  /** The run as a checkpoint, a safetensors file, and its step; `undefined` where there is no run. */
  save() {
    return /** @type {Promise<{ step: number, file: Blob } | undefined>} */ (this.#call('save'));
  }

  /** Encoder and head for PyTorch, a safetensors file; `undefined` where there is no run. */
  async weights() {
    const bytes = await this.#call('weights');
    return bytes && new Blob([bytes]);
  }

  /** Goes on with the run of a checkpoint, with its settings. @param {Blob} file */
  async load(file) {
    const { settings, progress } = await this.#call('load', file);
    this.settings = settings;
    return /** @type {{ settings: TrainSettings, progress: Progress }} */ ({ settings, progress });
  }

  /** Ends the worker; whoever waits for it is told. */
  close() {
    const message = 'the session was closed';
    this.#crash ??= new SessionError({ code: 'closed', details: {}, message });
    this.photos.removeEventListener('change', this.#changed);
    this.#worker.terminate();
    this.#listener?.stopped(this.#crash);
    for (const { reject } of this.#waiting.values()) reject(this.#crash);
    this.#waiting.clear();
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
    await this.#call('useOwn', { side });
    for (let start = 0; start < pictures.length; start += AT_ONCE) {
      await this.#call('change', { kind: 'add', pictures: pictures.slice(start, start + AT_ONCE) });
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
      const { waits } = await this.#call('change', sent);
      this.#changesWait = waits;
      if (waits) this.dispatchEvent(new Event('waits'));
    }).catch((error) => this.dispatchEvent(new CustomEvent('problem', { detail: error })));
  };

  /** As `#call`, of pictures by their numbers: after the changes made so far. @param {string} method @param {...unknown} args */
  #ask(method, ...args) {
    return this.#sync(() => this.#call(method, ...args));
  }

  /** @template T @param {() => Promise<T>} task @returns {Promise<T>} */
  #sync(task) {
    const result = this.#synced.then(task);
    this.#synced = result.catch(() => {});
    return result;
  }

  /** @param {string} method @param {...unknown} args */
  #post(method, ...args) {
    const id = this.#next++;
    this.#worker.postMessage({ id, method, args });
    return id;
  }

  /** @param {string} method @param {...unknown} args @returns {Promise<any>} */
  #call(method, ...args) {
    if (this.#crash) return Promise.reject(this.#crash);
    return new Promise((resolve, reject) => {
      this.#waiting.set(this.#post(method, ...args), { resolve, reject });
    });
  }

  /** @param {any} message */
  #receive({ id, result, error, event, ...rest }) {
    if (error?.code === 'crashed') return this.#fail(error);
    if (event === 'report') this.#listener?.report(rest.report);
    else if (event === 'stopped') this.#listener?.stopped(error && new SessionError(error));
    else if (event === 'set') {
      this.#changesWait = false;
      this.dispatchEvent(new CustomEvent('set', { detail: rest }));
    }
    else {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new SessionError(error));
      else waiting?.resolve(result);
    }
  }

  /** The worker is beyond use: whoever waits is told. @param {any} error */
  #fail(error) {
    this.#crash = new SessionError(error);
    this.close();
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
