// Files that hold files: zip, tar and gzip.
import { HEAD, looksLikeTar } from './content.js';
import { checkBytes, failure, tooLarge } from './failure.js';
import { LIMITS } from './limits.js';
import { isSystem, labelled, partsOf, source } from './sources.js';

/**
 * @typedef {import('./sources.js').Source & { label?: string }} Labelled
 * @typedef {'zip' | 'gzip' | 'tar'} Archive
 * @typedef {{ more: number }} More there are so many files more than was thought
 */

/**
 * The files of an archive, each opened when it is asked for.
 * @param {Blob} file @param {Archive} kind @param {Labelled} source where the file came from
 * @returns {AsyncGenerator<Labelled | More, void, void>}
 * @throws a failure, perhaps after some of the files
 */
export async function* unpacked(file, kind, source) {
  if (kind === 'zip') yield* zipSources(file);
  else if (kind === 'tar') yield* tarSources(file.stream());
  else yield* gunzipped(file, source);
}

/** The files of a zip, read from where they lie in it. @param {Blob} file */
async function* zipSources(file) {
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
    .map((entry) => source(entry.filename, () => read(/** @type {any} */ (entry), () => new BlobWriter())))
    .filter((source) => !isSystem(source));
  if (!sources.length) throw failure('emptyArchive');
  yield { more: sources.length - 1 };
  yield* labelled(sources);
}

/** @param {import('@zip.js/zip.js').FileEntry} entry @param {() => any} writer */
async function read(entry, writer) {
  checkBytes(entry.uncompressedSize);
  if (entry.encrypted) throw failure('encrypted');
  // What is written in the archive of its size may be wrong: it is counted as it comes.
  const giveUp = new AbortController();
  const onprogress = (/** @type {number} */ done) => {
    if (done > LIMITS.bytes) giveUp.abort();
    return undefined;
  };
  try {
    return /** @type {Blob} */ (await entry.getData(writer(), { signal: giveUp.signal, onprogress, checkSignature: true }));
  } catch {
    if (giveUp.signal.aborted) throw tooLarge();
    throw failure('damagedArchive');
  }
}

/** @param {Blob} file @param {Labelled} source @returns {AsyncGenerator<Labelled | More, void, void>} */
async function* gunzipped(file, source) {
  const stream = () => file.stream().pipeThrough(new DecompressionStream('gzip'));
  if (await isTar(stream())) return yield* tarSources(stream());
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
 * The files of a tar, as they come: it has no table of contents, so the folder next to a file, but for the
 * outermost, is its label.
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<Labelled | More, void, void>}
 */
async function* tarSources(stream) {
  const { parseTar } = await import('@remix-run/tar-parser');
  /** @type {TransformStream<Labelled, Labelled>} */
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  const parsed = parseTar(paced(stream, writer), async (entry) => {
    if (entry.header.type !== 'file') return;
    const contents = await contentsOf(entry);
    const file = source(entry.name, async () => {
      if (!contents) throw tooLarge();
      return contents;
    });
    if (!isSystem(file)) await writer.write({ ...file, label: file.folders.slice(1).at(-1) });
  });
  parsed.then(() => writer.close(), () => writer.abort(failure('damagedArchive'))).catch(() => {});
  const reader = readable.getReader();
  try {
    let count = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (count++) yield { more: 1 };
      yield value;
    }
    if (!count) throw failure('emptyArchive');
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Hands over bytes only as files are taken, since the parser itself never waits. @param {ReadableStream<Uint8Array>} stream @param {WritableStreamDefaultWriter} writer */
async function* paced(stream, writer) {
  const reader = stream.getReader();
  try {
    for (;;) {
      await writer.ready;
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** `undefined` where there are too many bytes: they are read past. @param {import('@remix-run/tar-parser').TarEntry} entry */
async function contentsOf(entry) {
  if (entry.size <= LIMITS.bytes) return new Blob([await entry.arrayBuffer()]);
  const reader = entry.body.getReader();
  while (!(await reader.read()).done);
}
