// What stays in the browser: after a reload, after a crash, where storage is short or forbidden.
import { named, photos } from './files.mjs';
import { goTo, shorten } from './lessons/walk.mjs';
import { expect, test } from './playground.mjs';
import { kept } from './storage.mjs';

test('pictures, labels, settings and the run are there after a reload, and training goes on exactly', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.drop(await photos(7));
  await playground.grid.focus();
  await page.keyboard.press('Control+a');
  await page.locator('picture-tools input[name=label]').fill('garden');
  await playground.button('Set label').click();
  await playground.set({ batchSize: 3, steps: 6, temperature: 0.2 });
  for (const step of [1, 2, 3]) {
    await playground.button('Step').click();
    await expect(playground.status).toContainText(`Step ${step} of 6`);
  }
  await expect.poll(() => kept(page)).toEqual({ pictures: 7, squares: 7, runs: 1, step: 3, bytes: true, source: 'own' });
  // Settings may be changed after the last checkpoint.
  await playground.set({ learningRate: 0.002 });
  const before = await playground.losses();

  await page.reload();
  await playground.ready();
  await expect(playground.notices.first()).toContainText('Your run is here again, at step 3 of 6.');
  await expect(playground.count).toContainText('7 pictures · 1 label');
  await playground.visit('model');
  await expect(page.locator('input[name=temperature]')).toHaveValue('0.2');
  await playground.unfold();
  await expect(page.locator('input[name=learningRate]')).toHaveValue('0.002');
  await playground.visit('photos');
  await playground.set({ learningRate: 0.001 });
  await expect(playground.source('own')).toBeChecked();
  await expect(playground.status).toContainText('Step 3 of 6');
  expect(await playground.losses()).toEqual(before);

  await playground.train();
  await expect(playground.notices, 'who goes on with it knows').toHaveCount(0);
  const resumed = await playground.losses();
  expect(resumed).toHaveLength(6);
  await playground.startAnew();
  await playground.train();
  expect(await playground.losses(), 'as if the page had never been left').toEqual(resumed);

  await playground.visit('train');
  const runs = page.locator('run-history tbody tr');
  await expect(runs).toHaveCount(2);
  await runs.last().getByRole('button').click();
  await expect(runs).toHaveCount(1);
  await page.reload();
  await playground.ready();
  await expect(runs).toHaveCount(1);
});

