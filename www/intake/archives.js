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
  if (kind === 'zip') yield* zipSources(file, signal);
  else if (kind === 'tar') yield* tarSources(() => file.stream(), signal);
  else yield* gunzipped(file, source, signal);
}

/** @param {Blob} file @param {Labelled} source @param {AbortSignal} signal @returns {AsyncGenerator<Labelled | More, void, void>} */
async function* gunzipped(file, source, signal) {
  const stream = () => file.stream().pipeThrough(new DecompressionStream('gzip'));
  if (await isTar(stream())) return yield* tarSources(stream, signal);
  const inside = await limited(stream());
  await contentOf(inside).catch((error) => {
    throw error.code === 'notAPicture' ? failure('nothingInside') : error;
  });
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
