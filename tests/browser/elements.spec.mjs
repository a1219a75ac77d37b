// The snippets of docs/elements.md, each as a page of its own, and the calculator by hand.
import { readFileSync } from 'node:fs';
import { expect, test } from './playground.mjs';

const snippets = [...readFileSync('docs/elements.md', 'utf8').matchAll(/```html\n(.*?)```/gs)].map(([, text]) => text);
const DRAWN = 'svg, canvas, input, select, [role=list]';

/** @param {import('@playwright/test').Page} page @param {string} origin @param {string} body @param {string} [said] of itself */
async function show(page, origin, body, said = '') {
  await page.route('**/slide', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html><html lang="en" ${said}><body>${body.replace(/(\.\/)?dist\//g, '/')}</body></html>` }));
  await page.goto(`${origin}/slide`);
}

for (const [index, snippet] of snippets.entries()) {
  const names = [...new Set([...snippet.matchAll(/<(\w+-[\w-]+)/g)].map(([, name]) => name))];
  test(`a slide with ${names.join(', ') || 'the page in a frame'} (snippet ${index + 1})`, async ({ page, playground }) => {
    await show(page, playground.origin, snippet);
    if (snippet.includes('<iframe')) await expect(page.frameLocator('iframe').locator('live-map canvas')).toBeVisible();
    const go = page.locator('#go, points-form button.primary');
    if (await go.count()) {
      // Until the session is there, the button does nothing.
      await page.waitForFunction(() => /** @type {any} */ (document.querySelector('#go'))?.onclick ?? /** @type {any} */ (document.querySelector('points-form'))?.settings.epochs);
      await go.click();
    }
    for (const name of names) {
      await expect(page.locator(name).locator(DRAWN).locator('visible=true').first()).toBeVisible();
      expect((await page.locator(name).boundingBox())?.height, name).toBeGreaterThan(100);
    }
  });
}

test('the calculator goes from the article’s numbers to any others, by keyboard too', async ({ page, playground }) => {
  await show(page, playground.origin, `<link rel="stylesheet" href="app/main.css" /><info-nce-calculator></info-nce-calculator>
    <script type="module">
      import './app/elements/info-nce-calculator.js';
      addEventListener('change', ({ detail }) => detail && (document.title = detail.loss.toFixed(4)), true);
    </script>`);
  const calculator = page.locator('info-nce-calculator');
  const loss = calculator.locator('#loss');
  await expect(loss).toHaveText('0.003385');
  await expect(calculator.locator('info-nce-formula .katex')).toBeVisible();
  const field = (/** @type {string} */ name) => calculator.getByRole('spinbutton', { name });
  await field('Temperature').fill('0.5');
  await field('Temperature').press('Enter');
  await expect(loss).toHaveText('0.4368');
  await expect(page).toHaveTitle('0.4368');
  // e^(1 / 0.001) is no number any more, and its share is one.
  await field('Temperature').fill('0');
  await field('Temperature').press('Enter');
  await expect(field('Temperature')).toHaveValue('0.001');
  await field('Negative 1').fill('1');
  await field('Negative 1').press('Enter');
  await expect(loss).toHaveText('200.0');
  await expect(calculator).not.toContainText(/NaN|Infinity/);
  await calculator.getByRole('button', { name: 'Back to: positive 0.8; negatives 0.2 and 0.1; τ = 0.1' }).click();
  await expect(loss).toHaveText('0.003385');
  await calculator.getByRole('slider', { name: 'Positive' }).press('ArrowRight');
  await expect(field('Positive')).toHaveValue('0.81');
  for (let more = 0; more < 6; more++) await calculator.locator('#add').press('Enter');
  await expect(calculator.locator('#add')).toBeDisabled();
  await calculator.getByRole('button', { name: 'Take away: Negative 8' }).click();
  await expect(calculator.locator('#add')).toBeFocused();
  await field('Positive').fill('');
  await field('Positive').blur();
  await expect(field('Positive')).toHaveValue('0.81');
  // What the page puts in is what one comes back to.
  await calculator.evaluate((/** @type {any} */ element) => (element.negatives = [0.7, 0.1]));
  await field('Negative 1').fill('-1');
  await field('Negative 1').press('Enter');
  await calculator.getByRole('button', { name: 'Back to: positive 0.8; negatives 0.7 and 0.1; τ = 0.1' }).click();
  await expect(loss).toHaveText('0.3139');
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('a slide is light or dark as the system is, or as it says itself, and keeps its own background', async ({ page, playground }) => {
  const slide = (/** @type {string} */ name) => `<style>body { background: rgb(17, 17, 17); }</style><link rel="stylesheet" href="app/main.css" />
    <${name} style="height: 12rem"></${name}><script type="module" src="app/elements/${name}.js"></script>`;
  const html = page.locator('html');
  await page.emulateMedia({ colorScheme: 'dark' });
  await show(page, playground.origin, slide('info-nce-calculator'));
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(html).toHaveAttribute('data-theme', 'light');
  await show(page, playground.origin, slide('loss-curve'), 'data-theme="dark" data-projector');
  await expect(page.locator('loss-curve canvas')).toBeVisible();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect(html).toHaveAttribute('data-projector');
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(17, 17, 17)');
  await expect(page.locator('body')).toHaveCSS('color', 'rgb(232, 235, 239)');
});
