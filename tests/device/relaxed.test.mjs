// The CPU's kernels give with relaxed SIMD, which multiplies and adds in one instruction, what they give without.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const SEEDS = 12;

/** A module with a function `f` of one number that does nothing. */
const IDLE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 1, 0x7f, 0],
  ...[3, 2, 1, 0],
  ...[7, 5, 1, 1, 0x66, 0, 0],
  ...[10, 4, 1, 2, 0, 0x0b],
);

/** @param {BufferSource} module @param {WebAssembly.Imports} [imports] */
async function functions(module, imports) {
  const { instance } = await WebAssembly.instantiate(module, imports);
  return /** @type {Record<string, Function>} */ (/** @type {unknown} */ (instance.exports));
}

test('kernels with relaxed SIMD agree with the others at sizes drawn from many seeds', async (t) => {
  const kernels = await readFile('dist/app/relaxed.wasm');
  // Node 20 wants to be asked.
  if (!WebAssembly.validate(kernels)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  if (!WebAssembly.validate(kernels)) return t.skip('this Node has no relaxed SIMD');
  /** @type {typeof import('contrastive-playground')} */
  const { default: init, compareKernels } = await import(pathToFileURL('dist/contrastive-playground.js').href);
  const { memory } = await init({ module_or_path: await readFile('dist/contrastive-playground_bg.wasm') });
  const { rows, sums } = await functions(kernels, { env: { memory } });
  // Throws what differs.
  await compareKernels(SEEDS, rows, sums);
  // It is these that ran: kernels that do nothing in their place are noticed.
  const { f } = await functions(IDLE);
  await assert.rejects(async () => compareKernels(1, f, f), { code: 'device' });
});
