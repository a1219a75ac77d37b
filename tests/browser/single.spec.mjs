// The single file, from where a USB stick has it: nothing is asked of anyone.
import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { heic, photos } from './files.mjs';
import { tryOut } from './lessons/walk.mjs';
import { Playground, expect, test } from './playground.mjs';

const FILE = 'dist/contrastive-playground.html';
const ADDRESS = String(pathToFileURL(FILE));
const SETTINGS = '?device=cpu&steps=3&batchSize=16&seed=5';

/** All that the page asks for, but itself and what it made. @param {import('@playwright/test').Page} page */
function requests(page) {
  /** @type {string[]} */ const all = [];
  page.context().on('request', (request) => all.push(request.url()));
  return () => all.filter((url) => !/^(blob|data):/.test(url) && !url.startsWith(ADDRESS));
}

test('the single file trains with the losses of the hosted page, and asks for nothing', async ({ playground, page, browser }) => {
  const strangers = requests(page);
  await page.goto(`${ADDRESS}${SETTINGS}#step`);
  await playground.ready();
  await expect(page.locator('#trouble')).toBeHidden();
  await playground.train();
  await expect(page.locator('info-nce-formula .katex').first()).toBeVisible();
  expect(await page.evaluate(() => document.fonts.check('16px KaTeX_Main')), 'with its fonts').toBe(true);
  const losses = await playground.losses();
  await expect.poll(async () => (await playground.state('runs')).length, 'it is written').toBe(1);
  await page.reload();
  await playground.ready();
  expect(await playground.losses(), 'the run is kept').toEqual(losses);
  expect(strangers()).toEqual([]);

  const hosted = await browser.newPage();
  await hosted.goto(`${playground.origin}/${SETTINGS}`);
  const there = new Playground(hosted, playground.origin);
  await there.ready();
  await there.train();
  expect(losses).toEqual(await there.losses());
  await hosted.close();
  // Files share their storage, and a run that is kept would wait in the next test.
  await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.forget());
});

test('the hosted page has the single file to be saved, and the single file has no more of them', async ({ playground, page }) => {
  await playground.open();
  const saved = page.waitForEvent('download');
  await page.locator('footer a[download]').click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('contrastive-playground.html');
  expect(statSync(await file.path()).size).toBe(statSync(FILE).size);
  await page.goto(ADDRESS);
  await playground.ready();
  await expect(page.locator('footer a')).toHaveCount(1);
});

test('the single file has emoji, photos, maps, files and lessons, and says what it has not', async ({ playground, page }) => {
  const strangers = requests(page);
  await page.goto(`${ADDRESS}${SETTINGS}#photos`);
  await playground.ready();
  await expect(page.locator('picture-choice img').first()).toHaveJSProperty('naturalWidth', 128);
  await playground.source('emoji').click();
  await playground.ready();
  await expect(playground.notices).toHaveCount(0);
  await playground.drop([...(await photos(4)), { name: 'phone.heic', mimeType: 'image/heic', buffer: heic }]);
  await expect(playground.count).toContainText('4 pictures');
  await expect(playground.skipped).toContainText('whose decoder is not in this single file');
  await playground.source('shapes').click();
  await playground.ready();
  await playground.train();
  await playground.visit('learned');
  await page.locator('embedding-map .methods button').nth(1).click();
  await expect.poll(async () => (await playground.state('learned')).method).toBe('umap');
  await playground.visit('take');
  for (const [name, file] of [['loader', 'contrastive_playground.py'], ['weights', 'weights-3.safetensors']]) {
    const saving = page.waitForEvent('download');
    await page.locator(`take-away button[name=${name}]`).click();
    expect((await saving).suggestedFilename()).toBe(file);
  }
  await tryOut(playground, 0, 2, 3);
  expect(strangers()).toEqual([]);
});

test('the policy of the single file lets nothing out, not even to a server that is there', async ({ context, origin }) => {
  // A page that nobody watches, since this one is to be refused something.
  const page = await context.newPage();
  await page.goto(ADDRESS);
  await expect(page.locator('contrastive-playground[up]')).toBeAttached();
  const refused = await page.evaluate(async (origin) => {
    /** @type {string[]} */ const directives = [];
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => directives.push(effectiveDirective));
    await fetch(origin, { mode: 'no-cors' }).catch(() => {});
    await new Promise((resolve) => Object.assign(new Image(), { src: `${origin}/app/icon.png`, onload: resolve, onerror: resolve }));
    return directives;
  }, origin);
  expect(refused).toEqual(['connect-src', 'img-src']);
  await page.close();
});
