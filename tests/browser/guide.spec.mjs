import AxeBuilder from '@axe-core/playwright';
import decodeQR from 'qr/decode.js';
import sharp from 'sharp';
import { PAGES } from '../../tools/guide.mjs';
import { goTo, shorten } from './lessons/walk.mjs';
import { expect, test } from './playground.mjs';

test('the guide is read without a script, in either language, on a phone, and by whom colours are hard to see', async ({ browser, page, playground }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const plain = await context.newPage();
  await plain.goto(`${playground.origin}/guide/`);
  await plain.getByRole('link', { name: '对比学习指南' }).click();
  await expect(plain.locator('h1')).toHaveText('对比学习指南');
  await plain.getByRole('link', { name: '术语表' }).first().click();
  await expect(plain.getByRole('heading', { name: /锚点 Anchor/ })).toBeVisible();
  await plain.getByRole('link', { name: 'English' }).click();
  await expect(plain.locator('h1')).toHaveText('Glossary');
  await plain.goto(`${playground.origin}/guide/en/link.html`);
  await expect(plain.getByText('Keep these as well'), 'as where its script is not kept').toBeVisible();
  await context.close();
  await page.setViewportSize({ width: 360, height: 740 });
  for (const name of PAGES) {
    await page.goto(`${playground.origin}/guide/${name === 'uses' ? 'zh' : 'en'}/${name}.html`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(360);
    await page.emulateMedia({ colorScheme: name === 'link' ? 'dark' : 'light' });
    if (!['worksheet-2', 'link'].includes(name)) continue;
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0].target}`)).toEqual([]);
  }
});

/** How many sheets of paper it takes. @param {import('@playwright/test').Page} page */
const sheets = async (page) => (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

test('a worksheet is printed with room to write, and its solutions are on the last page, and nothing else is', async ({ page, playground }) => {
  await page.emulateMedia({ media: 'print' });
  for (const name of ['en/worksheet-1', 'zh/worksheet-1', 'zh/worksheet-2', 'en/worksheet-2']) {
    await page.goto(`${playground.origin}/guide/${name}.html`);
    await expect(page.locator('header'), name).toBeHidden();
    expect(await page.locator('#solutions').evaluate((heading) => getComputedStyle(heading).breakBefore), name).toBe('page');
    const all = await sheets(page);
    await page.locator('main').evaluate((main) => main.append(Object.assign(document.createElement('style'), { textContent: '#solutions, #solutions ~ * { display: none; }' })));
    await expect(page.locator('#solutions')).toBeHidden();
    expect(all - (await sheets(page)), `${name}: pages of solutions`).toBe(1);
  }
  const lines = page.locator('.lines:not(.short)').first();
  const drawn = await lines.evaluate((lines) => [undefined, '::before', '::after'].map((part) => getComputedStyle(lines, part)).map(({ borderBottomStyle, backgroundImage }) => `${borderBottomStyle} ${backgroundImage}`));
  expect(drawn, 'three lines to write on, that are printed without backgrounds too').toEqual(Array(3).fill('solid none'));
  expect(await page.locator('.curves').evaluate((curves) => getComputedStyle(curves).breakAfter), 'what is asked stays with where the answer goes').toBe('avoid');
});

/** What a camera reads of a code on the screen. @param {import('@playwright/test').Locator} code */
async function scanned(code) {
  const { data, info } = await sharp(await code.screenshot()).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ ...info, data });
}

test('a teacher makes a link, and it opens what was chosen and leaves out the rest', async ({ page, playground }) => {
  await page.goto(`${playground.origin}/guide/zh/link.html`);
  const maker = page.locator('link-maker');
  await expect(maker.getByText('也保存这些')).toBeHidden();
  await maker.locator('#opens').selectOption('step');
  await maker.locator('#source').selectOption('shapes');
  for (const [field, number, range] of [['seed', '1.5', '0 到 9,007,199,254,740,991'], ['steps', '0', '1 到 1,000,000']]) {
    await maker.locator(`#${field}`).fill(number);
    await expect(maker.locator(`#${field}-wrong[role=status]`)).toContainText(range);
  }
  await expect(maker.locator('#link'), 'what cannot be is left out, as is said').not.toContainText('seed');
  await maker.locator('#seed').fill('7');
  await expect(maker.locator('#seed-wrong')).toHaveText('');
  await maker.locator('#steps').fill('12');
  await maker.locator('#device').selectOption('cpu');
  await maker.locator('#language').selectOption('zh');
  await maker.locator('#look').selectOption('projector');
  await maker.locator('summary', { hasText: '模型' }).click();
  await maker.locator('input[name=model]').check();
  await maker.locator('summary', { hasText: '单步详解' }).click();
  await maker.locator('input[name="step.formula"]').check();
  const link = `${playground.origin}/?source=shapes&device=cpu&language=zh&look=projector&seed=7&steps=12&hide=model,step.formula#step`;
  await expect(maker.locator('#link')).toHaveText(link);
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    expect(await scanned(maker.getByRole('img', { name: '二维码' })), colorScheme).toBe(link);
  }
  await expect(maker).toContainText('只能在本机打开');
  await maker.locator('input[name=step]').check();
  await expect(maker.locator('.warn').first()).toContainText('已被隐藏');
  await maker.locator('#opens').selectOption('lesson=3');
  await expect(maker).not.toContainText('打开的会是首页');
  await expect(maker).toContainText('由课程自己决定；课程要用到的部分，即使选了隐藏也会显示');
  await expect(maker.locator('#steps')).toBeDisabled();
  await expect(maker.locator('#link')).toHaveText(`${playground.origin}/?device=cpu&language=zh&look=projector&seed=7&hide=model,step#lesson=3`);
  // As over http.
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await maker.getByRole('button', { name: '复制' }).click();
  await expect(maker.locator('.row [role=status]')).toContainText('Ctrl+C');
  await maker.locator('input[name=step]').uncheck();
  await maker.locator('#opens').selectOption('step');
  await maker.locator('#page').fill('nonsense');
  await maker.locator('#page').blur();
  await expect(maker.locator('.warn')).toContainText('https://');
  await maker.locator('#page').fill(`${playground.origin}/`);
  await maker.locator('#page').blur();
  await maker.getByRole('link').click();
  await playground.ready();
  await expect(page.locator('pipeline-part#step')).toBeVisible();
  await expect(page.locator('nav a[href="#model"]')).toHaveCount(0);
  await expect(page.locator('info-nce-formula')).toHaveCount(0);
  await expect.poll(() => playground.state('settings')).toMatchObject({ seed: 7, steps: 12 });
  const root = page.locator('html');
  await expect(root).toHaveAttribute('lang', 'zh-Hans');
  await page.locator('look-menu select').selectOption('dark');
  await page.goto(`${playground.origin}/?device=cpu&look=large`);
  await playground.ready();
  await expect(page.locator('notice-list')).toContainText('“large”');
  await expect(root, 'a link’s language and look were of that visit').toHaveAttribute('lang', 'en');
  await expect(root).not.toHaveAttribute('data-projector');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.goto(`${playground.origin}/?device=cpu&language=zh&look=projector`);
  await playground.ready();
  await expect(root).toHaveAttribute('data-projector');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.locator('look-menu button'), 'a phone can come out of it').toBeVisible();
  await page.locator('.menus > label select').selectOption('en');
  await page.reload();
  await playground.ready();
  await expect(root, 'who chooses another has it after a reload').toHaveAttribute('lang', 'en');
  await expect(root).toHaveAttribute('data-projector');
});

test('a lesson’s link brings its seed into the lesson’s runs, and the lesson shows what it needs', async ({ page, playground }) => {
  await page.goto(`${playground.origin}/?device=cpu&instances=1&seed=7&hide=model,stage.curve#lesson=3`);
  await playground.until(({ busy, lectern }) => !busy && lectern);
  await expect(page.locator('loss-curve')).toBeVisible();
  await shorten(page, 3, 2);
  await page.locator('lesson-panel .help').click();
  await expect(page.locator('lesson-panel .found')).toContainText(/\d\.\d\d/);
  expect(await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern.results.first.settings.seed)).toBe(7);
  await goTo(playground, 'lesson=7.6');
  await expect(page.locator('setting-field[name=method]')).toBeVisible();
  await page.locator('lesson-panel .studio').click();
  await expect(page.locator('.panel.map')).toBeVisible();
  await expect(page.locator('loss-curve'), 'what the studio leaves out is out again').toHaveCount(0);
  await expect.poll(() => playground.state('settings'), 'and its seed is kept').toMatchObject({ seed: 7 });
});
