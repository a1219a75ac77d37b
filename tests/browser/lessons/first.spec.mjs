import { expect, test } from '../playground.mjs';
import { sound, walk } from './walk.mjs';

/** @param {import('../playground.mjs').Playground} playground @param {string} address @param {number} [short] */
async function ninetySeconds(playground, address, short) {
  await playground.open(address, 'stage');
  await playground.page.locator('.ways a').first().click();
  await walk(playground, 'first', {
    2: {
      act: (_, page) => sound(page, 'the map of a run'),
      says: (state) => {
        const { precision, chance } = state.sight.kinds;
        return [precision.encoder, precision.untrained, precision.pixels, chance].map((share) => `${Math.round(share * 100)}%`);
      },
    },
    3: {
      act: (panel) => expect(panel.locator('.say a'), 'where one’s own photos go').toHaveAttribute('href', '#stage'),
      says: (state) => [state.sight.kinds.precision.encoder, state.sight.kinds.precision.untrained].map((share) => `${Math.round(share * 100)}%`),
    },
  }, short);
}

test('ninety seconds: what is this?', ({ playground }) => ninetySeconds(playground, '?device=cpu&instances=2'));

test.describe('in a Chinese browser', () => {
  test.use({ locale: 'zh-CN' });
  test('ninety seconds: what is this?', ({ playground }) => ninetySeconds(playground, '?device=cpu', 20));
});

test('a lesson leaves the studio as it was: pictures, settings, and the run in hand', async ({ playground, page }) => {
  await playground.open('?device=cpu&steps=6&batchSize=8&temperature=0.3', 'stage');
  await playground.train();
  const before = { losses: await playground.losses(), settings: await playground.state('settings') };
  await page.evaluate(() => (location.hash = 'lesson=0.2'));
  await expect(page.locator('lesson-panel h2')).toBeVisible();
  await expect.poll(() => playground.losses()).toEqual([]);
  await expect.poll(async () => (await playground.state('sight'))?.pictures, 'as many as the step says').toBe(160);
  await expect(page.locator('lesson-panel .say')).toContainText('160 pictures');
  await page.locator('lesson-panel .studio').click();
  await expect(page.locator('lesson-panel')).toHaveCount(0);
  await expect.poll(() => playground.losses()).toEqual(before.losses);
  expect(await playground.state('settings')).toEqual(before.settings);
  await page.reload();
  await playground.ready();
  expect(await playground.losses(), 'it was kept, and the lesson was not').toEqual(before.losses);
});
