import { expect, test } from '../playground.mjs';
import { sound, staged, walk } from './walk.mjs';

test('is 4.8 bad? A curve that is drawn first, chance and floor, and losses that cannot be compared', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  await walk(playground, 'levels', {
    1: {
      guess: async (_, page) => {
        const box = await page.locator('loss-curve .u-over').boundingBox();
        if (!box) throw new Error('no chart');
        await page.mouse.move(box.x + 0.1 * box.width, box.y + 0.2 * box.height);
        await page.mouse.down();
        await page.mouse.move(box.x + 0.9 * box.width, box.y + 0.5 * box.height, { steps: 12 });
        await page.mouse.up();
        const { sketch, drawn } = await page.locator('loss-curve').evaluate((/** @type {any} */ { sketch, plot }) => ({ sketch, drawn: [0.2, 0.5].map((share) => plot.posToVal(share * plot.over.clientHeight, 'y')) }));
        expect(sketch[0], 'it begins where the finger did, and not at chance').toBeCloseTo(drawn[0], 1);
        expect(sketch.at(-1)).toBeCloseTo(drawn[1], 1);
      },
      says: (state, { first }, lately) => {
        const { loss } = state.curves;
        const ended = lately(loss);
        if (first.losses.length !== loss.length) throw new Error('another run');
        const floor = Math.log(1 + 94 * Math.exp((-1 / 47 - 1) / 0.1));
        return [loss[0].toFixed(2), ended.toFixed(2), Math.log(95).toFixed(2), floor.toFixed(3), `${Math.round((100 * (Math.log(95) - ended)) / (Math.log(95) - floor))}%`];
      },
    },
    2: {
      act: (_, page) => expect(page.locator('run-levels .said'), 'what was predicted stands on the scale').toHaveCount(1),
      says: (state, { small }) => [state.curves.loss[0].toFixed(2), Math.log(15).toFixed(2), Math.log(95).toFixed(2), ...[small.kinds.precision.encoder, small.kinds.precision.untrained].map((share) => `${Math.round(100 * share)}%`)],
    },
    3: {
      guess: async (_, page) => {
        await expect.poll(() => staged(page), 'the run with which it is compared').toBe('first');
        await page.locator('run-levels input[name=guess]').press('ArrowRight');
      },
      act: async (panel, page) => {
        await expect(page.locator('.beside score-bars .whisker'), 'how far each share can be trusted, pixels too').toHaveCount(4);
        await expect(panel.locator('.why')).toContainText('may be chance');
        await page.emulateMedia({ colorScheme: 'dark' });
        await sound(page, 'losses on their scales, in the dark');
        await page.emulateMedia({ colorScheme: null });
      },
      says: (state, { first, soft }, lately) => {
        const share = (/** @type {any} */ { kinds }) => `${Math.round(100 * kinds.precision.encoder)}%`;
        return [lately(state.curves.loss).toFixed(2), lately(first.losses).toFixed(2), Math.log(1 + 94 * Math.exp(-1 / 47 - 1)).toFixed(2), share(first), share(soft), `${Math.round(100 * soft.kinds.precision.untrained)}%`];
      },
    },
    4: { says: () => [Math.log(127).toFixed(2), Math.log(1 + 126 * Math.exp((-1 / 63 - 1) / 0.5)).toFixed(2)] },
  }, 20);
  await expect(page.locator('lesson-panel h2')).toBeVisible();
});
