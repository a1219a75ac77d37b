// Lessons that are left, paused and come back to: what is shown is what the words speak of, and nothing goes on by itself.
import { expect, test } from '../playground.mjs';
import { goTo, shorten } from './walk.mjs';

/** Has the step run what it runs, and does not wait for it. @param {import('@playwright/test').Page} page */
const begin = (page) => page.evaluate(() => {
  void /** @type {any} */ (document.querySelector('contrastive-playground')).page.teaching.run();
});

/** Has the step run what it runs, to its end. @param {import('@playwright/test').Page} page */
const run = (page) => page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.teaching.run());

/** Nothing was done in any lesson. @param {import('@playwright/test').Page} page */
const forget = (page) => page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.teaching.forget());

test('who turns back, or comes back from another lesson, sees the run that the words speak of', async ({ lasting: playground }) => {
  const { page } = playground;
  await goTo(playground, 'lesson=8');
  await shorten(page, 8, 4);
  for (const hash of ['lesson=8', 'lesson=8.2', 'lesson=8.3']) {
    await goTo(playground, hash);
    await run(page);
  }
  const ends = await page.evaluate(() => {
    const { first, right, second } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern.results;
    return [first, right, second].map(({ losses, kinds, batch }) => ({ losses, kinds: kinds.precision.encoder, step: batch.step }));
  });
  expect(new Set(ends.map(({ losses }) => String(losses))).size, 'three runs').toBe(3);
  // The last step but one speaks of the second patient, the last of nothing learned.
  for (const [hash, end] of /** @type {const} */ ([['lesson=8', ends[0]], ['lesson=0', undefined], ['lesson=8.2', ends[1]], ['lesson=7.6', undefined], ['lesson=8.4', ends[2]]])) {
    await goTo(playground, hash);
    await expect.poll(() => page.evaluate(() => {
      const { curves, sight, batch } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
      return curves.loss.length ? { losses: curves.loss, kinds: sight?.kinds.precision.encoder, step: batch?.step } : undefined;
    }), hash).toEqual(end);
  }
});

test('after a reload a lesson says that its runs are to be made again, and nothing of what they came to', async ({ lasting: playground }) => {
  const { page } = playground;
  const panel = page.locator('lesson-panel');
  await goTo(playground, 'lesson=3.2');
  await expect(panel).not.toContainText('loaded anew');
  await page.reload();
  await playground.until(({ busy, lectern }) => !busy && lectern);
  await expect(panel).toContainText('loaded anew');
  await expect(panel).toContainText('Now a batch has 8 pictures');
  await expect(panel).not.toContainText(/…|The first run ended at/);
  await shorten(page, 3, 2);
  await panel.locator('.act').click();
  await expect(panel).toContainText(/The first run ended at \d\.\d\d/);
  await expect(panel).not.toContainText('loaded anew');
  await goTo(playground, 'lesson=7.3');
  await expect(panel, 'what no run gives is said at once').toContainText('keeps m = 0.99 of it');
});

test('who comes by a link and has it done has the step done, not only what it needs', async ({ lasting: playground }) => {
  const { page } = playground;
  const panel = page.locator('lesson-panel');
  // Whatever kind of prediction it has: there is nothing yet to predict by, nor to point at.
  for (const hash of ['lesson=6.5', 'lesson=8.5', 'lesson=8.2']) {
    await goTo(playground, hash);
    await forget(page);
    await expect(panel.locator('.act'), hash).toHaveText('Make it now');
    await expect(panel.locator('guess-field'), hash).toHaveCount(0);
    await expect(page.locator('pointing-mark'), hash).toBeHidden();
  }
  await shorten(page, 8, 2);
  await panel.locator('.help').click();
  await expect(panel.locator('.found')).toContainText('Corrected, the last ten losses average');
  await expect(panel.locator('.help')).toHaveCount(0);
});

