// The page as a studio: its parts, its look, its keys, the curves of several runs, and links with all settings.
import { readdir } from 'node:fs/promises';
import { expect, mean, test } from './playground.mjs';

test('each station has an address and explains itself, and Back goes back', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  const rail = page.getByRole('navigation', { name: 'Stations' });
  await expect(rail.getByRole('link')).toHaveCount(8);
  await expect(page.locator('pipeline-part')).toHaveCount(0);
  const link = rail.getByRole('link', { name: 'Two views' });
  await link.focus();
  await page.keyboard.press('Enter');
  const views = page.locator('pipeline-part#views');
  await expect(views.locator('view-preview')).toBeVisible();
  await expect(page).toHaveURL(/#views$/);
  await expect(link).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('heading', { name: 'Two views' }), 'it is read out first').toBeFocused();
  expect(await page.locator('live-map').evaluate((map) => map.getBoundingClientRect().bottom - innerHeight), 'the words of the map beside it are in view').toBeLessThanOrEqual(0);
  await expect(views.locator('#why')).toBeHidden();
  await views.getByRole('button', { name: 'What is this?' }).click();
  await expect(views.locator('#why')).toContainText('the encoder tends to ignore');
  await rail.getByRole('link', { name: 'Training' }).click();
  await expect(page.locator('pipeline-part')).toHaveCount(1);
  await expect(page.locator('training-curves')).toBeVisible();
  await page.goBack();
  await expect(page.locator('view-preview')).toBeVisible();
  await page.reload();
  await playground.ready();
  await expect(page.locator('view-preview'), 'what was open is open').toBeVisible();
  await page.getByRole('link', { name: 'Close' }).click();
  await expect(page.locator('pipeline-part')).toHaveCount(0);
});

test('light, dark and projector are chosen, kept and forgotten', async ({ lasting: playground }) => {
  const { page } = playground;
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.locator('look-menu select').selectOption('dark');
  expect(await paper()).not.toBe(light);
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('contrastive-playground') ?? document.body).fontSize));
  const before = await size();
  await playground.button('Projector').click();
  expect(await size()).toBeGreaterThan(before * 1.2);
  await page.setViewportSize({ width: 1024, height: 768 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.reload();
  await playground.ready();
  expect(await paper()).not.toBe(light);
  expect(await size()).toBeGreaterThan(before * 1.2);

  // A projector shows the stage alone.
  await expect(page.getByRole('navigation')).toBeHidden();
  await playground.button('Projector').click();
  await playground.button('Forget everything').click();
  await playground.button('Delete').click();
  await expect(playground.notices.last()).toContainText('Everything was deleted');
  await page.reload();
  await playground.ready();
  expect([await paper(), await size()]).toEqual([light, before]);
});

test('keys train, pause, step and start anew, wherever the focus is', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.set({ batchSize: 4, steps: 5000 });
  await playground.visit('model');
  await page.locator('model-settings input[name=temperature]').fill('0.2');
  await page.keyboard.press('Control+Enter');
  await expect(playground.button('Pause')).toBeVisible();
  expect((await playground.state('settings')).temperature, 'what was being typed is taken').toBe(0.2);
  await expect.poll(async () => (await playground.losses()).length).toBeGreaterThan(1);
  await page.keyboard.press('Control+Enter');
  await expect(playground.status).toContainText('Paused');
  const { length } = await playground.losses();
  await page.keyboard.press('Control+Shift+Enter');
  await expect(playground.status).toContainText(`Step ${length + 1} of`);
  await page.keyboard.press('Control+Shift+Backspace');
  // A quick machine has made so many steps that it asks.
  const sure = page.locator('train-controls #sure');
  if (await sure.isVisible()) await sure.click();
  await expect(playground.status).toContainText('Ready');
});

