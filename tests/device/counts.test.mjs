// What a step asks of WebGPU, counted and not timed, so that it holds for every GPU.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openEngine } from './engine.mjs';

/** @typedef {{ dispatches: number, submits: number, uploads: number, pipelines: number }} Counts */

/** The most that a step may take, once it is settled, and, of pipelines, all until the first step is done, the self-test's among them. */
const LIMITS = {
  dispatches: 60,
  submits: 3,
  uploads: 3,
  pipelines: 40,
};

/** The article's encoder and SimCLR's recipe. */
const SET = { count: 64, side: 32, seed: 1 };
const BATCH = 32;

/** @type {import('./engine.mjs').Engine} */
let engine;
before(async () => (engine = await openEngine()));
after(() => engine.close());

test('a step asks no more of WebGPU than it may', async (context) => {
  const { start, step } = await engine.run(count, SET, BATCH);
  const found = { ...step, pipelines: start.pipelines };
  context.diagnostic(`a step takes ${JSON.stringify(found)}`);
  assert.equal(step.pipelines, 0, 'a settled step compiles nothing');
  for (const [name, limit] of Object.entries(LIMITS)) {
    const counted = found[/** @type {keyof Counts} */ (name)];
    assert.ok(counted > 0, `${name} were counted`);
    assert.ok(counted <= limit, `${name}: ${counted}, and ${limit} are the most`);
  }
});

/**
 * Counts what opening the device and the first step take, and what one of the next does.
 * @param {import('./engine.mjs').Lab} lab @param {typeof SET} set @param {number} batchSize
 */
async function count({ Session, open }, { count, side, seed }, batchSize) {
  const none = () => ({ dispatches: 0, submits: 0, uploads: 0, pipelines: 0 });
  let counts = none();
  const watch = (/** @type {string} */ type, /** @type {string} */ method, /** @type {keyof Counts} */ name) => {
    const { prototype } = /** @type {any} */ (globalThis)[type];
    const original = prototype[method];
    prototype[method] = function (/** @type {unknown[]} */ ...given) {
      counts[name]++;
      return original.apply(this, given);
    };
  };
  watch('GPUComputePassEncoder', 'dispatchWorkgroups', 'dispatches');
  watch('GPUComputePassEncoder', 'dispatchWorkgroupsIndirect', 'dispatches');
  watch('GPUQueue', 'submit', 'submits');
  watch('GPUQueue', 'writeBuffer', 'uploads');
  watch('GPUDevice', 'createComputePipeline', 'pipelines');
  watch('GPUDevice', 'createComputePipelineAsync', 'pipelines');
  const session = await open('webgpu');
  session.useShapes(count, side, seed);
  session.configure({ ...Session.defaultSettings(), batchSize });
  const step = async () => {
    session.step();
    await session.losses();
  };
  await step();
  const start = counts;
  for (let settling = 0; settling < 1; settling++) await step();
  counts = none();
  await step();
  return { start, step: counts };
}