test('what was removed stays removed, and Forget everything does', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.drop(await photos(5));
  await playground.thumbnails.first().click();
  await playground.button('Remove').click();
  await playground.set({ steps: 2 });
  await playground.train();
  await expect.poll(() => kept(page)).toEqual({ pictures: 4, squares: 4, runs: 1, step: 2, bytes: true, source: 'own' });
  await page.reload();
  await playground.ready();
  await expect(playground.count).toContainText('4 pictures');
  await playground.drop(await photos(1, 20));
  await expect.poll(() => kept(page), 'new pictures take no one’s place').toMatchObject({ pictures: 5 });
  await playground.at('train', () => page.locator('training-curves input[value=top1]').check());

  // A double click asks, and so does a key that is held; neither is an answer.
  const forget = playground.button('Forget everything');
  await forget.click();
  await page.locator('storage-note #sure').dispatchEvent('click', { detail: 2 });
  await playground.button('Cancel').click();
  await forget.focus();
  for (let held = 0; held < 3; held += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(playground.button('Cancel')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(forget).toBeFocused();
  await expect(playground.count).toContainText('5 pictures');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(playground.notices.last()).toContainText('Everything was deleted');
  await expect(forget).toBeFocused();
  await expect(playground.count).toContainText('1,024 pictures');
  await playground.at('train', async () => {
    await expect(page.locator('run-history tr')).toHaveCount(0);
    await expect(page.locator('training-curves input[value=loss]'), 'nor is what was chosen of a chart').toBeChecked();
  });
  await expect(playground.status).toContainText('Step 0 of 300');
  expect(await kept(page)).toMatchObject({ pictures: 0, squares: 0, runs: 0, step: undefined });
  await playground.source('own').check();
  await expect(playground.count).toContainText('No photos yet');
  await expect.poll(() => kept(page)).toMatchObject({ source: 'own' });
  await page.reload();
  await playground.ready();
  await expect(playground.count).toContainText('No photos yet');
});

test('a run stays where a setting is refused, over a reload and a lesson, and is gone when all is forgotten in a lesson', async ({ lasting: playground }) => {
  const { page } = playground;
  const hash = (/** @type {string} */ hash) => page.evaluate((hash) => (location.hash = hash), hash);
  const run = () => playground.state('progress');
  await playground.side(16);
  await playground.drop(await photos(3));
  await playground.set({ batchSize: 3, steps: 6 });
  await playground.button('Step').click();
  await expect.poll(() => kept(page)).toMatchObject({ step: 1 });
  await playground.set({ temperature: '' });
  await page.reload();
  await playground.ready();
  expect(await run()).toMatchObject({ done: 1, steps: 6 });
  expect(await playground.state('wrong')).toBe('temperature');

  await hash('lesson=0.2');
  await playground.until(({ lectern, busy, sight }) => lectern && !busy && sight);
  await expect(playground.notices.filter({ hasText: 'Your run is here again' })).toHaveCount(0);
  await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.photos.addBuiltIn('shapes'));
  await expect(playground.notices.last()).toContainText('256 pictures were added to “My photos”');
  expect(await playground.state('source'), 'a lesson keeps its pictures').toBe('shapes');
  await hash('stage');
  await playground.until(({ lectern, busy, source, progress }) => !lectern && !busy && source === 'own' && progress.done === 1);
  expect(await playground.losses()).toHaveLength(1);
  await playground.set({ temperature: 0.1 });
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 2 of 6');

  await hash('lesson=0.2');
  await playground.until(({ lectern, busy }) => lectern && !busy);
  await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.forget());
  await hash('stage');
  await playground.until(({ lectern, busy, source }) => !lectern && !busy && source === 'shapes');
  expect(await run()).toMatchObject({ done: 0 });
});

test('what mail programs append to the address changes nothing, and a link’s settings replace a run only by another', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.drop(await photos(3));
  await playground.set({ batchSize: 3, steps: 6, temperature: 0.3 });
  await playground.button('Step').click();
  await expect.poll(() => kept(page)).toMatchObject({ step: 1, source: 'own' });
  await playground.open('?device=cpu&utm_source=mail&utm_medium=mail');
  await expect(playground.notices).toHaveCount(1);
  await expect(playground.notices).toContainText('Your run is here again, at step 1 of 6.');
  expect(await playground.state('source')).toBe('own');

  await playground.open('?device=cpu&source=emoji&side=16&batchSize=4');
  await expect(playground.notices).toContainText('Your own run, at step 1,');
  expect(await playground.state('source')).toBe('emoji');
  // What a lesson trains takes no run's place.
  await goTo(playground, 'lesson=3');
  await shorten(page, 3, 2);
  await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.teaching.run());
  await expect(playground.notices).toContainText('Your own run, at step 1,');
  await page.evaluate(() => (location.hash = ''));
  await playground.until(({ lectern, busy }) => !lectern && !busy);
  await expect(playground.notices).toContainText('Your own run, at step 1,');
  await playground.set({ temperature: '' });
  await playground.button('Step').click();
  await expect(playground.notices, 'which is refused').toHaveCount(2);
  await playground.set({ temperature: 0.5 });
  await playground.startAnew();
  await playground.ready();
  await playground.button('Back to my run').click();
  await expect(playground.notices).toContainText('Your run is here again, at step 1 of 6.');
  await playground.ready();
  expect(await playground.state('source')).toBe('own');
  expect((await playground.state('settings')).temperature).toBe(0.3);

  await playground.open('?device=cpu&source=emoji&side=16&batchSize=4');
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 1 of');
  await expect(playground.notices, 'there is no way back').toHaveCount(0);
  await expect.poll(() => kept(page)).toMatchObject({ runs: 2, step: 1, source: 'emoji' });
  await page.reload();
  await playground.ready();
  expect(await playground.state('source')).toBe('emoji');
  expect((await playground.state('progress')).done).toBe(1);

  await playground.open('?device=cpu&source=shapes&side=16');
  await expect(playground.notices).toContainText('Your own run, at step 1,');
  await page.evaluate(async () => {
    const { keeping } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
    for (const { id } of keeping.runs) await keeping.drop(id);
  });
  await expect(playground.notices, 'what is deleted does not wait').toHaveCount(0);
  expect(await kept(page)).toMatchObject({ runs: 0, source: 'shapes' });
});

