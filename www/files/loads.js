// What the page and its workers load, as the browser itself counts it.

/** `bytes`: of those how many came over the network. @typedef {{ address: string, bytes: number }} Load */

const isWorker = 'WorkerGlobalScope' in globalThis;

/** Fires `change`. */
class Loads extends EventTarget {
  /** @type {Load[]} */ all = [];
  /** Addresses that the page's policy refused. @type {string[]} */ refused = [];

  /** @param {Load[]} more */
  add(more) {
    if (isWorker) return postMessage({ loads: more });
    this.all.push(...more);
    this.dispatchEvent(new Event('change'));
  }

  /** Counts from the beginning on. */
  watch() {
    if (!globalThis.PerformanceObserver?.supportedEntryTypes?.includes('resource')) return;
    const seen = new PerformanceObserver((list) => this.add(/** @type {PerformanceResourceTiming[]} */ (list.getEntries()).filter(isAsked).map(loadOf)));
    seen.observe({ type: 'resource', buffered: true });
    globalThis.document?.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
      if (!/^(https?|wss?):/.test(blockedURI)) return;
      this.refused.push(blockedURI);
      this.dispatchEvent(new Event('change'));
    });
  }

  /** A worker tells of what it loads, which is nothing to who started it for its work. @param {Worker} worker */
  of(worker) {
    worker.addEventListener('message', (event) => {
      if (!event.data?.loads) return;
      event.stopImmediatePropagation();
      this.add(event.data.loads);
    });
    return worker;
  }
}

export const loads = new Loads();
if (isWorker) loads.watch();

/** What the page has made itself needs no asking. @param {PerformanceResourceTiming} entry */
function isAsked({ name }) {
  return /^(https?|wss?):/.test(name);
}

/** @param {PerformanceResourceTiming} entry @returns {Load} */
function loadOf({ name, transferSize = 0 }) {
  return { address: name, bytes: transferSize };
}
