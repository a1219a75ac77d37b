import { expect, test } from '../playground.mjs';
import { sound, walk } from './walk.mjs';

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
        await expect(page.locator('.beside > h3').last(), 'whose curve, matrix and map these are').toHaveText(/^Without a mistake/);
        await apart(page);
      },
      says: (state, { first, right }, lately, loss) => [loss(lately(right.losses)), ...[first, right].map(({ kinds }) => `${Math.round(100 * kinds.precision.encoder)}%`)],
    },
    3: { says: (state, { second }, lately, loss) => [loss(lately(second.losses)), `${Math.round(100 * second.curves.top1[0])}%`] },
    4: { says: (state, { second, right }) => [second, right].map(({ kinds }) => `${Math.round(100 * kinds.precision.encoder)}%`) },
    // A collapsed batch tells nobody from 95 others.
    5: {
      act: async (panel, page) => {
        await page.setViewportSize({ width: 1280, height: 900 });
        for (const name of ['curve', 'matrix']) await expect(page.locator(`.panel.${name}`), `the ${name}, of which it speaks, is seen`).toBeInViewport({ ratio: 0.97 });
        for (const part of ['.verdict', '.notice', '.why', 'check-question']) await expect(panel.locator(part)).toHaveCount(1);
        await expect(panel.locator('.why'), 'with any seed').toContainText('All pictures have become one point');
        await page.emulateMedia({ colorScheme: 'dark' });
        await sound(page, 'after a run, in the dark');
        await page.emulateMedia({ colorScheme: null });
      },
      says: (state, { collapsed: { losses, curves, kinds } }, lately, loss, cosine) => {
        const shares = [kinds.precision.encoder, kinds.precision.untrained].map((share) => `${Math.round(100 * share)}%`);
        return [loss(lately(losses)), Math.log(95).toFixed(2), cosine(lately(curves.uniformity)), ...shares];
      },
    },
    6: {
      act: async (panel) => expect(panel.locator('check-question .so'), 'found by who looks').toContainText('No cosine exceeds 1'),
      says: ({ batch: { similarities } }, { third, right }, lately, loss, cosine) => {
        const shares = [third.kinds.precision.encoder, third.kinds.precision.untrained, right.kinds.precision.encoder].map((share) => `${Math.round(100 * share)}%`);
        // Long vectors have nothing that the loss could not fall to.
        return [loss(lately(third.losses)), '0.00', cosine(Math.max(...similarities)), ...shares];
      },
    },
  }, 40);
});
