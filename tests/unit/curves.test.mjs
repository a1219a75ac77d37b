import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_CURVES, NO_LEVELS, extended, followed, level, smoothed, wholeLevels } from '../../www/train/curves.js';

/** @param {number} first @param {number[]} losses */
const report = (first, losses) => ({ first, losses, top1: losses, alignment: losses, uniformity: losses, spread: losses, levels: NO_LEVELS, randomKeys: 0 });

test('reports follow one another, and a run that goes back overwrites', () => {
  const three = extended(extended(NO_CURVES, report(1, [5, 4])), report(3, [3]));
  assert.deepEqual(three.loss, [5, 4, 3]);
  assert.deepEqual(extended(three, report(2, [9])).uniformity, [5, 9]);
  assert.equal(extended(three, report(4, [])), three);
  assert.deepEqual(extended(three, report(1, [])).loss, [], 'a run that was reset');
});

test('levels hold from the step on in which they were first so', () => {
  const [soft, sharp] = [{ ...NO_LEVELS, chance: 4, floor: 2.6 }, { ...NO_LEVELS, chance: 4, floor: 0.01 }];
  assert.equal(followed(NO_LEVELS, sharp, 1).from, undefined);
  const changed = followed(followed(NO_LEVELS, sharp, 1), soft, 31);
  assert.deepEqual(changed, { ...soft, from: 30 });
  assert.equal(followed(changed, soft, 60).from, 30);
});

test('chance is what the levels say, and random directions are √2 apart', () => {
  // Of supervised contrast a guess is right far more often than one in the number of candidates.
  const levels = { chance: Math.log(63), top1: 0.49, floor: 3.4, alone: 0 };
  assert.equal(level('loss', levels, 64), Math.log(63));
  assert.equal(level('top1', levels, 64), 0.49);
  assert.equal(level('alignment', levels, 64), 2);
  // Random directions, by a plain count.
  let seed = 1;
  const random = () => ((seed = (seed * 16807) % 2147483647) / 2147483647);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const points = Array.from({ length: 300 }, () => {
    const point = Array.from({ length: 64 }, normal);
    const length = Math.hypot(...point);
    return point.map((value) => value / length);
  });
  let [sum, pairs] = [0, 0];
  for (const [i, a] of points.entries()) {
    for (const b of points.slice(i + 1)) {
      sum += Math.exp(-2 * a.reduce((total, value, k) => total + (value - b[k]) ** 2, 0));
      pairs++;
    }
  }
  assert.ok(Math.abs(Math.log(sum / pairs) - level('uniformity', levels, 64)) < 0.03);
});

test('smoothing keeps a level, begins at the first value, and skips what is no number', () => {
  assert.deepEqual(smoothed([2, 2, 2], 0.9).map((value) => Math.round(value * 1e9) / 1e9), [2, 2, 2]);
  assert.equal(smoothed([7, 1], 0.5)[0], 7);
  assert.ok(smoothed([7, 1], 0.5)[1] < 4);
  assert.ok(Number.isNaN(smoothed([1, NaN, 1], 0.5)[1]));
  const values = [3, 1];
  assert.equal(smoothed(values, 0), values);
});

test('levels that a file says are taken where they are levels', () => {
  const said = { chance: 3.97, top1: 0.02, floor: null, alone: 0, from: 12 };
  assert.deepEqual(wholeLevels(JSON.parse(JSON.stringify(said))), { ...said, floor: NaN });
  for (const none of [undefined, {}, { chance: 'low' }, 7]) assert.equal(wholeLevels(none), undefined);
});
