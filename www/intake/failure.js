// Why a file is not among the pictures.
import { LIMITS } from './limits.js';

/**
 * @param {string} code the page has a sentence for `error.${code}`
 * @param {Record<string, string | number>} [details] what stands in the sentence
 */
export function failure(code, details = {}) {
  return Object.assign(new Error(code), { code, details });
}

/** @param {number} [limit] bytes */
export function tooLarge(limit = LIMITS.bytes) {
  return failure('fileTooLarge', { limit: limit / 1e6 });
}

/** @param {number} bytes @param {number} [limit] @throws where there are too many */
export function checkBytes(bytes, limit = LIMITS.bytes) {
  if (bytes > limit) throw tooLarge(limit);
}

/** One of ours: those of the browser have numbers as codes. @param {unknown} error */
export function isFailure(error) {
  return typeof (/** @type {any} */ (error)?.code) === 'string';
}

/**
 * What can be sent and shown of an error. One that the browser has a name for is about reading: the file went away since
 * it was chosen, most likely. Any other came up in decoding.
 * @param {unknown} error
 * @returns {{ code: string, details: Record<string, string | number> }}
 */
export function plain(error) {
  const { code, details = {} } = /** @type {any} */ (error) ?? {};
  if (isFailure(error)) return { code, details };
  return { code: error instanceof DOMException ? 'cannotRead' : 'decodingFailed', details: { reason: String(error) } };
}
