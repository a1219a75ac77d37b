// How a lesson stands, without a page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING_DONE, begun, beside, latest, lost, missing, pausedIn, ran } from '../../www/lessons/standing.js';

const [first, second, third] = [
  { run: [{ as: 'floor', make: async () => 1 }, { as: 'first', steps: 1 }] },
  { run: { as: 'second', steps: 1 } },
  { needs: ['second', 'first'], run: { as: 'third', make: async () => 1 } },
];
const course = /** @type {any} */ ([{ name: 'one', steps: [first, second, third, {}] }, { name: 'two', steps: [{}] }]);

/** @param {number} step @param {Partial<import('../../www/lessons/standing.js').Lectern>} [done] */
const at = (step, done) => ({ course, number: 0, step, runsFor: 0, ...NOTHING_DONE, ...done });

test('a step lacks all that was not run from the first that it needs on', () => {
  assert.deepEqual(missing(at(3)), [first, second]);
  assert.deepEqual(missing(at(3, { results: { floor: 1, first: {} } })), [second]);
  assert.deepEqual(missing(at(3, { results: { floor: 1, first: {}, second: {} } })), []);
  assert.deepEqual(missing(at(2)), []);
  assert.deepEqual([ran(at(1, { results: { floor: 1 } })), ran(at(1, { results: { floor: 1, first: {} } })), ran(at(4))], [false, true, true]);
});

test('a prediction stands from when something of the answer is there, or is being made for this step', () => {
  assert.equal(begun(at(1)), false);
  assert.equal(begun(at(1, { runsFor: 1 })), true);
  assert.equal(begun(at(2, { runsFor: 1 })), false, 'another step’s run');
  assert.equal(begun(at(1, { results: { floor: 1 } })), true, 'one of two');
  assert.equal(begun(at(2, { paused: { second: {} } })), true);
  assert.equal(begun(at(3, { paused: { second: {} } })), false, 'what it needs is no answer');
});

test('each run that was paused waits, where it was made and where it is needed', () => {
  const paused = { first: 'a', second: 'b', third: undefined };
  assert.deepEqual([1, 2, 3, 4].map((step) => pausedIn(at(step, { paused }))), ['a', 'b', 'a', undefined]);
});

test('the last run is this step’s, or what it needs, or what was made before', () => {
  const results = /** @type {any} */ ({ first: 'a', second: 'b', third: 'c' });
  assert.deepEqual([1, 2, 3, 4].map((step) => latest(at(step, { results }))), ['a', 'b', 'a', 'b']);
  assert.equal(latest(at(2)), undefined);
});

test('a lesson is lost until something is run in this page, to its end or not', () => {
  assert.equal(lost(at(1), {}), false);
  assert.equal(lost(at(1), { one: 1 }), true);
  assert.equal(lost(at(1, { results: { floor: 1 } }), { one: 1 }), false);
  assert.equal(lost(at(1, { paused: { first: {} } }), { one: 1 }), false);
});

test('beside a step is another, the next lesson, or the list', () => {
  assert.deepEqual([beside(at(2), -1), beside(at(2), 1), beside(at(1), -1), beside(at(4), 1)], ['#lesson=0', '#lesson=0.3', '#lesson', '#lesson=1']);
  assert.equal(beside({ ...at(1), number: 1 }, 1), '#lesson');
});