test('a run that is paused is gone on with where it was made, and other steps show their own', async ({ lasting: playground }) => {
  const { page } = playground;
  const losses = async () => (await playground.losses()).length;
  await goTo(playground, 'lesson=7');
  await shorten(page, 7, 4);
  await run(page);
  const first = await playground.losses();
  await goTo(playground, 'lesson=7.2');
  await shorten(page, 7, 5000);
  await begin(page);
  await playground.until(({ running, progress }) => running && progress.done > 2);
  await page.locator('lesson-panel').getByRole('button', { name: 'Pause' }).click();
  await playground.until(({ lectern }) => !lectern.runsFor);
  const paused = await playground.losses();
  await goTo(playground, 'lesson=7');
  await expect.poll(() => playground.losses()).toEqual(first);
  await goTo(playground, 'lesson=7.6');
  await expect.poll(losses, 'nothing learned').toBe(0);
  await goTo(playground, 'lesson=7.2');
  await expect.poll(() => playground.losses()).toEqual(paused);
  await expect(page.locator('lesson-panel .act')).toHaveText('Go on');
  await begin(page);
  await expect.poll(losses).toBeGreaterThan(paused.length);
  expect((await playground.losses()).slice(0, paused.length)).toEqual(paused);

  // All is forgotten, also that it was paused.
  await page.locator('lesson-panel').getByRole('button', { name: 'Pause' }).click();
  await playground.button('Forget everything').click();
  await playground.button('Delete').last().click();
  await expect(playground.notices.first()).toContainText('Everything was deleted');
  await expect(page.locator('lesson-panel .act')).not.toHaveText('Go on');
  await expect.poll(async () => (await playground.state('settings')).batchSize, 'the lesson’s own').toBe(8);
});

test('a step that is left while it runs pauses, the next one shows its own, and whoever turns back goes on', async ({ lasting: playground }) => {
  const { page } = playground;
  const panel = page.locator('lesson-panel');
  await goTo(playground, 'lesson=3');
  await forget(page);
  await shorten(page, 3, 5000);
  await begin(page);
  await playground.until(({ running, progress }) => running && progress.done > 2);
  await expect(panel.locator('progress')).toBeVisible();
  await panel.locator('footer .turn').last().click();
  await expect(panel.locator('h2')).toHaveText('Eight pictures instead of 48');
  await expect(panel.getByRole('button', { name: 'Pause' })).toHaveCount(0);
  await expect(panel.locator('progress')).toHaveCount(0);
  await playground.until(({ lectern, running }) => !lectern.runsFor && !running);
  // It needs the run that was left, which is gone on with here too.
  await expect(panel.locator('.act')).toHaveText('Go on');
  await expect(panel.locator('.body')).toContainText('it was paused when you left');
  const paused = (await playground.losses()).length;
  expect(paused).toBeLessThan(5000);
  await goTo(playground, 'lesson=3.4');
  await expect(panel.locator('.act')).toHaveText('Ask the engine for the floor');
  // What else is run meanwhile takes nothing from it.
  await panel.locator('.help').click();
  await expect(panel.locator('.found')).toContainText('what any encoder can reach');
  await goTo(playground, 'lesson=3');
  await expect(panel.locator('.act')).toHaveText('Go on');
  expect((await playground.losses()).length).toBe(paused);
  await begin(page);
  await playground.until(({ progress, running }) => running && progress.done > 2);
  await panel.getByRole('button', { name: 'Pause' }).click();
  await playground.until(({ lectern }) => !lectern.runsFor);
  // What is only being measured is finished, and the next step says so meanwhile.
  await goTo(playground, 'lesson=6');
  await shorten(page, 6, 2);
  await begin(page);
  await playground.until(({ running, lectern, progress }) => lectern?.runsFor && progress.finished && !running);
  await page.evaluate(() => (location.hash = 'lesson=6.2'));
  await expect(panel).toContainText('still finishing');
  await expect(panel.locator('progress')).toHaveCount(0);
  await playground.until(({ lectern }) => !lectern.runsFor && lectern.results.trained?.report);
  await expect(panel.locator('.act')).toBeVisible();
  // In the moment in which a run is only being prepared, nothing begins.
  await goTo(playground, 'lesson=4.2');
  await page.evaluate(() => {
    const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    void page.teaching.run();
    location.hash = 'lesson=4.1';
  });
  await expect(panel.locator('.act')).toHaveText('Show it');
  await playground.until(({ lectern, busy }) => !lectern.runsFor && !busy);
  await page.waitForTimeout(200);
  expect(await playground.losses(), 'nothing was trained').toEqual([]);
});

