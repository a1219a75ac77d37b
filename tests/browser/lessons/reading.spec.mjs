// Lessons as they are read: on a phone, by the keyboard, and by those who do not see.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../playground.mjs';

/** Opens an address within the page, and waits until its step is there. @param {import('../playground.mjs').Playground} playground @param {string} hash */
async function goTo({ page }, hash) {
  await page.evaluate((hash) => (location.hash = hash), hash);
  const [, lesson, step = '1'] = /** @type {RegExpExecArray} */ (/(\d+)(?:\.(\d+))?$/.exec(hash));
  await expect.poll(() => page.evaluate(() => {
    const { lectern, busy } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
    return busy ? '' : `${lectern?.number}.${lectern?.step}`;
  })).toBe(`${lesson}.${step}`);
}

test('every step fits a phone: a sheet of two fifths, nothing wider than the screen, and what it points at is there', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 390, height: 844 });
  await goTo(playground, 'lesson=0');
  const steps = await page.evaluate(() => {
    const { course } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern;
    return course.map((/** @type {any} */ lesson) => lesson.steps.map((/** @type {any} */ { points, needs, run }) => ({ points: Boolean(points), ready: !needs?.length && !run })));
  });
  expect(steps.length).toBe(10);
  for (const [lesson, each] of steps.entries()) {
    for (const [index, { points, ready }] of each.entries()) {
      await goTo(playground, `lesson=${lesson}.${index + 1}`);
      const sheet = await page.locator('lesson-panel').boundingBox();
      expect(sheet?.height, `${lesson}.${index + 1}`).toBeLessThanOrEqual(844 * 0.4 + 1);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${lesson}.${index + 1}`).toBeLessThanOrEqual(0);
      if (points && ready) await expect(page.locator('pointing-mark'), `${lesson}.${index + 1}`).toBeVisible();
    }
  }
});

test('axe finds nothing wrong with the list of lessons and with their first steps', async ({ lasting: playground }) => {
  const { page } = playground;
  const sound = async (/** @type {string} */ where) => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }).analyze();
    expect(violations.map(({ id, nodes }) => `${where}, ${id}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([]);
  };
  await page.evaluate(() => (location.hash = 'lesson'));
  await expect(page.locator('lesson-list')).toBeVisible();
  await sound('list');
  for (const lesson of [0, 1, 2, 5, 9]) {
    await goTo(playground, `lesson=${lesson}`);
    await sound(`lesson ${lesson}`);
  }
});

test('the keyboard turns the pages, predicts and runs, and each page is said by its title', async ({ lasting: playground }) => {
  const { page } = playground;
  await goTo(playground, 'lesson=0');
  const title = page.locator('lesson-panel h2');
  await expect(title).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(title).toHaveText('Now you train it');
  await expect(title).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('lesson-panel progress'), 'nothing runs before one has predicted').toHaveCount(0);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.locator('guess-field input').first()).toBeChecked();
  await page.locator('lesson-panel .act').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('lesson-panel progress')).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('lesson-panel .act'), 'who pauses goes on').toHaveText('Go on');
  await page.goBack();
  await expect(title).toHaveText('One picture, two views');
});