test('a run waits for its pictures until another is kept', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.set({ batchSize: 4, steps: 6 });
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 1 of 6');
  const [first] = await playground.losses();
  await playground.at('photos', () => playground.source('emoji').check());
  await expect(playground.notices).toHaveText([/training begins anew\.\s*Your run of 1 step waits/]);
  await playground.startAnew();
  await page.reload();
  await playground.ready();
  expect((await playground.state('progress')).done, 'it is not of these').toBe(0);
  await expect(playground.notices, 'and it still waits').toContainText('Your run of 1 step waits');
  await playground.at('photos', () => playground.source('shapes').check());
  await expect(playground.notices).toContainText('Your run is here again, at step 1 of 6.');
  expect(await playground.losses()).toEqual([first]);

  await playground.at('photos', () => playground.source('emoji').check());
  await playground.button('Step').click();
  await expect(playground.notices, 'that is the run now').toHaveCount(0);
  await expect.poll(() => kept(page)).toMatchObject({ runs: 2, step: 1, source: 'emoji' });
  await playground.at('photos', () => playground.source('shapes').check());
  await expect(playground.notices).toContainText('training begins anew');
  expect((await playground.state('progress')).done).toBe(0);
});

test('to start anew is asked about once a run is worth it', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.set({ batchSize: 2, steps: 50 });
  await playground.train();
  await playground.button('Start anew').click();
  await expect(playground.status, 'few steps are soon made again').toContainText('Ready');
  await playground.set({ steps: 51 });
  await playground.train();
  const anew = playground.button('Start anew');
  await anew.click();
  await expect(playground.button('Cancel')).toBeFocused();
  await expect(playground.button('Play on')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(anew).toBeFocused();
  await page.keyboard.press('Control+Shift+Backspace');
  await playground.button('Cancel').click();
  await expect(playground.status).toContainText('Step 51 of 51');
  // More than a quick machine makes before it is paused.
  await playground.set({ steps: 5000 });
  await anew.dblclick();
  await expect(page.getByRole('alertdialog'), 'the second of two clicks is no answer').toContainText('The 51 steps of this run are lost.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alertdialog'), 'who goes on does not start anew').toHaveCount(0);
  await playground.button('Pause').click();
  await playground.until(({ running }) => !running);
  await anew.click();
  await playground.at('photos', () => playground.source('emoji').check());
  await playground.ready();
  await expect(page.getByRole('alertdialog'), 'what it asked about is gone').toHaveCount(0);
  await playground.set({ steps: 51 });
  await playground.train();
  await anew.click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Start anew' }).click();
  await expect(playground.status).toContainText('Step 0 of');
  await expect(playground.button('Play')).toBeVisible();
});

test('a run that is deleted while it goes on is not listed again before it is trained anew', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.set({ batchSize: 4, steps: 100_000 });
  await playground.button('Step').click();
  await expect.poll(() => kept(page)).toMatchObject({ runs: 1, step: 1 });
  await playground.visit('train');
  await playground.button('Play').click();
  await playground.until(({ running, progress }) => running && progress.done > 2);
  await page.locator('run-history tbody button').click();
  await expect(page.locator('run-history tr')).toHaveCount(0);
  await playground.button('Pause').click();
  await playground.ready();
  await playground.until(({ running }) => !running);
  expect(await kept(page), 'nor are its weights there').toMatchObject({ runs: 0, step: undefined });
  await playground.button('Step').click();
  await expect.poll(() => kept(page)).toMatchObject({ runs: 1 });
  await expect(page.locator('run-history tbody tr')).toHaveCount(1);
});

