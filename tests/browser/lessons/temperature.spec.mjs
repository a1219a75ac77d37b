import { expect, test } from '../playground.mjs';
import { sound, walk } from './walk.mjs';

test('sharp or soft? Who is pushed, three temperatures from one seed, and one of one’s own', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  await walk(playground, 'temperature', {
    1: {
      guess: async () => {
        await page.locator('push-shares input[name=guess]').fill('30');
        await expect(page.locator('push-shares .value'), 'the others have the rest').toHaveText(['30%', '70%']);
      },
      act: async (panel) => {
        const shares = page.locator('push-shares .value');
        await expect(panel.locator('.verdict')).toHaveText('More than you expected.');
        await expect(page.locator('push-shares'), 'beside what came').toContainText('predicted 30%');
        await expect(page.locator('push-shares .said')).toHaveCount(1);
        await expect(shares.first()).toHaveText('96%');
        await page.locator('push-shares input').fill('0');
        await expect(shares.first(), 'at τ = 1').toHaveText(`${Math.round(100 / (1 + 125 * Math.exp(-0.8)))}%`);
        await sound(page, 'shares of the push');
      },
      says: () => [0.1, 0.2, 0.5].map((temperature) => `${Math.round(100 / (1 + 125 * Math.exp(-0.8 / temperature)))}%`),
    },
    2: {
      guess: async () => {
        await page.locator('guess-bars label').first().click();
        // What was predicted is to be seen until it stands beside what came.
        await page.evaluate(() => {
          const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
          const root = /** @type {ShadowRoot} */ (document.querySelector('contrastive-playground')?.shadowRoot);
          Object.assign(globalThis, { lost: 0, measured: 0 });
          page.addEventListener('change', () => setTimeout(() => {
            const bars = root.querySelector('guess-bars')?.shadowRoot;
            if (!page.state.lectern?.runsFor || page.state.lectern.step !== 2) return;
            /** @type {any} */ (globalThis).lost += Number(bars?.querySelectorAll('label').length !== 3 || !bars.querySelector('input:checked'));
            /** @type {any} */ (globalThis).measured = Math.max(/** @type {any} */ (globalThis).measured, bars?.querySelectorAll('.track i').length ?? 0);
          }));
        });
      },
      act: async (panel) => {
        expect(await page.evaluate(() => /** @type {any} */ (globalThis).lost), 'all three bars stand, and one is marked').toBe(0);
        expect(await page.evaluate(() => /** @type {any} */ (globalThis).measured), 'those that are trained are measured').toBe(2);
        await expect(page.locator('.beside score-bars')).toContainText('τ = 0.05 · your prediction');
        await panel.locator('check-question button[value=loss]').click();
        const [sharp, middle, soft] = [0.05, 0.5, 5].map((temperature) => Math.log1p(94 * Math.exp((-1 / 47 - 1) / temperature)));
        const [digit, ten] = sharp.toExponential(0).split('e-');
        expect(ten).toBe('7');
        await expect(panel.locator('.so'), 'the floors of the three, none of which is 0').toContainText(`at ${digit} × 10⁻⁷, ${middle.toFixed(2)} and ${soft.toFixed(2)}.`);
      },
      says: (state, { sharp, middle, soft }) => {
        const runs = [sharp, middle, soft];
        if (String(runs.map(({ settings }) => settings.temperature)) !== '0.05,0.5,5') throw new Error('other temperatures');
        if (new Set(runs.map(({ settings }) => settings.seed)).size > 1) throw new Error('other seeds');
        return [...runs, { kinds: state.sight.kinds }].map(({ kinds }) => `${Math.round(100 * kinds.precision.encoder)}%`);
      },
    },
    3: {
      guess: () => page.locator('guess-bars input[value="0.2"]').click(),
      act: async () => expect(page.locator('.beside score-bars'), 'what is told is shown').toContainText('τ = 0.2'),
      says: (state, { own }) => {
        if (state.settings.temperature !== 0.2) throw new Error('another temperature');
        return ['0.2', `${Math.round(100 * own.kinds.precision.encoder)}%`];
      },
    },
    4: { says: (_, { own, sharp }) => [own, sharp].map(({ kinds }) => `${Math.round(100 * kinds.precision.encoder)}%`) },
  }, 12);
});
