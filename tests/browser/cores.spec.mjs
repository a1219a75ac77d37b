// The CPU's cores: how many make a step changes no number, and one that ends in mid-run costs no more than a step.
import { expect, test } from './playground.mjs';

const SET = { count: 48, side: 16, seed: 3 };
/** With this side the layer between trunk and head has three strips, and one otherwise. */
const LARGE = 24;
const SMALL = { size: 'small', batchSize: 24, queue: 40, momentum: 0.9, seed: 7, steps: 100 };

/**
 * Losses of a few steps by so many instances, and how many there were, one count after the other.
 * @param {import('@playwright/test').Page} page @param {number} instances
 * @param {Record<string, unknown> & { side?: number }} settings
 */
function run(page, instances, { side = SET.side, ...settings }) {
  return page.evaluate(
    async ([set, settings, instances]) => {
      const { Session } = await import(/** @type {string} */ ('/app/session.js'));
      const session = await Session.create({ device: 'cpu', instances, ...settings });
      await session.useShapes(set);
      const joined = new Promise((resolve) => session.addEventListener('instances', resolve, { once: true }));
      const losses = [...(await session.step()).losses.losses];
      await joined;
      const counts = [session.instances];
      session.addEventListener('instances', () => session.instances !== counts.at(-1) && counts.push(session.instances));
      for (let step = 0; step < 5; step++) losses.push(...(await session.step()).losses.losses);
      session.close();
      return { losses, counts };
    },
    /** @type {const} */ ([{ ...SET, side }, { ...SMALL, ...settings }, instances]),
  );
}

for (const [name, settings] of Object.entries({
  'the article’s network': {},
  'the article’s network, of larger pictures': { batchSize: 12, side: LARGE },
  'MoCo': { method: 'moco' },
  'a residual network': { encoder: 'resnet', batchSize: 12 },
  'a transformer': { encoder: 'vit', batchSize: 12 },
})) {
  test(`${name} learns the same to the last digit with one core, two and three`, async ({ playground, page }) => {
    await playground.openNothing();
    const alone = await run(page, 1, settings);
    expect(alone.losses).toHaveLength(6);
    expect(alone.counts).toEqual([1]);
    for (const instances of [2, 3]) expect(await run(page, instances, settings)).toEqual({ ...alone, counts: [instances] });
  });
}

test('one that ends in mid-run is done without, with the same numbers', async ({ playground, page }) => {
  await page.route('**/worker.js', async (route) => {
    const response = await route.fetch();
    // The second of them ends between its messages.
    const code = `const Other = Worker; let started = 0; globalThis.Worker = class extends Other {
      number = ++started; sent = 0;
      postMessage(...message) { if (++this.sent === 4 && this.number === 2) this.terminate(); super.postMessage(...message); }
    };`;
    await route.fulfill({ response, body: `${code}${await response.text()}` });
  });
  await playground.openNothing();
  const alone = await run(page, 1, { side: LARGE });
  const { losses, counts } = await run(page, 3, { side: LARGE });
  expect(losses).toEqual(alone.losses);
  // Another may have come in its place.
  expect(counts.slice(0, 2)).toEqual([3, 2]);
});

test('how many are used is shown, and can be chosen', async ({ playground, page }) => {
  await playground.open('?device=cpu&instances=3');
  const cores = page.getByLabel('Cores');
  await expect(cores).toHaveValue('3');
  await playground.set({ batchSize: 16, steps: 4 });
  await playground.train();
  await expect(cores).toHaveValue('3');
  await cores.selectOption('2');
  await expect.poll(() => page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).engine.instances)).toBe(2);
  await expect(cores).toHaveValue('2');
});
