import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillingOf } from '../../www/train/filling.js';
import { Running } from '../../www/train/running.js';
import { NO_STOP, stopOf } from '../../www/train/stop.js';

/** What is found after reports of these spreads, each of so many steps. @param {number[][]} reports @param {number} [loss] */
function after(reports, loss = 2) {
  let first = 1;
  return reports.reduce((before, spread) => {
    const found = stopOf(before, { first, spread, losses: spread.map(() => loss), levels: { chance: 4.143 } });
    first += spread.length;
    return found;
  }, NO_STOP);
}

test('projections that are one point for five steps have collapsed, from the first of these on', () => {
  assert.equal(after([[0.9, 0.8, 0.4]]).kind, undefined);
  assert.equal(after([[0.9, 0, 0, 0, 0]]).kind, undefined, 'four are not enough');
  const { kind, since } = after([[0.9, 0, 0], [0, 0, 0]]);
  assert.deepEqual([kind, since], ['collapsed', 2], 'over two reports');
  assert.equal(after([[0.9, 0, 0], [0, 0, 0], [0, 0]]).since, 2, 'the step stays what it was');
  assert.equal(after([[0, 0, 0, 0, 0], [0.5]]).kind, undefined, 'it came apart again');
  assert.equal(after([[0, 0, 0.5, 0, 0], [0, 0.3]]).kind, undefined);
  assert.equal(after([[NaN, NaN, NaN, NaN, NaN]]).kind, undefined, 'that is said otherwise');
});

test('a collapse that drifts is the same collapse, and one that comes again is no other thing', () => {
  const [point, crowd] = [Array(20).fill(1e-5), Array(60).fill(8e-4)];
  const { kind, since } = after([[0.9], point, crowd], 4.143);
  assert.deepEqual([kind, since], ['collapsed', 2]);
  assert.equal(after([point, [0.3], crowd], 4.143).kind, 'collapsed');
  assert.equal(after([[0.3], crowd], 4.143).kind, 'stuck', 'it never was one point');
});

test('a run that stays in a crowd at chance for long is stuck, and one that spreads is not', () => {
  const steps = (/** @type {number} */ count, /** @type {number} */ spread) => Array(count).fill(spread);
  assert.equal(after([steps(49, 0.008)], 4.13).kind, undefined, 'it may take its time');
  const { kind, since } = after([steps(3, 0.5), steps(50, 0.008)], 4.13);
  assert.deepEqual([kind, since], ['stuck', 4]);
  assert.equal(after([steps(90, 0.5)], 4.143).kind, undefined, 'at a high temperature the loss never leaves chance');
  assert.equal(after([steps(90, 0.008)], 3.9).kind, undefined);
});

test('random keys are in the queue until as many have come as it holds', () => {
  const report = (/** @type {number} */ first, /** @type {number} */ steps, /** @type {number} */ randomKeys) => ({ first, losses: Array(steps).fill(1), randomKeys });
  // 512 keys, 32 a step: sixteen steps.
  const begun = fillingOf(undefined, report(1, 4, 384), 32);
  assert.deepEqual(begun, { from: 1, to: 16 });
  const on = fillingOf(begun, report(5, 4, 256), 32);
  assert.deepEqual(on, { from: 1, to: 16 });
  assert.deepEqual(fillingOf(on, report(17, 4, 0), 32), { from: 1, to: 16 }, 'stays marked when it is over');
  assert.deepEqual(fillingOf(on, report(40, 2, 960), 32), { from: 40, to: 71 }, 'another queue');
  assert.equal(fillingOf(undefined, report(1, 4, 0), 32), undefined);
  assert.deepEqual(fillingOf(undefined, report(1, 1, 3), 32), { from: 1, to: 2 });
});

test('a kept run ends with a checkpoint that cannot be read, and not with a device that is lost', async () => {
  for (const [code, then] of [['unreadableCheckpoint', 'end'], ['crashed', 'next']]) {
    /** @type {string[]} */
    const did = [];
    const noted = (/** @type {string} */ name) => async () => void did.push(name);
    const page = {
      state: { pictures: Array(8), source: 'shapes', side: 16, running: false, progress: { done: 0 } },
      keeping: { resumable: async () => ({ run: { id: 1, source: 'shapes', side: 16 }, checkpoint: { step: 3, file: new Blob() } }), take: noted('take'), end: noted('end'), next: noted('next') },
      engine: { load: async () => Promise.reject(Object.assign(new Error(code), { code })) },
    };
    await assert.rejects(new Running(/** @type {any} */ (page)).resume(), { code });
    assert.deepEqual(did, ['take', then]);
  }
});
