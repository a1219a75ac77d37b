// Every method, encoder and choice of negatives, and everything that is measured of what was learned: the
// same numbers on both devices. Through the public session, without the page.
import { expect, test } from './playground.mjs';

/** @typedef {import('../../www/engine/session.js').Session} Session @typedef {import('../../www/engine/session.js').TrainSettings} TrainSettings */

/** Small enough for an emulated GPU. */
const SET = { count: 24, side: 8, seed: 3 };
/** @type {Partial<TrainSettings>} */
const SMALL = { size: 'small', batchSize: 4, temperature: 0.5, queue: 10, momentum: 0.9, seed: 7, steps: 100 };

/** Name, settings and steps; methods for as long as a difference would take to grow. @type {[string, Partial<TrainSettings>, number][]} */
const runs = [
  ['SimCLR', {}, 20],
  ['InfoNCE, SGD', { method: 'infoNce', optimizer: 'sgd', learningRate: 0.03 }, 20],
  ['MoCo', { method: 'moco' }, 20],
  ['supervised contrast, SGD', { method: 'supCon', optimizer: 'sgd', learningRate: 0.03 }, 20],
  ['the article’s loss', { method: 'articleLoss' }, 3],
  ['no normalisation', { method: 'noNormalization' }, 3],
  ['no augmentation', { method: 'noAugmentation' }, 3],
  ['the positive among the negatives', { method: 'positiveAmongNegatives' }, 3],
  ['τ too small', { method: 'temperatureTooSmall', learningRate: 0.0001 }, 3],
  ['τ too large', { method: 'temperatureTooLarge' }, 3],
  ['the hardest negatives, cosine schedule', { negatives: 'hardest', hardest: 2, schedule: 'cosine', warmUp: 3 }, 3],
  ['hardness-weighted and debiased negatives', { negatives: 'hardnessWeighted', beta: 0.5, classPrior: 0.1 }, 3],
  ['negatives of other labels', { withoutSameLabel: true }, 3],
  ['a residual network, AdamW', { encoder: 'resnet', head: 'mlp3', optimizer: 'adamW', weightDecay: 0.01 }, 3],
  ['a transformer, clipped', { encoder: 'vit', head: 'linear', clipNorm: 1 }, 3],
];

test.beforeEach(({ playground }) => playground.open());

// One session a device for all of them, since an emulated GPU compiles slowly.
test('both devices agree on every method, network and choice', async ({ page }) => {
  test.setTimeout(900_000);
  const [cpu, webgpu] = await page.evaluate(
    async ([set, small, runs]) => {
      const { Session } = await import(/** @type {string} */ ('/app/session.js'));
      const all = async (/** @type {string} */ device) => {
        /** @type {Session} */
        const session = await Session.create({ device, ...small });
        await session.useShapes(set);
        const defaults = { ...session.settings, policy: await session.preset('cropOnly') };
        const strong = { ...defaults, policy: await session.preset('strong') };
        const losses = async (/** @type {TrainSettings} */ settings, /** @type {number} */ steps) => {
          await session.reset();
          const found = [];
          for (let step = 0; step < steps; step++) found.push(...(await session.step(settings)).losses.losses);
          return found;
        };
        /** @type {Record<string, number[]>} */
        const found = { 'strong augmentation': await losses(strong, 3) };
        for (const [name, settings, steps] of runs) found[name] = await losses({ ...defaults, ...settings }, steps);
        session.close();
        return { device: session.device.kind, found };
      };
      return [await all('cpu'), await all('webgpu')];
    },
    /** @type {const} */ ([SET, SMALL, runs]),
  );
  expect([cpu.device, webgpu.device]).toEqual(['cpu', 'webgpu']);
  for (const [name, , steps] of runs) expect(cpu.found[name], name).toHaveLength(steps);
  for (const [name, losses] of Object.entries(cpu.found)) {
    for (const [step, loss] of losses.entries()) {
      const difference = Math.abs(webgpu.found[name][step] - loss);
      expect(difference, `${name}, step ${step + 1}: ${loss}`).toBeLessThan(1e-3 * Math.max(1, Math.abs(loss)));
    }
  }
});

