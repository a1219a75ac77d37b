// Keeps what the visitor does as it is done, and brings it back.
import { Album } from '../engine/album.js';
import { MARKS } from '../figures/run-marks.js';
import { Store } from './store.js';

/** Milliseconds of training between two checkpoints: what a crash may cost. */
const CHECKPOINT_EVERY = 15_000;

/**
 * @typedef {import('./store.js').Run} Run
 * @typedef {import('./store.js').View} View
 * @typedef {{ step: number, file: Blob }} Checkpoint
 * @typedef {Omit<Run, 'id' | 'name' | 'shown' | 'mark' | 'version'>} Course how a run goes
 */

/** Fires `lost` and `unkept` as the store does, and `runs` when there is a new list of them. */
export class Keeping extends EventTarget {
  photos = new Album();
  /** What goes on meanwhile is not to be kept: neither a view, nor a run, nor its end. */
  rests = false;
  /** Settings of a link are looked at: the run that is kept, and its view, stay until a run with these is kept. */
  #visits = false;
  /** What the page is set to meanwhile. @type {View | undefined} */ #view;
  /** The latest first. @type {Run[]} */
  runs = [];
  /** @type {number | undefined} Of the run in hand. */
  #run;
  /** What is kept may be gone after a week without a visit. */
  week = false;
  #store = new Store();
  #kept = 0;
  /** The writing of the run in hand. @type {Promise<void> | undefined} */ #saving;
  #asked = false;
  /** What is being written is no longer the latest. */
  #again = false;
  /** The run in hand was deleted, and nobody has trained it since. */
  #unwanted = false;

  /** Of the page. */ #version;

