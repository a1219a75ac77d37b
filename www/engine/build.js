// What instances of the engine are made of: its compiled module, and the loops of its CPU kernels once more, in a module
// that multiplies and adds in one instruction.
import { file } from '../files/files.js';

/**
 * Once for all: kernels with relaxed SIMD round differently, so all instances of a run need the same.
 * @typedef {{ module: WebAssembly.Module, relaxed: Uint8Array<ArrayBuffer> | undefined }} Build
 */

/** The smallest module with an instruction of SIMD. */
const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

/** Without it nothing is compiled; where a browser is locked down there is no WebAssembly at all. */
export function hasSimd() {
  return Boolean(globalThis.WebAssembly?.validate(Uint8Array.from(SIMD)));
}

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
