// The loops of the CPU's kernels once more, in a module that multiplies and adds in one instruction.
import { useKernels } from 'contrastive-playground';

/** The module's bytes, where this browser takes them. @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} */
export async function relaxedKernels() {
  try {
    const response = await fetch(new URL('relaxed.wasm', import.meta.url));
    const bytes = new Uint8Array(await response.arrayBuffer());
    return response.ok && WebAssembly.validate(bytes) ? bytes : undefined;
  } catch {
    // Without them it is slower, and all the same.
    return undefined;
  }
}

/**
 * Has them run in an instance. They round differently, so all instances of a run need the same.
 * @param {Uint8Array<ArrayBuffer>} bytes @param {WebAssembly.Memory} memory of the instance
 */
export async function useRelaxed(bytes, memory) {
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const { rows, sums } = /** @type {Record<string, Function>} */ (/** @type {unknown} */ (instance.exports));
  useKernels(rows, sums);
}
