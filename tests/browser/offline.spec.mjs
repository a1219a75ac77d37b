// The page on a host, kept for use without a network, replaced by a newer version, and beside another copy.
import { copies } from './copies.mjs';
import { photos } from './files.mjs';
import { tryOut } from './lessons/walk.mjs';
import { Playground, expect, test as base } from './playground.mjs';
import { kept } from './storage.mjs';

/**
 * @typedef {import('./playground.mjs').TestArgs} TestArgs
 * @typedef {import('./playground.mjs').WorkerArgs} WorkerArgs
 */

const SHORT = '?sw=on&device=cpu&steps=2&batchSize=8';

/** @type {import('@playwright/test').Fixtures<{ site: Awaited<ReturnType<typeof copies>> }, {}, TestArgs, WorkerArgs>} */
const fixtures = {
  site: async ({}, use) => {
    const site = await copies('a', 'b');
    await use(site);
    await site.end();
  },
};
const test = base.extend(fixtures);

/** A copy of the page, kept for use without a network. @param {import('@playwright/test').Page} page @param {string} address */
async function opened(page, address) {
  const playground = new Playground(page, address);
  await playground.open(SHORT, 'stage');
  await expect(page.locator('offline-note')).toContainText('The page is kept on this device');
  return playground;
}

/** @param {import('@playwright/test').Page} page @param {string} path */
const cached = (page, path) => page.evaluate(async (path) => (await (await caches.match(new URL(path, location.href).href))?.text())?.length, path);

/** The names of the photos that a copy has. @param {Playground} playground */
const names = async (playground) => (await playground.state('album')).map((/** @type {{ name: string }} */ { name }) => name);

test('after the first visit it opens and trains without a network, all of it once that was asked for', async ({ page, context, site }) => {
  await opened(page, `${site.origin}/a`);
  const browser = await context.newCDPSession(page);
  expect((await browser.send('Page.getAppManifest')).errors).toEqual([]);
  expect((await browser.send('Page.getInstallabilityErrors')).installabilityErrors.map(({ errorId }) => errorId), 'but as tests are').toEqual(['in-incognito']);
  expect(await cached(page, 'app/emoji/emoji.json'), 'what not everyone needs').toBeUndefined();
  expect(await cached(page, 'guide/zh/worksheet-1.html'), 'what is read in class').toBeGreaterThan(1000);
  await page.locator('offline-note button[name=whole]').click();
  await expect(page.locator('offline-note')).toContainText('with everything that belongs to it');
  expect(await cached(page, 'app/emoji/emoji.json')).toBeGreaterThan(1000);

  await context.setOffline(true);
  site.cut();
  const playground = new Playground(page, `${site.origin}/a`);
  await playground.open('?device=cpu&steps=3&batchSize=8&source=emoji', 'learned');
  expect(await playground.state('source')).toBe('emoji');
  await page.evaluate(() => {
    navigator.storage.persist = async () => Boolean((/** @type {any} */ (window).askedToLast = true));
  });
  await playground.train();
  await expect.poll(() => page.evaluate(() => /** @type {any} */ (window).askedToLast), 'with a finished run').toBe(true);
  expect(await playground.losses()).toHaveLength(3);
  // Libraries, fonts and another worker.
  await page.locator('embedding-map .methods button').nth(1).click();
  await expect.poll(() => playground.state('learned')).toMatchObject({ method: 'umap' });
  await playground.visit('step');
  await expect(page.locator('info-nce-formula .katex').first()).toBeVisible();
  await tryOut(playground, 0, 2, 3);
  await playground.visit('stage');
  await expect(playground.notices).toHaveCount(0);
  await expect(page.locator('offline-note')).toContainText('0 kB came over the network');
  for (const path of ['', 'en/worksheet-1.html', 'zh/link.html']) {
    await page.goto(`${site.origin}/a/guide/${path}`);
    await expect(page.locator('main'), path).toBeVisible();
  }
  await expect(page.locator('link-maker #opens')).toBeVisible();
});

