// Takes out of the module what nobody calls, though the linker has to think that somebody may: node tools/prune.mjs FILE
//
// What CubeCL compiles for a GPU can be written as text and read again (its crate pliron). Each operation, type and attribute enters its
// parser into a table that only reading looks into, and here nobody reads. Parsers, and what only they call, get a body that
// traps, so all functions keep their numbers. Names, by which parsers are known, have then done their work.
import { readFile, writeFile } from 'node:fs/promises';
import { BinaryReader, BinaryReaderState as State, ExternalKind, NameType, OperatorCode as Code, SectionCode } from 'wasmparser';

/** What parses, by its own name: neither what drops or shows what a parser made, whose code others may share. */
export const PARSER = /^(<.* as pliron::parsable::Parsable>::parse(::|$)|pliron::irfmt::parsers::|(<.* as )?combine::parser::)/;
/** A closure in a table, which is a parser if it calls one. */
const CLOSURE = /FnOnce(<.*>>)?::call_once/;
/** No locals, `unreachable`, `end`. */
const TRAP = Uint8Array.of(3, 0, 0x00, 0x0b);
const CALLS = [Code.call, Code.return_call, Code.ref_func];

/**
 * @typedef {object} Module
 * @property {number} imported how many functions come from elsewhere, which are numbered first
 * @property {Set<number>} named by exports and the start
 * @property {Set<number>} kept in tables and variables, by which they may be called
 * @property {number[][]} calls which functions the body of each mentions
 * @property {string[]} names
 */

/** The module without what is never called, and without names. @param {Uint8Array} bytes @param {RegExp} [parser] names of parsers */
export function prune(bytes, parser = PARSER) {
  const module = read(bytes);
  const found = reached(module, parser);
  const stays = (/** @type {number} */ body) => found.has(module.imported + body);
  /** @type {Uint8Array[]} */ const parts = [bytes.subarray(0, 8)];
  for (const { id, start, from, to } of sections(bytes)) {
    if (id === SectionCode.Code) parts.push(code(bytes.subarray(from, to), stays));
    else if (id !== SectionCode.Custom || nameOf(bytes, from) !== 'name') parts.push(bytes.subarray(start, to));
  }
  const parsers = module.names.filter((name) => parser.test(name)).length;
  return { bytes: joined(parts), parsers, functions: module.calls.length, pruned: module.calls.filter((_, body) => !stays(body)).length };
}

/** @param {Uint8Array} bytes @returns {Module} */
function read(bytes) {
  const reader = new BinaryReader();
  reader.setData(bytes.slice().buffer, 0, bytes.length);
  /** @type {Module} */ const module = { imported: 0, named: new Set(), kept: new Set(), calls: [], names: [] };
  while (reader.read() && reader.state !== State.END_WASM) {
    const { state } = reader;
    const result = /** @type {any} */ (reader.result);
    if (state === State.ERROR) throw reader.error;
    if (state === State.IMPORT_SECTION_ENTRY && result.kind === ExternalKind.Function) module.imported++;
    if (state === State.EXPORT_SECTION_ENTRY && result.kind === ExternalKind.Function) module.named.add(result.index);
    if (state === State.START_SECTION_ENTRY) module.named.add(result.index);
    if (state === State.INIT_EXPRESSION_OPERATOR && result.code === Code.ref_func) module.kept.add(result.funcIndex);
    if (state === State.BEGIN_FUNCTION_BODY) module.calls.push([]);
    if (state === State.CODE_OPERATOR && CALLS.includes(result.code)) module.calls.at(-1)?.push(result.funcIndex);
    if (state === State.NAME_SECTION_ENTRY && result.type === NameType.Function) {
      for (const { index, name } of result.names) module.names[index] = plain(new TextDecoder().decode(name));
    }
  }
  // Half a module would be taken for one that calls little.
  if (reader.state !== State.END_WASM) throw new Error('the module ends before its end');
  return module;
}

/** Without the hashes that newer compilers put behind the names of crates. @param {string} name */
export function plain(name) {
  return name.replace(/\[[0-9a-f]{8,}\]/g, '');
}

/** Which functions may be called, if parsers that are in tables are not, from there. @param {Module} module @param {RegExp} parser */
function reached({ imported, named, kept, calls, names }, parser) {
  const parses = (/** @type {number} */ index) => parser.test(names[index] ?? '');
  const called = (/** @type {number} */ index) => calls[index - imported] ?? [];
  const found = new Set(named);
  // One that calls nothing saves nothing, and may be another's code as well.
  const apart = (/** @type {number} */ index) => called(index).length && (parses(index) || (CLOSURE.test(names[index] ?? '') && called(index).some(parses)));
  for (const index of kept) if (!apart(index)) found.add(index);
  // What is found is added behind, and looked at in its turn.
  for (const index of found) for (const next of called(index)) found.add(next);
  return found;
}

/** The section of bodies, of which some trap. @param {Uint8Array} section @param {(body: number) => boolean} stays */
function code(section, stays) {
  let [count, at] = number(section, 0);
  /** @type {Uint8Array[]} */ const parts = [leb(count)];
  for (let body = 0; body < count; body++) {
    const [size, from] = number(section, at);
    parts.push(stays(body) ? section.subarray(at, from + size) : TRAP);
    at = from + size;
  }
  const content = joined(parts);
  return joined([Uint8Array.of(SectionCode.Code), leb(content.length), content]);
}

/** @param {Uint8Array} bytes */
function* sections(bytes) {
  for (let start = 8; start < bytes.length; ) {
    const [size, from] = number(bytes, start + 1);
    yield { id: bytes[start], start, from, to: from + size };
    start = from + size;
  }
}

/** Of a section that is not the standard's. @param {Uint8Array} bytes @param {number} at */
function nameOf(bytes, at) {
  const [size, from] = number(bytes, at);
  return new TextDecoder().decode(bytes.subarray(from, from + size));
}

/** An unsigned number in LEB128, and where it ends. @param {Uint8Array} bytes @param {number} at @returns {[number, number]} */
function number(bytes, at) {
  let [value, shift] = [0, 0];
  do value += (bytes[at] & 0x7f) * 2 ** (7 * shift++);
  while (bytes[at++] & 0x80);
  return [value, at];
}

/** @param {number} value */
function leb(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value & 0x7f) | 0x80);
  return Uint8Array.of(...bytes, value);
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  return new Uint8Array(Buffer.concat(parts));
}

const [script, file] = process.argv.slice(1);
if (script === import.meta.filename) {
  const { bytes, parsers, functions, pruned } = prune(await readFile(file));
  await writeFile(file, bytes);
  console.log(parsers ? `${pruned} of ${functions} functions are never called, and were taken out` : `No parser is named in ${file} as tools/prune.mjs thinks, so all of it stays`);
}
