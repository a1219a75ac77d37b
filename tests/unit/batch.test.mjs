import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anchorOf, partOf, viewOf } from '../../www/engine/batch.js';

const near = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ by = 1e-5) =>
  assert.ok(Math.abs(a - b) < by, `${a} is not ${b}`);

/**
 * A batch's tables as the loss makes them, from rows of similarities.
 * @param {{ method?: string, pictures?: number[], rows: number[][], positive: (row: number, column: number) => boolean,
 *   weight?: (row: number, column: number) => number, temperature?: number, candidates?: number }} given
 */
function batchOf({ method = 'simClr', pictures = [0, 1], rows, positive, weight = () => 1, temperature = 0.1, candidates }) {
  const columns = rows[0].length;
  const terms = rows.map((row, i) => row.map((s, j) => weight(i, j) * Math.exp(s / temperature)));
  const sums = terms.map((row) => row.reduce((sum, term) => sum + term, 0));
  const losses = rows.map((row, i) => {
    const chosen = row.filter((_, j) => positive(i, j));
    return Math.log(sums[i]) - chosen.reduce((sum, s) => sum + s, 0) / chosen.length / temperature;
  });
  return {
    method,
    pictures,
    columns,
    candidates: candidates ?? columns,
    temperature,
    similarities: new Float32Array(rows.flat()),
    shares: new Float32Array(terms.flatMap((row, i) => row.map((term) => term / sums[i]))),
    positives: new Uint8Array(rows.flatMap((row, i) => row.map((_, j) => Number(positive(i, j))))),
    losses: new Float32Array(losses),
  };
}

/** Two pictures with two views each. */
const VIEWS = [
  [1, 0.2, 0.8, 0.1],
  [0.2, 1, 0.3, 0.7],
  [0.8, 0.3, 1, 0.4],
  [0.1, 0.7, 0.4, 1],
];
const partner = (/** @type {number} */ i, /** @type {number} */ j) => Math.abs(i - j) === 2;
const notItself = (/** @type {number} */ i, /** @type {number} */ j) => Number(i !== j);

test("the article's worked example has a loss of 0.003385", () => {
  const batch = batchOf({ method: 'moco', rows: [[0.8, 0.1, 0.2]], positive: (_, j) => j === 0 });
  const anchor = anchorOf(batch, 0);
  near(anchor.loss, 0.003385, 1e-6);
  near(anchor.positives[0].share, 0.996621, 1e-6);
  near(-Math.log(anchor.positives[0].share), anchor.loss);
  assert.deepEqual(anchor.negatives.map(({ column }) => column), [2, 1]);
});

test('a row of NT-Xent has its partner, and not itself', () => {
  const anchor = anchorOf(batchOf({ rows: VIEWS, positive: partner, weight: notItself }), 2);
  assert.deepEqual(anchor.positives.map(({ column, view }) => [column, view]), [[0, 0]]);
  assert.deepEqual(anchor.negatives.map(({ column }) => column), [3, 1]);
  near([...anchor.positives, ...anchor.negatives].reduce((sum, { share }) => sum + share, 0), 1);
  [...anchor.positives, ...anchor.negatives].forEach(({ weight }) => near(weight, 1));
});

test('a column of InfoNCE is a second view', () => {
  const batch = batchOf({ method: 'infoNce', rows: [[0.9, 0.1], [0.2, 0.8]], positive: (i, j) => i === j });
  const anchor = anchorOf(batch, 1);
  assert.deepEqual(anchor.positives.map(({ column, view }) => [column, view]), [[1, 3]]);
  assert.deepEqual(anchor.negatives.map(({ column, view }) => [column, view]), [[0, 2]]);
});

test("the first column of MoCo is the anchor's own key, and the others are of the queue", () => {
  const batch = batchOf({ method: 'moco', rows: [[0.9, 0.1, 0.3], [0.8, 0.2, 0]], positive: (_, j) => j === 0 });
  assert.equal(viewOf(batch, 1, 0), 3);
  assert.equal(viewOf(batch, 1, 2), undefined);
  assert.deepEqual(anchorOf(batch, 1).negatives.map(({ view }) => view), [undefined, undefined]);
});

test('weights follow from shares', () => {
  const twice = (/** @type {number} */ i, /** @type {number} */ j) => (partner(i, j) ? 2 : notItself(i, j));
  const anchor = anchorOf(batchOf({ rows: VIEWS, positive: partner, weight: twice }), 0);
  near(anchor.positives[0].weight, 2);
  assert.ok(anchor.loss > Math.LN2);

  const hardest = (/** @type {number} */ i, /** @type {number} */ j) => Number(partner(i, j) || (i === 0 && j === 1));
  const chosen = anchorOf(batchOf({ rows: VIEWS, positive: partner, weight: hardest }), 0);
  assert.deepEqual(chosen.negatives.map(({ weight }) => Math.round(weight)), [1, 0]);
});

test('the loss is the mean over several positives', () => {
  const rows = [[1, 0.9, 0.5, 0.1]];
  const anchor = anchorOf(batchOf({ method: 'supCon', pictures: [0, 1, 2, 3], rows, positive: (_, j) => j === 1 || j === 2, weight: notItself }), 0);
  assert.deepEqual(anchor.positives.map(({ column }) => column), [1, 2]);
  near(anchor.loss, anchor.positives.reduce((sum, { share }) => sum - Math.log(share) / 2, 0));
  near(anchor.negatives[0].weight, 1, 1e-4);
});

test("the article's loss takes the anchor for its own positive", () => {
  const anchor = anchorOf(batchOf({ method: 'articleLoss', rows: [[1, 0.4], [0.4, 1]], positive: (i, j) => i === j }), 0);
  assert.deepEqual(anchor.positives.map(({ view }) => view), [0]);
});

test('negatives for which the tables have no room are what is left of the softmax', () => {
  const whole = batchOf({ method: 'moco', rows: [[0.9, 0.8, 0.7, 0.6]], positive: (_, j) => j === 0 });
  const cut = (/** @type {Float32Array} */ table) => table.subarray(0, 2);
  const batch = { ...whole, columns: 2, similarities: cut(whole.similarities), shares: cut(whole.shares), positives: whole.positives.subarray(0, 2) };
  const { rest } = anchorOf(batch, 0);
  assert.equal(rest.count, 2);
  near(rest.share, whole.shares[2] + whole.shares[3]);
  assert.deepEqual(anchorOf(whole, 0).rest, { count: 0, share: 0 });
});

test('a part of a batch has the columns that were chosen, in their order', () => {
  const part = partOf({ columns: 3, similarities: Float32Array.of(1, 2, 3, 4, 5, 6), positives: Uint8Array.of(1, 0, 0, 1, 0, 0) }, [0, 2]);
  assert.deepEqual([[...part.similarities], [...part.positives], part.columns], [[1, 3, 4, 6], [1, 0, 1, 0], 2]);
});
