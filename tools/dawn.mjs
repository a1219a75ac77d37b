// WebGPU in Node, by Dawn: npm's `webgpu`, which `tools/devices.sh` puts into the cache.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache } from './cache.mjs';

/**
 * Makes Node look like a worker that has WebGPU, where Dawn and a driver that it takes can be had. A process that has
 * Dawn ends by `process.exit` alone.
 * @returns {Promise<{ adapter: string, missing: '' } | { adapter: '', missing: string }>} its name, or why there is none
 */
export async function dawn() {
  let adapter;
  try {
    const { create, globals } = await import(pathToFileURL(join(cache, 'dawn/node_modules/webgpu/index.js')).href);
    const gpu = create([]);
    adapter = await gpu.requestAdapter();
    if (adapter) disguise(gpu, globals);
  } catch (error) {
    return { adapter: '', missing: `Dawn cannot be loaded (${/** @type {Error} */ (error).message.split('\n')[0]})` };
  }
  if (!adapter) return { adapter: '', missing: process.env.NO_LAVAPIPE || 'Dawn takes no graphics driver that is here' };
  const { description, device, vendor } = adapter.info;
  return { adapter: description || device || vendor, missing: '' };
}

/** @param {unknown} gpu @param {Record<string, unknown>} globals the classes of WebGPU */
function disguise(gpu, globals) {
  // wasm-bindgen asks whether the global scope is a worker's.
  class WorkerGlobalScope {
    static [Symbol.hasInstance]() {
      return true;
    }
  }
  Object.assign(globalThis, globals, { WorkerGlobalScope, self: globalThis });
  Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'Node' }, configurable: true });
}
