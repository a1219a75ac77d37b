// Inside a step, what was learned, and what can be taken away: after real training, on the page.
import { readFile } from 'node:fs/promises';
import { cifar, named, photos, text, zip } from './files.mjs';
import { expect, mean, test } from './playground.mjs';
import { kept } from './storage.mjs';

/** @param {import('@playwright/test').Page} page @param {string} name */
async function taken(page, name) {
  const saving = page.waitForEvent('download');
  await page.locator(`take-away button[name=${name}]`).click();
  const download = await saving;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The header of a safetensors file. @param {Buffer} bytes */
const header = (bytes) => JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE())).toString());

test('a cell is chosen by keys, and its row adds up to the loss', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.set({ batchSize: 8, steps: 6 });
  await playground.train();
  await playground.visit('step');
  const cells = page.locator('similarity-matrix #cells');
  await cells.focus();
  for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
  const { row } = await playground.state('cell');
  const batch = await playground.state('batch');
  const anchor = await page.evaluate(async (row) => {
    const { anchorOf } = await import(/** @type {string} */ ('/app/session.js'));
    return anchorOf(/** @type {any} */ (document.querySelector('contrastive-playground')).page.state.batch, row);
  }, row);
  const partner = anchor.positives[0];
  expect(partner.view).toBe((row + 8) % 16);
  // By hand, from the similarities alone.
  const terms = [partner, ...anchor.negatives].map(({ similarity }) => Math.exp(similarity / 0.1));
  const byHand = -Math.log(terms[0] / terms.reduce((sum, term) => sum + term, 0));
  expect(byHand).toBeCloseTo(anchor.loss, 3);
  await expect(page.locator('info-nce-formula .katex').first()).toBeVisible();
  await expect(page.locator('info-nce-formula')).toContainText(anchor.loss.toPrecision(4).slice(0, 4));
  await expect(page.locator('softmax-bars [role=listitem]').first()).toContainText(partner.similarity.toFixed(2));
  expect(mean(Object.values(batch.losses)), 'all rows together are the loss of the step').toBeCloseTo((await playground.losses()).at(-1) ?? NaN, 3);

  await expect(page.locator('pair-inspector #start')).toBeVisible();
  const start = await playground.state('start');
  const negatives = (/** @type {any} */ tables) => mean(Object.values(tables.similarities));
  expect(negatives(start), 'an untrained network finds everything similar').toBeGreaterThan(negatives(batch));
});

