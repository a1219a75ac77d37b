import { heic, named, photos, text } from '../files.mjs';
import { expect, test } from '../playground.mjs';
import { goTo, shorten, sound, walk } from './walk.mjs';

/** Ten pictures, the nearest first. @param {import('@playwright/test').Locator} search */
async function finds(search) {
  await expect(search.locator('picture-row li')).toHaveCount(11);
  const cosines = (await search.locator('picture-row .number').allInnerTexts()).slice(1).map(Number);
  expect(cosines).toEqual([...cosines].sort((a, b) => b - a));
}

/** By one's own photos, which stay as they are. @param {import('@playwright/test').Page} page */
async function searchesByPhotos(page) {
  const search = page.locator('photo-search');
  const album = () => page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.keeping.photos.pictures.map((/** @type {any} */ { id, rgb }) => [id, String(rgb)]));
  const before = await album();
  await expect(search.locator('ul button')).toHaveCount(before.length);
  await search.locator('ul button').last().click();
  await finds(search);
  expect(await album()).toEqual(before);
}

test('is it any good?', async ({ lasting: playground }) => {
  await playground.drop(await photos(3));
  await expect(playground.count).toContainText('3 pictures');
  await playground.visit('stage');
  await walk(playground, 'judging', {
    1: {
      says: (state, { trained }, lately) => [trained.report.report.knn.accuracy.encoder, lately(trained.curves.top1)].map((share) => `${Math.round(100 * share)}%`),
    },
    2: {
      says: (state, { trained }) => {
        const { knn, probe } = trained.report.report;
        return [knn.accuracy.untrained, knn.accuracy.pixels, probe.accuracy.encoder, probe.accuracy.untrained].map((share) => `${Math.round(100 * share)}%`);
      },
    },
    3: {
      says: (state, { trained: { few: { result } } }) => {
        const { wins, losses } = result.againstScratch;
        return [`${result.labels}`, `${wins}`, `${losses}`, ...[result.pretrained, result.scratch, result.pixels].map((share) => `${Math.round(100 * share)}%`)];
      },
    },
    4: {
      // Of ten neighbours, how many show the shape, and how many the colour: with each similarity computed anew.
      says: async (state, { trained }) => {
        const { engine } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
        const drawn = /** @type {{ factor: string, classes: number[] }[]} */ (await engine.factorClasses());
        const kinds = ['shape', 'color'].map((name) => drawn.find(({ factor }) => factor === name)?.classes ?? []);
        return ['h', 'z'].flatMap((space) => {
          const { values, columns } = trained[space];
          const count = state.pictures.length;
          const same = [0, 0];
          for (let one = 0; one < count; one++) {
            const near = Float32Array.from({ length: count }, (_, other) => {
              let product = 0;
              for (let at = 0; at < columns; at++) product += values[one * columns + at] * values[other * columns + at];
              return other === one ? -2 : product;
            });
            const tenth = near.slice().sort()[count - 10];
            for (const [other, product] of near.entries()) {
              for (const [at, classes] of kinds.entries()) same[at] += Number(product >= tenth && classes[other] === classes[one]);
            }
          }
          return same.map((count) => `${Math.round((10 * count) / state.pictures.length)}%`);
        });
      },
      act: async (_, page) => {
        await expect(page.locator('.beside score-bars .whisker'), 'how far each share can be trusted').toHaveCount(4);
        const { shape, color } = await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern.results.spaces);
        for (const { h, z, more } of [shape, color]) expect(more).toBeCloseTo(h - z, 6);
        const said = Math.abs(color.more) <= color.chance ? 'may be chance' : color.more > 0 ? 'Of colour h has more' : 'Of colour z has more';
        await expect(page.locator('lesson-panel .why')).toContainText(said);
      },
    },
    5: {
      says: (state, { searched, trained: { h: { values, columns } } }, _lately, _loss, cosine) => {
        const product = values.slice(21 * columns, 22 * columns).reduce((/** @type {number} */ sum, /** @type {number} */ value, /** @type {number} */ at) => sum + value * values[searched[0] * columns + at], 0);
        return [`${searched.filter((/** @type {number} */ picture) => state.pictures[picture].label === state.pictures[21].label).length}`, cosine(product)];
      },
      act: async (_, page) => {
        await searchesByPhotos(page);
        await sound(page, 'a search by photos');
      },
    },
    6: { says: (state, { supervised, trained }) => [supervised, trained].map(({ report }) => `${Math.round(100 * report.report.knn.accuracy.encoder)}%`) },
  }, 40);
});

test('who has no photos yet brings one, which is only looked for', async ({ lasting: playground }) => {
  const { page } = playground;
  await goTo(playground, 'lesson=6.5');
  await shorten(page, 6, 2);
  await page.locator('lesson-panel .help').click();
  const search = page.locator('photo-search');
  const [input, refused] = [search.locator('input[type=file]'), search.getByRole('alert')];
  await input.setInputFiles(named('phone.heic', heic));
  await finds(search);
  await expect(search.getByRole('img', { name: 'phone.heic' })).toBeVisible();
  await input.setInputFiles(text);
  await expect(refused).toHaveText(/^notes\.jpg: not a picture/);
  await expect(search.locator('picture-row'), 'what was found before is not beside it').toHaveCount(0);
  const dropped = (/** @type {string[]} */ ...names) => search.locator('.drop').evaluate((drop, names) => {
    const dataTransfer = new DataTransfer();
    for (const name of names) dataTransfer.items.add(new File(['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'], name));
    drop.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, composed: true, cancelable: true }));
  }, names);
  await dropped('1.svg', '2.svg');
  await expect(refused).toHaveText('1.svg …: more than one file or picture. Bring a single picture.');
  await dropped('1.svg');
  await finds(search);
  await expect(refused).toBeEmpty();
  const { lectern, album, source } = await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.state);
  expect([lectern.step, album.length, source], 'nothing was added or left').toEqual([5, 0, 'shapes']);
  await expect(playground.notices).toHaveCount(0);
});
