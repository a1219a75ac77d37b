// Whatever fails while the page loads leaves a plain sentence, and costs no more than it has to.
import { readFile, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from './playground.mjs';

/** The script that has a text in it, by its name: names of chunks say nothing. The page's own has its styles. @param {string} text */
async function script(text) {
  const names = (await readdir('dist/app')).filter((name) => name.endsWith('.js') && name !== 'main.js');
  const texts = await Promise.all(names.map((name) => readFile(`dist/app/${name}`, 'utf8')));
  const found = names.filter((_, index) => texts[index].includes(text));
  expect(found, text).toHaveLength(1);
  return `**/app/${found[0]}`;
}

/** @param {import('@playwright/test').Page} page */
async function says(page) {
  const trouble = page.locator('#trouble');
  await expect(trouble).toBeVisible({ timeout: 15_000 });
  await expect(trouble).toContainText('The page has not come up. Reload it');
  await expect(trouble).toContainText('页面没能启动');
  return trouble.evaluate((element) => element.dataset.reason);
}

/** @type {[string, (route: import('@playwright/test').Route) => Promise<void>, RegExp][]} */
const FAILURES = [
  ['is missing', (route) => route.fulfill({ status: 404, body: 'Not found' }), /main\.js$/],
  ['is cut off', (route) => route.abort(), /main\.js$/],
  ['has a wrong type', async (route) => route.fulfill({ response: await route.fetch(), contentType: 'text/plain' }), /main\.js$/],
  ['throws', (route) => route.fulfill({ body: `throw new Error('out of order')`, contentType: 'text/javascript' }), /main\.js: .*out of order/],
  ['is none', (route) => route.fulfill({ body: '<!doctype html><p>Please log in', contentType: 'text/javascript' }), /main\.js: .*SyntaxError/],
];
for (const [what, fail, reason] of FAILURES) {
  test(`the page says so when its script ${what}`, async ({ page, origin }) => {
    await page.route('**/app/main.js', fail);
    await page.goto(origin);
    expect(await says(page)).toMatch(reason);
  });
}

test('the page says so when it is opened as a file', async ({ page }) => {
  await page.goto(String(pathToFileURL('dist/index.html')));
  expect(await says(page)).toMatch(/main\.js$/);
  await expect(page.locator('#trouble')).toContainText('make serve');
});

test('the page says so when it cannot be drawn, and without JavaScript', async ({ page, origin, browser }) => {
  await page.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (/** @type {ShadowRootInit} */ options) {
      if (this.localName === 'contrastive-playground') throw new Error('no shadow');
      return attach.call(this, options);
    };
  });
  await page.goto(origin);
  await says(page);
  const plain = await browser.newPage({ javaScriptEnabled: false });
  await plain.goto(origin);
  await expect(plain.locator('#trouble')).toBeVisible();
  await plain.close();
});

test('nothing is said where all is well', async ({ playground, page }) => {
  await playground.open();
  await expect(page.locator('#trouble')).toBeHidden();
  expect(await page.locator('#trouble').evaluate((element) => getComputedStyle(element).display)).toBe('none');
});

test('a library that does not come costs only its own part', async ({ playground, page }) => {
  for (const text of ['dppxchange', 'KaTeX parse error']) await page.route(await script(text), (route) => route.abort());
  await playground.open('?device=cpu&steps=2&batchSize=8', 'train');
  await expect(page.locator('training-curves')).toContainText('could not be loaded; all else works');
  await expect(page.locator('.stage loss-curve')).toContainText('could not be loaded; all else works');
  await playground.train();
  await expect(page.locator('training-curves #summary')).toContainText('after step 2');
  await playground.visit('step');
  await expect(page.locator('info-nce-formula')).toContainText('could not be loaded; all else works');
  await expect(page.locator('#trouble')).toBeHidden();
  await expect(playground.notices).toHaveCount(0);
});

test('a library that throws as it comes does, too', async ({ playground, page }) => {
  await page.route(await script('dppxchange'), (route) => route.fulfill({ body: `throw new RangeError('no such language')`, contentType: 'text/javascript' }));
  await playground.open('?device=cpu&steps=2&batchSize=8', 'train');
  await expect(page.locator('training-curves')).toContainText('could not be loaded; all else works');
  await playground.train();
});

test('a figure and a map that cannot be made are told, and the page goes on', async ({ playground, page }) => {
  await page.route(await script('plot-d6a7b5'), (route) => route.abort());
  await page.route('**/app/map-worker.js', (route) => route.fulfill({ status: 404, body: 'Not found' }));
  await playground.open('?device=cpu&steps=2&batchSize=8', 'learned');
  await playground.train();
  await page.locator('embedding-map .methods button').nth(1).click();
  await expect(playground.notices.last()).toContainText('The map could not be made (map-worker.js).');
  await page.locator('embedding-map figure-buttons button').last().click();
  await expect(playground.notices.last()).toContainText('The chart could not be saved as a picture. Reload the page when the network is back');
  await expect(page.locator('embedding-map progress')).toHaveCount(0);
});

test('where the set of a link cannot be had, as without a network, that is told and there are the shapes', async ({ playground, page }) => {
  await page.route('**/emoji/emoji.json', (route) => route.abort());
  await playground.open('?device=cpu&steps=2&batchSize=8&source=emoji');
  await expect(playground.notices).toContainText('The built-in set could not be loaded (emoji.json)');
  await expect(page.locator('.stage picture-choice input[value=shapes]')).toBeChecked();
  expect((await playground.state('pictures')).length).toBeGreaterThan(0);
  await playground.train();
  expect(await playground.losses(), 'with the settings of the link').toHaveLength(2);
});

test('an engine that does not come is told once, with what to do', async ({ playground, page }) => {
  await page.route('**/app/worker.js', (route) => route.fulfill({ status: 404, body: 'Not found' }));
  await page.goto(`${playground.origin}/?device=cpu`);
  await expect(playground.device).toContainText('The training engine is not there');
  await expect(playground.notices).toHaveCount(1);
  await expect(playground.notices).toContainText('The training engine could not be loaded (worker.js). Reload the page');
  await playground.button('Play').click();
  await expect(playground.notices).toHaveCount(1);
});

test('WebAssembly of a wrong type is taken, and none is told', async ({ playground, page }) => {
  await page.route('**/*.wasm', async (route) => route.fulfill({ response: await route.fetch(), contentType: 'text/plain' }));
  await playground.open('?device=cpu&steps=1&batchSize=8');
  await playground.train();
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: 'Not found' }));
  await page.reload();
  await expect(playground.notices).toContainText('The training engine could not be loaded');
  await expect(playground.notices).toHaveCount(1);
});

test('the module is asked for before there is a script to ask for it, and what was begun is not asked for again', async ({ playground, page }) => {
  /** @type {string[]} */ const asked = [];
  page.context().on('request', (request) => asked.push(new URL(request.url()).pathname));
  const module = page.waitForRequest('**/contrastive-playground_bg.wasm');
  // The page's own script comes only once that was asked for.
  await page.route('**/app/main.js', async (route) => {
    await module;
    await route.continue();
  });
  await playground.open('?device=cpu&steps=1&batchSize=8');
  await playground.train();
  expect(asked.filter((path) => path.endsWith('.wasm')).sort()).toEqual(['/app/relaxed.wasm', '/contrastive-playground_bg.wasm']);
  // A worker has what it imports out of the browser's cache.
  const own = asked.slice(0, asked.indexOf('/app/worker.js'));
  expect(own).toContain('/contrastive-playground_bg.wasm');
  expect(own.filter((path, at) => own.indexOf(path) < at)).toEqual([]);
});