test('who leaves as soon as something is gone does not find it again', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.drop(await photos(2));
  await playground.button('Add the emoji').click();
  await playground.button('Add the shapes').click();
  await playground.set({ batchSize: 4, steps: 1 });
  await playground.train();
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 618, squares: 618, runs: 1 });
  await leaves(playground, 'picture-gallery', 'No photos yet', () => playground.removeAll());
  await expect(playground.count).toContainText('No photos yet');
  expect(await kept(page), 'the run waits for pictures').toMatchObject({ pictures: 0, squares: 0, runs: 1, step: 1 });
  await expect(playground.notices).toHaveCount(0);
  await playground.drop(await photos(2));
  await expect(playground.notices.first()).toContainText('Your run is here again, at step 1 of 1.');
  await playground.visit('step');
  await expect(page.locator('main')).toContainText('how the encoder sees it after step 1');
  await playground.visit('photos');
  await playground.removeAll();

  await playground.visit('train');
  await leaves(playground, 'run-history', '', () => page.locator('run-history tbody button').click());
  await expect(page.locator('run-history tr')).toHaveCount(0);
  expect(await kept(page)).toMatchObject({ runs: 0 });

  await playground.visit('photos');
  await playground.drop(await photos(3));
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 3, source: 'own' });
  await playground.button('Forget everything').click();
  await leaves(playground, 'notice-list', 'Everything was deleted', () => playground.button('Delete').last().click());
  await expect(playground.count).toContainText('1,024 pictures');
  expect(await kept(page)).toMatchObject({ pictures: 0, squares: 0, runs: 0 });
});

test('a run that is forgotten while it is being written does not come back', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.evaluate(() => {
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = async function () {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return arrayBuffer.call(this);
    };
  });
  await playground.button('Play').click();
  await playground.until(({ progress }) => progress.done > 2);
  await playground.button('Pause').click();
  await playground.button('Forget everything').click();
  await playground.button('Delete').last().click();
  await expect(playground.notices.last()).toContainText('Everything was deleted');
  await page.waitForTimeout(1500);
  expect(await kept(page)).toMatchObject({ runs: 0, step: undefined });
  await page.reload();
  await playground.ready();
  await expect(playground.status).toContainText('Step 0 of 300');
});

test('storage that is forbidden is said, and everything works without', async ({ playground, page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('forbidden', 'SecurityError');
    };
  });
  await playground.open();
  await expect(playground.notices.first()).toContainText('does not let the page keep anything');
  await expect(page.locator('storage-note')).toContainText('gone when you leave');
  await playground.side(16);
  await playground.drop(await photos(3));
  await playground.set({ steps: 2 });
  await playground.train();
  await expect(playground.count).toContainText('3 pictures');
});

test('Safari’s seven days are told, until it promises to keep what is there', async ({ playground, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'vendor', { get: () => 'Apple Computer, Inc.' });
    let promised = false;
    StorageManager.prototype.persist = async () => (promised = true);
    StorageManager.prototype.persisted = async () => promised;
  });
  await playground.open();
  const note = page.locator('storage-note');
  await expect(note).toContainText('after a week without a visit');
  await playground.drop(await photos(2));
  await expect(note).not.toContainText('week');
  await expect(note).toContainText('are kept in this browser');
});

test('storage that is full is said, and nothing on the page is lost', async ({ playground, page, context }) => {
  const browser = await context.newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: playground.origin, quotaSize: 500_000 });
  // It is tried again after longer and longer waits, 15 seconds in all.
  await page.addInitScript(() => {
    const later = globalThis.setTimeout;
    globalThis.setTimeout = /** @type {any} */ ((/** @type {TimerHandler} */ task, /** @type {number | undefined} */ wait = 0) => later(task, wait / 20));
  });
  await playground.open();
  await playground.side(16);
  await playground.drop(await photos(2));
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 2 });
  await playground.button('Add the emoji').click();
  await playground.button('Add the shapes').click();
  await expect(playground.notices.first()).toContainText('The browser’s storage is full');
  await expect(playground.count).toContainText('618 pictures');
  await playground.set({ batchSize: 4, steps: 2 });
  await playground.train();
  await expect(playground.notices).toHaveCount(1);
});

