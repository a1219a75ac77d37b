// What people do to pages so that they can read them: translate, enlarge, force colours.
import config from '../../playwright.config.mjs';
import { photos } from './files.mjs';
import { Playground, expect, test } from './playground.mjs';

/** As Chrome's translation does: in the place of each text a <font> with another text, now and whenever one comes. */
function translate() {
  const skipped = 'style, script, pre, [translate=no], font';
  const turn = (/** @type {Text} */ text) => {
    if (!text.data.trim() || text.parentElement?.closest(skipped)) return;
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.textContent = text.data.toUpperCase();
    outer.append(inner);
    text.replaceWith(outer);
  };
  const watch = (/** @type {Node} */ root) => {
    const walk = (/** @type {Node} */ node) => {
      if (node instanceof Text) return turn(node);
      for (const child of [...node.childNodes]) walk(child);
      if (node instanceof Element && node.shadowRoot) watch(node.shadowRoot);
    };
    walk(root);
    new MutationObserver((records) => records.forEach(({ addedNodes }) => addedNodes.forEach(walk))).observe(root, { childList: true, subtree: true });
  };
  watch(document.body);
}

test('a page that is translated by the browser goes on', async ({ playground, page }) => {
  await playground.open('?device=cpu&steps=4&batchSize=8', 'photos');
  await page.evaluate(translate);
  await page.locator('train-controls button.primary').click();
  await expect(playground.status).toContainText('STEP 4 OF 4', { ignoreCase: true });
  await expect(playground.status).toContainText('FINISHED', { ignoreCase: true });
  await playground.drop(await photos(3));
  await expect(playground.count).toContainText('3 PICTURES', { ignoreCase: true });
  await playground.drop(await photos(1, 5));
  await expect(playground.count).toContainText('4 PICTURES', { ignoreCase: true });
  for (const station of ['views', 'model', 'train', 'step', 'learned', 'take', 'photos']) await playground.visit(station);
  await page.locator('train-controls button').nth(1).click();
  await expect(playground.status).toContainText('STEP 1 OF', { ignoreCase: true });
  await page.locator('.menus select').first().selectOption('zh');
  await expect(playground.count).toContainText('4 张图片');
  await expect(playground.status).toContainText('已暂停');
  await expect(playground.notices).toHaveCount(0);
});

/** No station is wider than the window, and Play can be pressed. @param {Playground} playground @param {string} how */
async function fits(playground, how) {
  await playground.set({ batchSize: 8, steps: 2 });
  await playground.train();
  for (const station of ['stage', 'photos', 'views', 'model', 'train', 'step', 'learned', 'take']) {
    await playground.visit(station);
    expect(await playground.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${station}, ${how}`).toBeLessThanOrEqual(0);
  }
  await playground.visit('stage');
  await playground.page.locator('train-controls button').last().click({ trial: true });
}

test('fits when it is enlarged to 200 %', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 640, height: 450 });
  await fits(playground, 'all of it');
});

test('fits when it becomes narrow while other stations are open', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.set({ steps: 2, batchSize: 8 });
  await playground.visit('train');
  await playground.train();
  for (const station of ['step', 'learned']) await playground.visit(station);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const station of ['train', 'step', 'learned']) {
    await playground.visit(station);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), station).toBeLessThanOrEqual(0);
  }
});

test('what is said lies on nothing that is read, and can be dismissed without scrolling', async ({ lasting: playground }) => {
  const { page } = playground;
  const said = page.locator('notice-list');
  for (const hash of ['stage', 'photos', 'lesson=0.2']) {
    await page.evaluate((hash) => {
      location.hash = hash;
      const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
      // These are not over when a lesson is entered or left.
      page.notice({ key: 'notice.address' });
      page.notice({ key: 'notice.noFiles' });
    }, hash);
    await page.setViewportSize({ width: 1280, height: 900 });
    await expect.poll(() => page.evaluate(() => {
      scrollTo(0, 0);
      const root = /** @type {ShadowRoot} */ (/** @type {Element} */ (document.querySelector('contrastive-playground')).shadowRoot);
      const [over, ...parts] = [...root.querySelectorAll('notice-list, .stage > *, lesson-panel, .station:not([hidden])')].sort((one, other) => Number(other.localName === 'notice-list') - Number(one.localName === 'notice-list')).map((part) => part.getBoundingClientRect());
      if (over.height < 90) return 'nothing is said';
      return parts.filter((box) => box.width && box.x < over.right && over.x < box.right && box.y + 1 < over.bottom && over.y + 1 < box.bottom).length;
    }), hash).toBe(0);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.evaluate(() => scrollTo(0, 0));
    for (const dismiss of await said.getByRole('button', { name: 'Dismiss' }).all()) await expect(dismiss, `${hash}, narrow`).toBeInViewport({ ratio: 0.99 });
    expect(await said.evaluate((list) => list.scrollHeight - list.clientHeight), hash).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('fits when the browser’s letters are twice as large', async ({ playwright, origin }) => {
  const { launchOptions } = /** @type {any} */ (config.use);
  const browser = await playwright.chromium.launch({ ...launchOptions, args: [...launchOptions.args, '--blink-settings=defaultFontSize=32'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  const playground = new Playground(page, origin);
  await playground.open();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
  await fits(playground, 'letters');
  await browser.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`can be seen where the system forces its ${colorScheme} colours`, async ({ lasting: playground }) => {
    const { page } = playground;
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    await playground.set({ steps: 3, batchSize: 8 });
    await playground.visit('train');
    await playground.train();
    // The loss as it is drawn, and the page behind it.
    const { drawn, ground } = await page.locator('training-curves .uplot canvas').evaluate((canvas) => {
      const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
      const context = /** @type {CanvasRenderingContext2D} */ (/** @type {HTMLCanvasElement} */ (canvas).getContext('2d'));
      const { data } = context.getImageData(0, 0, width, height);
      /** @type {Map<string, number>} */ const counts = new Map();
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] < 250) continue;
        const color = data.subarray(at, at + 3).join();
        counts.set(color, (counts.get(color) ?? 0) + 1);
      }
      const most = [...counts].sort(([, one], [, other]) => other - one).slice(0, 3).map(([color]) => color.split(',').map(Number));
      const ground = (getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).slice(0, 3).map(Number);
      return { drawn: most, ground };
    });
    const light = (/** @type {number[]} */ [red, green, blue]) => 0.2 * red + 0.7 * green + 0.1 * blue;
    for (const color of drawn) expect(Math.abs(light(color) - light(ground)), `${color} on ${ground}`).toBeGreaterThan(70);
    await playground.visit('step');
    const bar = page.locator('pair-inspector .bar i').first();
    expect(await bar.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe(`rgb(${ground.join(', ')})`);
    const swatches = await page.locator('similarity-matrix .scale i, softmax-bars .key i').evaluateAll((all) => all.map((swatch) => getComputedStyle(swatch)).map(({ backgroundImage, backgroundColor }) => backgroundImage !== 'none' || backgroundColor));
    expect(swatches.slice(0, 3), 'the scale, and the colours of positive and negatives').toEqual([true, true, expect.not.stringContaining(ground.join(', '))]);
    await playground.visit('photos');
    const border = (/** @type {string} */ which) => page.locator(`.station picture-choice .card.${which}`).evaluate((card) => getComputedStyle(card).borderTopColor);
    expect(await border('shapes')).not.toBe(await border('emoji'));
    await page.evaluate(() => (location.hash = 'lesson=4'));
    // Else the system lays its ground behind the words, which have the same colour.
    await expect(page.locator('lesson-panel .act')).toHaveCSS('forced-color-adjust', 'none');
  });
}
