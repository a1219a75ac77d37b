import { expect, test } from '../playground.mjs';
import { say, sound, walk } from './walk.mjs';

test('who is my twin? Pairs by hand, by the encoder, and in the matrix', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  await page.evaluate(() => (location.hash = 'lesson=1.3'));
  await expect(page.locator('lesson-panel .act')).toBeVisible();
  await expect(page.locator('similarity-matrix'), 'nothing is shown of what has not been run').toHaveCount(0);
  await expect(page.locator('guess-field'), 'nor asked').toHaveCount(0);
  await walk(playground, 'twin', {
    1: {
      guess: async () => {
        const views = page.locator('sort-pairs button');
        await expect(views).toHaveCount(12);
        await say(page, [0, 1, 2, 3, 4, 5].map((view) => [view, view + 6]));
        await views.first().click();
        await expect(page.locator('sort-pairs .right'), 'what is all right stays').toHaveCount(12);
        await say(page, []);
        // By the keyboard, and one pair is taken apart again.
        for (const view of [0, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) {
          await views.nth(view).focus();
          await page.keyboard.press('Enter');
        }
        await expect(page.locator('sort-pairs .right, sort-pairs .wrong')).toHaveCount(12);
      },
      says: (state) => {
        const pairs = state.lectern.guesses[1];
        const right = pairs.filter((/** @type {number[]} */ [first, second]) => second === first + 6).length;
        return [right === 6 ? 'All 6' : `${right} of 6`];
      },
    },
    2: {
      act: async () => {
        await expect(page.locator('.beside score-bars .said'), 'what was predicted stands in the bar that came').toHaveCount(1);
        const { sorts, shares } = await page.locator('nearest-views').evaluate((/** @type {any} */ { shadowRoot }) => ({
          sorts: [...shadowRoot.querySelectorAll('li')].map(({ className }) => className),
          shares: /: (\d+) of (\d+) .*, (\d+) /.exec(shadowRoot.querySelector('.number').textContent)?.slice(1).map(Number) ?? [],
        }));
        expect(sorts.filter((sort) => sort === 'right').length, 'those shown have the share of all').toBe(Math.round((12 * shares[0]) / shares[1]));
        expect(shares[2]).toBeGreaterThan(0);
        await sound(page, 'nearest views');
      },
      // The batch that is shown is the last.
      says: ({ curves: { top1 } }, _, lately) => [lately(top1), top1.at(-1), top1[0], 1 / 95].map((share) => `${Math.round(share * 100)}%`),
    },
    3: {
      guess: async (panel) => {
        const cells = page.locator('similarity-matrix #cells');
        await expect(page.locator('similarity-matrix .legend .mark:not(.self)'), 'nothing tells the pairs').toHaveCount(0);
        for (const key of ['ArrowDown', ...Array(13).fill('ArrowRight')]) await cells.press(key);
        expect(await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.teaching.context.guess), 'by keys').toEqual({ row: 1, column: 13 });
        await expect(panel.locator('.act'), 'and the page is not turned').toBeEnabled();
        // Where the page moves between press and release there is no click.
        await expect(async () => {
          const box = await cells.boundingBox();
          if (!box) throw new Error('no cells');
          await cells.click({ position: { x: (box.width * 14.5) / 24, y: (box.height * 2.5) / 24 } });
          await expect(page.locator('similarity-matrix .cursor')).toHaveCount(1, { timeout: 2000 });
        }).toPass();
      },
      act: async (panel) => {
        await expect(panel.locator('.verdict')).toContainText('Yes');
        await expect(page.locator('similarity-matrix .legend .mark:not(.self)')).toHaveCount(1);
        await expect(page.locator('similarity-matrix .cursor'), 'the cell of which it says so').toHaveCount(1);
        await expect(page.locator('similarity-matrix .pair'), 'and whom it compares').toHaveCount(1);
      },
      // Of 24 views, each one's twin lies twelve further.
      says: (_, { small: { similarities, columns } }, _lately, _loss, cosine) => {
        const [pairs, others] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
        for (const [at, similarity] of similarities.entries()) {
          const away = Math.abs(Math.floor(at / columns) - (at % columns));
          if (away) (away === 12 ? pairs : others).push(similarity);
        }
        return [pairs, others].map((values) => cosine(values.reduce((sum, value) => sum + value) / values.length));
      },
    },
    4: {
      act: () => expect(page.locator('.beside score-bars .said')).toHaveCount(1),
      says: (state, _, _lately, _loss, cosine) => {
        const { pictures } = state.batch;
        const kinds = pictures.map((/** @type {number} */ picture) => state.pictures[picture].label);
        const same = kinds.flatMap((/** @type {string} */ kind, /** @type {number} */ at) => kinds.filter((/** @type {string} */ other, /** @type {number} */ there) => there !== at && other === kind));
        // Of the negatives of all views, which are those of other pictures.
        const sums = { same: 0, other: 0 };
        const counts = { same: 0, other: 0 };
        for (const [at, similarity] of state.batch.similarities.entries()) {
          const [row, column] = [Math.floor(at / 96) % 48, (at % 96) % 48];
          const sort = kinds[row] === kinds[column] ? 'same' : 'other';
          if (row !== column) [sums[sort], counts[sort]] = [sums[sort] + similarity, counts[sort] + 1];
        }
        const means = [sums.same / counts.same, sums.other / counts.other].map(cosine);
        return [`${Math.round((100 * same.length) / (pictures.length * (pictures.length - 1)))}%`, '94', ...means];
      },
    },
  }, 30);
});
