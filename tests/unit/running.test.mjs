import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_COLLAPSE, collapseOf } from '../../www/train/collapse.js';
import { fillingOf } from '../../www/train/filling.js';

test('projections that are one point for five steps have collapsed, from the first of these on', () => {
  const after = (/** @type {number[][]} */ ...reports) => {
    let first = 1;
    return reports.reduce((before, spread) => {
      const found = collapseOf(before, { first, spread });
      first += spread.length;
      return found;
    }, NO_COLLAPSE);
  };
  assert.equal(after([0.9, 0.8, 0.4]).since, undefined);
  assert.equal(after([0.9, 0, 0, 0, 0]).since, undefined, 'four are not enough');
  assert.equal(after([0.9, 0, 0], [0, 0, 0]).since, 2, 'over two reports');
  assert.equal(after([0.9, 0, 0], [0, 0, 0], [0, 0]).since, 2, 'the step stays what it was');
  assert.equal(after([0, 0, 0, 0, 0], [0.5]).since, undefined, 'it came apart again');
  assert.equal(after([0, 0, 0.5, 0, 0], [0, 0.3]).since, undefined);
  assert.equal(after([NaN, NaN, NaN, NaN, NaN]).since, undefined, 'that is said otherwise');
});

test('random keys are in the queue until as many have come as it holds', () => {
  const report = (/** @type {number} */ first, /** @type {number} */ steps, /** @type {number} */ randomKeys) => ({ first, losses: Array(steps).fill(1), randomKeys });
  // 512 keys, 32 a step: sixteen steps.
  const begun = fillingOf(undefined, report(1, 4, 384), 32);
  assert.deepEqual(begun, { from: 1, to: 16 });
  const on = fillingOf(begun, report(5, 4, 256), 32);
  assert.deepEqual(on, { from: 1, to: 16 });
  assert.deepEqual(fillingOf(on, report(17, 4, 0), 32), { from: 1, to: 16 }, 'stays marked when it is over');
  assert.deepEqual(fillingOf(on, report(40, 2, 960), 32), { from: 40, to: 71 }, 'another queue');
  assert.equal(fillingOf(undefined, report(1, 4, 0), 32), undefined);
  assert.deepEqual(fillingOf(undefined, report(1, 1, 3), 32), { from: 1, to: 2 });
});
