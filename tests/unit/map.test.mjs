import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupsOf } from '../../www/figures/groups.js';
import { distinct, rowsOf } from '../../www/learned/map/distinct.js';
import { nearest, unitRows } from '../../www/learned/map/neighbours.js';
import { nearestTo, next, placesOf } from '../../www/learned/map/places.js';
import { WHOLE, panned, placeAt, showing, spotAt, zoomed } from '../../www/learned/map/view.js';

const size = { width: 900, height: 600, reach: /** @type {[number, number]} */ ([1, 1]) };

test('the whole map lies within −1..1, upright and in proportion', () => {
  const places = placesOf(Float32Array.of(10, 0, 30, 5, 20, 10), 3);
  assert.deepEqual([...places], [-1, 0.5, 1, -0, 0, -0.5]);
});

test('who has no number has no place', () => {
  const places = placesOf(Float32Array.of(0, 0, NaN, 1, 2, Infinity, 4, 2), 5);
  assert.deepEqual([0, 1, 2, 3, 4].map((index) => Number.isFinite(places[2 * index])), [true, false, false, true, false]);
  assert.deepEqual([...placesOf(new Float32Array(), 0)], []);
  assert.deepEqual([...placesOf(Float32Array.of(7, 7), 1)], [0, -0]);
});

test('an arrow goes to the nearest picture in its direction', () => {
  const places = Float32Array.of(0, 0, 0.5, 0.1, 0.2, 0.4, -0.3, 0, NaN, NaN, 0, -0.2);
  assert.equal(next(places, 0, [1, 0]), 1);
  assert.equal(next(places, 0, [0, 1]), 2);
  assert.equal(next(places, 0, [-1, 0]), 3);
  assert.equal(next(places, 0, [0, -1]), 5);
  assert.equal(next(places, 1, [1, 0]), undefined);
});

test('a point hits the nearest picture that reaches it', () => {
  const places = Float32Array.of(0, 0, 0.1, 0, NaN, NaN);
  assert.equal(nearestTo(places, 0.06, 0, 0.1), 1);
  assert.equal(nearestTo(places, 0.06, 0.2, 0.1), undefined);
});

test('the place under the pointer stays there when one zooms', () => {
  const before = placeAt(WHOLE, size, 500, 250);
  const after = placeAt(zoomed(WHOLE, size, 3, 500, 250), size, 500, 250);
  assert.ok(Math.abs(before.x - after.x) < 1e-9 && Math.abs(before.y - after.y) < 1e-9);
  assert.deepEqual(zoomed(WHOLE, size, 0.5), WHOLE);
});

test('nobody can move the map out of sight', () => {
  const { x, y } = panned(WHOLE, size, 5000, 5000);
  assert.deepEqual([x + 0, y + 0], [0, 0]);
  const { left, top } = spotAt(panned(zoomed(WHOLE, size, 4), size, 1e6, 1e6), size, -1, -1);
  assert.ok(left < size.width / 2 && top < size.height / 2);
});

test('a picture is brought into sight', () => {
  const { left, top } = spotAt(showing(zoomed(WHOLE, size, 10), size, 0.9, -0.4, 30), size, 0.9, -0.4);
  assert.ok(left > 0 && left < size.width && top > 0 && top < size.height);
});

test('values beyond twelve are counted together, and so are pictures without one', () => {
  const values = [...Array.from({ length: 28 }, (_, at) => String(at % 14)), '0', undefined];
  const { groups, of } = groupsOf(values, 31, 'en');
  assert.deepEqual(groups.slice(0, 2).map(({ value, count }) => [value, count]), [['0', 3], ['1', 2]]);
  assert.deepEqual(groups.slice(-2).map(({ kind, count }) => [kind, count]), [['other', 4], ['none', 2]]);
  assert.deepEqual([of[0], of[13], of[29], of[30]], [0, 12, 13, 13]);
});

test('each row is first of its neighbours, and those with the same direction follow', () => {
  const units = unitRows(Float32Array.of(1, 0, 0, 2, 5, 0.1, 0, 0, NaN, 1), 5, 2);
  const { indices, distances } = nearest(units, 5, 2, 3);
  assert.deepEqual(indices[0].slice(0, 2), [0, 2]);
  assert.deepEqual(indices[2].slice(0, 2), [2, 0]);
  assert.equal(distances[0][0], 0);
  assert.ok(distances.flat().every(Number.isFinite));
});

test('copies stand for one another, as near as rounding leaves them, and all others for themselves', () => {
  const columns = 16;
  let seed = 3;
  const random = () => ((seed = (seed * 16807) % 2147483647) / 2147483647) - 0.5;
  const originals = Array.from({ length: 12 }, () => Float32Array.from({ length: columns }, random));
  const copies = Array.from({ length: 60 }, () => originals[4].map((value) => value * (1 + 1e-5 * random())));
  const all = [...originals, ...copies, new Float32Array(columns), new Float32Array(columns)];
  const values = Float32Array.from(all.flatMap((row) => [...row]));
  const { kept, placeOf } = distinct(unitRows(values, all.length, columns), all.length, columns);
  assert.deepEqual(kept, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 72], 'rows of zeros are one place too');
  assert.deepEqual(placeOf.slice(0, 12), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.ok(placeOf.slice(12, 72).every((place) => place === 4));
  assert.deepEqual([...rowsOf(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 0], 2)], [5, 6, 1, 2]);
});

test('who is found to be equal, brute force finds too', () => {
  const columns = 3;
  let seed = 7;
  const random = () => ((seed = (seed * 16807) % 2147483647) / 2147483647) - 0.5;
  const rows = Array.from({ length: 80 }, (_, row) => Float32Array.from({ length: columns }, () => (row % 3 ? Math.round(4 * random()) : random())));
  const units = unitRows(Float32Array.from(rows.flatMap((row) => [...row])), rows.length, columns);
  const { placeOf } = distinct(units, rows.length, columns);
  const apart = (/** @type {number} */ a, /** @type {number} */ b) => [0, 1, 2].reduce((sum, k) => sum + (units[3 * a + k] - units[3 * b + k]) ** 2, 0);
  for (const a of rows.keys()) for (const b of rows.keys()) assert.equal(placeOf[a] === placeOf[b], apart(a, b) <= 2e-6, `${a} ${b}`);
});
