// Stands for `www/files/files.js` in the single file: what lies beside the hosted page's scripts lies in the page here,
// which hands it to every worker, as a page without an origin shares no addresses with these.
import { failure } from '../../www/intake/failure.js';

const SCRIPTS = { engine: 'worker.js', hand: 'hand.js', decoder: 'decoder.js', map: 'map-worker.js' };
/** A file that is kept smaller than it is. */
const ZIPPED = 'application/gzip';

/** @type {Record<string, Blob>} */
let files = {};
/** @type {Map<string, string>} */
const addresses = new Map();
const ready = globalThis.document ? unpack() : take();

/** What the page has in its elements: scripts as they are, all else in base64. */
function unpack() {
  const elements = /** @type {NodeListOf<HTMLScriptElement>} */ (document.querySelectorAll('script[data-file]'));
  for (const { dataset: { file = '', type }, text } of elements) {
    const content = type ? Uint8Array.from(atob(text), (char) => char.charCodeAt(0)) : text;
    files[file] = new Blob([content], { type: type ?? 'text/javascript' });
  }
}

/** A worker's first message is this, and nobody else's. */
function take() {
  return new Promise((resolve) => {
    const taken = (/** @type {Event} */ event) => {
      event.stopImmediatePropagation();
      files = /** @type {MessageEvent} */ (event).data;
      resolve(undefined);
    };
    addEventListener('message', taken, { once: true });
  });
}

/** @type {typeof import('../../www/files/files.js').startWorker} */
export function startWorker(name) {
  const worker = new Worker(address(SCRIPTS[name]), { name });
  worker.postMessage(files);
  return worker;
}

/** @type {typeof import('../../www/files/files.js').address} */
export function address(path) {
  const known = addresses.get(path) ?? URL.createObjectURL(content(path));
  addresses.set(path, known);
  return known;
}

/** @type {typeof import('../../www/files/files.js').file} */
export async function file(path) {
  await ready;
  const blob = content(path);
  if (blob.type !== ZIPPED) return new Response(blob);
  // Only WebAssembly is large enough for that.
  return new Response(blob.stream().pipeThrough(new DecompressionStream('gzip')), { headers: { 'Content-Type': 'application/wasm' } });
}

/** @param {string} path */
function content(path) {
  const found = files[path.replace('../', '')];
  if (!found) throw failure('notInSingle');
  return found;
}
