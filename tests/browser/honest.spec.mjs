// Numbers and sentences that have to be true: who judges, what a guess gives, and what a run cannot do.
import { readFile } from 'node:fs/promises';
import { expect, test } from './playground.mjs';

/** @typedef {import('./playground.mjs').Playground} Playground */

/**
 * Adds noise pictures to one's photos, of which no two look alike.
 * @param {Playground} playground @param {{ label?: string, count: number, copies?: number, burst?: number }[]} kinds
 */
async function addNoise(playground, kinds) {
  await playground.page.evaluate(async (kinds) => {
    const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    let seed = 1 + page.state.album.length;
    const random = () => ((seed = (seed * 16807) % 2147483647) & 255);
    const squares = kinds.flatMap(({ label, count, copies = 1, burst }, kind) =>
      Array.from({ length: count }, (_, number) => {
        const rgb = Uint8Array.from({ length: 16 * 16 * 3 }, random);
        return Array.from({ length: copies }, (_, copy) => ({ name: `${kind}-${number}-${copy}`, label, burst, side: 16, rgb }));
      }).flat(),
    );
    await page.use('own', 16);
    page.set({ busy: false });
    await page.engine.addSquares(squares, { use: false });
  }, kinds);
  await playground.ready();
}

/** @param {Playground} playground @param {string} measure */
async function measure({ page }, measure) {
  await page.locator(`learned-scores button[name=${measure}]`).click();
  await expect(page.locator('learned-scores [aria-busy=true]')).toHaveCount(0);
}

/** @param {Playground} playground @param {(index: number) => string} labelOf */
function label(playground, labelOf) {
  return playground.page.evaluate((labels) => {
    const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    const album = page.keeping.photos;
    for (const label of ['cat', 'dog']) album.label(album.pictures.filter((/** @type {any} */ _, /** @type {number} */ index) => labels[index] === label).map((/** @type {any} */ { id }) => id), label);
  }, Array.from({ length: 120 }, (_, index) => labelOf(index)));
}

test('what was trained on is not called held out, and there are two ways on', async ({ lasting: playground }) => {
  const { page } = playground;
  await addNoise(playground, [{ count: 120 }]);
  await playground.set({ batchSize: 32, steps: 8 });
  await playground.train();
  await label(playground, (index) => (index % 2 ? 'cat' : 'dog'));
  await playground.visit('learned');
  await measure(playground, 'knn');
  const scores = page.locator('learned-scores');
  await expect(scores).toContainText('has been trained on 24 of the pictures');
  await expect(scores).not.toContainText('was not trained on');

  await scores.locator('button[name=seen]').click();
  await expect(scores.locator('#judges')).toContainText('24 of them seen in training, without labels');
  // The first sentence of each measure says how it is done as a rule.
  for (const part of ['#judges', '.verdict', '.about']) await expect(scores.locator(part).first()).not.toContainText('held-out');
  expect((await playground.state('learned')).report.judges).toMatchObject({ count: 24, seen: 24, withLabels: false });

  await measure(playground, 'probe');
  await scores.locator('button[name=anew]').click();
  await expect(playground.status).toContainText('Finished', { timeout: 60_000 });
  await measure(playground, 'knn');
  await expect(scores.locator('#judges')).toContainText('Judged on 24 held-out pictures that the encoder was not trained on');
  await expect(scores.locator('#k')).toContainText('k = 29');
});

test('a run that is loaded still knows what it has seen', async ({ lasting: playground }) => {
  const { page } = playground;
  await addNoise(playground, [{ count: 120 }]);
  const found = await page.evaluate(async () => {
    const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    const { engine } = page;
    for (let step = 0; step < 8; step++) await engine.step({ batchSize: 32 });
    const { file } = await engine.save();
    await engine.reset();
    const album = page.keeping.photos;
    const ids = album.pictures.map((/** @type {any} */ { id }) => id);
    album.label(ids.slice(0, 60), 'cat');
    album.label(ids.slice(60), 'dog');
    await engine.load(file);
    const refused = await engine.evaluate().catch((/** @type {any} */ { code, details }) => ({ code, details }));
    // Pictures that come later were not in a batch.
    const later = album.pictures.map((/** @type {any} */ { label }, /** @type {number} */ n) => {
      const rgb = Uint8Array.from({ length: 768 }, (_, at) => (at * 31 + n * 97 + ((at * n) % 61) * 7) & 255);
      return { name: `later ${n}`, label, side: 16, rgb };
    });
    await engine.addSquares(later);
    const { judges } = await engine.evaluate();
    return { refused, judges, set: await engine.set() };
  });
  expect(found.refused).toEqual({ code: 'tooFewUnseen', details: { seen: 24, unseen: 0 } });
  expect(found.judges.seen).toBe(0);
  expect(found.judges.count + found.judges.leftOut).toBe(found.set.heldOut);
  expect(found.judges.leftOut).toBeGreaterThan(0);
  expect(found.judges.count).toBeGreaterThan(9);
});

