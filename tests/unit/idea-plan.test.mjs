import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialOf, planOf } from '../../www/step/idea-plan.js';

const plan = planOf({ width: 500, height: 230 });
/** @param {number} similarity */
const one = (similarity) => ({ similarity, share: 0.1 });
/** The angle of a point from the top of the dial. @param {{ x: number, y: number }} point */
const angleOf = ({ x, y }) => Math.atan2(x - plan.center.x, plan.center.y - y);

test('each stands at the angle whose cosine is its similarity: the positive to the right, negatives to the left', () => {
  const { spokes } = dialOf(plan, one(0.8), [one(0.5), one(-0.3)]);
  const found = { positive: spokes.filter(({ kind }) => kind === 'positive'), negative: spokes.filter(({ kind }) => kind === 'negative') };
  assert.ok(Math.abs(Math.cos(angleOf(found.positive[0].to)) - 0.8) < 1e-9);
  assert.ok(angleOf(found.positive[0].to) > 0);
  for (const [index, cosine] of [0.5, -0.3].entries()) {
    const angle = angleOf(found.negative[index].to);
    assert.ok(angle < 0 && Math.abs(Math.cos(angle) - cosine) < 1e-9);
  }
});

test('squares that would cover each other stand further out, and the angle stays', () => {
  const alike = [one(0.999), one(0.998), one(0.997)];
  const { anchor, negatives, positive } = dialOf(plan, one(0.999), alike);
  const far = (/** @type {{ x: number, y: number }} */ { x, y }) => Math.hypot(x - plan.center.x, y - plan.center.y);
  assert.deepEqual([...negatives.map(far)].sort((a, b) => a - b), negatives.map(far));
  assert.ok(far(negatives[0]) > far(anchor) && positive && far(positive) > far(anchor));
  for (const [index, { similarity }] of alike.entries()) assert.ok(Math.abs(Math.cos(angleOf(negatives[index])) - similarity) < 1e-9);
});

test('however many squares stand behind each other, none covers the z of the views', () => {
  const alike = [0.05, 0.04, 0.03, 0.02].map(one);
  for (const size of [{ width: 500, height: 230 }, { width: 366, height: 180 }]) {
    const plan = planOf(size);
    for (const { x, side } of dialOf(plan, one(1), alike).negatives) assert.ok(x - side / 2 > plan.out.x + plan.type);
  }
});

test('however they are spread, no square comes into the strip of the captions, and these are within the drawing', () => {
  const spread = [0.2, -0.5, -0.97, -0.99].map(one);
  const sizes = [{ width: 294, height: 150 }, { width: 366, height: 170 }, { width: 475, height: 218 }, { width: 357, height: 290 }, { width: 640, height: 330 }];
  for (const types of [{ least: 10.5, most: 15 }, { least: 17.6, most: 20.7 }]) {
    for (const size of sizes) {
      const plan = planOf(size, types);
      const { negatives, positive, words } = dialOf(plan, one(-1), spread);
      for (const { y, side } of [...negatives, positive ?? assert.fail()]) assert.ok(y + side / 2 < plan.bottom);
      assert.ok(words.every(({ x, y }) => x <= size.width && y - plan.type >= plan.bottom - 1e-9 && y + 0.3 * plan.type <= size.height), JSON.stringify([size, types]));
    }
  }
});

test('a similarity that is no cosine, as a dot product, has a place all the same', () => {
  for (const similarity of [7, -7]) {
    const { negatives } = dialOf(plan, one(similarity), [one(similarity)]);
    assert.ok(Number.isFinite(negatives[0].x + negatives[0].y));
  }
  assert.equal(dialOf(plan, undefined, []).positive, undefined);
});