test('map, search, scores, factors and occlusion of the shapes', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.set({ batchSize: 16, steps: 30 });
  await playground.train();
  await playground.visit('learned');
  const canvas = page.locator('embedding-map canvas');
  await expect(canvas).toBeVisible();
  await expect(page.locator('embedding-map #note')).toContainText('%');
  const learned = () => playground.state('learned');
  expect(Object.keys((await learned()).coordinates)).toHaveLength(2048);

  await canvas.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await learned()).neighbours?.length).toBe(12);
  const { query, neighbours } = await learned();
  expect(neighbours.map((/** @type {any} */ { index }) => index)).not.toContain(query.index);
  const similarities = neighbours.map((/** @type {any} */ { similarity }) => similarity);
  expect(similarities).toEqual([...similarities].sort((a, b) => b - a));
  await page.locator('similar-pictures pixel-square').nth(3).click();
  await expect.poll(async () => (await learned()).query.index).not.toBe(query.index);

  const [file] = await photos(1);
  const search = page.locator('similar-pictures input[type=file]');
  const several = 'more than one file or picture. Bring a single picture.';
  const two = await zip([['1.jpg', file.buffer], ['2.jpg', file.buffer]]);
  for (const [unfit, why] of /** @type {const} */ ([[text, 'not a picture of a kind that can be opened here. If it is a picture, save it as JPEG or PNG.'], [named('batch.bin', cifar(2)), several], [named('two.zip', two), several]])) {
    await search.setInputFiles(unfit);
    await expect(page.locator('similar-pictures [role=alert]')).toHaveText(`${unfit.name}: ${why}`);
    await expect(page.locator('similar-pictures .query'), 'the last query is not beside it').toHaveCount(0);
  }
  await search.setInputFiles(file);
  await expect(page.locator('similar-pictures [role=alert]')).toBeEmpty();
  await expect(playground.notices).toHaveCount(0);
  await expect.poll(async () => (await learned()).query.name).toBe(file.name);
  await expect.poll(async () => (await learned()).neighbours?.length).toBe(12);
  expect((await playground.photos()).length, 'it is only looked for').toBe(1024);
  await page.locator('similar-pictures').getByRole('button', { name: 'Random picture' }).click();
  await expect.poll(async () => (await learned()).other).not.toBeUndefined();
  await page.locator('occlusion-view button').first().click();
  await expect.poll(async () => (await learned()).occlusion?.drops.length).toBeGreaterThan(4);

  await page.locator('learned-scores button[name=knn]').click();
  await expect(page.locator('learned-scores')).toContainText('512');
  const { report } = (await learned()).report;
  for (const kind of ['encoder', 'untrained', 'pixels']) expect(report.knn.accuracy[kind]).toBeGreaterThan(report.chance / 2);
  await page.locator('factor-table button').first().click();
  await expect(page.locator('factor-table tbody tr')).toHaveCount(7);
  await page.locator('embedding-map select').selectOption({ index: 1 });
  await expect(page.locator('map-legend')).toContainText('circle');
  await page.getByRole('button', { name: 'UMAP', exact: true }).click();
  await expect.poll(async () => (await learned()).method, { timeout: 120_000 }).toBe('umap');
  expect((await learned()).coordinates[0]).not.toBeNaN();
  await expect(page.locator('embedding-map .spoken'), 'that it is done is said').toHaveText(/by UMAP$/);
});

