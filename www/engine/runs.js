// A run of a session: its settings, its steps, its checkpoint.
import { SessionError } from './calls.js';
import { Sets } from './sets.js';

/**
 * @typedef {import('contrastive-playground').TrainSettings} TrainSettings
 * @typedef {import('contrastive-playground').SettingRange} SettingRange
 * @typedef {import('contrastive-playground').Progress} Progress
 * @typedef {import('contrastive-playground').Losses} Losses
 * @typedef {import('contrastive-playground').BatchReport} BatchReport
 * @typedef {BatchReport & import('./batch.js').Tables & { pixels: Uint8ClampedArray }} Batch a step's batch, with
 *   its views in RGBA, and what the loss compared; `anchorOf` of `batch.js` tells of one anchor
 * @typedef {{ progress: Progress, losses: Losses, batch?: Batch, at: number }} Report
 */

export class Runs extends Sets {
  /** @type {TrainSettings} What is used where `train` is told nothing else. */
  settings = /** @type {TrainSettings} */ ({});
  /** What each setting that is a number may be. @type {Record<string, SettingRange>} */ ranges = {};
  /** How many instances make a step on the CPU, or will make the first; none on a GPU. @type {number | undefined} */ instances;
  /** @type {{ report: (report: Report) => void, stopped: (error?: SessionError) => void } | undefined} */
  #listener;
  /** It may be before the run has begun. */
  #paused = false;

  /**
   * Two views of each of some pictures, first every first view, then every second: RGBA squares, and what was
   * done to each.
   * @param {number[]} pictures @param {{ policy?: import('./sets.js').Policy, seed?: number, draw?: number }} [options]
   */
  preview(pictures, { policy = this.settings.policy, seed = 0, draw = 0 } = {}) {
    return /** @type {Promise<import('contrastive-playground').ViewsReport & { pixels: Uint8ClampedArray }>} */ (
      this.call('preview', policy, pictures, seed, draw)
    );
  }

  /** What the model of some settings costs. @param {Partial<TrainSettings>} [settings] */
  modelCost(settings = {}) {
    return /** @type {Promise<import('contrastive-playground').ModelCost>} */ (
      this.call('modelCost', { ...this.settings, ...settings })
    );
  }

  /**
   * Trains until the steps are done or `pause` is called, and yields reports on the way.
   * @param {Partial<TrainSettings>} [settings]
   * @returns {AsyncGenerator<Report, void, void>}
   */
  async *train(settings = {}) {
    this.#paused = false;
    await this.configure(settings);
    if (this.#paused) return;
    /** @type {Report[]} */
    const reports = [];
    let wake = () => {};
    /** @type {{ error?: SessionError } | undefined} */
    let end;
    this.#listener = {
      report: (report) => (reports.push(report), wake()),
      stopped: (error) => ((end = { error }), wake()),
    };
    this.post('train');
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

  /**
   * How many instances of the program, each on a core of its own, make a step on the CPU. The steps are the same with any
   * number; `instances` is how many there are, and fires `instances` when that changes.
   * @param {number} instances
   */
  useInstances(instances) {
    return /** @type {Promise<void>} */ (this.call('useInstances', instances));
  }

  /** Ends the run of `train` after the step in hand. */
  pause() {
    this.#paused = true;
    this.post('pause');
  }

  /** One step. @param {Partial<TrainSettings>} [settings] */
  async step(settings = {}) {
    await this.configure(settings);
    return /** @type {Promise<Report>} */ (this.call('step'));
  }

  /**
   * A batch as the network sees it now, with nothing learned from it: the first that a run could begin with, or one
   * beside those of a run that has begun.
   * @param {Partial<TrainSettings> & { draw?: number }} [settings] `draw`: another number, other pictures and views
   */
  rehearse({ draw = 0, ...settings } = {}) {
    return /** @type {Promise<Batch>} */ (this.ask('rehearse', { ...this.settings, ...settings }, draw));
  }

  /**
   * Can these settings be trained with, on the pictures in use? Gives the levels of their loss, chance and floor, or
   * throws why not.
   * @param {Partial<TrainSettings>} [settings]
   */
  check(settings = {}) {
    return /** @type {Promise<import('contrastive-playground').Levels>} */ (this.call('check', { ...this.settings, ...settings }));
  }

  /** Checks settings and takes them. @param {Partial<TrainSettings>} settings */
  configure(settings) {
    this.settings = { ...this.settings, ...settings };
    return /** @type {Promise<Progress>} */ (this.call('configure', this.settings));
  }

  /** Forgets what was learned; the pictures stay. */
  reset() {
    return /** @type {Promise<void>} */ (this.call('reset'));
  }

  /** What the latest step's batch compares with nothing learned: its tables, to be put in place of the batch's. */
  start() {
    return /** @type {Promise<Pick<Batch, 'columns' | 'similarities' | 'shares' | 'positives' | 'losses'> | undefined>} */ (
      this.call('start')
    );
  }

  /** The run as a checkpoint, a safetensors file, and its step; `undefined` where there is no run. */
  save() {
    return /** @type {Promise<{ step: number, file: Blob } | undefined>} */ (this.call('save'));
  }

  /** Encoder and head for PyTorch, a safetensors file; `undefined` where there is no run. */
  async weights() {
    const bytes = await this.call('weights');
    return bytes && new Blob([bytes]);
  }

  /** Goes on with the run of a checkpoint, with its settings. @param {Blob} file */
  async load(file) {
    const loaded = /** @type {{ settings: TrainSettings, progress: Progress, met: import('contrastive-playground').Acquaintance }} */ (await this.call('load', await file.arrayBuffer()));
    this.settings = loaded.settings;
    return loaded;
  }

  /** @protected @override @param {string} event @param {any} message */
  told(event, message) {
    if (event === 'report') this.#listener?.report(message.report);
    else if (event === 'stopped') this.#listener?.stopped(message.error && new SessionError(message.error));
    else if (event === 'instances') {
      this.instances = message.instances;
      this.dispatchEvent(new Event('instances'));
    }
    else super.told(event, message);
  }

  /** @protected @override @param {SessionError} error */
  ended(error) {
    super.ended(error);
    this.#listener?.stopped(error);
  }
}
