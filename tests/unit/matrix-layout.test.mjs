import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnAt, layoutOf, placeOf } from '../../www/step/matrix-layout.js';

test('of MoCo, positives have a column of their own, and each key of the queue can be seen and pointed at', () => {
  for (const [width, columns] of [[340, 257], [900, 257], [340, 1025], [340, 9]]) {
    const layout = layoutOf({ method: 'moco', anchors: 8, columns }, width);
    assert.ok(layout.own > 20 && layout.cell >= 3 && layout.row >= 3, `${width}, ${columns}`);
    assert.ok(placeOf(layout, 1).x > placeOf(layout, 0).width, 'apart');
    for (const column of [0, 1, 7, columns - 1]) {
      const { x, width } = placeOf(layout, column);
      assert.equal(columnAt(layout, x + width / 2), column);
      assert.ok(x + width <= layout.width + 1e-9);
    }
  }
});

test('any other matrix has columns of one width', () => {
  const layout = layoutOf({ method: 'simClr', anchors: 12, columns: 12 }, 390);
  assert.ok(Math.abs(placeOf(layout, 11).x + layout.cell - layout.width) < 1e-9);
  assert.equal(columnAt(layout, placeOf(layout, 5).x + 1), 5);
});
