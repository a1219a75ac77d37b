// An instance of the engine, and the loops of its CPU kernels once more, in a module that multiplies and adds in one
// instruction.
import init, { useKernels } from 'contrastive-playground';
import { file } from '../files/files.js';

/**
 * What instances are made of, once for all. Kernels with relaxed SIMD round differently, so all instances of a run need
 * the same.
 * @typedef {{ module: WebAssembly.Module, relaxed: Uint8Array<ArrayBuffer> | undefined }} Build
 */

/** @returns {Promise<Build>} */
export async function assemble() {
  const [module, relaxed] = await Promise.all([compile(), relaxedKernels()]);
  return { module, relaxed };
}

async function compile() {
  const response = await file('../contrastive-playground_bg.wasm');
  const streams = response.headers.get('Content-Type')?.startsWith('application/wasm');
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Their bytes, where this browser takes them; without them it is slower, and all the same. */
async function relaxedKernels() {
  try {
    const response = await file('relaxed.wasm');
    const bytes = new Uint8Array(await response.arrayBuffer());
    return response.ok && WebAssembly.validate(bytes) ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Makes this worker's instance. @param {Build} build */
export async function begin({ module, relaxed }) {
  const { memory } = await init({ module_or_path: module });
  if (!relaxed) return;
  const { instance } = await WebAssembly.instantiate(relaxed, { env: { memory } });
  const { rows, sums } = /** @type {Record<string, Function>} */ (/** @type {unknown} */ (instance.exports));
  useKernels(rows, sums);
}