test('two temperatures are compared: runs are drawn, named, hidden and deleted', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.set({ batchSize: 8, steps: 12 });
  await playground.train();
  await playground.startAnew();
  await playground.set({ temperature: 0.5 });
  await playground.train();
  const { floor } = await playground.state('levels');
  await playground.set({ temperature: 0.1 });
  await expect.poll(async () => (await playground.state('foreseen')).floor).toBeLessThan(floor);
  expect((await playground.state('levels')).floor, 'of the steps that were made').toBe(floor);
  await playground.set({ temperature: 0.5 });
  await playground.visit('train');
  const rows = page.locator('run-history tbody tr');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('in hand');
  await expect(rows.last()).toContainText('SimCLR');
  await expect(page.locator('run-history .what'), 'why there are dashes').toContainText('kNN is missing (–) where it was not measured');
  const legend = page.locator('training-curves .u-legend');
  await rows.last().getByRole('textbox').fill('sharp');
  await rows.last().getByRole('textbox').press('Enter');
  await expect(legend).toContainText('sharp');
  const curves = await playground.state('curves');
  for (const metric of ['loss', 'top1', 'alignment', 'uniformity']) {
    expect(curves[metric], metric).toHaveLength(12);
    for (const value of curves[metric]) expect(value, metric).not.toBeNaN();
  }
  for (const alignment of curves.alignment) expect(alignment).toBeGreaterThanOrEqual(0);
  for (const uniformity of curves.uniformity) expect(uniformity).toBeLessThanOrEqual(0);

  for (const [metric, name] of [['top1', 'Contrastive top-1'], ['alignment', 'Alignment'], ['uniformity', 'Uniformity']]) {
    await page.locator(`training-curves input[value=${metric}]`).check();
    await expect(page.locator('training-curves #summary')).toContainText(`${name} after step 12`);
    expect((await playground.curve('--accent')).pixels).toBeGreaterThan(50);
  }
  await expect(page.locator('training-curves input[name=log]')).toBeDisabled();
  await page.locator('training-curves input[value=loss]').check();
  await page.locator('training-curves input[name=log]').check();
  await page.locator('training-curves input[name=smoothing]').fill('0.9');
  await expect(legend).toContainText('Smoothed');
  const plot = page.locator('training-curves #plot');
  await plot.focus();
  await page.keyboard.press('End');
  await expect(legend).toContainText(/Step\D*12/);
  await page.keyboard.press('+');
  await expect(playground.button('Whole run')).toBeVisible();
  await page.keyboard.press('0');
  await expect(playground.button('Whole run')).toHaveCount(0);

  await page.getByRole('checkbox', { name: 'Draw sharp' }).uncheck();
  await expect(legend).not.toContainText('sharp');
  await page.reload();
  await playground.ready();
  await expect(page.getByRole('checkbox', { name: 'Draw sharp' }), 'name and choice are kept').not.toBeChecked();
  await playground.button('Delete sharp').click();
  await expect(rows).toHaveCount(1);
});

test('a combination that cannot be run is explained before it is run', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.choose({ method: 'moco' });
  await playground.set({ momentum: 0 });
  await playground.at('model', () => expect(page.locator('model-settings')).toContainText('this fails (He et al. 2020)'));
  await playground.source('own').check();
  await playground.ready();
  await playground.at('model', () => expect(page.locator('model-settings')).toContainText('training needs at least 2'));
  await playground.source('shapes').check();
  await playground.ready();
  await playground.choose({ method: 'supCon', encoder: 'vit' });
  await playground.visit('model');
  await page.locator('model-settings details.network summary').click();
  await expect(page.locator('network-drawing')).toContainText('attention');
  await expect(page.locator('network-drawing')).toContainText(/; [\d.]+ million multiply-adds a picture/);
  await expect(page.locator('model-settings')).not.toContainText('training needs');
  const why = page.getByRole('button', { name: 'What does “Temperature τ” do?' });
  await why.click();
  await expect(page.locator('setting-field').filter({ has: page.locator('input[name=temperature]') })).toContainText('before the softmax');
});

test('a link brings its settings, and what cannot be is corrected with a word', async ({ playground, page }) => {
  await playground.open();
  await playground.side(16);
  await playground.set({ temperature: 0.25, batchSize: 8, steps: 3 });
  await playground.choose({ method: 'infoNce' });
  await playground.visit('views');
  await page.getByRole('combobox', { name: 'Recipe' }).selectOption('Crop and flip only');
  await expect(page.locator('view-policy input[name=jitter]')).not.toBeChecked();
  await playground.visit('take');
  const link = await page.locator('take-away .link input').inputValue();
  const settings = await playground.state('settings');

  const other = await page.context().browser()?.newPage();
  if (!other) throw new Error('no browser');
  await other.goto(`${link}&device=cpu`);
  await other.waitForFunction(() => !(/** @type {any} */ (document.querySelector('contrastive-playground'))?.page.state.busy ?? true));
  const found = await other.evaluate(() => {
    const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
    return { settings: state.settings, side: state.side, notices: state.notices.map((/** @type {any} */ { key, values }) => `${key} ${JSON.stringify(values)}`), address: location.search };
  });
  expect(found).toMatchObject({ side: 16, notices: [], address: '?device=cpu' });
  expect(found.settings).toMatchObject({ temperature: 0.25, batchSize: 8, steps: 3, method: 'infoNce' });
  expect(found.settings.policy.jitter).toBeUndefined();
  expect(found.settings.policy.crop.area[0]).toBeCloseTo(settings.policy.crop.area[0], 5);
  await other.close();

  await playground.open('?device=cpu&temperature=9999&method=magic&batchSize=few&nonsense=1&policy={"flipProbability":7}&encoder=vit');
  await expect(playground.notices).toHaveCount(5);
  await expect(playground.notices.filter({ hasText: '9999' })).toContainText('100 is used');
  expect(await playground.state('settings')).toMatchObject({ temperature: 100, method: 'simClr', batchSize: 48, encoder: 'vit' });
  await playground.set({ temperature: 0.2, batchSize: 4, steps: 1 });
  await playground.train();
});

