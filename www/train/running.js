// What the page does with a run: trains, looks into its steps, keeps it, goes on with it.
import { notesOf } from '../engine/checkpoint.js';
import { LEAST } from '../engine/sets.js';
import { causeOf } from '../model/advice.js';
import { NO_CURVES, NO_LEVELS, extended, followed, wholeCurves, wholeLevels } from './curves.js';
import { fillingOf } from './filling.js';
import { addMark } from './pace.js';
import { NO_STOP, stopOf } from './stop.js';

/** @typedef {import('../engine/session.js').TrainSettings} TrainSettings @typedef {import('../engine/session.js').Batch} Batch @typedef {import('../engine/session.js').Measured} Measured */

export const NO_RUN = {
  running: false,
  progress: { done: 0, steps: 0, finished: false },
  curves: NO_CURVES,
  /** Between what its loss moves, and before there is one, that of the settings. */
  levels: NO_LEVELS,
  /** Whether it has come to one. */
  stop: NO_STOP,
  /** While MoCo's queue has random keys. */
  filling: /** @type {import('./filling.js').Filling | undefined} */ (undefined),
  marks: /** @type {import('./pace.js').Mark[]} */ ([]),
  batch: /** @type {Batch | undefined} */ (undefined),
  /** The same batch with nothing learned, where that was asked for. */
  start: /** @type {Batch | undefined} */ (undefined),
  /** Steps that it was begun with, where that is known. */
  stretch: /** @type {number | undefined} */ (undefined),
  /** What the run in hand was last told. */
  current: /** @type {TrainSettings | undefined} */ (undefined),
};

/**
 * @typedef {object} Gone a run that can be gone on with
 * @property {Blob} file its checkpoint
 * @property {typeof NO_RUN['curves']} curves
 * @property {typeof NO_RUN['levels']} [levels]
 * @property {Batch} [batch]
 * @property {import('./filling.js').Filling} [filling]
 * @property {Measured} [measured]
 *
 * @typedef {object} Page what is needed of it
 * @property {import('../engine/session.js').Session} [session]
 * @property {import('../engine/session.js').Session} engine
 * @property {typeof NO_RUN & { source: string, side: number, station: string, settings?: TrainSettings, cell: { row: number },
 *   pictures: readonly unknown[], adding?: unknown, rehearsal?: Batch, lectern?: unknown }} state
 * @property {(change: any) => void} set
 * @property {(notice: { key: string, why?: string, values?: Record<string, number | string> }) => void} notice
 * @property {(error: unknown) => Promise<void>} failed
 * @property {() => void} clear
 * @property {() => void} keepView
 * @property {() => Promise<void>} looked
 * @property {Keeping} keeping
 * @property {{ rested: () => void }} photos
 * @property {{ look: () => Promise<void>, forget: () => void, measured?: Measured, recall: (measured?: Measured) => void }} learning
 * @property {{ look: () => Promise<void>, follow: () => void, forget: () => void }} watching
 *
 * @typedef {object} Keeping
 * @property {boolean} rests
 * @property {readonly { id: number, curves: import('./curves.js').Curves }[]} runs
 * @property {(run: number) => void} take
 * @property {() => void} begin
 * @property {(course: () => any, save: () => Promise<any>, options?: { now?: boolean }) => Promise<void>} run
 * @property {() => Promise<void>} next
 * @property {() => Promise<void>} end
 * @property {() => Promise<void>} persist
 * @property {() => Promise<{ run: import('./run-words.js').Run, checkpoint: { step: number, file: Blob } } | undefined>} resumable
 */

export class Running {
  #page;
  /** What was kept waits for pictures: those of before may be added again. */
  #waits = false;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** Trains until the steps are done, or until it is paused. */
  async train() {
    const page = this.#page;
    page.clear();
    page.keeping.begin();
    const { settings, stretch = settings?.steps } = page.state;
    page.set({ running: true, marks: [], current: settings, stretch });
    page.watching.follow();
    try {
      for await (const report of page.engine.train(page.state.settings)) {
        this.#report(report);
        this.#keep();
      }
    } finally {
      page.set({ running: false });
      page.photos.rested();
      page.watching.look();
    }
    await this.#keep({ now: true });
    if (page.state.progress.finished) page.keeping.persist();
    await this.rest();
  }

