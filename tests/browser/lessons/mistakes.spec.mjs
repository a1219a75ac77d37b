import { expect, test } from '../playground.mjs';
import { walk } from './walk.mjs';

test('what is wrong here?', async ({ lasting: playground }) => {
  await playground.visit('stage');
  await walk(playground, 'mistakes', {
    1: { says: (state, { first }, lately, loss) => [loss(lately(first.losses)), ...[first.kinds.precision.encoder, first.kinds.precision.untrained].map((share) => `${Math.round(100 * share)}%`)] },
    2: {
      act: (panel, page) => expect(page.locator('.beside > h3'), 'whose curve, matrix and map these are').toHaveText(/^Without a mistake/),
      says: (state, { first, right }, lately, loss) => [loss(lately(right.losses)), ...[first, right].map(({ kinds }) => `${Math.round(100 * kinds.precision.encoder)}%`)],
    },
    3: { says: (state, { second }, lately, loss) => [loss(lately(second.losses)), `${Math.round(100 * second.curves.top1[0])}%`] },
    4: { says: (state, { second, right }) => [second, right].map(({ kinds }) => `${Math.round(100 * kinds.precision.encoder)}%`) },
    // A collapsed batch tells nobody from 95 others.
    5: { says: (state, { collapsed }, lately, loss) => [loss(lately(collapsed.losses)), Math.log(95).toFixed(2)] },
    6: { act: (panel) => panel.locator('.help').click() },
  }, 40);
});
