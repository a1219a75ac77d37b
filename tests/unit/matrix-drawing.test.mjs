import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOf, scaleWords } from '../../www/step/heat.js';
import { columnAt, layoutOf, placeOf } from '../../www/step/matrix-drawing.js';

/** @param {Partial<import('../../www/step/cells.js').Batch>} batch @returns {any} */
const of = (batch) => batch;

test('of MoCo, positives have a column of their own, and each key of the queue can be seen and pointed at', () => {
  for (const [width, columns] of [[340, 257], [900, 257], [340, 1025], [340, 9]]) {
    const layout = layoutOf(of({ method: 'moco', anchors: 8, columns }), width);
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
  const layout = layoutOf(of({ method: 'simClr', anchors: 12, columns: 12 }), 390);
  assert.ok(Math.abs(placeOf(layout, 11).x + layout.cell - layout.width) < 1e-9);
  assert.equal(columnAt(layout, placeOf(layout, 5).x + 1), 5);
});

test('the legend says what is drawn: cosines from −1 to 1, and products as large as they are', () => {
  const { low, high } = scaleWords(of({ method: 'simClr', similarities: Float32Array.of(0.2) }));
  assert.deepEqual([low, high], ['−1', '1']);
  const products = scaleWords(of({ method: 'articleLoss', similarities: Float32Array.of(-3, 12.5, NaN) }));
  assert.deepEqual([products.low, products.high], ['−12.5', '12.5']);
  assert.notEqual(products.measure, scaleWords().measure);
});

test('a part of a batch has the columns that were chosen, in their order', () => {
  const part = partOf(of({ anchors: 2, columns: 3, similarities: Float32Array.of(1, 2, 3, 4, 5, 6), positives: Uint8Array.of(1, 0, 0, 1, 0, 0) }), [0, 2]);
  assert.deepEqual([[...part.similarities], [...part.positives], part.columns], [[1, 3, 4, 6], [1, 0, 1, 0], 2]);
});
