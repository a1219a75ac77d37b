import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalised, verdict } from '../../www/learned/factors.js';

/** @param {number} accuracy @param {number} [chance] */
const score = (accuracy, chance = 0) => ({ factor: /** @type {const} */ ('shape'), accuracy, chance, count: 100, k: 20 });

test('a score is 0 for chance and 1 for always right', () => {
  assert.equal(normalised(score(0.25, 0.25)), 0);
  assert.equal(normalised(score(1, 0.25)), 1);
  assert.equal(normalised(score(0.625, 0.25)), 0.5);
});

test('what is guessed well, and not much worse than before, was kept', () => {
  assert.equal(verdict(score(0.8), score(0.3)), 'kept');
  assert.equal(verdict(score(0.25), score(0.3)), 'kept');
});

test('what is guessed no better than by chance was discarded, if it was seen before', () => {
  assert.equal(verdict(score(0.05), score(0.3), score(0)), 'discarded');
  assert.equal(verdict(score(0.05), score(0), score(0.3)), 'discarded');
  assert.equal(verdict(score(0.05), score(0.05), score(0.05)), 'unseen');
  assert.equal(verdict(score(0.15), score(0), score(0)), 'partly');
});

test('between the two it was kept in part', () => {
  assert.equal(verdict(score(0.15), score(0.1)), 'partly');
  assert.equal(verdict(score(0.5), score(0.8)), 'partly');
  assert.equal(verdict(score(0.35), score(0.9)), 'partly');
});

test('nothing is said where nothing can be', () => {
  assert.equal(verdict(score(1, 1), score(1, 1)), undefined);
  assert.equal(verdict(score(NaN), score(0.5)), undefined);
  assert.equal(verdict(score(0.8), undefined), 'kept');
});