  /** @param {string} version of the page */
  constructor(version) {
    super();
    this.#version = version;
    for (const type of ['lost', 'unkept']) {
      this.#store.addEventListener(type, (event) => {
        this.dispatchEvent(new CustomEvent(type, { detail: /** @type {CustomEvent} */ (event).detail }));
      });
    }
  }

  /** Brings back the pictures and the runs, and gives what the page was set to. */
  async restore() {
    await this.#store.open();
    for await (const pictures of this.#store.pictures()) this.photos.add(pictures);
    this.photos.addEventListener('change', (event) => {
      this.#store.keepChange(/** @type {CustomEvent<import('../engine/album.js').Change>} */ (event).detail);
    });
    this.photos.addEventListener('change', () => this.persist(), { once: true });
    await this.#ofRisk();
    await this.#list();
    return this.#store.view();
  }

  /** The run that was in hand, where it can go on. @returns {Promise<{ run: Run, checkpoint: Checkpoint } | undefined>} */
  async resumable() {
    if (this.#visits) return undefined;
    const checkpoint = await this.#store.checkpoint();
    const run = this.runs.find(({ id }) => id === checkpoint?.run);
    if (!checkpoint || !run) return undefined;
    // What another version measured may have another form.
    return { run: run.version === this.#version ? run : { ...run, measured: undefined }, checkpoint };
  }

  /** Has a kept run in hand. @param {number} run its id */
  take(run) {
    this.#run = run;
  }

  /** @param {View} view */
  async view(view) {
    if (this.rests) return;
    this.#view = view;
    if (!this.#visits) await this.#store.keepView(view);
  }

  /** What is shown now is another's: gives the run that waits for its visitor meanwhile, if there is one. */
  async visit() {
    const run = await this.resumable();
    this.#visit(run !== undefined);
    return run;
  }

  /** @param {boolean} visits */
  #visit(visits) {
    this.#visits = visits;
    this.dispatchEvent(new Event('visit'));
  }

  /** Does a run wait while something else is looked at? */
  get waits() {
    return this.#visits;
  }

  /** What is trained from now on is to be kept, also of a run that was deleted. */
  begin() {
    this.#unwanted = false;
  }

  /**
   * Keeps the run in hand, if it is time.
   * @param {() => Course} run @param {() => Promise<Checkpoint | undefined>} save
   * @param {{ now?: boolean }} [options]
   */
  async run(run, save, { now = false } = {}) {
    this.#again ||= now && this.#saving !== undefined;
    const due = now || performance.now() - this.#kept > CHECKPOINT_EVERY;
    if (!due || this.rests || this.#unwanted || this.#saving || !this.#store.keeps || !run().curves.loss.length) return;
    this.#saving = this.#save(run, save).finally(() => {
      this.#saving = undefined;
      this.#kept = performance.now();
    });
    await this.#saving;
  }

  /** @param {() => Course} run @param {() => Promise<Checkpoint | undefined>} save */
  async #save(run, save) {
    do {
      this.#again = false;
      await this.#keep(run, save);
    } while (this.#again);
  }

  /** @param {() => Course} run @param {() => Promise<Checkpoint | undefined>} save */
  async #keep(run, save) {
    const id = (this.#run ??= Date.now());
    const checkpoint = await save();
    // Meanwhile it may have been ended.
    if (!checkpoint || this.#run !== id) return;
    const before = this.runs.find((run) => run.id === id);
    // The next mark after that of the run before.
    const mark = before?.mark ?? ((this.runs[0]?.mark ?? -1) + 1) % MARKS;
    const kept = await this.#store.keepRun({ mark, shown: true, name: before?.name, id, version: this.#version, ...run() }, checkpoint);
    if (kept) await this.#stay();
    await this.#list();
  }

  /** What a link has shown is the visitor's own. */
  async #stay() {
    if (!this.#visits) return;
    this.#visit(false);
    if (this.#view) await this.#store.keepView(this.#view);
  }

  /** With something worth it: browsers may then keep it when space is short; some ask, so they are asked once. */
  async persist() {
    if (this.#asked) return;
    this.#asked = true;
    await navigator.storage?.persist?.().catch(() => {});
    await this.#ofRisk();
  }

  /** Safari forgets pages that nobody has been to for a week, unless it has promised not to, or they are apps. */
  async #ofRisk() {
    const forgets = navigator.vendor?.startsWith('Apple') && !matchMedia('(display-mode: standalone)').matches;
    this.week = Boolean(forgets) && !(await navigator.storage?.persisted?.().catch(() => false));
  }

  /** Id of the run in hand, once it is kept. */
  get current() {
    return this.#run;
  }

  /** Names a run, or shows or hides it. @param {{ id: number, name?: string, shown?: boolean }} change */
  async change({ id, ...change }) {
    const run = this.runs.find((run) => run.id === id);
    if (!run) return;
    await this.#store.changeRun({ ...run, ...change });
    await this.#list();
  }

  /** What was measured of the run in hand; nothing, where its pictures are others. @param {import('../engine/session.js').Measured} [measured] */
  async measured(measured) {
    const run = this.runs.find(({ id }) => id === this.#run);
    if (this.rests || !run || run.measured === measured) return;
    await this.#store.changeRun({ ...run, measured, version: this.#version });
    await this.#list();
  }

  /** Another run is in hand, to be kept in place of the one before. */
  async next() {
    if (!this.rests) await this.#over();
  }

  /** The run in hand is over; the next is another. */
  async end() {
    if (this.rests) return;
    const ended = this.#run;
    await this.#over();
    // Another's, which waits for its pictures, stays.
    if ((await this.#store.checkpoint())?.run !== ended) return;
    this.#kept = performance.now();
    await this.#store.dropCheckpoint();
    await this.#list();
  }

  /** What is being written of it does not come after its end. */
  async #over() {
    this.#run = undefined;
    this.#again = this.#unwanted = false;
    await this.#saving?.catch(() => {});
  }

  /** @param {number} id */
  async drop(id) {
    this.#unwanted ||= id === this.#run;
    await this.#saving?.catch(() => {});
    await this.#store.dropRun(id);
    if ((await this.#store.checkpoint())?.run === id) {
      await this.#store.dropCheckpoint();
      await this.#stay();
    }
    await this.#list();
  }

  /** Takes pictures away, first from what is kept: who sees them gone may leave, and does not find them again. @param {Iterable<number>} ids */
  async remove(ids) {
    const gone = [...ids];
    await this.#store.dropPictures(gone);
    // What was done to them meanwhile goes as the album changes.
    this.photos.remove(gone);
  }

  /** Everything, at once and for good; false where another tab has it. */
  async forget() {
    this.#visit(false);
    await this.#over();
    const forgotten = await this.#store.forget();
    this.photos.clear();
    await this.#list();
    return forgotten;
  }

  async #list() {
    this.runs = await this.#store.runs();
    this.dispatchEvent(new Event('runs'));
  }
}
