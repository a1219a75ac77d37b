// The page as a whole: languages, accessibility, small screens, and the README's picture.
import AxeBuilder from '@axe-core/playwright';
import { named, photos, text } from './files.mjs';
import { expect, test } from './playground.mjs';

test('speaks the browser’s language, and switches at once', async ({ playground, page, browser }) => {
  await playground.open();
  await expect(page).toHaveTitle('Contrastive Playground');
  await page.getByLabel('Language').selectOption('zh');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(playground.button('开始训练')).toBeVisible();
  await page.reload();
  await playground.ready();
  await expect(playground.button('开始训练'), 'the choice is kept').toBeVisible();

  const chinese = await browser.newPage({ locale: 'zh-CN' });
  await chinese.goto(`${playground.origin}/?device=cpu`);
  await expect(chinese.getByRole('button', { name: '开始训练', exact: true })).toBeVisible();
  await chinese.close();
});

/**
 * By all of axe's rules in light colours, and in dark ones by those that are of colours.
 * @param {import('@playwright/test').Page} page
 */
async function noViolations(page) {
  for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    // Otherwise axe gathers the results of all frames in a page that it opens each time; there are no frames.
    // And otherwise it describes each element in which nothing is wrong, which takes as long as all its rules.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
    const { violations, passes } = await (colorScheme === 'dark' ? axe.withTags('cat.color') : axe).analyze();
    expect(violations.map(({ id, nodes }) => `${colorScheme}, ${id}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
  }
}

/** No string on the page is the key of one. @param {import('@playwright/test').Page} page */
async function onlyWords(page) {
  const keys = await page.evaluate(() => {
    /** @type {string[]} */ const found = [];
    const walk = (/** @type {Document | ShadowRoot} */ root) => {
      for (const element of root.querySelectorAll('*')) {
        const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ textContent }) => textContent);
        const labels = ['aria-label', 'title', 'label', 'aria-roledescription'].map((name) => element.getAttribute(name));
        if (!['STYLE', 'SCRIPT', 'PRE'].includes(element.tagName)) found.push(...[...texts, ...labels].map((text) => text?.trim() ?? ''));
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return found.filter((text) => /^[a-z][a-zA-Z]*(\.[a-z][a-zA-Z0-9]*)+$/.test(text));
  });
  expect(keys).toEqual([]);
}

test('axe finds nothing wrong, in light and dark colours, and all that is said is words', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.side(16);
  await playground.set({ batchSize: 8, steps: 2 });
  await playground.train();
  const sound = async () => {
    await noViolations(page);
    await onlyWords(page);
    await page.getByLabel('Language').selectOption('zh');
    await onlyWords(page);
    await page.getByLabel('语言').selectOption('en');
  };
  await playground.visit('stage');
  await sound();
  await playground.visit('model');
  await page.getByRole('button', { name: 'What is this?' }).click();
  await playground.button('What does “Temperature τ” do?').click();
  await playground.unfold();
  await page.locator('model-settings details.network summary').click();
  await sound();
  await playground.visit('step');
  await playground.button('Show all').click();
  await sound();
  await playground.visit('learned');
  await playground.button('Random picture').click();
  await page.locator('embedding-map select').selectOption({ index: 1 });
  await page.locator('occlusion-view button').first().click();
  await page.locator('learned-scores button[name=knn]').click();
  await page.locator('factor-table button').first().click();
  await expect(page.locator('factor-table tbody tr')).toHaveCount(7);
  await sound();
  for (const station of ['views', 'train', 'take']) {
    await playground.visit(station);
    await sound();
  }
  await playground.visit('photos');
  const [one, ...others] = await photos(4);
  await playground.drop([one, ...others, { ...one, name: 'again.jpg' }, text]);
  await expect(playground.duplicates).toContainText('alike');
  await expect(playground.skipped).toContainText('skipped');
  await noViolations(page);
});

test('a language that Intl does not know leaves nobody without the page', async ({ playground, page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'language', { value: 'C', configurable: true }));
  await playground.open('?device=cpu&steps=2', 'train');
  await playground.train();
  await expect(page.locator('training-curves #summary')).toContainText('after step 2');
});

test('Chinese has air between its lines, and no italics', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('model');
  await page.getByLabel('Language').selectOption('zh');
  for (const station of ['stage', 'model', 'learned', 'take']) {
    await playground.visit(station);
    const wrong = await page.evaluate(() => {
      /** @type {string[]} */ const found = [];
      const walk = (/** @type {Document | ShadowRoot} */ root) => {
        for (const element of root.querySelectorAll('*')) {
          const { lineHeight, fontSize, fontStyle } = getComputedStyle(element);
          const text = /[\u4e00-\u9fff]/.test(element.textContent ?? '');
          const tight = /^(P|LI|DD|TD|FIGCAPTION)$/.test(element.tagName) && parseFloat(lineHeight) < 1.74 * parseFloat(fontSize);
          if (text && (tight || (fontStyle === 'italic' && !element.closest('.katex')))) found.push(`${element.tagName}: ${element.textContent?.slice(0, 20)}`);
          if (element.shadowRoot) walk(element.shadowRoot);
        }
      };
      walk(document);
      return found;
    });
    expect(wrong, station).toEqual([]);
  }
});

test('fits a phone', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 360, height: 740 });
  const fingers = await page.context().newCDPSession(page);
  await fingers.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  await playground.set({ batchSize: 8, steps: 2 });
  await playground.train();
  for (const station of ['stage', 'photos', 'views', 'model', 'train', 'step', 'learned', 'take']) {
    await playground.visit(station);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), station).toBeLessThanOrEqual(0);
    await expect(page.locator('nav [aria-current]'), 'the rail shows where one is').toBeInViewport({ ratio: 0.99 });
    await expect(page.locator('contrastive-playground'), 'a finger drags no files').not.toContainText(/\bdrop\b/i);
  }
  await playground.visit('learned');
  await expect(page.locator('embedding-map .readout'), 'a finger cannot point').toHaveText('Tap a picture to see it here.');
  await expect(page.locator('embedding-map #hint')).not.toContainText('Ctrl');
  await playground.visit('step');
  await expect(page.locator('similarity-matrix .readout')).toContainText('Tap a cell');
  await expect(page.locator('similarity-matrix #hint')).toHaveText('');
  await fingers.send('Emulation.setTouchEmulationEnabled', { enabled: false });
});

test('can be worked by keyboard', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.set({ batchSize: 4, steps: 2 });
  await playground.visit('model');
  await page.locator('model-settings input').last().focus();
  await page.keyboard.press('Control+Enter');
  await expect(playground.status).toContainText('Finished');
});

/** Presses Enter on a control, and names what has the focus when all of it is done. @param {import('./playground.mjs').Playground} playground @param {import('@playwright/test').Locator} control @param {string} [key] */
async function after(playground, control, key = 'Enter') {
  const { page } = playground;
  await control.focus();
  await page.keyboard.press(key);
  await playground.ready();
  await page.waitForTimeout(200);
  return page.evaluate(() => {
    let element = /** @type {any} */ (document.activeElement);
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return (element.value || element.textContent).replace(/\s+/g, ' ').trim();
  });
}

test('the focus stays near what goes away, and on what only waits', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  const source = (/** @type {string} */ name) => page.locator(`.choice input[value=${name}]`);
  /** @type {string[]} */ const choosers = [];
  page.on('filechooser', () => choosers.push('asked'));
  expect(await after(playground, source('shapes'), 'ArrowRight')).toBe('emoji');
  expect(await playground.state('source')).toBe('emoji');
  expect(await after(playground, source('emoji'), 'ArrowRight')).toBe('own');
  expect(choosers, 'an arrow key opens no dialog').toEqual([]);
  await playground.visit('photos');
  expect(await after(playground, page.getByRole('link', { name: 'Close' }))).toBe('Contrastive Playground');
  await page.evaluate(() => {
    const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    page.notice({ key: 'notice.address' });
    page.notice({ key: 'notice.noFiles' });
  });
  const dismiss = page.locator('notice-list button');
  expect(await after(playground, dismiss.first())).toBe('Dismiss');
  expect(await after(playground, dismiss.first())).toBe('Contrastive Playground');

  await playground.visit('photos');
  const [first, ...others] = await photos(3);
  await playground.drop([first, ...others, { ...first, name: 'again.png' }, named('broken.jpg', Buffer.from('no picture'))]);
  expect(await after(playground, playground.skipped.getByRole('button', { name: 'Dismiss' }))).toMatch(/Photos$/);
  await playground.until(({ duplicates }) => duplicates.length === 1);
  expect(await after(playground, playground.duplicates.getByRole('button').first())).toMatch(/Photos$/);
  await playground.grid.focus();
  await page.keyboard.press(' ');
  expect(await after(playground, playground.button('Remove'))).toContain('Select');
  await playground.set({ batchSize: 2, steps: 1 });
  expect(await after(playground, playground.button('Step')), 'Enter once more begins nothing').toBe('Step');
  await playground.button('Remove all').click();
  expect(await after(playground, page.locator('picture-gallery #sure'))).toMatch(/Photos$/);

  await playground.source('shapes').check();
  await playground.ready();
  await playground.set({ batchSize: 8, steps: 2 });
  await playground.train();
  await playground.visit('learned');
  for (const button of [page.locator('learned-scores button[name=knn]'), playground.button('UMAP')]) {
    const name = await button.textContent();
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(button).toBeFocused();
    await page.keyboard.press('Space');
    await expect(button).toBeEnabled({ timeout: 60_000 });
    expect(await button.textContent()).toBe(name);
    await expect(button).toBeFocused();
  }
  expect(await playground.state('progress'), 'and no space bar began a run').toMatchObject({ done: 2 });
  await page.evaluate(() => (location.hash = 'lesson=0'));
  expect(await after(playground, page.getByRole('link', { name: 'To the studio' }))).toBe('Contrastive Playground');
});

test('a picture of the page for the README', async ({ playground, page }) => {
  test.skip(!process.env.SCREENSHOT, '`make screenshot` takes it');
  await page.setViewportSize({ width: 1440, height: 900 });
  await playground.open('?device=cpu', 'stage');
  await playground.button('Play').click();
  await expect.poll(async () => (await playground.state('sight'))?.step, { timeout: 120_000 }).toBeGreaterThan(210);
  await page.screenshot({ path: process.env.SCREENSHOT });
});