test('a browser that is slow to give a lone page its lock is no second tab', async ({ playground, page }) => {
  await page.addInitScript(() => {
    const request = navigator.locks.request.bind(navigator.locks);
    const slow = async (/** @type {any[]} */ ...asked) => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      return /** @type {any} */ (request)(...asked);
    };
    Object.defineProperty(navigator.locks, 'request', { value: slow });
  });
  await playground.open();
  await playground.drop(await photos(2));
  await expect(playground.notices).toHaveCount(0);
  expect(await playground.state('lost')).toBeUndefined();
});

test('a second tab keeps nothing, and says so', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.drop(await photos(2));
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 2 });
  const second = await page.context().newPage();
  await second.goto(`${playground.origin}/?device=cpu`);
  await expect(second.locator('notice-list .notice').first()).toContainText('open in another tab');
  await expect(second.getByRole('button', { name: 'Forget everything' }), 'here nothing can be deleted').toBeDisabled();
  await second.close();
  expect(await kept(page)).toMatchObject({ pictures: 2 });
});

test('an engine that dies costs no picture, and the run goes on from the last checkpoint', async ({ playground, page }) => {
  await page.addInitScript(() => {
    const Original = Worker;
    // The page's own way to its workers, so that the test can end one.
    /** @type {any} */ (window).Worker = class extends Original {
      /** @param {any[]} args */
      constructor(...args) {
        super(.../** @type {[string]} */ (args));
        if (String(args[0]).includes('worker.js')) /** @type {any} */ (window).engine = this;
      }
    };
  });
  await playground.open();
  await playground.side(16);
  await playground.drop([...(await photos(4)), named('bad.jpg', 'text')]);
  await playground.set({ steps: 6 });
  for (const step of [1, 2]) {
    await playground.button('Step').click();
    await expect(playground.status).toContainText(`Step ${step} of 6`);
  }
  await expect.poll(() => kept(page)).toMatchObject({ step: 2 });
  await page.evaluate(() => /** @type {any} */ (window).engine.onerror(new ErrorEvent('error', { message: 'out of memory' })));
  await playground.button('Step').click();
  await expect(playground.notices.last()).toContainText('Your run is here again, at step 2 of 6.');
  await expect(playground.count).toContainText('4 pictures');
  await playground.train();
  expect(await playground.losses()).toHaveLength(6);
});

test('a run that cannot be written is said, and pictures are kept on', async ({ playground, page }) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (/** @type {unknown} */ value, /** @type {IDBValidKey | undefined} */ key) {
      if (key === 'checkpoint') throw new DOMException('cannot be cloned', 'DataCloneError');
      return put.call(this, value, key);
    };
  });
  await playground.open('?device=cpu&steps=2&batchSize=8&side=16');
  await playground.train();
  await expect(playground.notices).toContainText('The run could not be kept in this browser');
  // Both of it or neither.
  expect(await kept(page)).toMatchObject({ runs: 0, step: undefined });
  await playground.drop(await photos(2));
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 2, squares: 2, source: 'own' });
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 1 of');
  await expect(playground.notices.filter({ hasText: 'could not be kept' })).toHaveCount(1);
  await page.reload();
  await playground.ready();
  await expect(playground.count).toContainText('2 pictures');
});

test('a run too large for the storage ends nothing else', async ({ playground, page, context }) => {
  const browser = await context.newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: playground.origin, quotaSize: 600_000 });
  await playground.open('?device=cpu&steps=2&batchSize=8&size=medium');
  await playground.train();
  await expect(playground.notices).toContainText('The run could not be kept in this browser');
  await playground.drop(await photos(3));
  await expect.poll(() => kept(page)).toMatchObject({ pictures: 3, squares: 3, runs: 0 });
});

/**
 * Does a thing, and leaves the page for itself in the very moment in which an element says so.
 * @param {import('./playground.mjs').Playground} playground @param {string} element @param {string} words none: it is empty
 * @param {() => Promise<unknown>} task
 */
async function leaves(playground, element, words, task) {
  const { page } = playground;
  await page.locator(element).evaluate((element, words) => {
    const root = /** @type {ShadowRoot} */ (element.shadowRoot);
    const says = () => (words ? root.textContent?.includes(words) : !root.querySelector('tr'));
    new MutationObserver(() => says() && location.reload()).observe(root, { childList: true, subtree: true, characterData: true });
  }, words);
  const left = page.waitForEvent('load');
  await task();
  await left;
  await playground.ready();
}
