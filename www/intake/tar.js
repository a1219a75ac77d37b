// The files of a tar.
import { failure, tooLarge } from './failure.js';
import { LIMITS } from './limits.js';
import { LETTERS, bytesOf, decodeNames, isBytes } from './name-encoding.js';
import { isSystem, labelling, source } from './sources.js';

/** @typedef {import('./archives.js').Labelled} Labelled @typedef {import('./archives.js').More} More */

/**
 * The files of a tar, as they come. It has no table of contents, so it is read twice: what folders all files have in
 * common, which is no label, is only known when all names are.
 * @param {() => ReadableStream<Uint8Array>} stream @param {AbortSignal} signal
 * @returns {AsyncGenerator<Labelled | More, void, void>}
 */
export async function* tarSources(stream, signal) {
  const { parseTar } = await import('@remix-run/tar-parser');
  const { filenameEncoding, names, nameOf } = await namesIn(async (filenameEncoding) => {
    const tar = new Tar(stream(), signal);
    // Damaged or not: what could be read of it is what will be read.
    await parseTar(tar.bytes(), { filenameEncoding }, (entry) => tar.pass(entry)).catch(() => {});
    tar.stop();
    return tar.names;
  });
  const sources = names.map((name) => source(name, async () => new Blob())).filter((file) => !isSystem(file));
  const tar = new Tar(stream(), signal, nameOf, labelling(sources.map(({ folders }) => folders)));
  parseTar(tar.bytes(), { filenameEncoding }, (entry) => tar.take(entry)).then(
    () => tar.end(),
    () => tar.end(failure('damagedArchive')),
  );
  try {
    let count = 0;
    for await (const file of tar.files()) {
      if (count++) yield { more: 1 };
      yield file;
    }
    if (!count) throw failure('emptyArchive');
  } finally {
    tar.stop();
  }
}

/**
 * The names as text, and how the parser is to be told to read them. It knows one encoding at a time; where that is not
 * UTF-8, it is told one in which every byte is another letter, and these are read again.
 * @param {(encoding: string) => Promise<string[]>} read
 */
async function namesIn(read) {
  const names = await read('utf-8');
  if (!names.some((name) => name.includes('\uFFFD'))) return { filenameEncoding: 'utf-8', names, nameOf: (/** @type {string} */ name) => name };
  const all = await read(LETTERS);
  const letters = all.filter(isBytes);
  const decoded = decodeNames(letters.map((name) => ({ bytes: bytesOf(name), cp437: name })));
  const text = new Map(letters.map((name, at) => [name, decoded[at]]));
  const nameOf = (/** @type {string} */ name) => text.get(name) ?? name;
  return { filenameEncoding: LETTERS, names: all.map(nameOf), nameOf };
}

/** Bytes that a tar may have beside its files, for headers and long names. */
const BESIDE = 4e6;
/** A header, and what fills up the last block of a file. */
const HEADER = 1024;

/**
 * Between a parser that never waits and a reader who takes one file at a time: bytes are handed over only when
 * no file waits to be taken.
 */
class Tar {
  /** @type {Labelled[]} */ #files = [];
  /** @type {{ error?: Error } | undefined} */ #end;
  #stopped = false;
  /** Bytes read, and those that the headers have told of. */
  #read = 0;
  #told = 0;
  #changed = () => {};
  #reader;
  #signal;
  #nameOf;
  #labelOf;
  /** Of the files that were passed. @type {string[]} */ names = [];

  /**
   * @param {ReadableStream<Uint8Array>} stream @param {AbortSignal} signal
   * @param {(name: string) => string} [nameOf] of a name as the parser has read it @param {ReturnType<typeof labelling>} [labelOf]
   */
  constructor(stream, signal, nameOf = (name) => name, labelOf = () => ({})) {
    this.#reader = stream.getReader();
    this.#signal = signal;
    this.#nameOf = nameOf;
    this.#labelOf = labelOf;
  }

  /** For the parser. */
  async *bytes() {
    for (;;) {
      while (this.#files.length && !this.#stopped) await this.#change();
      if (this.#stopped || this.#signal.aborted) return;
      const { done, value } = await this.#reader.read();
      if (done) return;
      this.#read += value.length;
      // A header may claim to be endless, and would be kept whole.
      if (this.#read > this.#told + BESIDE) throw failure('damagedArchive');
      yield value;
    }
  }

  /** Of the parser, for who wants to know the names alone. @param {import('@remix-run/tar-parser').TarEntry} entry */
  async pass(entry) {
    this.#told += entry.size + HEADER;
    if (isFile(entry)) this.names.push(entry.name);
    await readPast(entry).catch(() => {});
  }

  /** Of the parser. @param {import('@remix-run/tar-parser').TarEntry} entry */
  async take(entry) {
    this.#told += entry.size + HEADER;
    if (!isFile(entry)) return;
    try {
      const contents = await contentsOf(entry);
      const file = source(this.#nameOf(entry.name), async () => {
        if (!contents) throw tooLarge();
        return contents;
      });
      if (!isSystem(file)) this.#files.push({ ...file, ...this.#labelOf(file.folders) });
      this.#wake();
    } catch {
      // Cut off in the middle: the parser says so itself.
    }
  }

  /** @param {Error} [error] */
  async end(error) {
    // Files that came whole may still be on their way.
    await new Promise((resolve) => setTimeout(resolve));
    this.#end = { error };
    this.#wake();
  }

  /** For the reader. @throws where the archive was damaged, after the files before the damage */
  async *files() {
    for (;;) {
      const file = this.#files.shift();
      this.#wake();
      if (file) yield file;
      else if (this.#end?.error) throw this.#end.error;
      else if (this.#end) return;
      else await this.#change();
    }
  }

  stop() {
    this.#stopped = true;
    this.#wake();
    this.#reader.cancel().catch(() => {});
  }

  /** Both sides may wait at one time. @returns {Promise<void>} */
  #change() {
    return new Promise((resolve) => {
      const before = this.#changed;
      this.#changed = () => (before(), resolve());
    });
  }

  #wake() {
    const changed = this.#changed;
    this.#changed = () => {};
    changed();
  }
}

/** The oldest tars have folders as files whose name ends with a slash. @param {import('@remix-run/tar-parser').TarEntry} entry */
function isFile({ header, name }) {
  return header.type === 'file' && !name.endsWith('/');
}

/** `undefined` where there are too many bytes: they are read past. @param {import('@remix-run/tar-parser').TarEntry} entry */
async function contentsOf(entry) {
  if (entry.size <= LIMITS.bytes) return new Blob([await entry.arrayBuffer()]);
  await readPast(entry);
}

/** @param {import('@remix-run/tar-parser').TarEntry} entry */
async function readPast(entry) {
  const reader = entry.body.getReader();
  while (!(await reader.read()).done);
}
