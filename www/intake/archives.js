// Files that hold pictures: zip, tar, gzip, and CIFAR-10's binary batches.
import { checkBytes, failure, tooLarge } from './failure.js';
import { LIMITS } from './limits.js';
import { isSystem, labelled, partsOf, source } from './sources.js';

/**
 * @typedef {import('./sources.js').Source & { label?: string }} Labelled
 * @typedef {{ name: string, file: Blob, label?: string }} FileItem a file that may be a picture
 * @typedef {{ name: string, cifar: Blob }} CifarItem
 * @typedef {{ name: string, error: unknown }} BadItem
 * @typedef {{ more: number }} MoreItem an archive was opened, and holds so many files
 * @typedef {FileItem | CifarItem | BadItem | MoreItem} Item
 */

/** A label byte, and 32·32 pixels of three colours. */
const CIFAR_RECORD = 3073;
/** Bytes that tell what holds pictures from what is one. */
const HEAD = 262;

/**
 * The files of all sources, those in archives too, opened one at a time when they are asked for.
 * @param {Labelled[]} sources
 * @returns {AsyncGenerator<Item, void, void>}
 */
export async function* unpacked(sources) {
  for (const source of sources) yield* opened(source, 0);
}

/** @param {Labelled} source @param {number} depth archives that it lies in @returns {AsyncGenerator<Item, void, void>} */
async function* opened(source, depth) {
  const { name, label } = source;
  try {
    const file = await source.open();
    const kind = await holds(file);
    if (kind && kind !== 'cifar' && depth > 0) throw failure('nestedArchive');
    if (kind === 'zip') yield* each(zipSources(file), name);
    else if (kind === 'gzip') yield* gunzipped(file, name, label);
    else if (kind === 'tar') yield* tarItems(file.stream(), name);
    else yield kind === 'cifar' ? { name, cifar: file } : { name, file, label };
  } catch (error) {
    yield { name, error };
  }
}

/** What a file holds, by its first bytes; `undefined` where it is no archive. @param {Blob} file */
async function holds(file) {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const starts = (/** @type {number[]} */ ...bytes) => bytes.every((byte, at) => head[at] === byte);
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return 'zip';
  if (starts(0x1f, 0x8b)) return 'gzip';
  if (String.fromCharCode(...head.subarray(257, 262)) === 'ustar') return 'tar';
  if (file.size > 0 && file.size % CIFAR_RECORD === 0 && (await hasLabels(file))) return 'cifar';
}

/** Do the first records start with a label, and does the file not look like a picture? @param {Blob} file */
async function hasLabels(file) {
  const bytes = new Uint8Array(await file.slice(0, 20 * CIFAR_RECORD).arrayBuffer());
  return bytes.every((byte, at) => at % CIFAR_RECORD !== 0 || byte < 10);
}

/** @param {Promise<Labelled[]>} entries @param {string} name @returns {AsyncGenerator<Item, void, void>} */
async function* each(entries, name) {
  const sources = await entries;
  if (!sources.length) yield { name, error: failure('emptyArchive') };
  yield { more: Math.max(0, sources.length - 1) };
  for (const source of sources) yield* opened(source, 1);
}

/** The files of a zip, read from where they lie in it. @param {Blob} file */
async function zipSources(file) {
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
    .map((entry) => source(entry.filename, () => read(/** @type {any} */ (entry), () => new BlobWriter())));
  return labelled(sources.filter((source) => !isSystem(source)));
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

/** @param {Blob} file @param {string} name @param {string} [label] @returns {AsyncGenerator<Item, void, void>} */
async function* gunzipped(file, name, label) {
  const stream = () => file.stream().pipeThrough(new DecompressionStream('gzip'));
  if (await isTar(stream())) return yield* tarItems(stream(), name);
  const inside = await limited(stream());
  if ((await holds(inside)) === 'cifar') yield { name, cifar: inside };
  else yield { name, file: inside, label };
}

/** @param {ReadableStream<Uint8Array>} stream */
async function isTar(stream) {
  const head = await start(stream, HEAD);
  return String.fromCharCode(...head.subarray(257, 262)) === 'ustar';
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
 * @param {ReadableStream<Uint8Array>} stream @param {string} archive
 * @returns {AsyncGenerator<Item, void, void>}
 */
async function* tarItems(stream, archive) {
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
      yield* opened(value, 1);
    }
    if (!count) yield { name: archive, error: failure('emptyArchive') };
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
