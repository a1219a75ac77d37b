import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgedBy, told } from '../../www/learned/judges.js';

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
  const key = (/** @type {{ wins: number, losses: number, p: number }} */ pair) => told('againstUntrained', pair).key;
  assert.equal(key({ wins: 5, losses: 1, p: 0.22 }), 'scores.againstUntrained.even');
  assert.equal(key({ wins: 9, losses: 1, p: 0.021 }), 'scores.againstUntrained.better');
  assert.equal(key({ wins: 1, losses: 9, p: 0.021 }), 'scores.againstUntrained.worse');
  assert.equal(key({ wins: 9, losses: 1, p: 0.05 }), 'scores.againstUntrained.even');
});
