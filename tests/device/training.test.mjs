// A device learns: the loss of a short run falls below chance, its views are pictures, and the seed decides.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openEngine } from './engine.mjs';

const SET = { count: 1024, side: 16, seed: 0 };
const RUN = { batchSize: 8, steps: 12 };

/** @type {import('./engine.mjs').Engine} */
let engine;
before(async () => (engine = await openEngine()));
after(() => engine.close());

for (const device of /** @type {const} */ (['cpu', 'webgpu'])) {
  test(`a run on ${device} learns, and the seed decides how`, async () => {
    const { losses, views, again } = await engine.run(train, device, SET, RUN);
    const chance = Math.log(2 * RUN.batchSize - 1);
    assert.equal(losses.length, RUN.steps);
    assert.ok(losses.every(Number.isFinite));
    assert.ok(mean(losses.slice(-4)) < chance - 0.1, `${losses}`);
    assert.ok(mean(losses.slice(-4)) < mean(losses.slice(0, 4)), `${losses}`);

    const bytes = SET.side * SET.side * 4;
    assert.equal(views.length, 2 * RUN.batchSize * bytes);
    for (let at = 0; at < views.length; at += bytes) assert.ok(colors(views.slice(at, at + bytes)) > 8, `view ${at / bytes}`);

    assert.deepEqual(again, losses.slice(0, again.length));
  });
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The number of colours in RGBA. @param {number[]} pixels */
function colors(pixels) {
  return new Set(pixels.map((_, at) => (at % 4 ? '' : pixels.slice(at, at + 3).join()))).size - 1;
}

/** @param {import('./engine.mjs').Lab} lab @param {import('./engine.mjs').Device} device @param {typeof SET} set @param {typeof RUN} run */
async function train({ Session, open }, device, { count, side, seed }, run) {
  const session = await open(device);
  session.useShapes(count, side, seed);
  const losses = async (/** @type {number} */ steps) => {
    session.configure({ ...Session.defaultSettings(), ...run });
    for (let step = 0; step < steps; step++) session.step();
    return (await session.losses()).losses;
  };
  const whole = await losses(run.steps);
  await session.readBatch();
  const views = [...session.views()];
  session.reset();
  return { losses: whole, views, again: await losses(2) };
}
