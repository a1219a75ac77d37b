// Files that hold files: zip, tar and gzip.
import { HEAD, contentOf, looksLikeTar } from './content.js';
import { checkBytes, failure } from './failure.js';
import { tarSources } from './tar.js';
import { zipSources } from './zip.js';

/**
 * @typedef {import('./sources.js').Source & import('./sources.js').Label} Labelled
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
  const within = [...source.folders, source.name];
  for await (const found of filesOf(file, kind, source, signal)) yield 'more' in found ? found : { within, ...found };
}

/** @param {Blob} file @param {Archive} kind @param {Labelled} source @param {AbortSignal} signal */
function filesOf(file, kind, source, signal) {
  if (kind === 'zip') return zipSources(file, signal);
  return kind === 'tar' ? tarSources(() => file.stream(), signal) : gunzipped(file, source, signal);
}

/** @param {Blob} file @param {Labelled} source @param {AbortSignal} signal @returns {AsyncGenerator<Labelled | More, void, void>} */
async function* gunzipped(file, source, signal) {
  if (looksLikeTar(await start(gunzip(file), HEAD))) return yield* tarSources(() => streamOf(gunzip(file)), signal);
  const inside = await limited(gunzip(file));
  await contentOf(inside).catch((error) => {
    throw error.code === 'notAPicture' ? failure('nothingInside') : error;
  });
  // It is the same file, and in no other.
  yield { ...source, within: [], open: async () => inside };
}

/**
 * What a gzip holds, which may be several, one behind the other, as `cat`, bgzip and programs that write in parallel make them. A
 * browser refuses what stands behind the first, and does not say where that ended. So it is looked for where the browser stopped:
 * before the head of another, or before the zeros that fill a tape's last block, if all until there is whole, which its sum says.
 * @param {Blob} file @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>}
 */
async function* gunzip(file) {
  for (let rest = file; ; ) {
    const read = { bytes: 0 };
    let made = 0;
    try {
      for await (const part of inflated(streamOf(slices(rest, read)))) {
        made += part.length;
        yield part;
      }
      return;
    } catch {
      const end = await endOf(rest, read.bytes);
      if (!end) throw failure('damagedArchive');
      // What the error took along.
      for await (const part of inflated(rest.slice(0, end).stream())) {
        if (part.length > made) yield part.subarray(made);
        made = Math.max(0, made - part.length);
      }
      rest = rest.slice(end);
      if (await isPadding(rest)) return;
    }
  }
}

/** Bytes of a gzip that are unpacked at a time. */
const SLICE = 1 << 13;
/** Slices that may have been read and not yet unpacked. */
const AHEAD = 3;
/** How every gzip begins. */
const MAGIC = [0x1f, 0x8b, 8];
/** With how many bytes it ends that may be zeros too: its sum and its length. */
const TAIL = 8;

/** Where a gzip ends and another begins, or nothing but zeros; none where what was read is simply damaged. @param {Blob} file @param {number} read bytes of it */
async function endOf(file, read) {
  const from = Math.max(1, read - AHEAD * SLICE);
  const bytes = new Uint8Array(await file.slice(from, read + MAGIC.length).arrayBuffer());
  const padded = await isPadding(file.slice(read + MAGIC.length));
  for (const at of [...headsIn(bytes), ...(padded ? beforeZeros(bytes) : [])]) if (await isWhole(file.slice(0, from + at))) return from + at;
}

/** @param {Uint8Array} bytes */
function headsIn(bytes) {
  const heads = [];
  for (let at = -1; (at = bytes.indexOf(MAGIC[0], at + 1)) >= 0; ) if (MAGIC.every((byte, more) => bytes[at + more] === byte)) heads.push(at);
  return heads;
}

/** Where a tail of zeros may begin. @param {Uint8Array} bytes */
function beforeZeros(bytes) {
  let first = bytes.length;
  while (first && !bytes[first - 1]) first--;
  return Array.from({ length: Math.min(TAIL + 1, bytes.length - first) }, (_, own) => first + own);
}

/** @param {Blob} rest */
async function isPadding(rest) {
  for await (const part of chunksOf(rest.stream())) if (part.some(Boolean)) return false;
  return true;
}

/** @param {Blob} file a gzip */
async function isWhole(file) {
  try {
    for await (const part of inflated(file.stream())) void part;
    return true;
  } catch {
    return false;
  }
}

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream of a gzip, and only one */
function inflated(stream) {
  return chunksOf(stream.pipeThrough(new DecompressionStream('gzip')));
}

/**
 * An error of the decompressor takes along what it has made of the bytes at hand. So these are few at a time, and ever
 * fewer towards the end, which is where a file was cut off, and where its sum is found wrong.
 * @param {Blob} file @param {{ bytes: number }} read is told how many were
 */
async function* slices(file, read) {
  for await (const part of chunksOf(file.stream())) {
    for (let at = 0; at < part.length; ) {
      const slice = part.subarray(at, at + Math.min(SLICE, Math.ceil((file.size - read.bytes) / 8)));
      at += slice.length;
      read.bytes += slice.length;
      yield slice;
    }
  }
}

/** @param {AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>} parts @returns {ReadableStream<Uint8Array<ArrayBuffer>>} */
function streamOf(parts) {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await parts.return();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Safari has no loops over streams. @template T @param {ReadableStream<T>} stream @returns {AsyncGenerator<T, void, void>} */
async function* chunksOf(stream) {
  const reader = stream.getReader();
  try {
    for (let next; !(next = await reader.read()).done; ) yield next.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Its first bytes, and no more is unpacked. @param {AsyncIterable<Uint8Array>} parts @param {number} count */
async function start(parts, count) {
  const head = new Uint8Array(count);
  let at = 0;
  try {
    for await (const part of parts) {
      head.set(part.subarray(0, count - at), at);
      at += part.length;
      if (at >= count) break;
    }
  } catch (error) {
    // What came before the damage may say enough.
    if (!at) throw error;
  }
  return head;
}

/** All of it, within the limit of bytes. @param {AsyncIterable<Uint8Array>} parts */
async function limited(parts) {
  /** @type {BlobPart[]} */
  const kept = [];
  let bytes = 0;
  for await (const part of parts) {
    checkBytes((bytes += part.length));
    kept.push(/** @type {any} */ (part));
  }
  return new Blob(kept);
}
