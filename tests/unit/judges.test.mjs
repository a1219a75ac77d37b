import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgedBy, paired } from '../../www/learned/judges.js';

const NOBODY = { count: 21, seen: 0, withLabels: false, leftOut: 0, unjudged: [] };

/** @param {Partial<typeof NOBODY> & { unjudged?: string[] }} change */
const keys = (change) => judgedBy({ ...NOBODY, ...change }).map(({ key }) => key);

test('who was trained on is never called held out', () => {
  assert.deepEqual(keys({}), ['judges.unseen']);
  assert.deepEqual(keys({ withLabels: true }), ['judges.unseen'], 'labels of others do not matter');
  assert.deepEqual(keys({ seen: 1 }), ['judges.seen']);
  assert.deepEqual(keys({ seen: 21, withLabels: true }), ['judges.seenWithLabels']);
});

test('who does not judge is told', () => {
  assert.deepEqual(judgedBy({ ...NOBODY, leftOut: 3 }).at(-1), { key: 'judges.leftOut', values: { count: 3 } });
  assert.deepEqual(judgedBy({ ...NOBODY, unjudged: ['owl'] }).at(-1), { key: 'judges.unjudged', values: { labels: ['owl'] } });
});

test('a difference is put down to chance unless the paired test says otherwise', () => {
  const even = { wins: 5, losses: 1, p: 0.22 };
  const found = (/** @type {typeof even} */ pair) => paired({ againstUntrained: pair, againstPixels: even }).map(({ key }) => key);
  assert.deepEqual(found(even), ['scores.againstUntrained.even', 'scores.againstPixels.even']);
  assert.equal(found({ wins: 9, losses: 1, p: 0.021 })[0], 'scores.againstUntrained.better');
  assert.equal(found({ wins: 1, losses: 9, p: 0.021 })[0], 'scores.againstUntrained.worse');
  assert.equal(found({ wins: 9, losses: 1, p: 0.05 })[0], 'scores.againstUntrained.even');
});
