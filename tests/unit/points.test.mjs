import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchPoints } from '../../www/learned/points.js';

test('who pauses a run while what there was of it is made again keeps all of that', async () => {
  Object.assign(globalThis, { matchMedia: () => ({ matches: true }) });
  const epochs = 30;
  async function* points() {
    for (let epoch = 0; epoch <= epochs; epoch++) yield { epoch, losses: epoch ? [epoch] : [] };
  }
  const session = /** @type {any} */ ({ points, pointSettings: { epochs } });
  /** @type {number[]} */
  const shown = [];
  const watched = await watchPoints(session, {}, ({ report }) => shown.push(report.epoch), AbortSignal.abort(), 20);
  assert.deepEqual([watched?.report.epoch, watched?.losses.length, shown], [20, 20, [20]]);
});