test('the page is not blocked while it trains and shows everything @alone', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1600, height: 1000 });
  // One core is the page's own: what else runs on it is not its doing.
  await playground.open('?device=cpu&instances=1');
  await playground.set({ batchSize: 32, steps: 100_000 });
  await playground.button('Play').click();
  await expect.poll(async () => (await playground.losses()).length).toBeGreaterThan(3);
  for (const station of ['stage', 'step']) {
    await playground.visit(station);
    // What was being laid out for the first time is over.
    await page.waitForTimeout(2000);
    const blocked = await page.evaluate(
      () =>
        new Promise((/** @type {(found: number[]) => void} */ resolve) => {
          /** @type {number[]} */
          const found = [];
          new PerformanceObserver((list) => found.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
          setTimeout(() => resolve(found), 5000);
        }),
    );
    // The total blocking time; once in a while garbage has to be collected.
    expect(blocked.reduce((sum, duration) => sum + duration - 50, 0), `${station}: ${blocked}`).toBeLessThan(100);
  }
  expect(mean((await playground.losses()).slice(-3))).toBeGreaterThan(0);
});

test('elements and session serve on another page', async ({ playground, page }) => {
  // A page of its own: what is put into a document of another type is not upgraded.
  await page.route('**/another-page', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><body>
    <training-curves></training-curves><similarity-matrix></similarity-matrix><network-drawing></network-drawing>
    <script type="module">
      import '/app/elements/training-curves.js';
      import '/app/elements/similarity-matrix.js';
      import '/app/elements/network-drawing.js';
      import { Session } from '/app/session.js';
      const [curves, matrix, network] = ['training-curves', 'similarity-matrix', 'network-drawing'].map((name) => document.querySelector(name));
      const session = await Session.create({ device: 'cpu', seed: 7 });
      await session.useShapes({ side: 16 });
      network.cost = await session.modelCost();
      const drawn = { loss: [], top1: [], alignment: [], uniformity: [] };
      for await (const { losses, batch } of session.train({ steps: 5, batchSize: 8 })) {
        for (const [metric, values] of Object.entries({ ...losses, loss: losses.losses })) drawn[metric]?.push(...values);
        curves.curves = { ...drawn };
        curves.levels = losses.levels;
        if (batch) matrix.batch = batch;
      }
      matrix.row = 3;
      document.body.dataset.done = 'yes';
    </script></body></html>` }));
  await page.goto(`${playground.origin}/another-page`);
  await expect(page.locator('body')).toHaveAttribute('data-done', 'yes');
  await expect(page.locator('training-curves #summary')).toContainText('after step 5');
  await expect(page.locator('similarity-matrix #cells')).toBeVisible();
  await expect(page.locator('network-drawing')).toContainText('64 × 16 × 16');
});

test('every element can be imported on the page itself, which keeps its own', async ({ playground, page }) => {
  await playground.open('?device=cpu', 'stage');
  const files = (await readdir('dist/app/elements')).filter((name) => /^[a-z]+(-[a-z]+)+\.js$/.test(name));
  expect(files.length).toBeGreaterThan(30);
  const failed = await page.evaluate(async (files) => {
    const results = await Promise.allSettled(files.map((file) => import(`/app/elements/${file}`)));
    return results.flatMap((result, index) => (result.status === 'rejected' ? [`${files[index]}: ${result.reason}`] : []));
  }, files);
  expect(failed).toEqual([]);
  await playground.visit('train');
  await expect(page.locator('training-curves')).toBeVisible();
});

test('no station is longer than two screens', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 1440, height: 900 });
  await playground.set({ steps: 4 });
  await playground.visit('stage');
  await playground.train();
  for (const station of ['photos', 'views', 'model', 'train', 'step', 'learned', 'take']) {
    await playground.visit(station);
    if (station === 'step') await expect(page.locator('pair-inspector #start')).toBeVisible();
    if (station === 'learned') await expect(page.locator('embedding-map canvas')).toBeVisible();
    const { height } = (await page.locator(`pipeline-part#${station}`).boundingBox()) ?? { height: Infinity };
    expect(height, station).toBeLessThanOrEqual(1800);
  }
});
