import { expect, test } from '../playground.mjs';
import { walk } from './walk.mjs';

/** Parts of the stage that reach into another, into the page's footer, or out of themselves. Runs in the page. */
function overlapping() {
  const root = /** @type {ShadowRoot} */ (/** @type {Element} */ (document.querySelector('contrastive-playground')).shadowRoot);
  const parts = [...root.querySelectorAll('.stage > :is(.panel, .beside), .page > footer')].map((part) => ({ name: part.className || part.localName, box: part.getBoundingClientRect() }));
  const beside = root.querySelector('.beside');
  const cut = beside && beside.scrollHeight > beside.clientHeight + 1 ? ['what is beside'] : [];
  return cut.concat(parts.flatMap(({ name, box }, index) =>
    parts.slice(index + 1).filter(({ box: other }) => box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - 1 && other.top < box.bottom - 1).map((other) => `${name} and ${other.name}`)));
}

/** @param {import('@playwright/test').Page} page */
async function apart(page) {
  const before = page.viewportSize();
  for (const [width, height] of [[844, 390], [740, 360], [820, 1180], [1180, 820], [1280, 640]]) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => page.evaluate(overlapping), `${width} × ${height}`).toEqual([]);
  }
  if (before) await page.setViewportSize(before);
}

test('what is wrong here?', async ({ lasting: playground }) => {
  await playground.visit('stage');
  await walk(playground, 'mistakes', {
    1: { says: (state, { first }, lately, loss) => [loss(lately(first.losses)), ...[first.kinds.precision.encoder, first.kinds.precision.untrained].map((share) => `${Math.round(100 * share)}%`)] },
    2: {
      act: async (panel, page) => {
        await expect(page.locator('.beside > h3'), 'whose curve, matrix and map these are').toHaveText(/^Without a mistake/);
        await apart(page);
      },
      says: (state, { first, right }, lately, loss) => [loss(lately(right.losses)), ...[first, right].map(({ kinds }) => `${Math.round(100 * kinds.precision.encoder)}%`)],
    },
    3: { says: (state, { second }, lately, loss) => [loss(lately(second.losses)), `${Math.round(100 * second.curves.top1[0])}%`] },
    4: { says: (state, { second, right }) => [second, right].map(({ kinds }) => `${Math.round(100 * kinds.precision.encoder)}%`) },
    // A collapsed batch tells nobody from 95 others.
    5: {
      says: (state, { collapsed: { losses, curves, kinds } }, lately, loss, cosine) => {
        const shares = [kinds.precision.encoder, kinds.precision.untrained].map((share) => `${Math.round(100 * share)}%`);
        return [loss(lately(losses)), Math.log(95).toFixed(2), cosine(lately(curves.uniformity)), ...shares];
      },
    },
    6: { act: (panel) => panel.locator('.help').click() },
  }, 40);
});