test('both devices agree on what was learned', async ({ page }) => {
  const [cpu, webgpu] = await page.evaluate(
    async ([set, settings]) => {
      const { Session } = await import(/** @type {string} */ ('/app/session.js'));
      const run = async (/** @type {string} */ device) => {
        /** @type {Session} */
        const session = await Session.create({ device, ...settings });
        await session.useShapes(set);
        session.settings.policy = await session.preset('cropOnly');
        const reports = [];
        for (let step = 0; step < 3; step++) reports.push(await session.step());
        const learned = {
          report: await session.evaluate({ probeSteps: 4 }),
          few: await session.fewLabels({ perClass: 1, steps: 2 }),
          factors: await session.factors(),
          nearest: await session.nearest(5, 4),
          pca: await session.pca(3),
          glance: { ...(await session.glance()), took: 0 },
          rehearsal: { ...(await session.rehearse()), pixels: 0 },
          occlusion: await session.occlusion(0, 1),
          curves: reports.map(({ losses }) => losses),
          start: await session.start(),
          embeddings: [...(await session.embeddings())],
          other: await session.nearestTo({ name: 'grey', side: 4, rgb: new Uint8Array(48).fill(90) }, 3),
          classes: await session.factorClasses(),
        };
        session.close();
        return learned;
      };
      return [await run('cpu'), await run('webgpu')];
    },
    /** @type {const} */ ([SET, SMALL]),
  );
  expect(cpu.report.report.heldOut).toBe(12);
  expect(cpu.nearest.neighbours.map(({ index }) => index)[0], 'a picture finds itself').toBe(5);
  expect(cpu.pca.coordinates).toHaveLength(3 * SET.count);
  expect(cpu.factors.encoder.length).toBeGreaterThan(5);
  /** @param {any} a @param {any} b @param {string} path */
  const compare = (a, b, path) => {
    if (typeof a === 'number') expect(Math.abs(a - b), `${path}: ${a} and ${b}`).toBeLessThan(2e-3 * Math.max(1, Math.abs(a)));
    else if (typeof a === 'object' && a) for (const key of Object.keys(a)) compare(a[key], b[key], `${path}.${key}`);
    else expect(b, path).toEqual(a);
  };
  compare(cpu, webgpu, 'learned');
});

for (const device of ['cpu', 'webgpu']) {
  test(`a saved run goes on exactly as if it had not stopped, on ${device}`, async ({ page }) => {
    const { through, resumed, fresh } = await page.evaluate(
      async ([device, set, settings]) => {
        const { Session } = await import(/** @type {string} */ ('/app/session.js'));
        /** @type {Session} */
        const session = await Session.create({ device: /** @type {'cpu'} */ (device), ...settings });
        await session.useShapes(set);
        session.settings.policy = await session.preset('cropOnly');
        const losses = async () => {
          const found = [];
          for (let step = 0; step < 3; step++) found.push(...(await session.step()).losses.losses);
          return found;
        };
        const fresh = await session.save();
        await losses();
        const saved = await session.save();
        const through = await losses();
        await session.reset();
        if (!saved) throw new Error('nothing was saved');
        await session.load(saved.file);
        const resumed = await losses();
        session.close();
        return { through, resumed, fresh };
      },
      /** @type {const} */ ([device, SET, { ...SMALL, method: 'moco' }]),
    );
    expect(fresh).toBeUndefined();
    expect(through).toHaveLength(3);
    expect(resumed).toEqual(through);
  });
}

test('what cannot be done says so, and the run is as it was', async ({ page }) => {
  const found = await page.evaluate(
    async ([set, settings]) => {
      const { Session } = await import(/** @type {string} */ ('/app/session.js'));
      /** @type {Session} */
      const session = await Session.create({ device: 'cpu', ...settings });
      const codes = /** @type {string[]} */ ([]);
      const refused = (/** @type {Promise<unknown>} */ promise) =>
        promise.then(() => codes.push('none'), ({ code }) => codes.push(code));
      await session.useShapes(set);
      await refused(session.evaluate());
      const cost = await session.modelCost({ encoder: 'vit' });
      await session.step();
      const { file } = /** @type {{ file: Blob }} */ (await session.save());
      await refused(session.load(file.slice(0, 100)));
      await refused(session.load(new Blob(['short'])));
      await refused(session.nearest(99));
      const report = await session.step();
      await session.useShapes({ ...set, side: 16 });
      await refused(session.load(file));
      await session.usePhotos({ side: 8 });
      await refused(session.evaluate());
      session.close();
      return { codes, cost, done: report.progress.done };
    },
    /** @type {const} */ ([SET, SMALL]),
  );
  expect(found.codes).toEqual(['noRun', 'unreadableCheckpoint', 'unreadableCheckpoint', 'noSuch', 'otherSide', 'noRun']);
  expect(found.done).toBe(2);
  expect(found.cost).toMatchObject({ representation: 64, projection: 64 });
  expect(found.cost.encoderParameters).toBeGreaterThan(10_000);
});
