// Both devices find the same numbers: every method, network, optimiser and choice over as many steps as a difference
// would take to grow, and all that is measured of what was learned.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openEngine } from './engine.mjs';

/**
 * @typedef {import('contrastive-playground').TrainSettings} TrainSettings @typedef {import('./engine.mjs').Device} Device
 * @typedef {{ count: number, side: number, seed: number }} Shapes
 */

/** Small enough for an emulated GPU. */
const SET = { count: 24, side: 8, seed: 3 };
/** @type {Partial<TrainSettings>} */
const SMALL = { size: 'small', batchSize: 4, temperature: 0.5, queue: 10, momentum: 0.9, seed: 7, steps: 100 };
const STEPS = 20;

/**
 * Adam makes as much of a gradient's rounding as of the gradient where that is near zero, and the hardest negatives are
 * a choice: there two devices part sooner, and fewer steps, or smaller ones, are compared.
 * @type {[name: string, settings: Partial<TrainSettings>, others?: { set?: Partial<Shapes>, steps?: number }][]}
 */
const RUNS = [
  ['SimCLR', {}],
  ['InfoNCE, SGD', { method: 'infoNce', optimizer: 'sgd', learningRate: 0.03 }],
  ['MoCo', { method: 'moco' }],
  ['supervised contrast, SGD', { method: 'supCon', optimizer: 'sgd', learningRate: 0.03 }],
  ['the article’s loss', { method: 'articleLoss' }],
  ['no normalisation', { method: 'noNormalization' }],
  ['no augmentation', { method: 'noAugmentation' }],
  ['the positive among the negatives', { method: 'positiveAmongNegatives' }],
  ['τ too small', { method: 'temperatureTooSmall', learningRate: 0.0001 }],
  ['τ too large', { method: 'temperatureTooLarge' }],
  ['the hardest negatives, cosine schedule', { negatives: 'hardest', hardest: 2, schedule: 'cosine', warmUp: 3 }, { steps: 10 }],
  ['hardness-weighted and debiased negatives', { negatives: 'hardnessWeighted', beta: 0.5, classPrior: 0.1 }],
  ['negatives of other labels', { withoutSameLabel: true }],
  ['weight decay', { weightDecay: 0.01 }],
  ['AdamW', { optimizer: 'adamW', weightDecay: 0.01 }],
  ['SGD with decay, clipped', { optimizer: 'sgd', learningRate: 0.03, weightDecay: 0.01, clipNorm: 1 }],
  ['a residual network, AdamW', { encoder: 'resnet', head: 'mlp3', optimizer: 'adamW', weightDecay: 0.01 }, { steps: 3 }],
  ['a residual network, SGD', { encoder: 'resnet', head: 'mlp3', optimizer: 'sgd', learningRate: 0.01 }],
  ['a transformer, clipped', { encoder: 'vit', head: 'linear', clipNorm: 1 }],
  ['no head', { head: 'none' }],
  ['a medium network', { size: 'medium', learningRate: 0.0001 }],
  ['two pictures', { batchSize: 2 }, { set: { count: 2 } }],
  ['an odd number of pictures', { batchSize: 7 }],
  ['pictures of 16 pixels', {}, { set: { side: 16 } }],
];

/** @type {import('./engine.mjs').Engine} */
let engine;
before(async () => (engine = await openEngine()));
after(() => engine.close());

test('WebGPU is what it runs on', async (context) => {
  context.diagnostic(`the device tests ran ${engine.where}`);
  const { kind, reason } = await engine.run(async ({ open }) => (await open('webgpu')).device());
  assert.equal(kind, 'webgpu', reason);
});

for (const policy of /** @type {const} */ (['strong', 'mocoV2', 'colorOnly', 'none'])) agreesOn(`augmentation: ${policy}`, SMALL, { policy });
for (const [name, settings, others] of RUNS) agreesOn(name, { ...SMALL, ...settings }, others);

/**
 * @param {string} name @param {Partial<TrainSettings>} settings
 * @param {{ policy?: import('contrastive-playground').Preset, set?: Partial<Shapes>, steps?: number }} [others]
 */
function agreesOn(name, settings, { policy = 'cropOnly', set, steps = STEPS } = {}) {
  test(`both devices agree on ${name}`, async () => {
    const run = (/** @type {Device} */ device) => engine.run(losses, device, settings, { ...SET, ...set }, policy, steps);
    const [cpu, webgpu] = [await run('cpu'), await run('webgpu')];
    assert.deepEqual([cpu.length, webgpu.length], [steps, steps]);
    for (const [step, loss] of cpu.entries()) {
      const difference = Math.abs(webgpu[step] - loss);
      assert.ok(difference < 1e-3 * Math.max(1, Math.abs(loss)), `step ${step + 1}: ${loss} and ${webgpu[step]}`);
    }
  });
}

/**
 * The losses of a new run.
 * @param {import('./engine.mjs').Lab} lab @param {Device} device @param {Partial<TrainSettings>} settings
 * @param {Shapes} set @param {import('contrastive-playground').Preset} policy @param {number} steps
 */
async function losses({ Session, open }, device, settings, { count, side, seed }, policy, steps) {
  const session = await open(device);
  session.useShapes(count, side, seed);
  session.configure({ ...Session.defaultSettings(), policy: Session.preset(policy), ...settings });
  for (let step = 0; step < steps; step++) session.step();
  return (await session.losses()).losses;
}
