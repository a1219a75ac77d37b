// What lessons make of the encoder's output: neighbours, and the head's z from the weights that the page hands over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headIn, projected } from '../../www/lessons/head.js';
import { cosines, nearest, neighbours, rowsOf, sharing } from '../../www/lessons/rows.js';

const rows = rowsOf(Float32Array.of(3, 0, 4, 1, 0, -2, 1, 1), 2);
const near = (/** @type {Iterable<number>} */ found, /** @type {number[]} */ expected) => {
  const all = [...found];
  assert.equal(all.length, expected.length);
  for (const [at, value] of all.entries()) assert.ok(Math.abs(value - expected[at]) < 1e-6, `${all} is not ${expected}`);
};

test('a cosine heeds no length', () => {
  near(cosines(rows, 0), [1, 4 / Math.sqrt(17), 0, Math.SQRT1_2]);
});

test('neighbours come the nearest first, and nobody is his own', () => {
  assert.deepEqual(nearest(rows, 0), [1, 3, 2]);
  assert.deepEqual(neighbours(rows, 1), [[1], [0], [0], [1]]);
  assert.deepEqual(sharing(neighbours(rows, 1), ['a', 'b', 'a', 'b']), [0, 0, 1, 1]);
});

/** A file as safetensors are. @param {Record<string, { shape: number[], values: number[] }>} tensors */
function file(tensors) {
  let at = 0;
  const entries = Object.entries(tensors).map(([name, { shape, values }]) => [name, { dtype: 'F32', shape, data_offsets: [at, (at += 4 * values.length)] }]);
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries([['__metadata__', { text: '{}' }], ...entries])));
  const bytes = new Uint8Array(8 + text.length + at);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(new Uint8Array(Float32Array.from(Object.values(tensors).flatMap(({ values }) => values)).buffer), 8 + text.length);
  return bytes.buffer;
}

test('z is h through the head, with a ReLU between two layers and none after the last', () => {
  const head = headIn(file({
    'encoder.weight': { shape: [1], values: [9] },
    'head.2.weight': { shape: [2, 2], values: [1, 1, -1, 0] },
    'head.0.weight': { shape: [2, 3], values: [1, 0, 0, 0, -1, 0] },
    'head.0.bias': { shape: [2], values: [0, 1] },
    'head.2.bias': { shape: [2], values: [0, 1] },
  }));
  // (2, 3, 5) → (2, −2) → (2, 0) → (2, −1), at length one.
  near(projected(Float32Array.of(2, 3, 5), 3, head).values, [2 / Math.sqrt(5), -1 / Math.sqrt(5)]);
  near(projected(Float32Array.of(3, 4), 2, []).values, [0.6, 0.8]);
});
