import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMark, pace } from '../../www/train/pace.js';

test('one report says nothing about speed', () => {
  assert.equal(pace([], 10), undefined);
  assert.equal(pace([{ at: 5, done: 1 }], 10), undefined);
  assert.equal(pace([{ at: 5, done: 1 }, { at: 9, done: 1 }], 10), undefined);
});

test('speed is steps over time, and what is left follows from it', () => {
  const marks = [{ at: 1000, done: 2 }, { at: 3000, done: 10 }];
  assert.deepEqual(pace(marks, 30), { rate: 4, left: 5 });
  assert.deepEqual(pace(marks, 10), { rate: 4, left: 0 });
});

test('only the last seconds count, yet a slow device keeps its latest mark', () => {
  const slow = addMark([{ at: 0, done: 0 }, { at: 60_000, done: 1 }], { at: 120_000, done: 2 });
  assert.deepEqual(slow, [{ at: 60_000, done: 1 }, { at: 120_000, done: 2 }]);
  const quick = addMark([{ at: 0, done: 0 }, { at: 9_000, done: 9 }], { at: 12_000, done: 12 });
  assert.deepEqual(quick.map(({ done }) => done), [9, 12]);
});
