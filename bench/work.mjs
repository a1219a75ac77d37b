// The work that every program does: the article's encoder and SimCLR's loss on batches that ours has drawn, from the
// weights that ours begins with. So all have the same losses, or do not do the same work.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from '../tools/cache.mjs';
import { openSession } from './engine.mjs';

/** More pictures keep a large GPU busy: `PICTURES=256 make bench`. */
export const WORK = { pictures: Number(process.env.PICTURES || 32), side: 32, temperature: 0.1, learningRate: 0.001, seed: 1 };
/** Batches, which are gone through again and again. */
export const BATCHES = 3;
export const FOLDER = join(cache, 'bench/work');

/** Weights by name, as safetensors has them: in PyTorch's order. @typedef {Record<string, { shape: number[], values: Float32Array }>} Weights */

/**
 * Draws the batches and trains on them, and keeps weights and views (bytes, RGB, NHWC) as files.
 * @returns {Promise<{ views: number[], plain: number[] }>} the losses with these views, and with pictures as they are
 */
export async function prepare() {
  const session = (await openSession('cpu', true)).session;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'weights.safetensors'), /** @type {Uint8Array} */ (await session.weights()));
  /** @type {Uint8Array[]} */
  const batches = [];
  const views = await losses(session, async () => {
    await session.readBatch();
    batches.push(Uint8Array.from(session.views().filter((_, at) => at % 4 < 3)));
  });
  writeFileSync(join(FOLDER, 'views.bin'), Buffer.concat(batches));
  return { views, plain: await losses((await openSession('cpu', false)).session) };
}

/** @param {import('contrastive-playground').Session} session @param {() => Promise<void>} [look] at each batch */
async function losses(session, look = async () => {}) {
  const found = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    session.step();
    found.push(...(await session.losses()).losses);
    await look();
  }
  return found;
}

/** @returns {{ weights: Weights, batches: Float32Array[] }} batches are [2N, side, side, 3] in 0..1, the second views after all first ones */
export function readWork() {
  const bytes = readFileSync(join(FOLDER, 'views.bin'));
  const length = bytes.length / BATCHES;
  const batches = Array.from({ length: BATCHES }, (_, at) => Float32Array.from(bytes.subarray(at * length, (at + 1) * length), (byte) => byte / 255));
  return { weights: readWeights(readFileSync(join(FOLDER, 'weights.safetensors'))), batches };
}

/** @param {Buffer} file safetensors: the length of a head of JSON in 8 bytes, the head, and the numbers @returns {Weights} */
function readWeights(file) {
  const start = 8 + Number(file.readBigUInt64LE(0));
  const { __metadata__: _, ...tensors } = JSON.parse(file.toString('utf8', 8, start));
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data_offsets: [from, to] }]) => {
      // A copy, whose numbers lie where a Float32Array may begin.
      const values = new Float32Array(file.buffer.slice(file.byteOffset + start + from, file.byteOffset + start + to));
      return [name, { shape, values }];
    }),
  );
}
