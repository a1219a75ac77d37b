// The files of a tar.
import { failure, isFailure, tooLarge } from './failure.js';
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
  const tar = new Tar(stream(), signal, nameOf, labelling(sources));
  parseTar(tar.bytes(), { filenameEncoding }, (entry) => tar.take(entry)).then(
    () => tar.end(),
    (error) => tar.end(isFailure(error) ? error : failure('damagedArchive')),
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
/** All of a tar is made of these: a header is one, and a file's last is filled up. */
const BLOCK = 512;
/** So many empty ones are its end. */
const END = 2;

/**
 * Between a parser that never waits and a reader who takes one file at a time: bytes are handed over only when
 * no file waits to be taken.
 */
class Tar {
  /** @type {Labelled[]} */ #files = [];
  /** @type {{ error?: Error } | undefined} */ #end;
  #stopped = false;
  /** Bytes handed over, and those that the headers have told of. */
  #handed = 0;
  #told = 0;
  /** Bytes of the file at hand that are still to come. */
  #body = 0;
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

  /** For the parser: headers one by one, so that it is known here where the tar ends, which it does not ask for. */
  async *bytes() {
    /** @type {Uint8Array} */ let rest = new Uint8Array();
    for (let zeros = 0; zeros < END; ) {
      while (this.#files.length && !this.#stopped) await this.#change();
      const inFile = this.#body > 0;
      while (rest.length < (inFile ? 1 : BLOCK)) {
        const more = await this.#more();
        if (!more && (inFile || rest.length)) throw failure('damagedArchive');
        // Between two files: of one that was cut off there, no more is to be seen than that its end is missing.
        if (!more && !zeros) throw failure('cutArchive');
        if (!more) return;
        rest = joined(rest, more);
      }
      const piece = rest.subarray(0, inFile ? this.#body : BLOCK);
      rest = rest.subarray(piece.length);
      if (inFile) this.#body -= piece.length;
      else zeros = piece.some(Boolean) ? 0 : zeros + 1;
      this.#handed += piece.length;
      // A header may claim to be endless, and would be kept whole.
      if (this.#handed > this.#told + BESIDE) throw failure('damagedArchive');
      yield piece;
    }
    await this.#behind(rest);
  }

  /** What stands behind a tar is not of it; but it is told, and gzip says at its end whether all was right. @param {Uint8Array} piece */
  async #behind(piece) {
    let [behind, more] = [0, /** @type {Uint8Array | undefined} */ (piece)];
    while (more) {
      if (more.some(Boolean)) throw failure('behindArchive');
      behind += more.length;
      more = behind < BESIDE ? await this.#more() : undefined;
    }
  }

  /** `undefined` where there is no more, or nobody asks for it. */
  async #more() {
    if (!this.#stopped && !this.#signal.aborted) return (await this.#reader.read()).value;
  }

  /** What a header says is to come. @param {import('@remix-run/tar-parser').TarEntry} entry */
  #tell({ header, size }) {
    this.#body = header.type === 'directory' ? 0 : Math.ceil(size / BLOCK) * BLOCK;
    this.#told += this.#body + BLOCK;
  }

  /** Of the parser, for who wants to know the names alone. @param {import('@remix-run/tar-parser').TarEntry} entry */
  async pass(entry) {
    this.#tell(entry);
    if (isFile(entry)) this.names.push(entry.name);
    await readPast(entry).catch(() => {});
  }

  /** Of the parser. @param {import('@remix-run/tar-parser').TarEntry} entry */
  async take(entry) {
    this.#tell(entry);
    const bar = BARS[entry.header.type];
    if (!bar && !isFile(entry)) return;
    try {
      const contents = await (bar ? readPast(entry) : contentsOf(entry));
      const file = source(this.#nameOf(entry.name), async () => {
        if (bar) throw failure(bar);
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

/** What may stand for a picture, and why it is not taken: kinds that the parser does not know are sparse files, above all. @type {Record<string, string | undefined>} */
const BARS = { link: 'linkInArchive', symlink: 'linkInArchive', unknown: 'otherCompression' };

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

/** @param {Uint8Array} rest @param {Uint8Array} more */
function joined(rest, more) {
  if (!rest.length) return more;
  const both = new Uint8Array(rest.length + more.length);
  both.set(rest);
  both.set(more, rest.length);
  return both;
}