test('a newer version is offered when no run is on, and taken when it is asked for', async ({ page, context, site }) => {
  const playground = await opened(page, `${site.origin}/a`);
  const before = await page.locator('meta[name=version]').getAttribute('content');
  await page.evaluate(() => location.reload());
  await playground.ready();
  await playground.drop(await photos(2));
  const version = await site.replace('a');
  site.asked.length = 0;
  await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.set({ running: true }));
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
    while (!registration?.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  const note = page.locator('version-note section');
  await expect(note).toHaveCount(0);
  await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.set({ running: false }));
  await expect(note).toContainText('There is a newer version');
  expect(site.asked.filter((path) => path.endsWith('.wasm')), 'what is the same is not fetched again').toEqual([]);

  const second = await context.newPage();
  await second.goto(`${site.origin}/a/?device=cpu`);
  await playground.button('Reload').click();
  await expect(note).toContainText('Close these, and reload here');
  await second.close();
  await expect(page.locator('offline-note')).toContainText(`Version ${before}.`);
  await Promise.all([page.waitForEvent('load'), playground.button('Reload').click()]);
  await playground.ready();
  await expect(page.locator('offline-note')).toContainText(`Version ${version}.`);
  await expect(note).toHaveCount(0);
  expect(await names(playground)).toHaveLength(2);
  expect(await page.evaluate(() => caches.keys())).toEqual([`contrastive-playground:/a/:${version}`]);
});

test('two copies on one host keep nothing of each other’s, and the first has what was kept before there were two', async ({ page, context, site }) => {
  // As the page of before kept things.
  await page.goto(`${site.origin}/a/app/icon.svg`);
  await page.evaluate(async () => {
    const opening = indexedDB.open('contrastive-playground', 1);
    opening.onupgradeneeded = () => {
      const { result } = opening;
      result.createObjectStore('pictures', { keyPath: 'id' }).put({ id: 7, name: 'old.png', side: 64 });
      result.createObjectStore('squares').put(new Uint8Array(64 * 64 * 3).fill(90), 7);
      result.createObjectStore('runs', { keyPath: 'id' });
      result.createObjectStore('state').put({ source: 'own', side: 32 }, 'view');
    };
    await new Promise((resolve) => (opening.onsuccess = resolve));
    opening.result.close();
    localStorage.setItem('language', 'zh');
  });
  const one = new Playground(page, `${site.origin}/a`);
  await one.open('?sw=on&device=cpu', 'photos');
  expect(await names(one)).toEqual(['old.png']);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');

  const other = new Playground(await context.newPage(), `${site.origin}/b`);
  await other.open('?sw=on&device=cpu', 'photos');
  expect(await other.state('lost')).toBeUndefined();
  expect(await names(other)).toEqual([]);
  await other.drop(await photos(3));
  await expect.poll(() => kept(other.page)).toMatchObject({ pictures: 3 });
  await other.page.locator('header select').first().selectOption('en');
  await expect(other.page.locator('offline-note')).toContainText('The page is kept on this device');
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).map((name) => name.split(':')[1]).sort())).toEqual(['/a/', '/b/']);

  await page.reload();
  await one.ready();
  expect(await names(one)).toEqual(['old.png']);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.forget());
  await other.page.reload();
  await other.ready();
  expect(await names(other)).toHaveLength(3);
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());
  expect(databases).toEqual(['contrastive-playground:/a/', 'contrastive-playground:/b/']);
});

test('what is kept goes by ?sw=off, and a page that is being built keeps itself only by ?sw=on', async ({ page, site }) => {
  const playground = await opened(page, `${site.origin}/a`);
  await playground.button('Forget everything').click();
  await playground.button('Delete').last().click();
  await expect(playground.notices.last(), 'what is not forgotten is said').toContainText(`The page itself stays on this device, to be used without a network. To remove it too, open ${site.origin}/a/?sw=off`);
  await playground.open('?sw=off&device=cpu', 'stage');
  await expect.poll(() => page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length])).toEqual([0, 0]);
  await playground.open('?device=cpu', 'stage');
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations())).toEqual([]);
  await expect(page.locator('offline-note')).toContainText('It has sent nothing.');
});
