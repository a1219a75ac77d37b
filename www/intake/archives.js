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
  const stream = () => gunzip(file);
  if (await isTar(stream())) return yield* tarSources(stream, signal);
  const inside = await limited(stream());
  await contentOf(inside).catch((error) => {
    throw error.code === 'notAPicture' ? failure('nothingInside') : error;
  });
  // It is the same file, and in no other.
  yield { ...source, within: [], open: async () => inside };
}

/** Bytes of a gzip that are unpacked at a time. */
const SLICE = 1 << 13;

/**
 * An error of the decompressor takes along what it has made of the bytes at hand. So these are few at a time, and ever
 * fewer towards the end, which is where a file was cut off, and where its sum is found wrong.
 * @param {Blob} file
 */
function gunzip(file) {
  let left = file.size;
  /** @type {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
  const slices = new TransformStream({
    transform(chunk, controller) {
      for (let at = 0; at < chunk.length; ) {
        const slice = chunk.subarray(at, at + Math.min(SLICE, Math.ceil(left / 8)));
        controller.enqueue(slice);
        at += slice.length;
        left -= slice.length;
      }
    },
  });
  return file.stream().pipeThrough(slices).pipeThrough(new DecompressionStream('gzip'));
}

/** @param {ReadableStream<Uint8Array>} stream */
async function isTar(stream) {
  return looksLikeTar(await start(stream, HEAD));
}

/** The first bytes of a stream, which is then given up. @param {ReadableStream<Uint8Array>} stream @param {number} count */
async function start(stream, count) {
  const head = new Uint8Array(count);
  const reader = stream.getReader();
  let at = 0;
  try {
    while (at < count) {
      const { done, value } = await reader.read();
      if (done) break;
      head.set(value.subarray(0, count - at), at);
      at += value.length;
    }
    return head;
  } catch {
    // What came before the damage may say enough.
    if (!at) throw failure('damagedArchive');
    return head;
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