test('labelled photos are held out to judge by, and too few are said to be', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.source('own').check();
  await playground.ready();
  await playground.button('Add the emoji').click();
  await expect(playground.count).toContainText('360 pictures');
  await expect(playground.count).toContainText('held out for judging');
  const { heldOut } = await playground.state('set');
  expect(heldOut).toBeGreaterThan(40);
  expect(heldOut).toBeLessThan(110);
  await playground.set({ batchSize: 16, steps: 3 });
  await playground.train();
  await playground.visit('learned');
  await page.locator('learned-scores button[name=knn]').click();
  await expect(page.locator('learned-scores')).toContainText(`${heldOut}`);
  expect((await playground.state('learned')).report.report).toMatchObject({ heldOut, train: 360 - heldOut });

  const [file] = await photos(1);
  await page.locator('similar-pictures input[type=file]').setInputFiles(file);
  await expect(page.locator('similar-pictures .summary')).toHaveText(/^The query has no label. “.+” is the label of \d+ of the 12 shown that have one\.$/);

  await playground.visit('take');
  const { measured } = JSON.parse((await taken(page, 'json')).bytes.toString());
  expect(measured, 'it is taken away with the run').toMatchObject({ step: 3, report: { report: { heldOut, k: expect.any(Number) }, judges: { count: heldOut } } });

  await playground.visit('learned');
  await page.locator('embedding-map select').selectOption('Split');
  await expect(page.locator('map-legend'), 'the map tells who judges').toContainText(`held out${heldOut}`);
  await page.reload();
  await playground.ready();
  await expect(page.locator('learned-scores .verdict').first(), 'what was measured is here again').not.toBeEmpty();
  await playground.visit('take');
  expect(JSON.parse((await taken(page, 'json')).bytes.toString()).measured).toEqual(measured);
  const share = Math.round(100 * measured.report.report.knn.accuracy.encoder);
  await playground.at('train', () => expect(page.locator('run-history tbody tr').first().locator('td.number').first()).toContainText(`${share}`));
  await playground.at('train', () => expect(page.locator('run-history .what'), 'of all runs it was measured').not.toContainText('kNN is missing'));
  await playground.at('photos', () => playground.button('Add the shapes').click());
  await expect.poll(async () => (await playground.state('runs'))[0].measured, 'it was measured by other pictures').toBeUndefined();

  await playground.startAnew();
  await playground.visit('photos');
  await playground.removeAll();
  await expect(page.locator('live-map')).toContainText('A map needs two pictures');
  const colours = () => page.locator('live-map canvas').evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
    const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  await expect.poll(colours, 'nothing is left on the map').toBe(1);
  await playground.drop(await photos(6));
  await playground.set({ steps: 2 });
  await playground.train();
  await playground.visit('learned');
  await page.locator('learned-scores button[name=knn]').click();
  await expect(page.locator('learned-scores')).toContainText('about 50 with a label');
  const saving = page.waitForEvent('download');
  await page.locator('embedding-map figure-buttons').getByText('SVG', { exact: true }).click();
  const figure = await readFile(await (await saving).path(), 'utf8');
  const places = [...figure.matchAll(/translate\(([\d.-]+),([\d.-]+)\)"><image/g)].map(([, x, y]) => [Number(x), Number(y)]);
  const { coordinates } = await playground.state('learned');
  const order = (/** @type {number[]} */ values) => values.map((_, at) => at).sort((a, b) => values[a] - values[b]);
  expect(places).toHaveLength(6);
  expect(order(places.map(([x]) => x))).toEqual(order(places.map((_, at) => coordinates[2 * at])));
  expect(order(places.map(([, y]) => y)), 'a diagram goes upwards, as on the page').toEqual(order(places.map((_, at) => -coordinates[2 * at + 1])));
  await page.locator('similar-pictures .offered button').first().click();
  await expect(page.locator('similar-pictures ol li'), 'of few pictures few are called similar').toHaveCount(2);
  await playground.at('photos', () => playground.removeAll());
  await expect(page.locator('pipeline-part')).toContainText('There are 0 pictures');
  await expect(page.locator('learned-scores button[name=knn]')).toBeDisabled();
});

test('weights, embeddings, the run and figures are files that hold what is shown', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('take');
  await expect(page.locator('take-away button[name=weights]')).toBeDisabled();
  await playground.choose({ size: 'medium' });
  await playground.set({ batchSize: 8, steps: 4 });
  await playground.train();
  const losses = await playground.losses();

  const weights = await taken(page, 'weights');
  expect(weights.name).toBe('weights-4.safetensors');
  await expect(page.locator('take-away pre'), 'the program loads what was saved').toContainText(`load("${weights.name}")`);
  expect(header(weights.bytes)['encoder.conv1.weight'].shape).toEqual([64, 3, 3, 3]);
  expect(header(weights.bytes)['encoder.linear.weight'].shape).toEqual([256, 2048]);
  expect((await taken(page, 'loader')).bytes.toString()).toContain('def load(');

  const npy = await taken(page, 'npy');
  expect(npy.bytes.subarray(1, 6).toString()).toBe('NUMPY');
  expect(npy.bytes.toString('latin1')).toContain('(1024, 256)');
  const csv = (await taken(page, 'csv')).bytes.toString().trim().split('\r\n');
  expect(csv).toHaveLength(1025);
  const offset = npy.bytes.length - 1024 * 256 * 4;
  expect(Number(csv[1].split(',').at(-256))).toBeCloseTo(npy.bytes.readFloatLE(offset), 4);

  const run = JSON.parse((await taken(page, 'json')).bytes.toString());
  for (const [step, loss] of losses.entries()) expect(run.curves.loss[step]).toBeCloseTo(loss, 5);
  expect(run.curves.loss).toHaveLength(4);
  expect(run.settings.batchSize).toBe(8);
  expect(run.levels).toMatchObject({ chance: expect.closeTo(Math.log(15), 5), top1: expect.closeTo(1 / 15, 5), floor: expect.any(Number) });
  expect(run.device.kind).toBe('cpu');
  expect(run.version).toMatch(/^\w+$/);
  expect((await taken(page, 'runCsv')).bytes.toString().trim().split('\r\n')).toHaveLength(5);

  for (const [part, kinds] of /** @type {const} */ ([['training-curves', ['SVG', 'PNG']], ['similarity-matrix', ['SVG']], ['softmax-bars', ['SVG']]])) {
    await playground.visit(part === 'training-curves' ? 'train' : 'step');
    for (const kind of kinds) {
      const saving = page.waitForEvent('download');
      await page.locator(`${part} figure-buttons`).getByText(kind, { exact: true }).click();
      const bytes = await readFile(await (await saving).path());
      if (kind === 'SVG') expect(bytes.toString(), part).toMatch(/^(<\?xml[^>]*>\s*)?<svg[^]*<\/svg>\s*$/);
      else expect([...bytes.subarray(1, 4)], part).toEqual([...Buffer.from('PNG')]);
    }
  }
});

