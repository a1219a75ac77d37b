// Both devices train on points alike: each loss, over as many epochs as a difference would take to grow, and all that is seen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openEngine } from './engine.mjs';

/** @typedef {import('contrastive-playground').PointSettings} PointSettings @typedef {import('./engine.mjs').Device} Device */

/** @type {import('./engine.mjs').Engine} */
let engine;
before(async () => (engine = await openEngine()));
after(() => engine.close());

/** @type {[name: string, settings: Partial<PointSettings>][]} */
const RUNS = [
  ['the article’s system', {}],
  ['clusters and a circle', { separation: 4, dimensions: 2, projection: 2, samples: 40 }],
  ['views by noise', { loss: 'ntXent', samples: 30 }],
  ['the article’s loss', { loss: 'article', samples: 20 }],
  ['few of one label', { ones: 0.1, samples: 50 }],
];

for (const [name, settings] of RUNS) {
  test(`both devices agree on points: ${name}`, async () => {
    const [cpu, webgpu] = [await engine.run(run, 'cpu', settings), await engine.run(run, 'webgpu', settings)];
    assert.equal(cpu.losses.length, 20);
    assert.ok(cpu.losses[19] < cpu.losses[0], `${cpu.losses}`);
    assert.deepEqual(webgpu.levels, cpu.levels);
    near(webgpu.losses, cpu.losses, 1e-3, 'losses');
    for (const what of /** @type {const} */ (['inputs', 'h', 'z'])) near(webgpu.sight[what], cpu.sight[what], 5e-3, what);
    // A neighbour may lie at the edge of being one.
    near([webgpu.sight.own, webgpu.sight.knn], [cpu.sight.own, cpu.sight.knn], 0.03, 'shares');
  });
}

/** @param {number[]} found @param {number[]} expected @param {number} most @param {string} what */
function near(found, expected, most, what) {
  assert.equal(found.length, expected.length, what);
  const worst = expected.reduce((worst, value, at) => Math.max(worst, Math.abs(value - found[at]) / Math.max(1, Math.abs(value))), 0);
  assert.ok(worst < most, `${what} differ by ${worst}`);
}

/** @param {import('./engine.mjs').Lab} lab @param {Device} device @param {Partial<PointSettings>} settings */
async function run({ Session, open }, device, settings) {
  const session = await open(device);
  const run = await session.points({ ...Session.defaultPointSettings(), ...settings, epochs: 20 });
  const first = await run.train(8);
  const last = await run.train(100);
  run.free();
  return { losses: [...first.losses, ...last.losses], levels: last.levels, sight: last.sight };
}
