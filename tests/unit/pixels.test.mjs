import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNear } from '../../www/intake/pixels.js';

const bytes = (/** @type {number[]} */ ...values) => Uint8ClampedArray.from(values);

test('pixels are true up to a bit that nobody sees', () => {
  assert.ok(isNear(bytes(10, 20, 255), bytes(10, 20, 255)));
  assert.ok(isNear(bytes(11, 18, 254), bytes(10, 20, 255)));
  assert.ok(!isNear(bytes(10, 24, 255), bytes(10, 20, 255)));
  assert.ok(!isNear(bytes(255, 255, 255), bytes(10, 20, 255)));
  assert.ok(!isNear(bytes(10, 20), bytes(10, 20, 255)));
});
