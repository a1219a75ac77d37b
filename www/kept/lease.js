// One tab writes, also where browsers offer no Web Locks: to pages that came over http, as in a classroom's network.

/** Milliseconds that a lease holds without being renewed, and between two renewals. */
const HOLDS = 6000;
const RENEWED = 2000;
const ASKED_AGAIN = 500;

/** @typedef {{ get: (key: string) => Promise<any>, put: (value: unknown, key: string) => Promise<unknown> }} Shelf an object store in a transaction */

/**
 * A line in the storage itself that says whose it is. It runs out, as a tab may end without a word; a tab that a browser
 * has put to sleep finds that another has it now, and by `isMine` no write comes after that.
 */
export class Lease {
  // Without https there is no randomUUID.
  #token = crypto.getRandomValues(new Uint32Array(4)).join('-');
  /** @type {ReturnType<typeof setInterval> | undefined} */ #timer;
  #leave = () => {};

  /**
   * Takes what is free, or becomes so while one waits; false where it does not.
   * @param {<T>(task: (shelf: Shelf) => Promise<T>) => Promise<T>} write does a task in a transaction
   * @param {() => void} lost another tab has it now
   */
  async take(write, lost) {
    for (const end = Date.now() + HOLDS + ASKED_AGAIN; ; await new Promise((resolve) => setTimeout(resolve, ASKED_AGAIN))) {
      if (await write((shelf) => this.#take(shelf))) break;
      if (Date.now() > end) return false;
    }
    this.#timer = setInterval(async () => (await write((shelf) => this.isMine(shelf)).catch(() => true)) || lost(), RENEWED);
    this.#leave = () => void write((shelf) => this.#release(shelf)).catch(() => {});
    addEventListener('pagehide', this.#leave);
    return true;
  }

  /** Nothing is written any more. */
  end() {
    clearInterval(this.#timer);
    removeEventListener('pagehide', this.#leave);
  }

  /** Within a transaction: is it still this tab's? It is renewed, if so. @param {Shelf} shelf */
  async isMine(shelf) {
    const lease = await shelf.get('lease');
    if (lease && lease.token !== this.#token) return false;
    this.#renew(shelf);
    return true;
  }

  /** @param {Shelf} shelf */
  async #take(shelf) {
    const lease = await shelf.get('lease');
    if (lease && lease.token !== this.#token && lease.until > Date.now()) return false;
    this.#renew(shelf);
    return true;
  }

  /** It stays whose it was, so that a tab that comes back from the browser's history learns whether it still is. @param {Shelf} shelf */
  async #release(shelf) {
    const lease = await shelf.get('lease');
    if (lease?.token === this.#token) write(shelf, { token: this.#token, until: 0 });
  }

  /** @param {Shelf} shelf */
  #renew(shelf) {
    write(shelf, { token: this.#token, until: Date.now() + HOLDS });
  }
}

/** Where it fails the whole transaction does, which tells. @param {Shelf} shelf @param {{ token: string, until: number }} lease */
function write(shelf, lease) {
  shelf.put(lease, 'lease').catch(() => {});
}
