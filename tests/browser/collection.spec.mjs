// The visitor's pictures as a collection: labels, removal, duplicates, large sets, and changes during a run.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { file, named, photo, photos } from './files.mjs';
import { expect, test } from './playground.mjs';

const labels = async (/** @type {import('./playground.mjs').Playground} */ playground) =>
  (await playground.photos()).map(({ label }) => label ?? '');

test('sub-folders become labels', async ({ lasting: playground }) => {
  const folder = await mkdtemp(join(tmpdir(), 'fruit-'));
  for (const [index, path] of ['apple/1.jpg', 'apple/2.jpg', 'pear/1.jpg', 'loose.jpg'].entries()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), (await file(index, 'jpeg')).buffer);
  }
  await playground.pick('Choose a folder', folder);
  await expect(playground.count).toContainText('4 pictures · 2 labels');
  expect(await labels(playground)).toEqual(expect.arrayContaining(['apple', 'apple', 'pear', '']));
});

test('folders that are added one after the other become labels, each by its name', async ({ lasting: playground }) => {
  const parent = await mkdtemp(join(tmpdir(), 'pets-'));
  for (const [index, path] of ['cat/1.jpg', 'cat/2.jpg', 'dog/3.jpg'].entries()) {
    await mkdir(dirname(join(parent, path)), { recursive: true });
    await writeFile(join(parent, path), (await file(index, 'jpeg')).buffer);
  }
  await playground.pick('Choose a folder', join(parent, 'cat'));
  await expect(playground.count).toHaveText(/2 pictures(?!.*label)/);
  await playground.page.reload();
  await playground.ready();
  await playground.pick('Choose a folder', join(parent, 'dog'));
  await expect(playground.count).toContainText('3 pictures · 2 labels');
  expect((await playground.photos()).map(({ label }) => label)).toEqual(['cat', 'cat', 'dog']);
});

test('pictures are selected, labelled and removed with the mouse', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.drop(await photos(6));
  await expect(playground.thumbnails).toHaveCount(6);
  await playground.thumbnails.nth(1).click();
  await playground.thumbnails.nth(3).click({ modifiers: ['Shift'] });
  await playground.thumbnails.nth(5).click({ modifiers: ['ControlOrMeta'] });
  await expect(page.locator('picture-tools')).toContainText('4 selected');
  await page.getByRole('combobox', { name: 'Label', exact: true }).fill(' cats ');
  await playground.button('Set label').click();
  await playground.button('Set label').click();
  expect(await labels(playground), 'pressed twice, they stay').toEqual(['', 'cats', 'cats', 'cats', '', 'cats']);

  await page.getByLabel('Select…').selectOption('Without a label');
  await expect(page.locator('picture-tools')).toContainText('2 selected');
  await playground.button('Remove').click();
  await expect(playground.count).toContainText('4 pictures · 1 label');
  await page.getByLabel('Select…').selectOption('cats');
  await playground.button('Take label away').click();
  await expect(playground.count).not.toContainText('label');
  await playground.set({ steps: 2 });
  await playground.train();
});

test('a finger that stays selects all from the last tapped', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.drop(await photos(6));
  const selected = page.locator('picture-grid [aria-selected=true]');
  const touch = (/** @type {number} */ index, /** @type {string} */ type) =>
    playground.thumbnails.nth(index).evaluate((cell, type) => cell.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', bubbles: true, composed: true })), type);
  await touch(1, 'pointerdown');
  await touch(1, 'pointerup');
  await touch(1, 'click');
  await expect(selected).toHaveCount(1);
  await touch(4, 'pointerdown');
  await expect(selected).toHaveCount(4);
  await touch(4, 'pointerup');
  await touch(4, 'click');
  await expect(selected, 'to lift it undoes nothing').toHaveCount(4);
  await touch(2, 'pointerdown');
  await touch(2, 'pointerup');
  await touch(2, 'click');
  await expect(selected, 'a tap lets one go').toHaveCount(3);
});

test('pictures are selected, labelled and removed with the keyboard', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.drop(await photos(6));
  await expect(playground.thumbnails).toHaveCount(6);
  await playground.grid.focus();
  const press = async (/** @type {string[]} */ ...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press('ArrowRight', 'Shift+ArrowRight');
  await expect(page.locator('picture-grid [aria-selected=true]')).toHaveCount(2);
  await press('End', ' ');
  await expect(page.locator('picture-grid [aria-selected=true]')).toHaveCount(3);
  await expect(playground.grid).toHaveAttribute('aria-activedescendant', 'cell-5');
  await press('Delete');
  await expect(playground.count).toContainText('3 pictures');
  await press('Escape', 'Control+a');
  await expect(page.locator('picture-grid [aria-selected=true]')).toHaveCount(3);
  // Back from the grid to the label's field, which the selection has made ready.
  await press('Shift+Tab', 'Shift+Tab', 'Shift+Tab');
  await page.keyboard.type('dogs');
  await press('Enter');
  await expect(playground.count).toContainText('3 pictures · 1 label');
  // All at once is asked about.
  await playground.grid.focus();
  await press('Delete');
  await expect(page.getByRole('alertdialog')).toHaveAccessibleName('Delete all 3 pictures and their labels?');
  await expect(playground.button('Cancel')).toBeFocused();
  await press('Enter');
  await expect(playground.button('Remove all')).toBeFocused();
  await expect(playground.count).toContainText('3 pictures');
});

