// A visitor's own files: ways in, formats, orientation, and what cannot be read.
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { file, photos, rotated } from './files.mjs';
import { expect, test, trainsOnPhotos } from './playground.mjs';

test('trains on dropped photos', async ({ playground }) => {
  await playground.open('?device=cpu&hide=stage.map');
  await trainsOnPhotos(playground);
});

test('files and folders are added by pickers, several times over', async ({ lasting: playground }) => {
  const folder = await mkdtemp(join(tmpdir(), 'photos-'));
  await mkdir(join(folder, 'inside'));
  const [one, two] = await photos(2, 20);
  await writeFile(join(folder, one.name), one.buffer);
  await writeFile(join(folder, 'inside', two.name), two.buffer);

  await playground.pick('Choose photos', await photos(3));
  await expect(playground.count).toContainText('3 pictures');
  await playground.pick('Choose a folder', folder);
  await expect(playground.count).toContainText('5 pictures');
  await playground.drop(await photos(2, 30));
  await expect(playground.count).toContainText('7 pictures');
  await playground.pick('Choose photos', [await file(40, 'avif')]);
  await expect(playground.count).toContainText('8 pictures');
  await expect(playground.thumbnails).toHaveCount(8);

  await playground.removeAll();
  await expect(playground.count).toContainText('No photos yet');
});

test('photos stay when the side or the source changes', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.drop(await photos(3));
  await playground.side(64);
  await expect(playground.count).toContainText('3 pictures');
  await playground.source('shapes').check();
  await expect(playground.count).toContainText('1,024 pictures');
  await playground.source('own').check();
  await expect(playground.count).toContainText('3 pictures');
});

test('EXIF orientation is respected', async ({ lasting: playground }) => {
  await playground.drop(await Promise.all([1, 3, 6, 8].map((orientation) => rotated(orientation))));
  await expect(playground.count).toContainText('4 pictures');
  for (const picture of await playground.squares()) {
    const at = (/** @type {number} */ x, /** @type {number} */ y) => picture.slice((y * 64 + x) * 3, (y * 64 + x) * 3 + 3);
    for (const y of [8, 32, 56]) {
      const [left, right] = [at(8, y), at(56, y)];
      expect(left[0] - left[2], 'red on the left').toBeGreaterThan(200);
      expect(right[2] - right[0], 'blue on the right').toBeGreaterThan(200);
    }
  }
});

test('a picture dragged from another page is not gone to, and a word says what to do', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  const prevented = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/uri-list', 'https://example.invalid/cat.jpg');
    dataTransfer.setData('text/html', '<img src="https://example.invalid/cat.jpg">');
    const fire = (/** @type {string} */ type) => !document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    return [fire('dragover'), fire('drop')];
  });
  expect(prevented).toEqual([true, true]);
  await expect(playground.notices.first()).toContainText('Save it first, then drop the file');
});
