import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COSINE, EXAMPLE, TEMPERATURE, anchorOf, within } from '../../www/step/by-hand.js';
import { decimal, disagree, sumOf } from '../../www/step/formula.js';

/** By the definition, where nothing overflows. @param {number} positive @param {number[]} negatives @param {number} temperature */
const plainly = (positive, negatives, temperature) => {
  const powers = [positive, ...negatives].map((cosine) => Math.exp(cosine / temperature));
  return -Math.log(powers[0] / powers.reduce((sum, power) => sum + power, 0));
};

test('the article’s example by hand', () => {
  const anchor = anchorOf(EXAMPLE);
  assert.equal(decimal(anchor.loss), '0.003385');
  assert.deepEqual([...anchor.positives, ...anchor.negatives].map(({ share }) => share.toFixed(6)), ['0.996621', '0.002470', '0.000909']);
});

test('any few cosines give what the definition gives, the positive the greatest or not, and the formula agrees', () => {
  for (const [positive, negatives, temperature] of /** @type {[number, number[], number][]} */ ([
    [0.8, [0.2, 0.1], 0.5],
    [0.2, [0.8, 0.1, -1], 0.1],
    [0.5, [0.5, 0.5], 0.07],
    [-1, [1], 1],
    [0.3, [], 0.1],
  ])) {
    const anchor = anchorOf({ positive, negatives, temperature });
    assert.ok(Math.abs(anchor.loss - plainly(positive, negatives, temperature)) < 1e-9, String(anchor.loss));
    const sum = sumOf(anchor);
    assert.ok(sum && !disagree(anchor.loss, sum));
  }
});

test('what e^(s/τ) is too large for still has a share and a loss', () => {
  const certain = anchorOf({ positive: 1, negatives: [0.9, -1], temperature: TEMPERATURE.min });
  assert.ok(Math.abs(certain.loss - Math.exp(-100)) < 1e-50);
  const wrong = anchorOf({ positive: 0.9, negatives: [1, -1], temperature: TEMPERATURE.min });
  assert.ok(Math.abs(wrong.loss - 100) < 1e-9);
  assert.deepEqual(wrong.negatives.map(({ share }) => Number(share.toFixed(6))), [1, 0]);
});

test('what is no cosine becomes the nearest, and no number at all what it was', () => {
  assert.deepEqual([3, -2, 0.4, NaN, null].map((value) => within(value, COSINE, 0.1)), [1, -1, 0.4, 0.1, 0.1]);
});
