import { expect, test } from '../playground.mjs';
import { sound, walk } from './walk.mjs';

/** What a run's held-out points came to, as the page writes it; its text runs in the page. @param {any} _state @param {Record<string, any>} results */
const shares = (_state, results) => {
  const { sight } = results[Object.keys(results).at(-1) ?? ''].report;
  return [`${Math.round(sight.knn * 100)}%`];
};

test('points: learned, or learned by heart?', async ({ lasting: playground }) => {
  const { page } = playground;
  // Who wants no motion need not wait for it.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.visit('stage');
  await walk(playground, 'points', {
    1: {
      guess: async (panel) => {
        await expect.poll(() => page.locator('loss-curve').evaluate((/** @type {any} */ { range }) => range.y[1]), 'there is room to draw where it begins').toBeGreaterThan(8.5);
        await panel.locator('guess-field input').first().click();
      },
      says: (_state, { article: { losses, report } }) => [losses[0], losses[9], report.levels.chance, report.levels.floor].map((loss) => loss.toFixed(2)),
    },
    2: {
      guess: async () => {
        await expect(page.locator('points-view .untrained'), 'what is there before is of random weights, and says so').toHaveCount(2);
        await expect(page.locator('points-view score-bars')).toContainText('Held-out points (200), untrained');
        await page.locator('guess-bars input').press('ArrowRight');
      },
      act: async () => {
        await expect(page.locator('points-view score-bars'), 'what was drawn, beside what came').toContainText('predicted 1%');
        await expect(page.locator('points-view score-bars')).not.toContainText('untrained');
        await expect(page.locator('points-view score-bars .whisker'), 'how far each share can be trusted').toHaveCount(3);
      },
      says: (_state, { byHeart: { report: { sight } } }) => [sight.own, sight.knn, sight.chance].map((share) => `${Math.round(share * 100)}%`),
    },
    3: {
      act: (_, page) => sound(page, 'points in the plane'),
      says: (_state, { clusters: { first, report: { sight } } }) => [sight.own, sight.knn, first.sight.knn, sight.knnOfInputs].map((share) => `${Math.round(share * 100)}%`),
    },
    4: { says: shares },
    5: {
      // 55 and 45 of the two labels: each with each of its own, in as many rows as points.
      says: (_state, { uneven: { report } }) => [(55 ** 2 + 45 ** 2).toLocaleString('en'), '100', `${Math.round(report.sight.knn * 100)}%`],
    },
    6: { act: () => explores(page) },
  });
});

/** Chooses settings of one's own, trains, and is told what cannot be. @param {import('@playwright/test').Page} page */
async function explores(page) {
  const lab = page.locator('points-lab');
  const choose = (/** @type {string} */ name, /** @type {number} */ index) => lab.locator(`select[name=${name}]`).selectOption({ index });
  const state = () => lab.evaluate((/** @type {any} */ lab) => ({ epoch: lab.watched?.report.epoch, knn: lab.watched?.report.sight.knn, running: Boolean(lab.ends) }));
  await expect.poll(async () => (await state()).epoch, 'the points are there before a run').toBe(0);
  await choose('separation', 2);
  await choose('epochs', 1);
  await expect.poll(async () => (await state()).epoch).toBe(0);
  await lab.locator('points-form button').click();
  await expect.poll(state, { timeout: 60_000 }).toMatchObject({ epoch: 100, running: false });
  expect((await state()).knn).toBeGreaterThan(0.8);
  const shapes = lab.locator('point-plane path');
  expect(await shapes.evaluateAll((paths) => paths.filter((path) => (path.getAttribute('d') ?? '').length > 100).length)).toBe(12);
  await lab.locator('points-view input[name=held]').uncheck();
  expect(await shapes.evaluateAll((paths) => paths.filter((path) => (path.getAttribute('d') ?? '').length > 100).length)).toBe(6);
  await choose('loss', 2);
  await choose('ones', 1);
  await expect(page.locator('notice-list .notice').last()).toContainText(/55|45|\d{3}/);
  await page.locator('notice-list .notice button').last().click();
}

test('a run on points counts its epochs, and is gone on with where it was paused, or its step left', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.evaluate(() => (location.hash = 'lesson=9.2'));
  const panel = page.locator('lesson-panel');
  await page.locator('guess-bars input').fill('90');
  await panel.locator('.act').click();
  await expect(panel.locator('.progress')).toContainText(/Epoch \d+ of 300/);
  await panel.getByRole('button', { name: 'Pause' }).click();
  await expect(panel.locator('.act')).toHaveText('Go on');
  await expect(page.locator('guess-bars input'), 'half of the answer is there').toBeDisabled();
  await expect(panel.locator('check-question'), 'what was asked meanwhile stays').toBeVisible();
  const epoch = () => page.locator('points-lab').evaluate((/** @type {any} */ { watched }) => watched.report.epoch);
  const paused = await epoch();
  expect(paused, 'in the middle').toBeLessThan(300);
  await panel.locator('.act').click();
  await expect.poll(epoch).toBeGreaterThan(paused);
  const first = await page.locator('points-lab').evaluate((/** @type {any} */ { watched }) => watched.losses.length);
  expect(first, 'with all its losses').toBeGreaterThan(paused);
  await panel.locator('footer .turn').last().click();
  await expect(panel.locator('h2')).toHaveText('Two real clusters');
  await expect(panel.locator('.progress'), 'nobody asked for it here').toHaveCount(0);
  await expect(page.locator('guess-bars input'), 'another run than that of before').toBeEnabled();
  // Who has it done without a prediction, and pauses it, goes on without one.
  await panel.locator('.help').click();
  await panel.getByRole('button', { name: 'Pause' }).click();
  await expect(panel.locator('.act')).toBeEnabled();
  await expect(panel).not.toContainText('redict');
  await panel.locator('footer .turn').first().click();
  await expect(panel.locator('.act'), 'what it came to is kept').toHaveText('Go on');
  expect(await epoch()).toBeGreaterThan(0);
  await panel.locator('.act').click();
  await expect(panel.locator('.found')).toContainText('Neighbours name the right label');
});
