// The client of the worker that lays pictures out by UMAP.
import { startWorker } from '../files/files.js';

/**
 * A place in the plane for each row, such that rows with a small cosine distance are near each other; rows that are as
 * good as equal have one place. The same seed gives the same places. Rejects with an `AbortError`, or with an error that has a `code`.
 * @param {Float32Array} values `[rows, columns]` @param {number} rows @param {number} columns
 * @param {object} [options]
 * @param {number} [options.seed]
 * @param {Float32Array} [options.start] where the rows start, as that of the PCA; by chance if left out
 * @param {AbortSignal} [options.signal]
 * @param {(progress: number) => void} [options.onProgress] 0..1
 * @returns {Promise<Float32Array>} `[rows, 2]`
 */
export async function umap(values, rows, columns, { seed = 0, start, signal, onProgress } = {}) {
  if (signal?.aborted) throw abortion();
  const worker = startWorker('map');
  try {
    return await new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(abortion()), { once: true });
      worker.onerror = ({ message }) => reject(Object.assign(new Error(message), { code: 'noMap', details: { reason: message || 'map-worker.js' } }));
      worker.onmessage = ({ data: { progress, coordinates, error, count } }) => {
        if (error) reject(Object.assign(new Error(error), { code: error, details: { count } }));
        else if (coordinates) resolve(coordinates);
        else onProgress?.(progress);
      };
      worker.postMessage({ values, rows, columns, seed, start });
    });
  } finally {
    worker.terminate();
  }
}

function abortion() {
  return new DOMException('The map was cancelled', 'AbortError');
}