test('duplicates are found, and merged or kept', async ({ lasting: playground }) => {
  const { page } = playground;
  const copies = await Promise.all([
    photo(1).jpeg({ quality: 40 }).toBuffer(),
    photo(1).resize(160).png().toBuffer(),
    photo(2).modulate({ brightness: 1.05 }).webp().toBuffer(),
  ]);
  const others = await photos(4, 1);
  await playground.drop([...others, ...copies.map((bytes, index) => named(`copy-${index}`, bytes)), { ...others[3], name: 'again.jpg' }]);
  await expect(playground.duplicates).toContainText('3 groups of pictures look alike');
  expect(await playground.alike()).toEqual([
    ['photo-1.jpeg', 'copy-0', 'copy-1'],
    ['photo-2.png', 'copy-2'],
    ['photo-4.jpeg', 'again.jpg'],
  ]);
  await playground.duplicates.getByRole('button', { name: 'Keep one', exact: true }).first().click();
  await expect(playground.count).toContainText('6 pictures');
  await expect(playground.duplicates).toContainText('2 groups');
  await playground.duplicates.getByRole('button', { name: 'Keep all', exact: true }).first().click();
  await expect(playground.duplicates).toContainText('1 group of pictures looks alike');
  await playground.duplicates.getByRole('button', { name: 'Keep one' }).click();
  await expect(playground.count).toContainText('5 pictures');
  await expect(playground.duplicates).not.toContainText('alike');
  await playground.drop(await photos(1, 60));
  await expect(playground.count).toContainText('6 pictures');
  await page.reload();
  await playground.ready();
  await expect(playground.count).toContainText('6 pictures');
  await page.waitForTimeout(1500);
  await expect(playground.duplicates, 'what is to stay is not asked about again').not.toContainText('alike');
});

test('the built-in sets can be chosen, and added to one’s own', async ({ playground, page }) => {
  await playground.open();
  const requests = /** @type {string[]} */ ([]);
  page.on('request', (request) => requests.push(request.url()));
  await playground.source('own').check();
  await expect(playground.count).toContainText('No photos yet');
  await playground.button('Add the shapes').click();
  await expect(playground.count).toContainText('256 pictures · 6 labels');
  expect(requests.filter((url) => url.includes('emoji.webp')), 'only when chosen').toEqual([]);
  await playground.button('Add the emoji').click();
  await expect(playground.count).toContainText('616 pictures · 15 labels');
  await playground.source('emoji').check();
  await expect(playground.count).toContainText('360 pictures · 9 labels');
  await playground.set({ batchSize: 4, steps: 2 });
  await playground.train();
});

test('a built-in set that cannot be loaded leaves everything as it was', async ({ playground, page }) => {
  await playground.open();
  await playground.drop(await photos(3));
  await page.route('**/emoji/**', (route) => route.abort());
  await playground.source('emoji').click();
  await expect(playground.notices.first()).toHaveText(/The built-in set could not be loaded \(emoji\.\w+\)\. Connect to the network/);
  await expect(playground.source('own')).toBeChecked();
  await playground.drop(await photos(1, 10));
  await expect(playground.count).toContainText('4 pictures');
  await playground.set({ steps: 1 });
  await playground.train();
  await playground.visit('step');
  await expect(page.locator('pair-inspector .anchors pixel-square')).toHaveCount(8);
});

test('photos that come during a run join it with the next epoch', async ({ playground, page }) => {
  await playground.openNothing();
  const found = await page.evaluate(async () => {
    const { Session } = await import(/** @type {string} */ ('/app/session.js'));
    /** @type {import('../../www/engine/session.js').Session} */
    const session = await Session.create({ device: 'cpu', batchSize: 2, steps: 60, size: 'small' });
    const square = (/** @type {number} */ index) => ({ name: `${index}`, side: 16, rgb: new Uint8Array(768).fill(index * 5) });
    const squares = (/** @type {number} */ from, /** @type {number} */ to) =>
      Array.from({ length: to - from }, (_, index) => square(from + index));
    await session.usePhotos({ side: 16 });
    const first = await session.addSquares(squares(0, 40));
    /** @type {Promise<import('../../www/engine/session.js').Added> | undefined} */ let added;
    /** @type {{ count: number, done: number }[]} */ const joined = [];
    let done = 0;
    session.addEventListener('set', (event) => joined.push({ count: /** @type {any} */ (event).detail.set.count, done }));
    for await (const { progress } of session.train()) {
      ({ done } = progress);
      if (added) continue;
      added = session.addSquares(squares(40, 45));
      // What follows builds on it, so it may not come before.
      session.photos.label([41, 42, 1], 'late');
      session.photos.remove([42]);
    }
    const set = await session.set();
    session.close();
    return { first: first.waiting, later: (await added)?.waiting, joined, set };
  });
  expect(found.first).toBe(false);
  expect(found.later).toBe(true);
  expect(found.set).toEqual({ count: 44, side: 16, labelled: 2, heldOut: 0, classes: ['late'], unjudged: ['late'] });
  expect(found.joined).toHaveLength(1);
  expect(found.joined[0].count).toBe(44);
  // Epochs of 20 steps: it joined after one of them, not at once.
  expect(found.joined[0].done).toBeGreaterThanOrEqual(15);
});

