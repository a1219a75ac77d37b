// The recipe of the views: what a switch or a slider says is what happens to the views, and to training.
import { expect, test } from './playground.mjs';

/** RGBA bytes of the previewed pictures, and of their first and second views. @param {import('./playground.mjs').Playground} playground */
async function preview(playground) {
  const squares = await playground.pixels('view-preview .pairs pixel-square canvas');
  const column = (/** @type {number} */ which) => squares.filter((_, index) => index % 3 === which);
  return { originals: column(0), first: column(1), second: column(2) };
}

const words = (/** @type {import('@playwright/test').Page} */ page) => page.locator('view-preview .words').allTextContents();

test('each view says what was done to it', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('views');
  await expect(page.locator('view-preview .words')).toHaveCount(12);
  const said = await words(page);
  expect(said.join()).toMatch(/crop\s\d+%/);
  expect(said.join()).toMatch(/hue\s[+−]\d+°/);
  expect(said.join()).toMatch(/brightness\s[+−]\d+%/);
  await playground.button('Draw new views').click();
  await expect.poll(() => words(page)).not.toEqual(said);
  await page.getByLabel('Language').selectOption('zh');
  await expect(page.locator('view-preview .words').first()).toContainText('裁剪');
});

test('without augmentation the views are the pictures', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('views');
  await page.getByRole('combobox', { name: 'Recipe' }).selectOption('No augmentation');
  await expect(page.locator('view-preview .words').first()).toHaveText('unchanged');
  const { originals, first, second } = await preview(playground);
  expect(first).toEqual(originals);
  expect(second).toEqual(originals);
  await expect(page.locator('view-policy output').first()).toHaveText('off');
  const advice = page.locator('view-preview .advice');
  await expect(advice).toContainText('Switch on Crop and Colour jitter.');
  await page.locator('view-policy input[name=crop]').check();
  await expect(advice).toHaveCount(0);
});

test('a switch and a slider do what they say', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('views');
  await page.getByRole('combobox', { name: 'Recipe' }).selectOption('No augmentation');
  // The recipe comes from the engine, and would take back what is switched on before it.
  await expect.poll(async () => new Set(await words(page))).toEqual(new Set(['unchanged']));
  await page.locator('view-policy input[name=grayscale]').check();
  await page.locator('view-policy input[name=grayscale-strength]').fill('1');
  await expect.poll(async () => new Set(await words(page)), 'each view, not by chance the first').toEqual(new Set(['grey']));
  for (const view of (await preview(playground)).first) {
    for (let at = 0; at < view.length; at += 4) expect(Math.abs(view[at] - view[at + 2])).toBeLessThan(2);
  }
  await page.locator('view-policy input[name=grayscale]').uncheck();
  await page.locator('view-policy input[name=flip]').check();
  await page.locator('view-policy input[name=flip-strength]').fill('1');
  await expect.poll(async () => new Set(await words(page))).toEqual(new Set(['flipped']));
  const { originals, first } = await preview(playground);
  const mirrored = (/** @type {number[]} */ square) =>
    Array.from({ length: 16 }, (_, y) => Array.from({ length: 16 }, (_, x) => square.slice((y * 16 + 15 - x) * 4, (y * 16 + 15 - x) * 4 + 4)).flat()).flat();
  expect(first[0]).toEqual(mirrored(originals[0]));

  await page.locator('view-policy input[name=flip]').uncheck();
  await page.locator('view-policy input[name=crop]').check();
  await page.locator('view-policy input[name=crop-strength]').fill('0.5');
  await expect(page.locator('view-policy output').first()).toHaveText('≥ 50%');
  await expect(page.locator('view-preview .words').first()).toContainText('crop');
  const crops = async () => (await words(page)).map((text) => Number(/crop\s(\d+)%/.exec(text)?.[1] ?? 100));
  await expect.poll(async () => Math.min(...(await crops()))).toBeGreaterThanOrEqual(45);
});

test('training takes the recipe, and it is there after a reload', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('views');
  await playground.side(16);
  await page.getByRole('combobox', { name: 'Recipe' }).selectOption('No augmentation');
  await expect(page.locator('view-preview .words').first()).toHaveText('unchanged');
  await playground.set({ batchSize: 4, steps: 1 });
  await playground.train();
  await playground.visit('step');
  const views = await playground.pixels('pair-inspector .anchors pixel-square canvas');
  expect(views.slice(4), 'two views of a picture are the same').toEqual(views.slice(0, 4));
  await playground.visit('views');
  await page.reload();
  await playground.ready();
  await expect(page.locator('view-policy input[name=crop]')).not.toBeChecked();
  await expect(page.locator('view-preview .words').first()).toHaveText('unchanged');
});
