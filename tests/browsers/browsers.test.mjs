// The same visit in browsers that are not Chromium.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '../../tools/serve.mjs';
import { BUGS, rows } from '../browser/bugs.mjs';
import { lossesOf } from './engine.mjs';
import { folder } from './files.mjs';
import { firefox } from './firefox.mjs';
import { Visit } from './visit.mjs';
import { webkit } from './webkit.mjs';

const server = serve(0);
let origin = '';
before(async () => {
  if (!server.listening) await once(server, 'listening');
  origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
});
after(() => server.close());

for (const { name, missing, open } of [firefox, webkit]) {
  test(name, { skip: missing || false }, async (context) => {
    const visitor = await open();
    const visit = new Visit(visitor, origin);
    let broken = false;
    // Each goes on from the one before.
    const step = (/** @type {string} */ what, /** @type {() => Promise<void>} */ task) =>
      broken || context.test(`${name} ${what}`, () => task().catch((error) => ((broken = true), Promise.reject(error))));
    try {
      await step('trains on shapes, with the losses of every other engine', () => trains(visit));
      await step('takes a lesson, and has its run in hand again after it', () => visit.lesson(2));
      await step('takes a folder of JPEG, PNG, WebP, AVIF and HEIC, with its folders as labels', () => takes(visit));
      await step('maps what it learned, and finds similar pictures', () => finds(visit));
      await step('hands over files', () => hands(visit));
      await step('goes on after a reload', () => resumes(visit));
      await step('takes what other programs were at a loss with', () => takesAll(visit));
      await step('fits a phone', () => fits(visit));
      await step('had nothing to complain about', async () => {
        const problems = (await visit.state('notices')).filter((/** @type {any} */ { problem }) => problem);
        assert.deepEqual(problems, []);
      });
    } finally {
      await visitor.close();
    }
  });
}

test('Firefox that resists fingerprinting trains on no noise, and says what it gave', { skip: firefox.missing || false }, async () => {
  const visitor = await firefox.open({ preferences: { 'privacy.resistFingerprinting': true } });
  try {
    const visit = new Visit(visitor, origin);
    await visit.open('?device=cpu#photos');
    const files = (await folder()).filter(([path]) => path.endsWith('.png'));
    await visit.addFolder(files);
    const skipped = await visit.state('skipped.files');
    assert.deepEqual(skipped.map((/** @type {any} */ { code, details }) => [code, details.host]), files.map(() => ['falsePixels', '127.0.0.1']));
    assert.equal(await visit.state('album.length'), 0);
  } finally {
    await visitor.close();
  }
});

/** @param {Visit} visit */
async function trains(visit) {
  await visit.open('?device=cpu&steps=3&batchSize=16#stage');
  await visit.press('train-controls button.primary');
  await visit.trained(3);
  const losses = await visit.state('curves.loss');
  const expected = await lossesOf(await visit.state('settings'), await visit.state('side'), 3);
  const relaxed = await visit.visitor.run(async () => {
    const kernels = await fetch('app/relaxed.wasm');
    return WebAssembly.validate(await kernels.arrayBuffer());
  });
  if (!relaxed) assert.deepEqual(losses, expected);
  // These kernels round once where the others round twice.
  for (const [step, loss] of losses.entries()) assert.ok(Math.abs(loss - expected[step]) < 1e-5, `${losses}, not ${expected}`);
}

/** @param {Visit} visit */
async function takes(visit) {
  const files = await folder();
  await visit.at('photos');
  await visit.addFolder(files);
  assert.deepEqual(await visit.state('skipped.files'), []);
  const pictures = await visit.visitor.run(() => {
    const { pictures } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
    const middle = (/** @type {Uint8Array} */ rgb, /** @type {number} */ x) => [...rgb.subarray((32 * 64 + x) * 3, (32 * 64 + x) * 3 + 3)];
    return pictures.map((/** @type {any} */ { name, label, rgb }) => ({
      path: `${label}/${name}`, left: middle(rgb, 16), right: middle(rgb, 48), least: Math.min(...rgb), most: Math.max(...rgb),
    }));
  });
  assert.deepEqual(pictures.map((/** @type {any} */ { path }) => `set/${path}`), files.map(([path]) => path));
  for (const { path, left, right } of pictures.filter((/** @type {any} */ { path }) => path.startsWith('halves'))) {
    assert.ok(near(left, [200, 60, 40]) && near(right, [40, 80, 200]), `${path}: ${left}, ${right}`);
  }
  const { least, most } = pictures.find((/** @type {any} */ { path }) => path === 'fine/checker.png');
  assert.ok(most - least <= 2 && least > 100, `a fine pattern is an even grey: ${least} to ${most}`);
}

