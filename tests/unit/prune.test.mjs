// What is taken out of the module after its build.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prune } from '../../tools/prune.mjs';

/** @param {number} id @param {number[]} content */
const section = (id, ...content) => [id, content.length, ...content];
/** @param {string} text */
const string = (text) => [text.length, ...Buffer.from(text)];
/** A body without locals. @param {number[]} code */
const body = (...code) => [code.length + 2, 0, ...code, 0x0b];
/** Each gives a number: `run` that of `shared`; `parser`, which is in the table alone, that of `shared` after `alone`. */
const FUNCTIONS = { run: [0x10, 3], parser: [0x10, 2, 0x1a, 0x10, 3], alone: [0x41, 1], shared: [0x41, 7] };

const bodies = Object.values(FUNCTIONS).map((code) => body(...code));
const names = Object.keys(FUNCTIONS).flatMap((name, index) => [index, ...string(name)]);
const module = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, 1, 0x60, 0, 1, 0x7f),
  ...section(3, bodies.length, ...bodies.map(() => 0)),
  ...section(4, 1, 0x70, 0, 2),
  ...section(7, 2, ...string('run'), 0, 0, ...string('table'), 1, 0),
  ...section(9, 1, 0, 0x41, 0, 0x0b, 2, 1, 0),
  ...section(10, bodies.length, ...bodies.flat()),
  ...section(0, ...string('name'), ...section(1, bodies.length, ...names)),
  ...section(0, ...string('other'), 1, 2, 3),
);

/** @param {Uint8Array} bytes @returns {Promise<any>} */
const exportsOf = async (bytes) => new WebAssembly.Instance(await WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (bytes))).exports;

test('what only a parser calls has a body that traps, and all else is as it was', async () => {
  const before = await exportsOf(module);
  assert.deepEqual([before.run(), before.table.get(0)(), before.table.get(1)()], [7, 7, 7]);
  const { bytes, functions, pruned } = prune(module, /^parser$/);
  assert.deepEqual([functions, pruned], [4, 2]);
  const after = await exportsOf(bytes);
  assert.deepEqual([after.run(), after.table.get(1)()], [7, 7]);
  assert.throws(() => after.table.get(0)(), WebAssembly.RuntimeError);
  const made = await WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
  assert.equal(WebAssembly.Module.customSections(made, 'name').length, 0);
  assert.deepEqual(new Uint8Array(WebAssembly.Module.customSections(made, 'other')[0]), Uint8Array.of(1, 2, 3));
});

test('a parser that is called otherwise stays', async () => {
  const { bytes, pruned } = prune(module, /^(run|shared)$/);
  assert.equal(pruned, 0);
  assert.equal((await exportsOf(bytes)).run(), 7);
});
