// What the page may load, and what it says of what it has loaded.
import { once } from 'node:events';
import { createServer } from 'node:http';
import config from '../../playwright.config.mjs';
import { photos } from './files.mjs';
import { expect, test } from './playground.mjs';

test('a whole session loads the page’s own files and sends nothing, and the page says what it was', async ({ playground, page }) => {
  /** @type {Set<string>} */ const asked = new Set();
  page.context().on('request', (request) => asked.add(request.url()));
  await playground.open('?device=cpu&steps=3&batchSize=4');
  await playground.drop(await photos(4));
  await playground.train();
  for (const station of ['views', 'step', 'learned', 'take']) await playground.visit(station);
  await expect(page.locator('info-nce-formula, take-away').last()).toBeVisible();
  for (const name of ['weights', 'loader', 'json', 'checkpoint']) {
    const downloading = page.waitForEvent('download');
    await page.locator(`take-away button[name=${name}]`).click();
    await downloading;
  }
  const files = [...asked].filter((url) => url.startsWith('http')).map((url) => url.slice(playground.origin.length + 1).replace(/[?#].*/, ''));
  const note = page.locator('offline-note');
  await expect(note).toContainText('It has sent nothing.');
  await note.locator('summary').click();
  const said = () => note.locator('td:first-child').allTextContents();
  // The page’s own address is no file that it has loaded; an icon or a manifest is the browser’s affair.
  const own = files.filter((path) => path && !/^(app\/(icon|manifest)|favicon)/.test(path));
  expect(own).toContain('contrastive-playground_bg.wasm');
  await expect.poll(said).toEqual(expect.arrayContaining(own));
});

test('what asks elsewhere is refused and told, and so is what asks with anything in its address', async ({ page, origin }) => {
  /** @type {string[]} */ const asked = [];
  const other = createServer(({ url }, response) => response.end(asked.push(String(url)))).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const elsewhere = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (other.address()).port}`;
  await page.goto(`${origin}/?device=cpu`);
  await expect(page.locator('offline-note')).toContainText('It has sent nothing.');
  const refused = await page.evaluate(async (elsewhere) => {
    // What the test itself evaluates may do more, until it has waited once.
    await new Promise((resolve) => setTimeout(resolve));
    const tries = {
      elsewhere: () => fetch(`${elsewhere}/fetched`),
      picture: () => new Promise((resolve, reject) => Object.assign(new Image(), { src: `${elsewhere}/a.png`, onload: resolve, onerror: reject })),
      eval: () => (0, eval)('1'),
      markup: () => (document.createElement('p').innerHTML = '<b>bold</b>'),
      worker: () => new Worker(`${elsewhere}/worker.js`),
      blob: () => new Worker(URL.createObjectURL(new Blob(['1']))),
      inline: async () => {
        const script = document.createElement('script');
        script.append('window.inline = 1');
        document.head.append(script);
        if (/** @type {any} */ (window).inline !== 1) throw new Error('refused');
      },
    };
    const results = await Promise.all(Object.entries(tries).map(async ([name, attempt]) => {
      try {
        await attempt();
        return [];
      } catch {
        return [name];
      }
    }));
    await fetch('app/icon.svg?picture=1').then((response) => response.text());
    return results.flat();
  }, elsewhere);
  expect(refused).toEqual(['elsewhere', 'picture', 'eval', 'markup', 'worker', 'blob', 'inline']);
  expect(asked).toEqual([]);
  other.close();
  const note = page.locator('offline-note');
  await expect(note).not.toContainText('It has sent nothing.');
  await expect(note).toContainText(`${elsewhere}/fetched`);
  await expect(note).toContainText('app/icon.svg?picture=1');
});

const { launchOptions } = /** @type {any} */ (config.use);
test('a browser without SIMD says what to do', async ({ playwright, origin }) => {
  const browser = await playwright.chromium.launch({ ...launchOptions, args: [...launchOptions.args, '--js-flags=--no-enable-ssse3 --no-enable-sse4-1'] });
  try {
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(`${origin}/?device=cpu`);
    await expect(page.locator('notice-list .notice')).toHaveCount(1);
    await expect(page.locator('notice-list .notice')).toContainText('it has no WebAssembly with SIMD');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect(page.locator('notice-list .notice')).toHaveCount(1);
  } finally {
    await browser.close();
  }
});
