// Keeps the page for use without a network, and finds newer versions of it, by the service worker (`sw.js`).
import { place } from '../ui/place.js';

const HOUR = 3_600_000;
/** Machines of those who build the page, where another version every minute would be in the way. */
const WORKSHOPS = ['localhost', '127.0.0.1', '[::1]'];

/** @typedef {{ version: string, whole: boolean, bytes: number }} Kept */

/** Fires `change`. */
class Offline extends EventTarget {
  /** `insecure`: over http; `no`: not here. @type {'no' | 'insecure' | 'keeping' | 'kept' | 'failed'} */ state = 'no';
  /** Also what is not needed by everyone; else it has so many bytes. */ whole = false;
  bytes = 0;
  /** It is being fetched, or was in vain. */ fetching = false;
  missing = false;
  /** There is a newer version. */ newer = false;
  /** It has to wait, as the page is open in other tabs too. */ others = false;
  /** Of this page. */ version = globalThis.document?.querySelector('meta[name=version]')?.getAttribute('content') ?? '';
  /** @type {ServiceWorkerRegistration | undefined} */ #registration;

  /** @param {string | null} asked `on`, where a page would not keep itself; `off` to end it */
  async start(asked) {
    const container = navigator.serviceWorker;
    // The page is built with it; one that is being worked on may be without.
    if (!this.version) return;
    if (!container) return this.#set({ state: isSecureContext ? 'no' : 'insecure' });
    try {
      const before = await container.getRegistration(place.href);
      const mine = before?.scope === place.href ? before : undefined;
      if (asked === 'off') return await end(mine);
      if (!mine && asked !== 'on' && WORKSHOPS.includes(location.hostname)) return;
      this.#set({ state: 'keeping' });
      this.#follow(await container.register(new URL('sw.js', place)));
    } catch {
      this.#set({ state: 'failed' });
    }
  }

  /** Also what is not needed by everyone. */
  async keepWhole() {
    this.#set({ fetching: true, missing: false });
    const whole = await ask(this.#registration?.active, 'whole');
    this.#set({ whole, missing: !whole, fetching: false });
  }

  /** The newer version takes over, and this tab shows it. */
  async replace() {
    const worker = this.#registration?.waiting;
    worker?.addEventListener('statechange', () => worker.state === 'activated' && location.reload());
    this.#set({ others: !(await ask(worker, 'replace')) });
  }

  /** Not now: it comes by itself once the page is closed. */
  later() {
    this.#set({ newer: false });
  }

  /** @param {ServiceWorkerRegistration} registration */
  #follow(registration) {
    this.#registration = registration;
    registration.addEventListener('updatefound', () => this.#watch(registration.installing));
    this.#watch(registration.installing);
    this.#watch(registration.waiting);
    if (registration.active) this.#keeps(registration.active);
    setInterval(() => registration.update().catch(() => {}), HOUR);
  }

  /** @param {ServiceWorker | null} worker */
  #watch(worker) {
    const look = () => {
      if (worker?.state === 'installed' && this.#registration?.active) this.#set({ newer: true });
      if (worker?.state === 'activated') this.#keeps(worker);
      if (worker?.state === 'redundant' && !this.#registration?.active) this.#set({ state: 'failed' });
    };
    worker?.addEventListener('statechange', look);
    look();
  }

  /** @param {ServiceWorker} worker */
  async #keeps(worker) {
    /** @type {Kept} */ const { whole, bytes } = await ask(worker, 'claim', { version: this.version });
    this.#set({ state: 'kept', whole, bytes });
  }

  /** @param {Partial<Offline>} change */
  #set(change) {
    Object.assign(this, change);
    this.dispatchEvent(new Event('change'));
  }
}

export const offline = new Offline();

/** @param {ServiceWorker | null | undefined} worker @param {string} task @param {object} [values] @returns {Promise<any>} */
function ask(worker, task, values) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    if (worker) worker.postMessage({ task, ...values }, [port2]);
    else resolve(false);
  });
}

/** Nothing is kept of the page any more; what the visitor made stays. @param {ServiceWorkerRegistration | undefined} registration */
async function end(registration) {
  await registration?.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`contrastive-playground:${place.pathname}:`)).map((name) => caches.delete(name)));
}
