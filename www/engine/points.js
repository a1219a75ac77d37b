// Runs on points in place of pictures, beside the run of the session.
import { Runs } from './runs.js';

/**
 * @typedef {import('contrastive-playground').PointSettings} PointSettings
 * @typedef {import('contrastive-playground').PointReport} PointReport
 */

export class PointRuns extends Runs {
  /** What is used where `points` is told nothing else: the article's. @type {PointSettings} */
  pointSettings = /** @type {PointSettings} */ ({});

  /**
   * Trains a linear encoder on points of a few numbers, and yields where they are: before the first epoch, on the way and in
   * the end. It can be left at any time, and needs no pictures.
   * @param {Partial<PointSettings> & { every?: number }} [settings] `every`: epochs from one report to the next
   * @returns {AsyncGenerator<PointReport, void, void>}
   */
  async *points({ every, ...settings } = {}) {
    const chosen = { ...this.pointSettings, ...settings };
    const { epochs } = chosen;
    /** @type {number} */
    const run = await this.call('beginPoints', chosen);
    try {
      /** @type {PointReport} */
      let report = await this.call('trainPoints', run, 0);
      yield report;
      while (report.epoch < epochs) {
        report = await this.call('trainPoints', run, Math.max(1, every ?? Math.ceil(epochs / 100)));
        yield report;
      }
    } finally {
      this.post('endPoints', run);
    }
  }
}
