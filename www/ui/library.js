/** Milliseconds until what was missing is asked for again. */
const SELDOM = 10_000;

/**
 * A library that draws one part of the page, for the Lit element of that part: it comes when it is first asked for, and
 * where it cannot be had, or throws as it comes, the page goes on without that part.
 * @template T
 */
export class Library {
  /** @type {T | undefined} */ value = undefined;
  /** It was asked for in vain; the next to ask tries again. */ missing = false;
  /** When it is fetched, if it is asked for. */ #next = 0;
  #host;
  #load;

  /** @param {import('lit').ReactiveControllerHost} host @param {() => Promise<T>} load */
  constructor(host, load) {
    this.#host = host;
    this.#load = load;
  }

  /** Gives it, if it is there; the element is drawn again when it has come. */
  ask() {
    if (Date.now() >= this.#next) this.#fetch();
    return this.value;
  }

  async #fetch() {
    this.#next = Infinity;
    try {
      this.value = await this.#load();
      this.missing = false;
    } catch {
      this.missing = true;
      // What draws many times a second asks seldom.
      this.#next = Date.now() + SELDOM;
    }
    this.#host.requestUpdate();
  }
}