/** @param {number[]} color @param {number[]} wanted */
function near(color, wanted) {
  return color.every((value, at) => Math.abs(value - wanted[at]) < 12);
}

/** @param {Visit} visit */
async function finds(visit) {
  for (const steps of [1, 2]) {
    await visit.press('train-controls button:nth-of-type(2)');
    await visit.trained(steps);
  }
  await visit.at('learned');
  await visit.press('similar-pictures .offered button');
  await visit.until('neighbours are found', () => Boolean(/** @type {any} */ (document.querySelector('contrastive-playground')).page.state.learned.neighbours));
  const [first, ...others] = await visit.state('learned.neighbours');
  assert.equal(others.length, 3);
  // The same picture in another format.
  assert.ok(first.index < 5 && first.similarity > 0.99, JSON.stringify(first));
  await visit.press('embedding-map .methods button:nth-of-type(2)');
  await visit.until('the map is by UMAP', () => /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.learned.method === 'umap');
}

/** @param {Visit} visit */
async function hands(visit) {
  await visit.at('take');
  const names = ['weights', 'loader', 'csv', 'npy', 'json', 'runCsv', 'checkpoint'];
  const files = [];
  for (const name of names) files.push(await visit.file(`take-away button[name=${name}]`));
  assert.deepEqual(files.map(({ name }) => name), ['weights-2.safetensors', 'contrastive_playground.py', 'embeddings-2.csv', 'embeddings-2.npy', 'run.json', 'run.csv', 'checkpoint-2.safetensors']);
  for (const { name, bytes } of files) assert.ok(bytes > 100, name);
}

/** @param {Visit} visit */
async function fits(visit) {
  await visit.visitor.resize(400, 800);
  for (const station of ['photos', 'views', 'model', 'train', 'step', 'learned', 'take']) {
    await visit.at(station);
    await visit.until(`${station} is no wider than the window`, () => document.documentElement.scrollWidth <= innerWidth);
  }
}

/** @param {Visit} visit */
async function resumes(visit) {
  const losses = await visit.state('curves.loss');
  await visit.until('the run is kept', async () => {
    const { keeping } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
    return keeping.runs[0]?.curves.loss.length === 2;
  });
  await visit.reload();
  assert.equal(await visit.state('pictures.length'), 10);
  assert.deepEqual(await visit.state('curves.loss'), losses);
  await visit.press('train-controls button:nth-of-type(2)');
  await visit.trained(3);
  assert.deepEqual((await visit.state('curves.loss')).slice(0, 2), losses);
}

/** @param {Visit} visit */
async function takesAll(visit) {
  await visit.at('photos');
  for (const { name, outcome } of await rows()) {
    await visit.visitor.run(() => {
      const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
      page.keeping.photos.clear();
      page.set({ skipped: { files: [], total: 0 } });
    });
    await visit.addFolder([[name, (await readFile(join(BUGS, name))).toString('base64')]]);
    const skipped = await visit.state('skipped.files');
    const codes = skipped.map((/** @type {any} */ { code }) => code);
    if ('told' in outcome) {
      assert.deepEqual(codes, [outcome.code], name);
      continue;
    }
    // Not every browser lets HTML in an SVG be read; it is told then.
    if (codes[0] === 'htmlInSvg') continue;
    assert.deepEqual(skipped, [], name);
    const labels = await visit.visitor.run(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.album.map((/** @type {any} */ { label }) => label ?? null));
    assert.deepEqual([...new Set(labels)], outcome.labels.map((label) => label ?? null), name);
    if (outcome.pictures) assert.equal(labels.length, outcome.pictures, name);
  }
}
