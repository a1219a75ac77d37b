import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resampled } from '../../www/intake/resample.js';

/** A square of grey. @param {number} side @param {(x: number, y: number) => number} grey */
const square = (side, grey) => Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) => (at % 4 === 3 ? 255 : grey((at >> 2) % side, Math.floor((at >> 2) / side))));
/** @param {Uint8Array} rgb */
const greys = (rgb) => [...rgb].filter((_, at) => at % 3 === 0);

test('a square at its own side is what it was', () => {
  const noise = square(64, (x, y) => (x * 37 + y * 101) % 256);
  assert.deepEqual(greys(resampled(noise, 64, 64)), [...noise].filter((_, at) => at % 4 === 0));
});

test('what is finer than a pixel becomes its mean', () => {
  for (const side of [256, 300, 512]) {
    const found = greys(resampled(square(side, (x, y) => ((x + y) % 2) * 255), side, 64));
    assert.ok(found.every((grey) => Math.abs(grey - 127.5) < 4), `${side}: ${Math.min(...found)} to ${Math.max(...found)}`);
  }
});

test('a plane stays a plane, smaller and larger', () => {
  for (const [from, to] of [[128, 64], [200, 64], [16, 64], [1, 64]]) {
    const plane = greys(resampled(square(from, (x) => (x + 0.5) * (256 / from)), from, to)).slice(0, to);
    const inside = plane.slice(to / 4, -to / 4);
    if (from > 1) assert.ok(inside.every((grey, at) => Math.abs(grey - (at + to / 4 + 0.5) * (256 / to)) <= 1), `${from} to ${to}`);
    assert.deepEqual(plane, plane.toSorted((a, b) => a - b));
  }
});

test('colours keep apart', () => {
  const red = Uint8ClampedArray.from({ length: 128 * 128 * 4 }, (_, at) => [200, 10, 0, 255][at % 4]);
  assert.deepEqual([...new Set(resampled(red, 128, 64))].sort((a, b) => a - b), [0, 10, 200]);
});