  pause() {
    this.#page.session?.pause();
  }

  /** Nothing trains any more, and what there is of the run is being kept. */
  async halt() {
    this.pause();
    while (this.#page.state.running) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async step() {
    const page = this.#page;
    page.clear();
    page.keeping.begin();
    this.#report(await page.engine.step(page.state.settings));
    page.set({ current: page.state.settings });
    this.#keep({ now: true });
    page.watching.look();
    // Not the map of all, which would hold up the next step.
    if (page.state.station === 'step') await this.compare();
  }

  async reset() {
    const page = this.#page;
    await page.engine.reset();
    await page.keeping.end();
    page.set({ ...NO_RUN, ...(page.state.rehearsal?.step && { rehearsal: undefined }), wrong: undefined });
    page.learning.forget();
    page.watching.forget();
    page.looked();
  }

  /** Settings changed in the middle of a run are for its next steps. */
  async configure() {
    const page = this.#page;
    const progress = await page.engine.configure(page.state.settings ?? {});
    page.set({ progress, marks: [], current: page.state.settings });
  }

  /** With nothing else to do, shows what takes the engine a while and is in sight. */
  async rest() {
    const { state } = this.#page;
    if (state.running) return;
    if (this.#waits && state.pictures.length >= LEAST && !state.adding && !this.#page.keeping.rests) await this.#resumeNow();
    if (state.station === 'step' && !state.start) await this.compare();
    if (state.station === 'learned') await this.#page.learning.look();
  }

  /** Shows what the batch looked like to the untrained network. */
  async compare() {
    const { batch } = this.#page.state;
    const tables = batch && (await this.#page.engine.start());
    // Meanwhile there may be another batch.
    if (tables && this.#page.state.batch === batch) this.#page.set({ start: { ...batch, ...tables, keys: [] } });
  }

  /** What was trained on other pictures waits for these, until another run is kept. */
  async wait() {
    const { keeping } = this.#page;
    await keeping.next();
    const kept = await keeping.resumable();
    this.#page.notice({ key: 'notice.restartedSet', why: kept && 'notice.waits', values: { count: kept?.checkpoint.step ?? 0 } });
  }

  /** Says so of a run that waits for other pictures than those that are there. */
  async remind() {
    // A run in hand is the one that is kept.
    if (this.#page.state.progress.done) return;
    const kept = await this.#page.keeping.resumable();
    if (kept && !this.#isOfThese(kept.run)) this.#page.notice({ key: 'notice.waits', values: { count: kept.checkpoint.step } });
  }

  /** @param {import('./run-words.js').Run} run */
  #isOfThese({ source, side }) {
    const { state } = this.#page;
    return source === state.source && side === state.side;
  }

  /** Goes on with the run that was kept, if it is of these pictures. */
  async resume() {
    const page = this.#page;
    const kept = await page.keeping.resumable();
    const { pictures, running, progress: { done } } = page.state;
    const goesOn = kept !== undefined && this.#isOfThese(kept.run) && !running && !done;
    this.#waits = goesOn && pictures.length < LEAST;
    if (!goesOn || this.#waits) return;
    const { run, checkpoint } = kept;
    page.keeping.take(run.id);
    try {
      await this.goOn({ file: checkpoint.file, ...run });
    } catch (error) {
      // What cannot be read never will be. All else, such as a device that is lost, is no fault of the run, which is tried again.
      await (/** @type {any} */ (error).code === 'unreadableCheckpoint' ? page.keeping.end() : page.keeping.next());
      throw error;
    }
    const { progress } = page.state;
    page.notice({ key: 'notice.resumed', values: { done: progress.done, steps: progress.steps } });
  }

  /** The same in the middle of everything: what would train meanwhile waits. */
  async #resumeNow() {
    this.#page.set({ busy: true });
    await this.resume().finally(() => this.#page.set({ busy: false }));
  }

  /**
   * Has a run in hand again, with the page's settings, which are the latest; where these cannot be, with its own meanwhile.
   * @param {Gone} run
   */
  async goOn({ file, curves, levels, batch, filling, measured }) {
    const page = this.#page;
    const { settings, progress } = await page.engine.load(file);
    levels ??= await this.#levelsOf(settings);
    // What was seen before was another network.
    page.set({ progress, curves, levels, batch, filling, marks: [], current: settings, rehearsal: undefined });
    page.learning.recall(measured);
    page.watching.forget();
    await this.configure().catch((error) => page.failed(error));
    await page.looked();
  }

  /** Goes on with the run of a checkpoint file. @param {File} file */
  async load(file) {
    const page = this.#page;
    const { check, noCheckpoint } = await import('../engine/no-checkpoint.js');
    page.clear();
    await check(file);
    await this.halt();
    const { settings, progress, met } = await page.engine.load(file).catch(async (error) => {
      throw await noCheckpoint(file, error);
    });
    const { run, ...noted } = await notesOf(file);
    const curves = wholeCurves(noted.curves, progress.done);
    // Those that are here may be fewer pictures than it was trained on, or more.
    const levels = wholeLevels(noted.levels) ?? (await this.#levelsOf(settings));
    await page.keeping.next();
    // Of a run that is kept as it is in the file, there is no second.
    const same = page.keeping.runs.find(({ id, curves }) => id === run && curves.loss.length === progress.done);
    if (same) page.keeping.take(same.id);
    page.set({ ...NO_RUN, settings, current: settings, progress, levels, curves });
    page.learning.forget();
    page.keepView();
    page.looked();
    const { seen, here } = met;
    await this.#keep({ now: true }, here ? undefined : seen);
    const why = here === seen ? undefined : here ? 'notice.fewerPictures' : 'notice.otherPictures';
    page.notice({ key: 'notice.loaded', why, values: { done: progress.done, steps: progress.steps, seen, here } });
    await this.rest();
  }

  /** Between what the loss of a checkpoint's run moved, of which nothing else is known. @param {TrainSettings} settings */
  #levelsOf(settings) {
    return this.#page.engine.check(settings).catch(() => NO_LEVELS);
  }

  /** @param {import('../engine/session.js').Report} report */
  #report({ progress, losses, batch, at }) {
    const { state } = this.#page;
    const marks = addMark(state.marks, { at, done: progress.done });
    const curves = extended(state.curves, losses);
    const filling = fillingOf(state.filling, losses, Math.min(state.settings?.batchSize ?? 0, state.pictures.length));
    const stop = stopOf(state.stop, losses);
    const levels = followed(state.levels, losses.levels, losses.first);
    this.#page.set({ progress, curves, levels, stop, filling, marks, ...(batch && { batch, start: undefined }) });
    if (stop.kind !== state.stop.kind) this.#stopped(stop);
    // The batch may have become smaller than the row that was chosen in another.
    if (batch && state.cell.row >= batch.anchors) this.#page.set({ cell: { row: 0 } });
  }

  /** Nobody would see it in the curve, which only stands still. @param {import('./stop.js').Stop} stop */
  #stopped({ kind, since = 0 }) {
    // In a lesson that is to be found out.
    if (!kind || this.#page.state.lectern) return;
    const { settings, pictures, levels } = this.#page.state;
    const cause = settings && causeOf(settings, { pictures: pictures.length, alone: levels.alone });
    this.#page.notice({ key: `notice.${kind}`, why: cause?.key ?? 'notice.why', values: { ...cause?.values, step: since } });
  }

  /** @param {{ now?: boolean }} [options] @param {number} [elsewhere] pictures that it was trained on, where none of them is here */
  #keep(options, elsewhere) {
    const course = () => {
      const { source, side, pictures, curves, levels, settings } = this.#page.state;
      const { measured } = this.#page.learning;
      return { source, side, pictures: pictures.length, elsewhere, curves, chance: levels.chance, levels, measured, settings: /** @type {TrainSettings} */ (settings) };
    };
    // A run that cannot be kept goes on; if its device is lost, training says so itself.
    return this.#page.keeping.run(course, () => this.#page.engine.save(), options).catch(() => {});
  }
}
