// Where workers and files come from: they lie beside the page's scripts. In the single file they are in the page
// itself, and `tools/single/files.js` stands in this one's place.
import { loads } from './loads.js';

/** Their addresses are written out, for programs that look for them. */
const WORKERS = {
  engine: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'engine' }),
  hand: () => new Worker(new URL('./hand.js', import.meta.url), { type: 'module', name: 'hand' }),
  decoder: () => new Worker(new URL('./decoder.js', import.meta.url), { type: 'module', name: 'decoder' }),
  map: () => new Worker(new URL('./map-worker.js', import.meta.url), { type: 'module', name: 'map' }),
};

/** @param {keyof typeof WORKERS} name */
export function startWorker(name) {
  return loads.of(WORKERS[name]());
}

/** @param {string} path from the page's scripts on @throws where the page has no such file */
export function address(path) {
  return new URL(path, import.meta.url).href;
}

/** What index.html has begun to fetch, by its address, is for who asks first. @param {string} path @returns {Promise<Response>} */
export async function file(path) {
  const from = address(path);
  const { begun = {} } = /** @type {{ begun?: Record<string, Promise<Response>> }} */ (globalThis);
  const response = begun[from];
  delete begun[from];
  return response ?? fetch(from);
}
