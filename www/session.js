// The public API: a session of training in a worker.
//
//   const session = await Session.create({ device: 'auto' });
//   await session.addPhotos(files);
//   for await (const report of session.train({ steps: 200 })) console.log(report.losses);

/**
 * @typedef {import('contrastive-playground').DeviceReport} DeviceReport
 * @typedef {import('contrastive-playground').TrainSettings} TrainSettings
 * @typedef {import('contrastive-playground').SetReport} SetReport
 * @typedef {import('contrastive-playground').Progress} Progress
 * @typedef {import('contrastive-playground').Losses} Losses
 * @typedef {import('contrastive-playground').BatchReport} BatchReport
 * @typedef {import('contrastive-playground').AnchorView} AnchorView
 * @typedef {import('contrastive-playground').DeviceChoice} DeviceChoice
 * @typedef {import('contrastive-playground').Policy} Policy
 * @typedef {import('contrastive-playground').Preset} Preset
 * @typedef {BatchReport & { pixels: Uint8ClampedArray, anchor: AnchorView }} Batch a step's batch,
 *   with its views in RGBA and the anchor that was asked for last
 * @typedef {{ progress: Progress, losses: Losses, batch?: Batch, at: number }} Report
 * @typedef {{ index: number, name: string, code: string }} Skipped a file that was not added: its place
 *   among those given, its name, and why
 * @typedef {{ set: SetReport, skipped: Skipped[] }} Added
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

/** Fires `adding` (detail: `{ done, total }`) while files are decoded. */
export class Session extends EventTarget {
  /** @type {Worker} */ #worker;
  #next = 1;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {{ report: (report: Report) => void, stopped: (error?: SessionError) => void } | undefined} */
  #listener;
  /** @type {SessionError | undefined} Set once the worker is beyond use. */
  #crash;

  /** @type {DeviceReport} */ device;
  /** @type {TrainSettings} What is used where `train` is told nothing else. */ settings;

  /** @param {Worker} worker @private */
  constructor(worker) {
    super();
    this.#worker = worker;
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
   * @param {{ device?: DeviceChoice } & Partial<TrainSettings>} [options]
   */
  static async create({ device = 'auto', ...settings } = {}) {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    const session = new Session(worker);
    try {
      const opened = await session.#call('create', device);
      session.device = opened.device;
      session.settings = { ...opened.settings, ...settings };
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  /** The built-in pictures, drawn from a seed. Ends the run. */
  useShapes({ count = 1024, side = 32, seed = 0 } = {}) {
    return /** @type {Promise<SetReport>} */ (this.#call('useShapes', { count, side, seed }));
  }

  /** The photos added so far, decoded at this side. Ends the run. */
  usePhotos({ side = 32 } = {}) {
    return /** @type {Promise<Added>} */ (this.#call('useOwn', { side }));
  }

  /**
   * Adds picture files, in place of the built-in pictures; those that cannot be read are in `skipped`.
   * @param {Iterable<File>} files
   */
  addPhotos(files) {
    return /** @type {Promise<Added>} */ (this.#call('addFiles', [...files]));
  }

  /** Removes all photos. */
  forgetPhotos() {
    return /** @type {Promise<SetReport>} */ (this.#call('forgetFiles'));
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
   * Two views of each of some pictures: RGBA squares, first every first view, then every second.
   * @param {number[]} pictures @param {{ policy?: Policy, seed?: number, draw?: number }} [options]
   */
  preview(pictures, { policy = this.settings.policy, seed = 0, draw = 0 } = {}) {
    return /** @type {Promise<Uint8ClampedArray>} */ (this.#call('preview', policy, pictures, seed, draw));
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

  /** Checks settings and takes them. @param {Partial<TrainSettings>} settings */
  configure(settings) {
    this.settings = { ...this.settings, ...settings };
    return /** @type {Promise<Progress>} */ (this.#call('configure', this.settings));
  }

  /** Forgets what was learned; the pictures stay. */
  reset() {
    return /** @type {Promise<void>} */ (this.#call('reset'));
  }

  /**
   * An anchor of the last reported batch, and of those that will be reported.
   * @param {number} anchor @param {number} [hardest]
   */
  inspect(anchor, hardest = 5) {
    return /** @type {Promise<AnchorView>} */ (this.#call('inspect', anchor, hardest));
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

  /** The pictures most similar to one, itself first. @param {number} picture @param {number} [count] */
  nearest(picture, count = 10) {
    return /** @type {Promise<import('contrastive-playground').Neighbours>} */ (this.#call('nearest', picture, count));
  }

  /** All pictures on the principal axes of their representations. @param {2 | 3} [dimensions] */
  pca(dimensions = 2) {
    return /** @type {Promise<import('contrastive-playground').Pca>} */ (this.#call('pca', dimensions));
  }

  /** Which parts of a picture make it similar to another. @param {number} picture @param {number} other */
  occlusion(picture, other) {
    return /** @type {Promise<import('contrastive-playground').OcclusionMap>} */ (
      this.#call('occlusion', picture, other)
    );
  }

  /** Alignment and uniformity of the latest step's projections. */
  geometry() {
    return /** @type {Promise<import('contrastive-playground').Geometry | undefined>} */ (this.#call('geometry'));
  }

  /** The run as a checkpoint, a safetensors file; `undefined` where there is no run. */
  save() {
    return /** @type {Promise<Uint8Array | undefined>} */ (this.#call('save'));
  }

  /** Goes on with the run of a checkpoint, with its settings. @param {Uint8Array} file */
  async load(file) {
    this.settings = await this.#call('load', file);
    return this.settings;
  }

  close() {
    this.#worker.terminate();
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
    else if (event) this.dispatchEvent(new CustomEvent(event, { detail: rest }));
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
    this.#listener?.stopped(this.#crash);
    for (const { reject } of this.#waiting.values()) reject(this.#crash);
    this.#waiting.clear();
  }
}
