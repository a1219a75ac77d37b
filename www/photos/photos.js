// What the page does with the visitor's photos: adds them, shows them, and finds those that look alike.

/**
 * @typedef {import('../engine/album.js').Picture} Picture
 * @typedef {import('../engine/album.js').Square} Square
 * @typedef {import('../engine/session.js').Skipped} Skipped
 */

/** Of the built-in shapes, how many are added to one's own pictures. */
const SHAPES = 256;
/** Milliseconds from a change until what follows from it is looked for. */
const SOON = 400;

export const NO_REPORT = { files: /** @type {Skipped[]} */ ([]), total: 0 };

/**
 * @typedef {object} Page what is needed of it
 * @property {import('../engine/session.js').Session} engine
 * @property {{ photos: import('../engine/album.js').Album, remove: (ids: Iterable<number>) => Promise<void>, measured: () => Promise<void> }} keeping
 * @property {{ source: string, running: boolean, waiting: boolean, selected: Set<number>, duplicates: Picture[][],
 *   lectern?: unknown, skipped: typeof NO_REPORT, adding?: import('../intake/intake.js').Count }} state
 * @property {(change: any) => void} set
 * @property {(notice: { key: string, values?: Record<string, number> }) => void} notice
 * @property {(error: unknown) => Promise<void>} failed
 * @property {(source: 'own') => Promise<void>} use
 * @property {() => void} keepView
 * @property {() => Promise<void>} looked
 * @property {Promise<void>} [restarting]
 * @property {{ draw: () => Promise<void> }} views
 * @property {{ rest: () => Promise<void> }} running
 * @property {{ forget: () => void }} learning
 */

