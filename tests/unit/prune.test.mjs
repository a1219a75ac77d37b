// What is taken out of the module after its build.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PARSER, plain, prune } from '../../tools/prune.mjs';

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
  const { bytes, functions, pruned, parsers } = prune(module, /^parser$/);
  assert.deepEqual([functions, pruned, parsers], [4, 2, 1]);
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

test('a parser is known by its name, old and new, and what drops or shows what it made is none', () => {
  const [ours, others] = [
    [
      '<cubecl_ir::dialect::math::ISubOp as pliron::parsable::Parsable>::parse::h2a8cb7a3e6d5e41d',
      '<cubecl_ir[c5930c85a12de822]::dialect::math::ISubOp as pliron[0123456789abcdef]::parsable::Parsable>::parse',
      '<combine::parser::FirstMode as combine::parser::ParseMode>::parse::h4d686fbab1687d6f',
      'pliron::irfmt::parsers::spaced::h4d686fbab1687d6f',
    ],
    [
      'core::ptr::drop_in_place<pliron::parsable::UnresolvedReference>::h8f2ceed8b19748a0',
      'pliron::type::Type::register::h80392fbde74d9e57',
      '<combine::stream::easy::Error<T,R> as core::fmt::Display>::fmt::h5349cf23cbb0fa56',
    ],
  ];
  for (const name of ours) assert.match(plain(name), PARSER);
  for (const name of others) assert.doesNotMatch(plain(name), PARSER);
});

test('of half a module nothing is made', () => {
  assert.throws(() => prune(module.subarray(0, 60)));
});
