import { readFileSync } from 'node:fs';
import { expect, test } from '../playground.mjs';
import { walk } from './walk.mjs';

const recorded = JSON.parse(readFileSync('www/lessons/recorded/recorded.json', 'utf8'));
/** Steps that are made again, and how far a loss may be off: with other instructions for a product it is a little. */
const [AGAIN, OFF] = [12, 2e-3];

test.use({ ownContext: true });

test('where nothing can be trained the first three lessons are shown as they were recorded, and the next says so', async ({ playground, page, origin }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(`${origin}/#lesson`);
  await expect(playground.notices).toContainText('could not be loaded');
  const pairs = async () => {
    for (const view of await page.locator('sort-pairs button').all()) await view.click();
  };
  await walk(playground, 'twin', {
    1: { guess: pairs },
    2: { says: (state, { trained }) => [`${Math.round((100 * state.curves.top1.slice(-10).reduce((/** @type {number} */ sum, /** @type {number} */ share) => sum + share, 0)) / 10)}%`] },
    3: { guess: () => page.locator('similarity-matrix #cells').click() },
  });
  await walk(playground, 'sure', { 2: { says: (_, { trained }) => [trained.losses[0].toFixed(2), trained.losses.at(-1).toFixed(2)] } });
  await walk(playground, 'levels', { 1: { says: (_, { first }) => [first.losses[0].toFixed(2), first.levels.chance.toFixed(2)] } });

  await expect(page.locator('lesson-panel')).toContainText('Lessons 1 to 3');
  await page.evaluate(() => (location.hash = 'stage'));
  await expect(page.locator('lesson-panel')).toHaveCount(0);
  expect(await playground.state('pictures'), 'what was recorded does not stay').toEqual([]);
});

test('what was recorded is what the engine does today; if not, node tools/record.mjs records it again', async ({ playground, page }) => {
  await playground.openNothing();
  for (const { side, settings, results } of [recorded.lessons.twin, recorded.lessons.levels]) {
    for (const result of Object.values(results)) {
      if (!result.curves) continue;
      const losses = await page.evaluate(
        async ({ side, settings, steps }) => {
          const { Session } = await import(/** @type {any} */ ('/app/session.js'));
          const session = await Session.create({ device: 'cpu', ...settings });
          await session.useShapes({ side });
          const losses = [];
          while (losses.length < steps) losses.push(...(await session.step()).losses.losses);
          session.close();
          return losses;
        },
        { side, settings: { ...settings, ...result.settings }, steps: AGAIN },
      );
      losses.forEach((loss, step) => expect(Math.abs(loss / result.curves.loss[step] - 1), `step ${step + 1}: ${loss}`).toBeLessThan(OFF));
    }
  }
});
