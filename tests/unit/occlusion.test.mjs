import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropOfPixels, range, region, strongest } from '../../www/learned/occlusion.js';

/** Patches of two pixels on a picture of four, one pixel apart. @param {number[]} drops */
const map = (drops) => ({ across: 3, patch: 2, stride: 1, similarity: 0.75, drops });

test('a pixel has the mean of the patches that cover it', () => {
  const pixels = dropOfPixels(map([1, 0, 0, 0, 0, 0, 0, 0, 0]), 4);
  assert.deepEqual([...pixels.slice(0, 3)], [1, 0.5, 0]);
  assert.deepEqual([...pixels.slice(4, 7)], [0.5, 0.25, 0]);
});

test('what is never hidden has no value', () => {
  const pixels = dropOfPixels({ across: 1, patch: 2, stride: 2, similarity: 1, drops: [0.5] }, 3);
  assert.deepEqual([...pixels], [0.5, 0.5, NaN, 0.5, 0.5, NaN, NaN, NaN, NaN]);
});

test('a patch that is no number leaves the others alone', () => {
  const pixels = dropOfPixels(map([NaN, 1, 1, 1, 1, 1, 1, 1, 1]), 4);
  assert.ok(Number.isNaN(pixels[0]) && pixels[1] === 1);
  assert.equal(dropOfPixels(map([]), 0).length, 0);
});

test('the range always holds 0', () => {
  assert.deepEqual(range([0.25, NaN, 0.5]), [0, 0.5]);
  assert.deepEqual(range([-0.5, 0.25]), [-0.5, 0.25]);
  assert.deepEqual(range([]), [0, 0]);
});

test('the strongest patch says where it is and what it does', () => {
  const drops = [0, 0, 0.5, 0, 0, 0, -0.25, 0, NaN];
  const { region: where, from, to, box } = strongest(map(drops), 4) ?? assert.fail();
  assert.deepEqual({ where, from, to }, { where: 'topRight', from: 0.75, to: 0.25 });
  assert.deepEqual(box, { left: 0.5, top: 0, size: 0.5 });
  assert.equal(strongest(map(drops), 4, -1)?.to, 1);
  assert.equal(strongest(map([NaN]), 4), undefined);
});

test('a picture has nine parts', () => {
  const places = [0.1, 0.5, 1];
  const names = places.flatMap((down) => places.map((right) => region(right, down)));
  assert.deepEqual(names, [
    'topLeft', 'top', 'topRight', 'left', 'middle', 'right', 'bottomLeft', 'bottom', 'bottomRight',
  ]);
});
