import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crosses, overlap, placed } from '../../www/train/labels.js';

const area = { left: 0, top: 0, right: 300, bottom: 100 };
/** A curve through the area, step by step. @param {(share: number) => number} height @returns {[number, number][]} */
const curve = (height) => Array.from({ length: 101 }, (_, step) => [3 * step, height(step / 100)]);
const chance = { y: 20, width: 80, height: 12 };
const floor = { y: 90, width: 60, height: 12 };
/** @type {[number, number][][]} */
const levels = [20, 90].map((y) => [[0, y], [300, y]]);

test('names of levels stand where no curve runs, not on each other, and within the chart', () => {
  const courses = {
    falls: (/** @type {number} */ share) => 90 - 70 * Math.exp(-5 * share),
    'falls late': (/** @type {number} */ share) => (share < 0.8 ? 22 : 88),
    'stays at chance': () => 21,
    'lies above chance': (/** @type {number} */ share) => 14 + 4 * Math.sin(40 * share),
    'stays at the floor': () => 86,
  };
  for (const [name, course] of Object.entries(courses)) {
    const lines = [...levels, curve(course)];
    const boxes = placed([chance, floor], lines, area, 3);
    for (const box of boxes) {
      assert.ok(!lines.some((line) => crosses(line, box)), `${name}: ${JSON.stringify(box)}`);
      assert.ok(box.left >= 0 && box.right <= 300 && box.top >= 0 && box.bottom <= 100, name);
    }
    assert.ok(!overlap(boxes[0], boxes[1]), name);
  }
});

test('levels that are near to each other have their names on both sides', () => {
  const boxes = placed([{ ...chance, y: 40 }, { ...floor, y: 46 }], [[[0, 40], [300, 40]], [[0, 46], [300, 46]]], area, 3);
  assert.ok(boxes[0].bottom < 40 && boxes[1].top > 46);
});

test('a name stays where it is as long as nothing comes there', () => {
  const [first] = placed([chance], levels, area, 3);
  const grown = curve((share) => 15 - 2 * share).filter(([x]) => x < 150);
  const [second] = placed([{ ...chance, spot: first.spot }], [...levels, grown], area, 3);
  assert.deepEqual(second, first);
  const [third] = placed([{ ...chance, spot: second.spot }], [...levels, curve(() => 12)], area, 3);
  assert.notEqual(third.spot, second.spot, 'it gives way');
  const [last] = placed([{ ...chance, spot: third.spot }], levels, area, 3);
  assert.equal(last.spot, third.spot, 'and does not come back');
});

test('a name of what falls stands by it where it stands, not at the height of its end', () => {
  const falls = curve((share) => (share < 0.8 ? 52 : 88));
  const [{ top, bottom }] = placed([{ y: 88, line: falls, width: 90, height: 12, right: 150 }], [falls], area, 3);
  assert.ok(bottom > 30 && top < 70);
});

test('a line crosses a box between two of its places too', () => {
  const box = { left: 10, top: 10, right: 20, bottom: 20 };
  assert.ok(crosses([[0, 0], [30, 30]], box));
  assert.ok(crosses([[15, 0], [15, 30]], box));
  assert.ok(!crosses([[0, 12], [9, 12]], box));
  assert.ok(!crosses([[0, 25], [30, 25]], box));
  assert.ok(!crosses([], box));
});
