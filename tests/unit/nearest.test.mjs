// Whom an encoder takes for whose twin, and which of them a lesson shows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleOf } from '../../www/lessons/twin/nearest.js';

/** @param {number} right @param {number} same @returns {import('../../www/lessons/twin/nearest.js').Nearest[]} */
const found = (right, same) => Array.from({ length: 96 }, (_, row) => ({ row, view: 0, sort: row >= 96 - right ? 'right' : row < same ? 'same' : 'wrong' }));

test('the few that are shown have the shares of all, wherever in the batch these are', () => {
  for (const [right, same] of [[0, 0], [6, 20], [12, 30], [48, 0], [96, 0], [50, 46]]) {
    const shown = sampleOf(found(right, same), 12);
    assert.equal(new Set(shown).size, 12);
    const count = (/** @type {string} */ sort) => shown.filter((one) => one.sort === sort).length;
    assert.equal(count('right'), Math.round(right / 8), `${right} of 96 are right`);
    assert.ok(Math.abs(count('same') - same / 8) < 1, `${same} of 96 are of the same kind`);
    assert.deepEqual(sampleOf(found(right, same), 12), shown);
  }
});

test('of a batch with fewer views all are shown', () => {
  assert.equal(new Set(sampleOf(found(1, 0).slice(-8), 12)).size, 8);
});
