// The public session, without the page: everything that it measures, and how a saved run goes on. That the devices agree
// on it all is in `tests/device`.
import { expect, test } from './playground.mjs';

/** @typedef {import('../../www/engine/session.js').Session} Session */

const SET = { count: 24, side: 8, seed: 3 };
/** @type {Partial<import('../../www/engine/session.js').TrainSettings>} */
const SMALL = { size: 'small', batchSize: 4, temperature: 0.5, queue: 10, momentum: 0.9, seed: 7, steps: 100 };

test.beforeEach(({ playground }) => playground.openNothing());

test('it measures what was learned', async ({ page }) => {
  const found = await page.evaluate(
    async ([set, settings]) => {
      const { Session } = await import(/** @type {string} */ ('/app/session.js'));
      /** @type {Session} */
      const session = await Session.create({ device: 'cpu', ...settings });
      await session.useShapes(set);
      session.settings.policy = await session.preset('cropOnly');
      const rehearsal = await session.rehearse();
      for (let step = 0; step < 3; step++) await session.step();
      const learned = {
        rehearsed: rehearsal.pixels.length,
        report: await session.evaluate({ probeSteps: 4 }),
        few: await session.fewLabels({ perClass: 1, steps: 2 }),
        factors: await session.factors(),
        nearest: await session.nearest(5, 4),
        pca: await session.pca(3),
        glance: await session.glance(),
        occlusion: await session.occlusion(0, 1),
        start: await session.start(),
        embeddings: (await session.embeddings()).length,
        other: await session.nearestTo({ name: 'grey', side: 4, rgb: new Uint8Array(48).fill(90) }, 3),
        classes: await session.factorClasses(),
      };
      session.close();
      return learned;
    },
    /** @type {const} */ ([SET, SMALL]),
  );
  const views = 2 * 4;
  expect(found.rehearsed).toBe(views * SET.side * SET.side * 4);
  expect(found.report.report.heldOut).toBe(12);
  expect(found.few.result.labels).toBeGreaterThan(0);
  expect(found.few.result.pixels, 'a share').toBeGreaterThanOrEqual(0);
  expect(found.factors.encoder.length).toBeGreaterThan(5);
  expect(found.nearest.neighbours[0].index, 'a picture finds itself').toBe(5);
  expect(found.pca.coordinates).toHaveLength(3 * SET.count);
  expect(found.glance.took).toBeGreaterThan(0);
  expect(found.occlusion.drops).toHaveLength(found.occlusion.across ** 2);
  expect(found.start?.columns).toBe(views);
  expect(found.embeddings).toBe(128 * SET.count);
  expect(found.other.neighbours).toHaveLength(3);
  expect(found.classes.length).toBeGreaterThan(5);
});

test('a recipe that has been JSON, as in a link, leaves off what was off', async ({ page }) => {
  const [one, other] = await page.evaluate(
    async ([set, settings]) => {
      const { Session } = await import(/** @type {string} */ ('/app/session.js'));
      /** @type {Session} */
      const session = await Session.create({ device: 'cpu', ...settings });
      await session.useShapes(set);
      session.settings.policy = JSON.parse(JSON.stringify(await session.preset('none')));
      const { pixels } = await session.rehearse();
      session.close();
      return [pixels.slice(0, pixels.length / 2), pixels.slice(pixels.length / 2)].map((views) => [...views]);
    },
    /** @type {const} */ ([SET, SMALL]),
  );
  expect(one, 'two views of the pictures as they are').toEqual(other);
});

test('a run that is paused before it has begun does not begin', async ({ page }) => {
  const { done, progress } = await page.evaluate(
    async ([set, settings]) => {
      const { Session } = await import(/** @type {string} */ ('/app/session.js'));
      /** @type {Session} */
      const session = await Session.create({ device: 'cpu', ...settings });
      await session.useShapes(set);
      const begun = session.train({ steps: 20 }).next();
      session.pause();
      const { done } = await begun;
      const progress = await session.configure({});
      session.close();
      return { done, progress };
    },
    /** @type {const} */ ([SET, SMALL]),
  );
  expect(done).toBe(true);
  expect(progress.done).toBe(0);
});

test('a saved run goes on exactly as if it had not stopped', async ({ page }) => {
  const { through, resumed, fresh } = await page.evaluate(
    async ([set, settings]) => {
      const { Session } = await import(/** @type {string} */ ('/app/session.js'));
      /** @type {Session} */
      const session = await Session.create({ device: 'cpu', ...settings });
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
    /** @type {const} */ ([SET, { ...SMALL, method: 'moco' }]),
  );
  expect(fresh).toBeUndefined();
  expect(through).toHaveLength(3);
  expect(resumed).toEqual(through);
});

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
