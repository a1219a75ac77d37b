// Files that hold files: zip, tar and gzip.
import { HEAD, looksLikeTar } from './content.js';
import { checkBytes, failure, tooLarge } from './failure.js';
import { LIMITS } from './limits.js';
import { commonDepth, isSystem, labelOf, labelled, partsOf, source } from './sources.js';

/**
 * @typedef {import('./sources.js').Source & { label?: string }} Labelled
 * @typedef {'zip' | 'gzip' | 'tar'} Archive
 * @typedef {{ more: number }} More there are so many files more than was thought
 */

/**
 * The files of an archive, each opened when it is asked for.
 * @param {Blob} file @param {Archive} kind @param {Labelled} source where the file came from
 * @param {AbortSignal} [signal] ends it
 * @returns {AsyncGenerator<Labelled | More, void, void>}
 * @throws a failure, perhaps after some of the files
 */
export async function* unpacked(file, kind, source, signal = new AbortController().signal) {
  if (kind === 'zip') yield* zipSources(file, signal);
  else if (kind === 'tar') yield* tarSources(() => file.stream(), signal);
  else yield* gunzipped(file, source, signal);
}

/** The files of a zip, read from where they lie in it. @param {Blob} file @param {AbortSignal} signal */
async function* zipSources(file, signal) {
  const { BlobReader, BlobWriter, ZipReader, configure } = await import('@zip.js/zip.js');
  configure({ useWebWorkers: false });
  const reader = new ZipReader(new BlobReader(file), {
    normalizeFilename: (name) => partsOf(name).join('/') + (/[/\\]$/.test(name) ? '/' : ''),
  });
  const entries = await reader.getEntries().catch(() => {
    throw failure('damagedArchive');
  });
  const sources = entries
    .filter(({ directory }) => !directory)
    .map((entry) => source(entry.filename, () => read(/** @type {any} */ (entry), new BlobWriter(), signal)))
    .filter((source) => !isSystem(source));
  if (!sources.length) throw failure('emptyArchive');
  yield { more: sources.length - 1 };
  yield* labelled(sources);
}

/** @param {import('@zip.js/zip.js').FileEntry} entry @param {any} writer @param {AbortSignal} signal */
async function read(entry, writer, signal) {
  // zip.js gives up where there is more than the archive says.
  checkBytes(entry.uncompressedSize);
  if (entry.encrypted) throw failure('encrypted');
  try {
    return /** @type {Blob} */ (await entry.getData(writer, { signal, checkSignature: true }));
  } catch {
    throw failure('damagedArchive');
  }
}

/** @param {Blob} file @param {Labelled} source @param {AbortSignal} signal @returns {AsyncGenerator<Labelled | More, void, void>} */
async function* gunzipped(file, source, signal) {
  const stream = () => file.stream().pipeThrough(new DecompressionStream('gzip'));
  if (await isTar(stream())) return yield* tarSources(stream, signal);
  const inside = await limited(stream());
  yield { ...source, open: async () => inside };
}

/** @param {ReadableStream<Uint8Array>} stream */
async function isTar(stream) {
  return looksLikeTar(await start(stream, HEAD));
}

/** The first bytes of a stream, which is then given up. @param {ReadableStream<Uint8Array>} stream @param {number} count */
async function start(stream, count) {
  const head = new Uint8Array(count);
  const reader = stream.getReader();
  try {
    for (let at = 0; at < count; ) {
      const { done, value } = await reader.read();
      if (done) break;
      head.set(value.subarray(0, count - at), at);
      at += value.length;
    }
    return head;
  } catch {
    throw failure('damagedArchive');
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** All of a stream, within the limit of bytes. @param {ReadableStream<Uint8Array>} stream */
async function limited(stream) {
  /** @type {BlobPart[]} */
  const parts = [];
  let bytes = 0;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw failure('damagedArchive');
      });
      if (done) return new Blob(parts);
      checkBytes((bytes += value.length));
      parts.push(/** @type {any} */ (value));
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * The files of a tar, as they come. It has no table of contents, so it is read twice: what folders all files have in
 * common, which is no label, is only known when all names are.
 * @param {() => ReadableStream<Uint8Array>} stream @param {AbortSignal} signal
 * @returns {AsyncGenerator<Labelled | More, void, void>}
 */
async function* tarSources(stream, signal) {
  const { parseTar } = await import('@remix-run/tar-parser');
  const names = new Tar(stream(), signal);
  // Damaged or not: what could be read of it is what will be read.
  await parseTar(names.bytes(), (entry) => names.pass(entry)).catch(() => {});
  names.stop();
  const tar = new Tar(stream(), signal, commonDepth(names.folders));
  parseTar(tar.bytes(), (entry) => tar.take(entry)).then(
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
  #depth;
  /** Of the files that were passed. @type {string[][]} */ folders = [];

  /** @param {ReadableStream<Uint8Array>} stream @param {AbortSignal} signal @param {number} [depth] folders that all files have in common */
  constructor(stream, signal, depth = 0) {
    this.#reader = stream.getReader();
    this.#signal = signal;
    this.#depth = depth;
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
    const file = source(entry.name, async () => new Blob());
    if (entry.header.type === 'file' && !isSystem(file)) this.folders.push(file.folders);
    await readPast(entry).catch(() => {});
  }

  /** Of the parser. @param {import('@remix-run/tar-parser').TarEntry} entry */
  async take(entry) {
    this.#told += entry.size + HEADER;
    if (entry.header.type !== 'file') return;
    try {
      const contents = await contentsOf(entry);
      const file = source(entry.name, async () => {
        if (!contents) throw tooLarge();
        return contents;
      });
      if (!isSystem(file)) this.#files.push({ ...file, label: labelOf(file.folders.slice(this.#depth).at(-1)) });
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