test('a checkpoint that was saved is loaded, and the run goes on', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.set({ batchSize: 8, steps: 6, temperature: 0.3 });
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 1 of 6');
  await playground.visit('take');
  const { name, bytes } = await taken(page, 'checkpoint');
  const weights = await taken(page, 'weights');
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 2 of 6');
  const [first, second] = await playground.losses();

  await playground.startAnew();
  await playground.set({ temperature: 0.1 });
  const load = page.locator('take-away input[type=file]');
  await load.setInputFiles({ name: 'broken.safetensors', mimeType: '', buffer: bytes.subarray(0, 200) });
  await expect(playground.notices.last()).toContainText('“broken.safetensors” is cut short or damaged');
  const [photo] = await photos(1);
  await load.setInputFiles({ ...photo, name: 'run.safetensors' });
  await expect(playground.notices).toHaveText([/“run.safetensors” is a picture/]);
  await load.setInputFiles({ name: weights.name, mimeType: '', buffer: weights.bytes });
  await expect(playground.notices.last()).toContainText('the weights file for PyTorch');
  await load.setInputFiles({ name, mimeType: '', buffer: bytes });
  await expect(playground.status).toContainText('Step 1 of 6');
  await expect(playground.notices, 'what was wrong with other files is over').toHaveCount(1);
  await expect(playground.notices).toContainText('The checkpoint was loaded');
  await expect(playground.notices, 'on its own pictures').not.toContainText('trained on');
  expect(await playground.losses(), 'its curves are in the file').toEqual([first]);
  await expect.poll(() => kept(page)).toMatchObject({ runs: 2, step: 1 });
  await page.reload();
  await playground.ready();
  await expect(playground.notices).toContainText('Your run is here again, at step 1 of 6.');
  expect(await playground.losses()).toEqual([first]);
  expect((await playground.state('settings')).temperature).toBe(0.3);
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 2 of 6');
  expect((await playground.losses()).at(-1)).toBe(second);

  await playground.at('photos', () => playground.source('emoji').check());
  await playground.ready();
  await load.setInputFiles({ name, mimeType: '', buffer: bytes });
  await expect(playground.notices.last()).toContainText('It was trained on 8 pictures that are not here.');
  expect((await playground.state('levels')).chance, 'of the pictures it was trained on').toBeCloseTo(Math.log(15), 5);
  await playground.visit('train');
  await expect(page.locator('run-history tbody tr').first().locator('td:nth-last-child(-n + 4)'), 'and listed with those').toHaveText(['–', '0.001', '8', 'Delete']);
  await playground.visit('take');
  await playground.drop([named(name, bytes), named(weights.name, weights.bytes)]);
  await playground.visit('photos');
  await expect(playground.skipped).toContainText(`${name}: a checkpoint of this page, and not a picture.`);
  await expect(playground.skipped).toContainText(`${weights.name}: weights of this page, and not a picture.`);
});
