// The public API: a session of training in a worker.
//
//   const session = await Session.create({ device: 'auto' });
//   await session.addPhotos(files);
//   for await (const report of session.train({ steps: 200 })) console.log(report.losses);
import { startWorker } from '../files/files.js';
import { Album } from './album.js';
import { assemble, hasSimd } from './build.js';
import { SessionError } from './calls.js';
import { PointRuns } from './points.js';

export { anchorOf } from './batch.js';
export { SessionError } from './calls.js';

/**
 * @typedef {import('contrastive-playground').DeviceReport} DeviceReport
 * @typedef {import('contrastive-playground').DeviceChoice} DeviceChoice
 * @typedef {import('./album.js').Picture} Picture
 * @typedef {import('./sets.js').SetReport} SetReport
 * @typedef {import('./sets.js').Policy} Policy
 * @typedef {import('./sets.js').Preset} Preset
 * @typedef {import('./sets.js').Square} Square
 * @typedef {import('./sets.js').Skipped} Skipped
 * @typedef {import('./sets.js').Added} Added
 * @typedef {import('./runs.js').TrainSettings} TrainSettings
 * @typedef {import('./runs.js').SettingRange} SettingRange
 * @typedef {import('./runs.js').Progress} Progress
 * @typedef {import('./runs.js').Losses} Losses
 * @typedef {import('./runs.js').Batch} Batch
 * @typedef {import('./runs.js').Report} Report
 * @typedef {import('./points.js').PointSettings} PointSettings
 * @typedef {import('./points.js').PointReport} PointReport
 *
 * @typedef {object} Measured what was learned, as it was measured last
 * @property {number} step
 * @property {import('contrastive-playground').JudgedReport} [report]
 * @property {import('contrastive-playground').FewReport} [few]
 * @property {import('contrastive-playground').FactorTable} [factors]
 */

/**
 * Fires `waits` when a change of the photos waits for the end of an epoch, `set` (detail: `{ set }`) when such
 * changes have taken effect, and `problem` (a {@link SessionError}) when one could not.
 *
 * What it can do is in files by what it is of: its pictures in `sets.js`, training in `runs.js`, on points in
 * `points.js`, and here what was learned.
 */
export class Session extends PointRuns {
  /** Replaced by the worker's first answer, before anyone outside sees the session. @type {DeviceReport} */
  device = { kind: 'cpu', adapter: '' };

  /**
   * Starts a worker and opens a device; `session.device` says which, and why.
   * @param {{ device?: DeviceChoice, photos?: Album, instances?: number } & Partial<TrainSettings>} [options] `photos`:
   *   of a session before this one; `instances`: as for `useInstances`
   */
  static async create({ device = 'auto', photos = new Album(), instances, ...settings } = {}) {
    const session = new Session(startWorker('engine'), photos);
    try {
      // Here it has come, or is on its way, before a worker can ask for it. What fails here, the worker tells of.
      const build = await assemble().catch(() => undefined);
      const opened = await session.call('create', device, instances, build);
      session.device = opened.device;
      session.instances = opened.instances;
      session.settings = { ...opened.settings, ...settings };
      session.ranges = opened.ranges;
      session.pointSettings = opened.pointSettings;
    } catch (error) {
      session.close();
      // What ends before it has begun lacks a file or a skill of the browser.
      const { code, details, message } = /** @type {SessionError} */ (error);
      throw code === 'crashed' ? new SessionError({ code: hasSimd() ? 'notStarted' : 'noSimd', details, message }) : error;
    }
    return session;
  }

  /**
   * The encoder beside the untrained one and the raw pixels, on held-out pictures that it was not trained on.
   * @param {{ probeSteps?: number, seen?: boolean }} [options] `probeSteps`: a linear probe as well, which takes longer;
   *   100 steps are enough. `seen`: all that are held out now judge, those too that were trained on before
   */
  evaluate({ probeSteps = 0, seen = false } = {}) {
    return /** @type {Promise<import('contrastive-playground').JudgedReport>} */ (this.ask('evaluate', probeSteps, seen));
  }

  /**
   * Fine-tuning with a few labels, against new weights.
   * @param {{ perClass?: number, steps?: number, seen?: boolean }} [options] `seen`: as for `evaluate`
   */
  fewLabels({ perClass = 10, steps = 100, seen = false } = {}) {
    return /** @type {Promise<import('contrastive-playground').FewReport>} */ (this.ask('fewLabels', perClass, steps, seen));
  }

  /** What is kept of each factor of the built-in pictures. */
  factors() {
    return /** @type {Promise<import('contrastive-playground').FactorTable>} */ (this.call('factors'));
  }

  /** The class of every built-in shape by each factor of how it was drawn; none for other pictures. */
  factorClasses() {
    return /** @type {Promise<import('contrastive-playground').FactorClasses[]>} */ (this.call('factorClasses'));
  }

  /** The pictures most similar to one, itself first. @param {number} picture @param {number} [count] */
  nearest(picture, count = 10) {
    return /** @type {Promise<import('contrastive-playground').Neighbours>} */ (this.ask('nearest', picture, count));
  }

  /** The pictures most similar to one that is not among them. @param {Square} square @param {number} [count] */
  nearestTo(square, count = 10) {
    return /** @type {Promise<import('contrastive-playground').Neighbours>} */ (this.ask('nearestTo', square, count));
  }

  /** The representation h of every picture in use, row by row. */
  embeddings() {
    return /** @type {Promise<Float32Array>} */ (this.ask('embeddings'));
  }

  /** Numbers of the pictures that judge what was learned, as they are held out and the run has not seen them; none of the built-in shapes. */
  judging() {
    return /** @type {Promise<Uint32Array>} */ (this.call('judging'));
  }

  /** All pictures on the principal axes of their representations. @param {2 | 3} [dimensions] */
  pca(dimensions = 2) {
    return /** @type {Promise<import('contrastive-playground').Pca>} */ (this.ask('pca', dimensions));
  }

  /**
   * The run at a glance: where an even sample of the pictures is now, turned as in the glance before, and how well
   * the neighbours of held-out pictures share their kind. Cheap enough to be asked for while the run goes on: `took`
   * says how many milliseconds it held it up.
   * @param {Partial<TrainSettings>} [settings] of a run that has not begun
   */
  glance(settings = {}) {
    return /** @type {Promise<import('contrastive-playground').Sight & { took: number }>} */ (
      this.ask('glance', { ...this.settings, ...settings })
    );
  }

  /** Which parts of a picture make it similar to another. @param {number} picture @param {number} other */
  occlusion(picture, other) {
    return /** @type {Promise<import('contrastive-playground').OcclusionMap>} */ (
      this.ask('occlusion', picture, other)
    );
  }
}
