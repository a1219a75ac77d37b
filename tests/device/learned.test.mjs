// Both devices measure the same of what was learned, by everything that the engine measures.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openEngine } from './engine.mjs';

/** @typedef {import('./engine.mjs').Lab} Lab @typedef {import('./engine.mjs').Device} Device */

/** Small enough for an emulated GPU. */
const SET = { count: 24, side: 8, seed: 3 };
/** @type {Partial<import('contrastive-playground').TrainSettings>} */
const SMALL = { size: 'small', batchSize: 4, temperature: 0.5, queue: 10, momentum: 0.9, seed: 7, steps: 100 };

/** @type {import('./engine.mjs').Engine} */
let engine;
before(async () => (engine = await openEngine()));
after(() => engine.close());

test('both devices agree on what was learned', async () => {
  const [cpu, webgpu] = [await engine.run(learned, 'cpu', SET, SMALL), await engine.run(learned, 'webgpu', SET, SMALL)];
  assert.equal(cpu.report.report.heldOut, 12);
  assert.equal(cpu.nearest.neighbours[0].index, 5, 'a picture finds itself');
  assert.equal(cpu.pca.coordinates.length, 3 * SET.count);
  assert.ok(cpu.factors.encoder.length > 5);
  assert.equal(cpu.curves.losses.length, 3);
  assert.equal(cpu.views.length, 8 * SET.side * SET.side * 4);
  compare(cpu, webgpu, 'learned');
});

test('both devices show the same views, to a rounding of a byte', async () => {
  const [cpu, webgpu] = [await engine.run(views, 'cpu', SET), await engine.run(views, 'webgpu', SET)];
  assert.ok(new Set(cpu).size > 50, 'there is something to see');
  compareBytes(cpu, webgpu);
});

for (const device of /** @type {const} */ (['cpu', 'webgpu'])) {
  test(`a saved run goes on exactly as if it had not stopped, on ${device}`, async () => {
    const { through, resumed, fresh } = await engine.run(resume, device, SET, { ...SMALL, method: /** @type {const} */ ('moco') });
    assert.equal(fresh, false, 'there is nothing to save of no run');
    assert.equal(through.length, 3);
    assert.deepEqual(resumed, through);
  });
}

test('a run saved on one device goes on on the other', async () => {
  const { through, resumed } = await engine.run(cross, SET, SMALL);
  for (const [step, loss] of through.entries()) assert.ok(Math.abs(resumed[step] - loss) < 1e-3, `step ${step + 1}: ${loss} and ${resumed[step]}`);
});

/** @param {any} a @param {any} b @param {string} path */
function compare(a, b, path) {
  if (path === 'learned.views') compareBytes(a, b);
  else if (typeof a === 'number') assert.ok(Math.abs(a - b) < 2e-3 * Math.max(1, Math.abs(a)), `${path}: ${a} and ${b}`);
  else if (typeof a === 'object' && a) {
    assert.deepEqual(Object.keys(b), Object.keys(a), path);
    for (const key of Object.keys(a)) compare(a[key], b[key], `${path}.${key}`);
  } else assert.deepEqual(b, a, path);
}

/** @param {number[]} a @param {number[]} b */
function compareBytes(a, b) {
  assert.equal(b.length, a.length);
  const worst = a.reduce((worst, value, at) => Math.max(worst, Math.abs(value - b[at])), 0);
  assert.ok(worst <= 1, `bytes differ by ${worst}`);
}

// What follows runs beside the engine, and sees nothing of this file.

/** @param {Lab} lab @param {Device} device @param {typeof SET} set @param {typeof SMALL} settings */
async function learned({ Session, open }, device, { count, side, seed }, settings) {
  const session = await open(device);
  const chosen = { ...Session.defaultSettings(), policy: Session.preset('cropOnly'), ...settings };
  const plain = (/** @type {any} */ tables) => {
    const { columns, similarities, shares, positives, losses } = tables;
    tables.free();
    return { columns, similarities: [...similarities], shares: [...shares], positives: [...positives], losses: [...losses] };
  };
  session.useShapes(count, side, seed);
  const rehearsal = { batch: await session.rehearse(chosen, 1), tables: plain(session.tables()) };
  session.configure(chosen);
  for (let step = 0; step < 3; step++) session.step();
  return {
    rehearsal,
    curves: await session.losses(),
    batch: await session.readBatch(),
    views: [...session.views()],
    tables: plain(session.tables()),
    start: plain(await session.tablesAtStart()),
    report: await session.evaluate(4, false),
    few: await session.fewLabels(1, 2, false),
    factors: await session.factors(),
    classes: session.factorClasses(),
    nearest: await session.nearest(5, 4),
    other: await session.nearestTo('grey', 4, new Uint8Array(48).fill(90), 3),
    pca: await session.pca(3),
    glance: await session.glance(chosen),
    occlusion: await session.occlusion(0, 1),
    embeddings: [...(await session.embeddings())],
  };
}

/** @param {Lab} lab @param {Device} device @param {typeof SET} set */
async function views({ Session, open }, device, { count, side, seed }) {
  const session = await open(device);
  session.useShapes(count, side, seed);
  return [...(await session.preview(Session.preset('strong'), Uint32Array.from({ length: 12 }, (_, at) => at), 5, 2))];
}

/** @param {Lab} lab @param {Device} device @param {typeof SET} set @param {typeof SMALL} settings */
async function resume({ Session, open }, device, { count, side, seed }, settings) {
  const session = await open(device);
  const losses = async () => {
    for (let step = 0; step < 3; step++) session.step();
    return (await session.losses()).losses;
  };
  session.useShapes(count, side, seed);
  const fresh = Boolean(await session.save());
  session.configure({ ...Session.defaultSettings(), policy: Session.preset('cropOnly'), ...settings });
  await losses();
  const saved = /** @type {Uint8Array} */ (await session.save());
  const through = await losses();
  session.reset();
  session.load(saved);
  return { fresh, through, resumed: await losses() };
}

/** @param {Lab} lab @param {typeof SET} set @param {typeof SMALL} settings */
async function cross({ Session, open }, { count, side, seed }, settings) {
  const [cpu, webgpu] = [await open('cpu'), await open('webgpu')];
  const losses = async (/** @type {import('contrastive-playground').Session} */ session) => {
    for (let step = 0; step < 3; step++) session.step();
    return (await session.losses()).losses;
  };
  for (const session of [cpu, webgpu]) session.useShapes(count, side, seed);
  webgpu.configure({ ...Session.defaultSettings(), policy: Session.preset('cropOnly'), ...settings });
  await losses(webgpu);
  cpu.load(/** @type {Uint8Array} */ (await webgpu.save()));
  return { through: await losses(webgpu), resumed: await losses(cpu) };
}
