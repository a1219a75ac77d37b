// Training on points: by the public session, and as an element on a page alone.
import { expect, test } from './playground.mjs';

/** @typedef {import('../../www/engine/session.js').Session} Session @typedef {import('../../www/engine/session.js').PointReport} PointReport */

test.beforeEach(({ page, origin }) => page.goto(`${origin}/nothing`).then(() => {}));

test('the session trains on points beside its pictures, from any seed again, and can be left', async ({ page }) => {
  const found = await page.evaluate(async () => {
    const { Session } = await import(/** @type {string} */ ('/app/session.js'));
    /** @type {Session} */
    const session = await Session.create({ device: 'cpu', batchSize: 4 });
    const all = async (/** @type {Parameters<Session['points']>[0]} */ settings) => {
      const reports = [];
      for await (const report of session.points(settings)) reports.push(report);
      return reports;
    };
    const refused = (/** @type {Partial<import('../../www/engine/session.js').PointSettings>} */ settings) =>
      session.points(settings).next().then(() => 'none', ({ code }) => code);
    const article = await all({});
    const again = await all({});
    const clusters = await all({ separation: 4, epochs: 60, every: 60, learningRate: 0.01 });
    const byLot = await all({ samples: 20, epochs: 300, every: 300, learningRate: 0.01 });
    await session.useShapes({ count: 12, side: 8 });
    await session.step();
    for await (const { epoch } of session.points({ epochs: 1000, every: 1 })) if (epoch === 2) break;
    const { progress } = await session.step();
    const codes = [
      await refused({ samples: 3 }), await refused({ samples: 7.5 }), await refused({ epochs: NaN }), await refused({ temperature: 0 }),
      await refused({ loss: 'article', ones: 0.45 }), await refused({ loss: 'article', ones: 0.5 }),
      await refused(/** @type {any} */ ({ loss: 'none' })),
    ];
    const diverged = await all({ learningRate: 1, epochs: 2 }).then((reports) => reports.length);
    session.close();
    return { article, again, clusters, byLot, done: progress.done, codes, diverged };
  });
  expect(found.article).toHaveLength(11);
  expect(found.article.map(({ epoch }) => epoch)).toEqual([...Array(11).keys()]);
  const losses = found.article.flatMap(({ losses }) => losses);
  expect(losses).toHaveLength(10);
  expect(losses[9]).toBeLessThan(losses[0]);
  expect(found.article[0].levels.floor).toBeCloseTo(Math.log(49), 3);
  expect(found.article[0].levels.chance).toBeCloseTo(Math.log(99), 3);
  expect(found.again).toEqual(found.article);
  expect(found.clusters.at(-1)?.sight.knn).toBeGreaterThan(0.9);
  expect(found.byLot.at(-1)?.sight.own, 'learned by heart').toBeGreaterThan(0.9);
  expect(found.byLot.at(-1)?.sight.knn, 'and no more').toBeLessThan(0.62);
  expect(found.done).toBe(2);
  expect(found.codes).toEqual(['settingOutOfRange', 'settingOutOfRange', 'settingOutOfRange', 'settingOutOfRange', 'unevenClasses', 'none', 'unreadableMessage']);
  expect(found.diverged).toBe(3);
});
