// A helping core: an instance of its own that makes parts and strips of steps for the worker that has the session (`crew.js`).
import { Shard } from 'contrastive-playground';
import { begin } from './instance.js';

/** @typedef {import('contrastive-playground').PartsReport} Form which trunk, of what side */
/** @typedef {import('contrastive-playground').Branch} Branch */

/** @type {Shard | undefined} */ let shard;
let formed = '';
/** Memory in which strips' weights and features came, and their gradient and slopes go back. @type {Record<string, Float32Array>} */
const used = {};

const commands = {
  start: begin,

  /** Weights for the parts of a step. @param {Form} form @param {Record<Branch, Float32Array>} weights */
  load({ encoder, size, side }, weights) {
    const form = [encoder, size, side].join();
    if (form !== formed) {
      shard?.free();
      shard = new Shard(encoder, size, side);
      formed = form;
    }
    for (const [branch, numbers] of Object.entries(weights)) {
      if (numbers.length) shard?.load(/** @type {Branch} */ (branch), numbers);
    }
  },

  /** @param {number} part @param {Branch} branch @param {Float32Array} pictures @param {Float32Array} table */
  forward: (part, branch, pictures, table) => shard?.forward(part, branch, pictures, table),

  /** @param {number} part @param {Float32Array} slopes */
  backward: (part, slopes) => shard?.backward(part, slopes),

  /** Weights for the strips of a step. @param {Float32Array} weights */
  loadStrips(weights) {
    shard?.loadStrips(weights);
    used.weights = weights;
  },

  /** @param {Float32Array} features */
  represent(features) {
    used.features = features;
    return shard?.represent(features);
  },

  /** @param {Float32Array} slopes */
  share: (slopes) => shard?.share(slopes, used.features),

  learnRest: () => shard?.learnRest(used.weights),
};

onmessage = async ({ data: { id, method, args } }) => {
  try {
    const result = await /** @type {any} */ (commands)[method](...args);
    postMessage({ id, result }, { transfer: result ? [result.buffer] : [] });
  } catch (error) {
    // Who asked makes the part itself.
    postMessage({ id, error: String(error) });
  }
};