test('photos that come during a run on built-in pictures leave it alone', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.set({ batchSize: 8, steps: 100_000 });
  await playground.button('Play').click();
  await expect(playground.status).toContainText(/Step [1-9]/);
  await playground.drop(await photos(3));
  await expect(playground.notices.first()).toContainText('3 pictures were added to “My photos”. Choose “My photos”');
  await expect(playground.count).toContainText('1,024 pictures');
  await playground.button('Pause').click();
  await expect(playground.status).toContainText('Paused');
  await playground.source('own').check();
  await expect(playground.count).toContainText('3 pictures');
  await expect(playground.notices, 'they are chosen now').toHaveText([/training begins anew/]);
  await playground.button('Step').click();
  await expect(playground.notices, 'and it began').toHaveCount(0);
});

test('adding can be cancelled, and what was added stays', async ({ lasting: playground }) => {
  const { page } = playground;
  const folder = await mkdtemp(join(tmpdir(), 'many-'));
  const large = await photo(1, 3000, 2000).jpeg().toBuffer();
  for (let index = 0; index < 120; index++) await writeFile(join(folder, `${index}.jpg`), large);
  const choosing = page.waitForEvent('filechooser');
  await playground.button('Choose a folder').click();
  await (await choosing).setFiles(folder);
  await expect(page.locator('picture-gallery #adding')).toContainText(/Adding: [1-9]\d* of 120/);
  await playground.button('Cancel').click();
  await playground.ready();
  const added = (await playground.photos()).length;
  expect(added).toBeGreaterThan(0);
  expect(added).toBeLessThan(120);
  await expect(playground.skipped).not.toContainText('skipped');
});

/** Milliseconds of each task that blocked the page from now until the function that is returned is called. @param {import('@playwright/test').Page} page */
async function blocked(page) {
  const observer = await page.evaluateHandle(() => {
    const tasks = /** @type {number[]} */ ([]);
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ type: 'longtask' });
    return { observer, tasks };
  });
  return () =>
    observer.evaluate(({ observer, tasks }) => {
      tasks.push(...observer.takeRecords().map(({ duration }) => duration));
      observer.disconnect();
      return tasks;
    });
}

test('large photos are decoded off the page’s thread @alone', async ({ playground, page }) => {
  await playground.open();
  const noise = { type: /** @type {const} */ ('gaussian'), mean: 128, sigma: 12 };
  const large = await sharp({ create: { width: 4032, height: 3024, channels: 3, noise, background: '#888' } }).jpeg().toBuffer();
  const folder = await mkdtemp(join(tmpdir(), 'large-'));
  for (let index = 0; index < 24; index++) await writeFile(join(folder, `${index}.jpg`), large);
  const stop = await blocked(page);
  await playground.pick('Choose a folder', folder);
  await expect(playground.count).toContainText('24 pictures');
  const long = (await stop()).filter((duration) => duration > 100);
  expect(long.length, 'a photo takes as long, so there would be one task for each').toBeLessThan(4);
});

test('ten thousand pictures scroll, and only those in view are drawn @alone', async ({ playground, page }) => {
  await playground.open();
  await playground.side(16);
  await page.evaluate(async () => {
    const { keeping } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
    for (let from = 0; from < 10_000; from += 200) {
      keeping.photos.add(
        Array.from({ length: 200 }, (_, index) => ({ name: `${from + index}.jpg`, side: 64, rgb: new Uint8Array(12_288).fill((from + index) % 256) })),
      );
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  await playground.source('own').check();
  await expect(playground.count).toContainText('10,000 pictures');
  await playground.ready();
  expect(await playground.thumbnails.count()).toBeLessThan(250);

  const longest = [];
  for (const _ of [1, 2, 3]) {
    const stop = await blocked(page);
    await playground.grid.evaluate(async (scroll) => {
      const step = (scroll.scrollHeight - scroll.clientHeight) / 60;
      for (let frame = 0; frame <= 60; frame++) {
        scroll.scrollTop = frame * step;
        await new Promise(requestAnimationFrame);
      }
    });
    longest.push(Math.max(0, ...(await stop())));
  }
  expect(await playground.thumbnails.count()).toBeLessThan(250);
  await expect(playground.thumbnails.last()).toHaveAttribute('aria-posinset', '10000');
  // What other programs do to one of the three is not the page's doing.
  expect(Math.min(...longest), 'milliseconds that the page was blocked').toBeLessThan(100);
});
