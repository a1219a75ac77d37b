// An instance of the engine.
import init, { useKernels } from 'contrastive-playground';

/** Makes this worker's instance. @param {import('./build.js').Build} build */
export async function begin({ module, relaxed }) {
  const { memory } = await init({ module_or_path: module });
  if (!relaxed) return;
  const { instance } = await WebAssembly.instantiate(relaxed, { env: { memory } });
  const { rows, sums } = /** @type {Record<string, Function>} */ (/** @type {unknown} */ (instance.exports));
  useKernels(rows, sums);
}
