import { expect, test } from '../playground.mjs';
import { sound, staged, walk } from './walk.mjs';

test('only a small batch fits', async ({ lasting: playground }) => {
  await playground.visit('stage');
  await walk(playground, 'negatives', {
    // Candidates but for the partner are negatives: what the level of chance says of their number.
    1: { says: (state, { small }) => [`${Math.round(Math.exp(small.levels.chance)) - 1}`, small.levels.chance.toFixed(2), `${Math.round(100 * small.kinds.precision.encoder)}%`] },
    2: { says: (state, { small, queue }, _, loss) => [loss(queue.losses[0]), loss(Math.max(...queue.losses.slice(0, 32))), ...[queue.curves.top1[0], queue.kinds.precision.encoder, small.kinds.precision.encoder, queue.kinds.precision.untrained].map((share) => `${Math.round(100 * share)}%`)] },
    3: {
      act: (panel) => expect(panel.locator('.why'), 'why the matrix has stripes, though all is one point').toContainText('one colour'),
      says: (state, { queue, copied }, lately, _, cosine) => [queue, copied].flatMap(({ curves }) => [cosine(lately(curves.uniformity)), `${Math.round(100 * lately(curves.top1))}%`]),
    },
    4: {
      guess: async (_, page) => {
        await expect.poll(() => staged(page), 'what it speaks of: not the collapse of the step before').toBe('small');
        await page.locator('guess-bars input').press('ArrowRight');
      },
      says: (state, { small, large }) => [small, large].map(({ kinds }) => `${Math.round(100 * kinds.precision.encoder)}%`),
    },
    5: {
      act: (_, page) => expect(page.locator('.beside score-bars', { hasText: 'Without false negatives' }), 'the shares that the words name').toContainText('With false negatives'),
      // Kind by kind, the chance that none of the seven others is of it.
      says: (state, { told }) => {
        const labels = state.pictures.map((/** @type {any} */ { label }) => label);
        const counts = new Map();
        for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
        let none = 0;
        for (const count of counts.values()) {
          let alone = 1;
          for (let drawn = 0; drawn < 7; drawn++) alone *= (labels.length - count - drawn) / (labels.length - 1 - drawn);
          none += (count / labels.length) * alone;
        }
        return [`${Math.round(100 * (1 - none))}%`, 'over 99.9%', `${Math.round(100 * told.kinds.precision.encoder)}%`];
      },
    },
    6: {
      act: async (panel, page) => {
        await panel.locator('.help').click();
        for (const name of ['queue', 'momentum']) await expect(page.locator(`setting-field[name=${name}]`), 'nothing has to be unfolded').toBeVisible();
        await sound(page, 'settings of a queue');
      },
    },
  }, 40);
});