/** One lot of files is added after the other, while all else goes on. */
export class Photos {
  #page;
  #stopped = false;
  /** @type {Promise<unknown>} */ #lots = Promise.resolve();
  /** @type {AbortController | undefined} */ #cancelling;
  /** Groups of duplicates that are to stay. @type {Set<string>} */ #kept = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
  }

  get #album() {
    return this.#page.keeping.photos;
  }

  /** Groups of duplicates that are to stay. */
  get kept() {
    return [...this.#kept];
  }

  /** Shows each change from now on. @param {string[]} [kept] groups that were to stay before */
  watch(kept) {
    this.#kept = new Set(kept);
    this.#album.addEventListener('change', () => this.#changed());
  }

  #changed() {
    this.show();
    // It was measured by other pictures, or other labels.
    if (this.#page.state.source === 'own') this.#page.keeping.measured();
  }

  /** Shows the photos as they are; the engine hears of changes by itself. */
  show() {
    const { state } = this.#page;
    if (state.source !== 'own') return;
    const { pictures } = this.#album;
    const ids = new Set(pictures.map(({ id }) => id));
    const selected = new Set([...state.selected].filter((id) => ids.has(id)));
    const duplicates = state.duplicates
      .map((group) => group.filter(({ id }) => ids.has(id)))
      .filter((group) => group.length > 1);
    this.#page.set({ pictures, selected, duplicates });
    // Its numbers are of the pictures before.
    this.#page.learning.forget();
    this.#look();
  }

  /** What waited for the end of an epoch is in use now. */
  joined() {
    this.#page.set({ waiting: false });
    this.#look();
  }

  /** A run has ended. */
  rested() {
    if (this.#page.state.source === 'own') this.#look();
  }

  /** @param {(File | import('../intake/sources.js').Source)[]} files */
  add(files) {
    if (!files.length) return this.#page.notice({ key: 'notice.noFiles' });
    this.#lot(async () => {
      const { signal } = (this.#cancelling = new AbortController());
      this.#page.set({ adding: { done: 0, total: files.length, skipped: 0 } });
      await this.#useOwn();
      const onProgress = (/** @type {import('../intake/intake.js').Count} */ adding) => this.#page.set({ adding });
      const { added, skipped } = await this.#page.engine.addPhotos(files, { signal, onProgress, use: false });
      this.#report(added, skipped, this.#page.state.adding?.total);
      if (!added && !skipped.length && !signal.aborted) this.#page.notice({ key: 'notice.noFiles' });
    });
  }

  /** @param {() => Square[] | Promise<Square[]>} squares */
  addSquares(squares) {
    this.#lot(async () => {
      await this.#useOwn();
      const { added, skipped } = await this.#page.engine.addSquares(await squares(), { use: false });
      this.#report(added, skipped);
    });
  }

  /** @param {'shapes' | 'emoji'} set */
  addBuiltIn(set) {
    this.addSquares(() => {
      const { engine } = this.#page;
      return set === 'shapes' ? engine.shapes({ count: SHAPES, side: 64 }) : engine.emoji();
    });
  }

  /** What is still to be added is left; what was added stays. */
  cancel() {
    this.#cancelling?.abort();
  }

  /** Files may be dropped before the page is ready for them. @param {Promise<void>} started */
  wait(started) {
    return (this.#lots = started);
  }

  /** Leaves everything that is still to be added. */
  async stop() {
    this.#stopped = true;
    this.cancel();
    await this.#lots;
    this.#stopped = false;
    this.#kept.clear();
  }

  /** Of each group one picture stays: the first that has a label, or the first. @param {Picture[][]} groups */
  merge(groups) {
    const others = groups.flatMap((group) => {
      const stays = group.find(({ label }) => label !== undefined) ?? group[0];
      return group.filter((picture) => picture !== stays);
    });
    return this.#page.keeping.remove(others.map(({ id }) => id));
  }

  /** @param {Picture[][]} groups */
  keep(groups) {
    for (const group of groups) this.#kept.add(named(group));
    this.#page.keepView();
    this.#page.set({ duplicates: this.#page.state.duplicates.filter((group) => !groups.includes(group)) });
  }

  /** @param {() => Promise<void>} task */
  #lot(task) {
    this.#lots = this.#lots.then(async () => {
      if (this.#stopped) return;
      try {
        await task();
      } catch (error) {
        await this.#page.failed(error);
      } finally {
        this.#page.set({ adding: undefined });
        this.#look();
      }
    });
  }

  /** A run on built-in pictures is not cut off by photos that are only being added, nor is a lesson. */
  async #useOwn() {
    const { source, running, lectern } = this.#page.state;
    if (source === 'own' || running || lectern) return;
    try {
      await this.#page.use('own');
    } finally {
      this.#page.set({ busy: false });
    }
  }

  /** @param {number} added @param {Skipped[]} skipped @param {number} [total] */
  #report(added, skipped, total = 0) {
    const { source, lectern } = this.#page.state;
    // Those before may not have been read yet.
    const before = this.#page.state.skipped;
    const files = skipped.concat(before.files);
    if (files.length) this.#page.set({ skipped: { files, total: before.total + Math.max(total, added + skipped.length) } });
    if (source !== 'own' && added) this.#page.notice({ key: lectern ? 'notice.addedInLesson' : 'notice.addedBeside', values: { count: added } });
  }

  /** Soon after a change, however many there are: views of the first pictures, and those that look alike. */
  #look() {
    this.#timer ??= setTimeout(async () => {
      this.#timer = undefined;
      if (this.#page.state.source !== 'own' || this.#page.restarting) return;
      try {
        await this.#page.views.draw();
        await this.#page.looked();
        await this.#findDuplicates();
        await this.#page.running.rest();
      } catch (error) {
        await this.#page.failed(error);
      }
    }, SOON);
  }

  /**
   * While nothing waits, the engine's pictures are the album's, number by number. A run is not held up: it is
   * looked at when it ends.
   */
  async #findDuplicates() {
    const { pictures } = this.#album;
    const applies = () => {
      const { source, waiting, adding, running } = this.#page.state;
      return source === 'own' && !waiting && !adding && !running && pictures === this.#album.pictures;
    };
    if (!applies()) return;
    const groups = await this.#page.engine.duplicates();
    if (!applies()) return this.#look();
    const duplicates = groups.map((group) => group.map((index) => pictures[index]));
    this.#page.set({ duplicates: duplicates.filter((group) => !this.#kept.has(named(group))) });
  }
}

/** A group of duplicates by the pictures in it. @param {Picture[]} group */
function named(group) {
  return group.map(({ id }) => id).join();
}
