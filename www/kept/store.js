// What stays in the browser when the page is closed: pictures, settings, runs, the latest checkpoint.
import { deleteDB, openDB } from 'idb';
import { NO_CURVES } from '../train/curves.js';
import { Lease } from './lease.js';
import { nameOfStore } from './name.js';

const VERSION = 1;
/** Milliseconds to wait for a page that is just being left, when this one is reloaded. */
const PATIENCE = 2000;
/** Milliseconds to wait before what does not fit is tried again, and again. */
const BREATHS = [500, 1000, 2000, 4000, 8000];

/**
 * @typedef {import('../engine/album.js').Picture} Picture
 * @typedef {import('../engine/album.js').Change} Change
 * @typedef {import('../train/run-words.js').Run} Run
 *
 * @typedef {object} View what the page was set to
 * @property {string} source
 * @property {number} side
 * @property {import('../engine/session.js').TrainSettings} [settings]
 * @property {string[]} [alike] groups of look-alikes that are to stay, by the ids of their pictures
 */

/**
 * Keeps things in IndexedDB, as long as it can: where storage is forbidden, in use by another tab, or full,
 * it fires `lost` once (detail: `storageForbidden`, `otherTab` or `storageFull`), and from then on keeps nothing
 * more. A run that cannot be written, as it is too large perhaps, ends nothing else: it fires `unkept`. No method throws.
 */
export class Store extends EventTarget {
  #name = '';
  #claimed = false;
  #lost = false;
  /** @type {import('idb').IDBPDatabase | undefined} */ #database;
  /** Where there are no locks. @type {Lease | undefined} */ #lease;
  /** Writes are done one after the other. @type {Promise<unknown>} */ #writes = Promise.resolve();

  get keeps() {
    return this.#database !== undefined;
  }

