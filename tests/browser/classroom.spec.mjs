// The page over http, as in a classroom's network: no secure context, so neither WebGPU nor Web Locks.
import config from '../../playwright.config.mjs';
import { photos } from './files.mjs';
import { expect, test as base } from './playground.mjs';
import { kept } from './storage.mjs';

const { launchOptions } = /** @type {any} */ (config.use);
const test = base.extend({
  origin: [async ({ origin }, use) => use(origin.replace('127.0.0.1', 'classroom.test')), { scope: 'worker' }],
});
test.use({ launchOptions: { ...launchOptions, args: [...launchOptions.args, '--host-resolver-rules=MAP classroom.test 127.0.0.1'] }, address: '' });

test('trains on the CPU, and says that WebGPU wants https', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.set({ steps: 2, batchSize: 8 });
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await expect(playground.device).toContainText(/Trains on\s+CPU\s+browsers offer WebGPU on https only/);
  await expect(page.locator('offline-note')).toContainText('came over http');
  await playground.drop(await photos(3));
  await playground.train();
});

test('a second tab keeps nothing, and the first is soon there again after a reload', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.drop(await photos(2));
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 2 });
  const second = await page.context().newPage();
  await second.goto(`${playground.origin}/?device=cpu#photos`);
  await expect(second.locator('notice-list .notice').first()).toContainText('open in another tab', { timeout: 20_000 });
  await second.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.photos.addBuiltIn('emoji'));
  await expect(second.locator('picture-gallery .state')).toContainText('360 pictures');
  await second.close();
  await playground.drop(await photos(1, 9));
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 3, squares: 3 });
  await page.reload();
  await playground.ready();
  await expect(playground.count).toContainText('3 pictures');
  await expect(playground.notices, 'it has not to wait until a tab that is gone is taken for one').toHaveCount(0);
});

test('a tab that was asleep while another wrote keeps nothing more, and says so', async ({ playground, page }) => {
  await playground.open();
  await playground.drop(await photos(2));
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 2 });
  await page.evaluate(async () => {
    const opening = indexedDB.open('contrastive-playground:/');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const transaction = opening.result.transaction('state', 'readwrite');
    transaction.objectStore('state').put({ token: 'another', until: 0 }, 'lease');
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    opening.result.close();
  });
  await playground.drop(await photos(1, 9));
  await expect(playground.notices.first()).toContainText('open in another tab');
  expect(await kept(page)).toMatchObject({ pictures: 2 });
  await expect(playground.count).toContainText('3 pictures');
});

test('Forget everything does', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.drop(await photos(2));
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 2 });
  await playground.button('Forget everything').click();
  await playground.button('Delete').last().click();
  await expect(playground.notices.last()).toContainText('Everything was deleted');
  expect(await kept(page)).toMatchObject({ pictures: 0 });
  await playground.drop(await photos(1));
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 1 });
});