test('each class gives a fifth, those of few are named, and copies do not judge each other', async ({ lasting: playground }) => {
  const { page } = playground;
  await addNoise(playground, [
    ...Array.from({ length: 10 }, (_, number) => ({ label: `class ${number}`, count: 5 })),
    { label: 'rare', count: 3 },
  ]);
  await expect.poll(async () => (await playground.state('set'))?.heldOut).toBe(10);
  await expect(page.locator('picture-gallery #unjudged')).toContainText('rare');
  await playground.removeAll();

  // Labels by a coin: whoever learns the copies knows the answers.
  await addNoise(playground, [
    { label: 'heads', count: 20, copies: 3 },
    { label: 'tails', count: 20, copies: 3 },
  ]);
  await playground.set({ batchSize: 32, steps: 4 });
  await playground.train();
  await playground.visit('learned');
  await measure(playground, 'probe');
  const { report, judges } = (await playground.state('learned')).report;
  expect(judges.count).toBe(24);
  expect(report.probe.accuracy.encoder, 'half is the truth').toBeLessThan(0.8);
  expect(report.probe.accuracy.pixels).toBeLessThan(0.8);
  await expect(page.locator('learned-scores')).toContainText('McNemar');

  await page.getByRole('button', { name: 'UMAP', exact: true }).click();
  await expect.poll(async () => (await playground.state('learned')).method, { timeout: 60_000 }).toBe('umap');
  const { coordinates } = await playground.state('learned');
  for (let first = 0; first < 120; first += 3) {
    expect([coordinates[2 * first], coordinates[2 * first + 1]], 'copies have one place').toEqual([coordinates[2 * first + 4], coordinates[2 * first + 5]]);
  }
});

test('pictures of one burst are on one side', async ({ lasting: playground }) => {
  const { page } = playground;
  await addNoise(playground, [
    ...Array.from({ length: 12 }, (_, number) => ({ label: number % 2 ? 'mug' : 'plant', count: 10, burst: 1000 + number })),
  ]);
  await expect.poll(async () => (await playground.state('set'))?.heldOut).toBe(20);
  // Kept in the browser, with what keeps them together.
  await page.reload();
  await playground.ready();
  await expect.poll(async () => (await playground.state('set'))?.heldOut).toBe(20);
  const bursts = await page.evaluate(() => {
    const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    return page.state.pictures.map((/** @type {any} */ { burst }) => burst);
  });
  expect(new Set(bursts).size).toBe(12);
});

test('one label alone is said before it is run', async ({ lasting: playground }) => {
  const { page } = playground;
  await addNoise(playground, [{ label: 'cat', count: 40 }]);
  await playground.choose({ method: 'supCon' });
  await expect(playground.notices).toContainText('the best that supervised contrast can do is to make all of them one point');
  await playground.choose({ method: 'simClr' });
  await expect(playground.notices).toHaveCount(0);
  await playground.at('model', async () => {
    await playground.unfold();
    await page.locator('model-settings input[name=withoutSameLabel]').check();
  });
  await expect(playground.notices).toContainText('the loss is exactly 0');
  await expect.poll(async () => (await playground.state('foreseen')).alone).toBe(1);
});

test('a collapse is noticed, and said with its step', async ({ lasting: playground }) => {
  await playground.side(16);
  await playground.choose({ size: 'medium' });
  await playground.set({ batchSize: 32, steps: 14, learningRate: 1 });
  await playground.train();
  const { kind, since } = await playground.state('stop');
  expect(kind).toBe('collapsed');
  await expect(playground.notices.filter({ hasText: 'collapsed' })).toContainText(`Since step ${since}`);
  await expect(playground.notices.filter({ hasText: 'collapsed' }), 'why').toContainText(/Start anew\.\s*1 is a large learning rate for Adam.* Take 0\.001\./);
  await expect(playground.button('Start anew'), 'what is to be done now').toHaveClass('primary');
  await expect(playground.button('Play on')).not.toHaveClass('primary');
  await playground.startAnew();
  await expect(playground.notices.filter({ hasText: 'collapsed' })).toHaveCount(0);
  await expect(playground.button('Play')).toHaveClass('primary');
});

test('chance of supervised contrast is that of its labels, and its floor is far from nothing', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.choose({ method: 'supCon' });
  await playground.set({ batchSize: 32, steps: 3 });
  await expect.poll(async () => (await playground.state('levels')).chance).toBeCloseTo(Math.log(63), 3);
  const { top1, chance, floor, alone } = await playground.state('levels');
  expect(top1, 'six kinds').toBeLessThan(0.25);
  expect(floor).toBeGreaterThan(1.8);
  expect(floor).toBeLessThan(chance);
  expect(alone).toBe(0);
  await playground.train();
  await playground.visit('train');
  await expect(page.locator('training-curves')).toContainText('Floor of supervised contrast');
  await page.locator('training-curves input[value=top1]').check();
  await expect(page.locator('training-curves #summary')).toContainText(`Chance level: ${top1.toFixed(3)}`);
});

test('keys of the queue are named, and the steps in which it fills are marked', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.choose({ method: 'moco' });
  await playground.set({ batchSize: 16, steps: 6, queue: 64 });
  await playground.train();
  await playground.visit('train');
  await expect(page.locator('training-curves #filling')).toContainText('Steps 1 to 4');
  await playground.visit('step');
  const keys = (await playground.state('batch')).keys;
  expect(keys).toHaveLength(64);
  const { pictures } = await playground.state('batch');
  const { picture, step } = keys[0];
  expect(step, 'the oldest are gone').toBeGreaterThan(1);
  expect(pictures).not.toContain(picture);
  await expect(page.locator('pair-inspector #now')).toContainText(/Picture \d+, key of step \d/);
  await expect(page.locator('pair-inspector #start')).toContainText('Random key');
  const saving = page.waitForEvent('download');
  await page.locator('similarity-matrix figure-buttons').getByText('SVG', { exact: true }).click();
  const figure = await readFile(await (await saving).path(), 'utf8');
  expect(figure.match(/<image/g), 'positives and queue are apart in the figure, too').toHaveLength(2);
});
