import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wilson } from '../../www/figures/interval.js';

/** @param {number} share @param {number} count */
const rounded = (share, count) => wilson(share, count).map((end) => Number(end.toFixed(4)));

test('the interval is that of the tables', () => {
  assert.deepEqual(rounded(0.8, 10), [0.4902, 0.9433]);
  assert.deepEqual(rounded(0.5, 100), [0.4038, 0.5962]);
  assert.deepEqual(rounded(0.1, 10), [0.0179, 0.4042]);
  assert.deepEqual(rounded(0, 10), [0, 0.2775]);
  assert.deepEqual(rounded(1, 10), [0.7225, 1]);
});

test('more pictures make it narrower', () => {
  const width = (/** @type {number} */ count) => wilson(0.6, count)[1] - wilson(0.6, count)[0];
  assert.ok(width(10) > width(100) && width(100) > width(1000));
});

test('nobody judged says nothing', () => {
  for (const [share, count] of [[0.5, 0], [NaN, 10], [0.5, NaN], [Infinity, 3]]) {
    assert.deepEqual(wilson(share, count), [0, 1]);
  }
});
