// Calls to the worker that trains, and what it answers.

/** Something went wrong; `code` and `details` say what, in a form that can be translated. */
export class SessionError extends Error {
  /** @param {{ code: string, details: Record<string, any>, message: string }} error */
  constructor({ code, details, message }) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** What a session is above all: a worker that answers, until it is closed or beyond use. */
export class Calls extends EventTarget {
  /** @type {Worker} */ #worker;
  #next = 1;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {SessionError | undefined} Set once the worker is beyond use. */
  #crash;

  /** @param {Worker} worker */
  constructor(worker) {
    super();
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail({ code: 'crashed', details: { reason: event.message || 'worker.js' }, message: event.message });
    };
  }

  /** Ends the worker; whoever waits for it is told. */
  close() {
    const message = 'the session was closed';
    this.#crash ??= new SessionError({ code: 'closed', details: {}, message });
    this.#worker.terminate();
    this.ended(this.#crash);
    for (const { reject } of this.#waiting.values()) reject(this.#crash);
    this.#waiting.clear();
  }

  /** Says something that needs no answer. @protected @param {string} method @param {...unknown} args */
  post(method, ...args) {
    const id = this.#next++;
    this.#worker.postMessage({ id, method, args });
    return id;
  }

  /** @protected @param {string} method @param {...unknown} args @returns {Promise<any>} */
  call(method, ...args) {
    if (this.#crash) return Promise.reject(this.#crash);
    return new Promise((resolve, reject) => {
      this.#waiting.set(this.post(method, ...args), { resolve, reject });
    });
  }

  /** What the worker says unasked. @protected @param {string} _event @param {any} _message */
  told(_event, _message) {}

  /** The worker is gone. @protected @param {SessionError} _error */
  ended(_error) {}

  /** @param {any} message */
  #receive({ id, result, error, event, ...rest }) {
    if (error?.code === 'crashed') return this.#fail(error);
    if (event) return this.told(event, { ...rest, error });
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new SessionError(error));
    else waiting?.resolve(result);
  }

  /** The worker is beyond use: whoever waits is told. @param {any} error */
  #fail(error) {
    this.#crash = new SessionError(error);
    this.close();
  }
}