test('who leaves a lesson in the middle of anything has what it runs wait', async ({ lasting: playground }) => {
  const { page } = playground;
  const leave = () => page.evaluate(() => (location.hash = 'stage'));
  // While its run is being prepared.
  await goTo(playground, 'lesson=4.2');
  await page.evaluate(() => {
    const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    const look = () => Object.assign(globalThis, { trained: /** @type {any} */ (globalThis).trained || page.state.running });
    page.addEventListener('change', look);
    void page.teaching.run();
    location.hash = 'stage';
  });
  await playground.until(({ lectern, busy }) => !lectern && !busy);
  await page.waitForTimeout(300);
  expect(await playground.losses(), 'nothing was trained in the studio').toEqual([]);
  expect(await page.evaluate(() => /** @type {any} */ (globalThis).trained), 'nor in the lesson').toBe(false);
  // While it trains.
  await goTo(playground, 'lesson=5.2');
  await shorten(page, 5, 5000);
  await begin(page);
  await playground.until(({ running, progress }) => running && progress.done > 2);
  await leave();
  await playground.until(({ lectern, busy }) => !lectern && !busy);
  expect(await playground.losses(), 'the studio as it was').toEqual([]);
  await goTo(playground, 'lesson=5.2');
  await expect(page.locator('lesson-panel .act')).toHaveText('Go on');
  await expect.poll(async () => (await playground.losses()).length, 'the run that was left').toBeGreaterThan(2);
  await leave();
  await playground.until(({ lectern, busy }) => !lectern && !busy);
  // While it is measured what it has learned.
  await goTo(playground, 'lesson=6');
  await shorten(page, 6, 2);
  await begin(page);
  await playground.until(({ running, lectern, progress }) => lectern?.runsFor && progress.finished && !running);
  await leave();
  await playground.until(({ lectern, busy }) => !lectern && !busy);
  await page.waitForTimeout(300);
  await expect(playground.notices).toHaveCount(0);
  expect(await playground.state('running')).toBe(false);
  // It is trained already, and only measured.
  await goTo(playground, 'lesson=6');
  await expect(page.locator('lesson-panel .act')).toHaveText('Go on');
  await page.evaluate(() => {
    const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    page.running.train = () => Promise.reject(new Error('trained again'));
  });
  await begin(page);
  await expect(page.locator('lesson-panel .found')).toContainText('held-out pictures get the right shape');
  await page.evaluate(() => Reflect.deleteProperty(/** @type {any} */ (document.querySelector('contrastive-playground')).page.running, 'train'));
});

test('pictures that are chosen in the moment in which a lesson is entered are there after it, and not in it', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  await page.evaluate(() => {
    const { page: playground } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    void playground.attempt(() => playground.use('emoji'));
    location.hash = 'lesson=0';
  });
  const pictures = () => page.evaluate(async () => {
    const { page: playground } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    const { source, pictures, settings, side } = playground.state;
    return { source, name: pictures[0]?.name, side, batch: settings.batchSize };
  });
  await playground.until(({ lectern }) => lectern?.number === 0);
  await expect.poll(async () => (await pictures()).source).toBe('shapes');
  await playground.until(({ busy }) => !busy);
  const shapes = await pictures();
  await page.evaluate(() => (location.hash = 'stage'));
  await playground.until(({ busy, lectern }) => !busy && !lectern);
  await expect.poll(pictures).toMatchObject({ source: 'emoji' });
  expect((await pictures()).name).not.toBe(shapes.name);
});
