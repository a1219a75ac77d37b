import { expect, test } from '../playground.mjs';
import { goTo, say, shorten, sound, walk } from './walk.mjs';

test('how sure is it? InfoNCE by hand, and in a row of a real batch', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  await walk(playground, 'sure', {
    1: {
      guess: async (panel) => {
        await expect(page.locator('info-nce-calculator #loss')).toHaveText('0.003385');
        await expect(panel.locator('details')).toHaveCount(0);
        await panel.locator('guess-field input[value=some]').click();
      },
      act: async (panel) => {
        await expect(page.locator('info-nce-calculator #loss')).toContainText('0.3139');
        await expect(panel.locator('.verdict')).toContainText('As you said');
        await expect(panel.locator('guess-field label:visible'), 'only what was predicted is left of it').toHaveCount(1);
        const [folded, said] = [panel.locator('summary'), panel.locator('.say')];
        await expect(said.first(), 'no more is in sight than can be read at a time').toBeHidden();
        await folded.press('Enter');
        await expect(said).toContainText([/0\.003385/, /What does the loss do/]);
        await expect(said.last()).toBeVisible();
        await folded.press('Enter');
        await expect(said.first()).toBeHidden();
        await expect(folded, 'and the page is not turned').toBeFocused();
      },
      says: () => {
        const sum = 1 + Math.exp(-1) + Math.exp(-7);
        return [Math.log(sum).toFixed(2), `${Math.round(100 / sum)}%`, `${Math.round((100 * Math.exp(-1)) / sum)}%`, `${Number(((100 * Math.exp(-7)) / sum).toPrecision(2))}%`];
      },
    },
    2: {
      act: () => expect(page.locator('.beside score-bars .said'), 'what was predicted stands in the bar that came').toHaveCount(1),
      says: (state) => {
        const { loss } = state.curves;
        const losses = Array.from(/** @type {number[]} */ (state.batch.losses));
        const share = losses.reduce((/** @type {number} */ sum, /** @type {number} */ loss) => sum + Math.exp(-loss), 0) / losses.length;
        return [`${Math.round(100 * share)}%`, '1/95', loss[0].toFixed(2), loss.at(-1).toFixed(2)];
      },
    },
    3: {
      act: async () => {
        const [mark, bars] = await Promise.all(['pointing-mark', 'softmax-bars [role=list]'].map((part) => page.locator(part).boundingBox()));
        expect(Math.abs((mark?.y ?? NaN) - (bars?.y ?? NaN)), 'it points at the bars that it speaks of').toBeLessThan(8);
        await page.setViewportSize({ width: 390, height: 844 });
        await sound(page, 'a row of the batch, on a phone');
        await page.setViewportSize({ width: 1280, height: 900 });
      },
      says: (state) => {
        const losses = Array.from(/** @type {number[]} */ (state.batch.losses));
        const most = Math.max(...losses);
        if (losses[state.cell.row] !== most) throw new Error('another row is shown');
        const { similarities, columns } = state.batch;
        const odds = Array.from(/** @type {number[]} */ (similarities.slice(state.cell.row * columns, (state.cell.row + 1) * columns)), (cosine) => Math.exp(cosine / 0.1));
        const negatives = odds.filter((_, column) => (column - state.cell.row) % (columns / 2) !== 0).sort((a, b) => b - a);
        const hardest = negatives.slice(0, 5).reduce((sum, odd) => sum + odd) / negatives.reduce((sum, odd) => sum + odd);
        const shares = [`${Number((100 * Math.exp(-most)).toPrecision(2))}%`, `${Math.round(100 * hardest)}%`];
        return [most.toFixed(2), (losses.reduce((sum, loss) => sum + loss, 0) / losses.length).toFixed(2), '96 rows', ...shares];
      },
    },
    4: {
      says: (state) => {
        const { similarities, columns, pictures } = state.batch;
        const { row } = state.cell;
        const cosines = Array.from(/** @type {number[]} */ (similarities.slice(row * columns, (row + 1) * columns)));
        const twin = (row + pictures.length) % columns;
        const hard = cosines.filter((_, column) => column !== row && column !== twin).sort((a, b) => b - a).slice(0, 5).map((cosine) => Math.round(cosine * 100) / 100);
        const positive = Math.round(cosines[twin] * 100) / 100;
        const loss = (/** @type {number} */ temperature) => Math.log(1 + hard.reduce((sum, cosine) => sum + Math.exp((cosine - positive) / temperature), 0));
        return [loss(0.1).toFixed(2), loss(1).toFixed(2), '1.79'];
      },
    },
  }, 30);
});

test('on a phone the row that is trained is in sight, though what stood above it is gone', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 390, height: 844 });
  await goTo(playground, 'lesson=2.2');
  await shorten(page, 2, 5000);
  await say(page, 0.4);
  await page.locator('lesson-panel .act').click();
  await playground.until(({ running, progress }) => running && progress.done > 2);
  const first = page.locator('softmax-bars .bar').first();
  const top = () => first.evaluate((bar) => bar.getBoundingClientRect().top);
  let before = NaN;
  await expect.poll(async () => before === (before = await top()), 'it stands still').toBe(true);
  expect(before).toBeGreaterThan(0);
  await page.locator('lesson-panel').getByRole('button', { name: 'Pause' }).click();
  await shorten(page, 2, 100);
});