  /** Opens what there is. */
  async open() {
    this.#name = await nameOfStore();
    this.#claimed = await claimed(this.#name);
    if (this.#claimed) await this.#connect();
    else this.#lose('otherTab');
  }

  /** Opens the storage, and where there are no locks, asks there who else writes. */
  async #connect() {
    await this.#openDatabase();
    if (navigator.locks || !this.#database) return;
    this.#lease = new Lease();
    const database = this.#database;
    const write = async (/** @type {(shelf: any) => Promise<any>} */ task) => {
      const transaction = database.transaction('state', 'readwrite');
      const [result] = await Promise.all([task(transaction.store), transaction.done]);
      return result;
    };
    const mine = await this.#lease.take(write, () => this.#lose('otherTab')).catch(() => undefined);
    this.#claimed = Boolean(mine);
    if (!mine) this.#lose(mine === false ? 'otherTab' : 'storageForbidden');
  }

  async #openDatabase() {
    try {
      this.#database = await openDB(this.#name, VERSION, {
        upgrade(database) {
          // Names and labels change, squares do not: they are apart so that a change writes little.
          database.createObjectStore('pictures', { keyPath: 'id' });
          database.createObjectStore('squares');
          database.createObjectStore('runs', { keyPath: 'id' });
          // `view`, and `checkpoint` of the run that is first in `runs`.
          database.createObjectStore('state');
        },
        // Another tab, which has the lease, deletes everything.
        blocking: () => this.#lose('otherTab'),
        terminated: () => this.#lose('storageForbidden'),
      });
    } catch {
      this.#lose('storageForbidden');
    }
  }

  /** The pictures as they were, a few hundred at a time. @returns {AsyncGenerator<Picture[], void, void>} */
  async *pictures() {
    const AT_ONCE = 500;
    for (let after = -Infinity; ; ) {
      const range = after === -Infinity ? null : IDBKeyRange.lowerBound(after, true);
      const [pictures, squares] = (await this.#read((database) => {
        const transaction = database.transaction(['pictures', 'squares']);
        return Promise.all([
          transaction.objectStore('pictures').getAll(range, AT_ONCE),
          transaction.objectStore('squares').getAll(range, AT_ONCE),
        ]);
      })) ?? [[], []];
      if (!pictures.length) return;
      yield pictures.map((picture, index) => ({ ...picture, rgb: squares[index] })).filter(({ rgb }) => rgb);
      after = pictures.at(-1).id;
    }
  }

  /** @returns {Promise<View | undefined>} */
  view() {
    return this.#read((database) => database.get('state', 'view'));
  }

  /** All runs, the latest first. @returns {Promise<Run[]>} */
  async runs() {
    return ((await this.#read((database) => database.getAll('runs'))) ?? []).map(whole).reverse();
  }

  /** @returns {Promise<{ run: number, step: number, file: Blob } | undefined>} */
  async checkpoint() {
    const checkpoint = await this.#read((database) => database.get('state', 'checkpoint'));
    return checkpoint && { ...checkpoint, file: new Blob([checkpoint.file]) };
  }

  /** @param {View} view */
  keepView(view) {
    return this.#write(['state'], (stores) => stores('state').put(view, 'view'));
  }

  /** A run and where it is, both or neither, as it says then. @param {Run} run @param {{ step: number, file: Blob }} checkpoint */
  async keepRun(run, { step, file }) {
    const entries = Object.entries(run.curves).map(([metric, values]) => [metric, values.slice(0, step)]);
    // As bytes: some browsers keep no blobs in private windows, and some lose them.
    const bytes = await file.arrayBuffer().catch(() => undefined);
    let kept = true;
    const unkept = () => {
      kept = false;
      this.dispatchEvent(new Event('unkept'));
    };
    // A failed write takes room too, for a while, which what is smaller would then lack.
    if (!bytes || !(await fits(bytes.byteLength))) unkept();
    else await this.#write(['runs', 'state'], (stores) => {
      stores('runs').put({ ...run, curves: Object.fromEntries(entries) });
      stores('state').put({ run: run.id, step, file: bytes }, 'checkpoint');
    }, unkept);
    return kept;
  }

  /** A run that is over, with another name or the like. @param {Run} run */
  changeRun(run) {
    return this.#write(['runs'], (stores) => stores('runs').put(run));
  }

  /** The run in hand is over: it stays in the history, without its weights. */
  dropCheckpoint() {
    return this.#write(['state'], (stores) => stores('state').delete('checkpoint'));
  }

  /** @param {number} id */
  dropRun(id) {
    return this.#write(['runs'], (stores) => stores('runs').delete(id));
  }

  /** What changed in the album. @param {Change} change */
  keepChange(change) {
    if (change.kind === 'remove') return this.dropPictures(change.ids);
    return this.#write(['pictures', 'squares'], (stores) => {
      for (const { rgb, ...picture } of change.pictures) {
        stores('pictures').put(picture);
        if (change.kind === 'add') stores('squares').put(rgb, picture.id);
      }
    });
  }

  /** @param {readonly number[]} ids */
  dropPictures(ids) {
    return this.#write(['pictures', 'squares'], (stores) => {
      for (const id of ids) {
        stores('pictures').delete(id);
        stores('squares').delete(id);
      }
    });
  }

  /** Deletes everything that was kept, and goes on keeping; false where it is another tab's to delete. */
  async forget() {
    if (!this.#claimed) return false;
    await this.#writes;
    const kept = this.keeps;
    this.#lease?.end();
    this.#database?.close();
    this.#database = undefined;
    try {
      await deleteDB(this.#name);
    } catch {
      // Where storage is forbidden there is nothing to delete.
    }
    // The old one that was adopted is not made again.
    if (kept) await ((await nameOfStore()) === this.#name ? this.#connect() : this.open());
    return true;
  }

  /** @template T @param {(database: import('idb').IDBPDatabase) => Promise<T>} task */
  async #read(task) {
    try {
      await this.#writes;
      return this.#database && (await task(this.#database));
    } catch {
      this.#lose('storageForbidden');
      return undefined;
    }
  }

  /**
   * @param {string[]} names @param {(stores: (name: string) => any) => unknown} task
   * @param {() => void} [failed] what to do where it fails; else nothing is kept any more
   */
  #write(names, task, failed) {
    this.#writes = this.#writes.then(async () => {
      let why = await this.#attempt(names, task);
      // The room of what did not fit is not free again at once.
      for (const breath of failed ? [] : BREATHS) {
        if (why !== 'storageFull') break;
        await new Promise((resolve) => setTimeout(resolve, breath));
        why = await this.#attempt(names, task);
      }
      if (why === 'otherTab' || (why && !failed)) this.#lose(why);
      else if (why) failed?.();
    });
    return this.#writes;
  }

  /**
   * Does a task whole or not at all.
   * @param {string[]} names @param {(stores: (name: string) => any) => unknown} task
   * @returns {Promise<string>} why not; nothing where it is done
   */
  async #attempt(names, task) {
    if (!this.#database) return '';
    /** @type {import('idb').IDBPTransaction<unknown, string[], 'readwrite'> | undefined} */ let transaction;
    try {
      const opened = (transaction = this.#database.transaction([...new Set([...names, 'state'])], 'readwrite'));
      // Whatever ends it is told by who waits for it.
      opened.done.catch(() => {});
      if (this.#lease && !(await this.#lease.isMine(opened.objectStore('state')))) return 'otherTab';
      // Each request's failure ends the transaction, whose own error tells why.
      task((/** @type {string} */ name) => quiet(opened.objectStore(name)));
      // So it is done even if the page is left before it has heard of that.
      opened.commit?.();
      await opened.done;
      return '';
    } catch (error) {
      // What cannot even be asked for ends nothing by itself.
      abort(transaction);
      return /** @type {any} */ (error)?.name === 'QuotaExceededError' ? 'storageFull' : 'storageForbidden';
    }
  }

  /** @param {string} why */
  #lose(why) {
    if (why === 'otherTab') this.#claimed = false;
    this.#lease?.end();
    this.#database?.close();
    this.#database = undefined;
    if (this.#lost) return;
    this.#lost = true;
    this.dispatchEvent(new CustomEvent('lost', { detail: why }));
  }
}

/** Is there room for so many bytes, as far as the browser says? @param {number} bytes */
async function fits(bytes) {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  return usage + bytes < quota;
}

/** A run of before there were other curves than the loss has none of these. @param {any} run @returns {Run} */
function whole({ losses, ...run }) {
  return { mark: 0, shown: false, ...run, curves: { ...NO_CURVES, loss: losses ?? [], ...run.curves } };
}

/** All or nothing. @param {{ abort: () => void } | undefined} transaction */
function abort(transaction) {
  try {
    transaction?.abort();
  } catch {
    // It has ended already.
  }
}

/** A store's `put` and `delete`, whose promises may be left alone. @param {any} store */
function quiet(store) {
  const call = (/** @type {string} */ method) => (/** @type {any[]} */ ...values) => {
    store[method](...values).catch(() => {});
  };
  return { put: call('put'), delete: call('delete') };
}

/**
 * Two pages that write the same things would destroy each other's: the first one has them.
 * @param {string} name @returns {Promise<boolean>}
 */
function claimed(name) {
  if (!navigator.locks) return Promise.resolve(true);
  // AbortSignal.timeout is younger than the browsers that this page is for.
  const patience = new AbortController();
  // Where nobody has it, it is the browser that is slow.
  const losePatience = async () => ((await isHeld(name)) ? patience.abort() : setTimeout(losePatience, PATIENCE));
  setTimeout(losePatience, PATIENCE);
  return new Promise((resolve) => {
    navigator.locks
      // Held for as long as the page lives.
      .request(name, { signal: patience.signal }, () => (resolve(true), new Promise(() => {})))
      // Where storage is forbidden, locks are too: opening it will say so.
      .catch((error) => resolve(error.name === 'SecurityError'));
  });
}

/** Has another page what this one waits for? @param {string} wanted */
async function isHeld(wanted) {
  const { held = [] } = await navigator.locks.query().catch(() => ({ held: [{ name: wanted }] }));
  return held.some(({ name }) => name === wanted);
}
