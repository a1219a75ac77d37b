// A worker that decodes files, one at a time.
import { decodeSquare } from './decode.js';
import { plain } from './failure.js';

let granted = () => {};

/** Asks for memory, and waits for the answer. @param {number} pixels */
function grant(pixels) {
  postMessage({ needs: pixels });
  return /** @type {Promise<void>} */ (new Promise((resolve) => (granted = () => resolve())));
}

onmessage = async ({ data }) => {
  if (data.granted) return granted();
  try {
    const result = await decodeSquare(data.blob, grant);
    postMessage({ result }, { transfer: typeof result === 'string' ? [] : [result.buffer] });
  } catch (error) {
    postMessage({ error: plain(error) });
  }
};
