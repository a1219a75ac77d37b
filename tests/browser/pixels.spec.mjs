// Browsers that give pages false pixels: what cannot be read truly is not trained on.
import { expect, test } from './playground.mjs';
import { file, named } from './files.mjs';

/** Noise in place of what was drawn, as a browser gives that resists fingerprinting. */
const NOISE = `for (const { prototype } of [self.OffscreenCanvasRenderingContext2D, self.CanvasRenderingContext2D].filter(Boolean)) {
  const read = prototype.getImageData;
  prototype.getImageData = function (...args) {
    const image = read.apply(this, args);
    image.data.forEach((_, at) => (image.data[at] = (at * 7919) % 251));
    return image;
  };
}`;
/** The last bit of some, as a browser gives that only wants to be told from itself. */
const WHISPER = `const read = OffscreenCanvasRenderingContext2D.prototype.getImageData;
  OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...args) {
    const image = read.apply(this, args);
    image.data.forEach((value, at) => at % 13 || (image.data[at] = value ^ 1));
    return image;
  };`;
const NO_FRAMES = 'delete self.VideoFrame';

/** Lets code run in a worker before its own. @param {import('@playwright/test').Page} page @param {string} worker @param {string} code */
async function before(page, worker, code) {
  await page.unroute(`**/${worker}.js`);
  await page.route(`**/${worker}.js`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code};${await response.text()}` });
  });
}

const files = async () => [await file(1, 'jpeg'), await file(2, 'png'), named('drawn.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#3366cc"/></svg>')];

/** @param {number[][]} squares @param {number[][]} others */
function furthest(squares, others) {
  return Math.max(...squares.map((square, index) => Math.max(...square.map((value, at) => Math.abs(value - others[index][at])))));
}

test('pixels are read past a falsified canvas, and a last bit is nobody’s concern', async ({ playground, page }) => {
  await playground.open();
  await playground.drop(await files());
  await expect(playground.count).toContainText('3 pictures');
  const truth = await playground.squares();
  for (const [code, most] of /** @type {const} */ ([[WHISPER, 1], [NOISE, 0]])) {
    await playground.removeAll();
    await expect(playground.count).toContainText('No photos yet');
    await before(page, 'decoder', code);
    // Drawings are read by the page itself.
    if (code === NOISE) await page.addInitScript(code);
    await page.reload();
    await playground.ready();
    await playground.drop(await files());
    await expect(playground.count).toContainText('3 pictures');
    expect(furthest(await playground.squares(), truth)).toBeLessThanOrEqual(most);
    await expect(playground.skipped).not.toContainText('skipped');
  }
});

test('where no pixel is true, that is said, and nothing is added', async ({ playground, page }) => {
  await before(page, 'decoder', `${NOISE};${NO_FRAMES}`);
  await before(page, 'worker', `${NOISE};${NO_FRAMES}`);
  await page.addInitScript(`${NOISE};${NO_FRAMES}`);
  await playground.open();
  await playground.drop(await files());
  await expect(playground.skipped).toContainText('3 of 3 files were skipped');
  await expect(playground.skipped).toContainText('This browser gives pages false pixels of pictures, to guard against tracking. Allow it for this page and reload: in Firefox, put 127.0.0.1 into');
  await expect(playground.count).toContainText('No photos yet');
  await playground.button('Add the emoji').click();
  await expect(playground.notices.last()).toContainText('false pixels');
  // What the page draws itself is as it was: the scale of the batch's table.
  await playground.source('shapes').check();
  await playground.set({ batchSize: 8, steps: 1 });
  await playground.train();
});

test('the emoji are true past a falsified canvas', async ({ playground, page }) => {
  const emoji = () => page.evaluate(async () => {
    const squares = await /** @type {any} */ (document.querySelector('contrastive-playground')).engine.emoji();
    return squares.slice(0, 20).map((/** @type {any} */ { rgb }) => [...rgb]);
  });
  await playground.open();
  const truth = await emoji();
  await before(page, 'worker', NOISE);
  await page.reload();
  await playground.ready();
  expect(furthest(await emoji(), truth)).toBe(0);
});
