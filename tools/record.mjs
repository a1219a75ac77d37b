// Records the runs of the first lessons, on the page as built last, for browsers that cannot train:
// node tools/record.mjs writes www/lessons/recorded/recorded.json.
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { packed } from '../www/lessons/recorded/tables.js';
import { course, run, turn } from './lesson.mjs';
import { openPage } from './page.mjs';

const FILE = 'www/lessons/recorded/recorded.json';
/** Those that can be done without training, and whose batches are looked at. */
const LESSONS = { twin: true, sure: true, levels: false };
/** Digits of numbers that are drawn or rounded to fewer. */
const DIGITS = 6;

const { page, close } = await openPage();
/** @type {any[]} */ const batches = [];
/** @type {Record<string, any>} */ const lessons = {};
for (const [name, looked] of Object.entries(LESSONS)) lessons[name] = await record(name, looked);
const { pictures, views } = await shown();
const squares = Object.fromEntries(await Promise.all(batches.map(async (batch) => [batch.pictures[0], await original(batch.pictures[0])])));
await close();
await writeFile(FILE, JSON.stringify({ pictures, squares, views, batches, lessons }, short));

/** Runs all that a lesson runs. @param {string} name @param {boolean} looked */
async function record(name, looked) {
  const lessons = await course(page);
  const number = lessons.findIndex((lesson) => lesson.name === name);
  const { steps } = lessons[number];
  /** @type {any} */ let beginning;
  for (let step = 1; step <= steps; step++) {
    await turn(page, number, step);
    await wait(() => Number.isFinite(/** @type {any} */ (document.querySelector('contrastive-playground')).page.state.levels.chance), undefined);
    if (step === 1) beginning = await page.evaluate(begun);
    // Made once it is to be seen, and then until there is a batch of the run's own.
    if (looked && beginning.rehearsal === undefined && !(await page.evaluate(hasRun))) {
      beginning.rehearsal = await kept(await wait(rehearsed, undefined, step > 1 ? 20_000 : 1).catch(() => undefined));
    }
    await run(page);
  }
  const results = await page.evaluate(trained, looked);
  for (const result of Object.values(results)) if (result.batch) result.batch = await kept(result.batch);
  return { ...beginning, results };
}

/** Until something is so. @template T, A @param {(argument: A) => T} found @param {A} argument @param {number} [timeout] */
async function wait(found, argument, timeout = 600_000) {
  const handle = await page.waitForFunction(/** @type {any} */ (found), argument, { timeout });
  return /** @type {Promise<any>} */ (handle.jsonValue());
}

/** A batch's place, without what follows from its cosines. @param {any} [batch] */
async function kept(batch) {
  if (!batch) return undefined;
  const { pixels, similarities, shares, positives, losses, columns, ...rest } = batch;
  const views = 2 * rest.pictures.length;
  const packedBatch = { ...rest, cosines: packed(similarities, views), image: await png(pixels, rest.side) };
  const same = batches.findIndex((other) => JSON.stringify(other) === JSON.stringify(packedBatch));
  return same < 0 ? batches.push(packedBatch) - 1 : same;
}

/** A picture as the page shows it. @param {number} number */
async function original(number) {
  const { rgb, side } = await page.evaluate((number) => {
    const { rgb, side } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.pictures[number];
    return { rgb: [...rgb], side };
  }, number);
  return png(rgb, side, 3);
}

/** @param {readonly number[]} pixels in RGB or RGBA @param {number} side @param {3 | 4} [channels] */
async function png(pixels, side, channels = 4) {
  const raw = { width: side, height: pixels.length / (channels * side), channels };
  return (await sharp(Uint8Array.from(pixels), { raw }).removeAlpha().png({ compressionLevel: 9 }).toBuffer()).toString('base64');
}

/** What the pictures are, and the views that the first lesson prints. */
async function shown() {
  const found = await page.evaluate(async () => {
    const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    const { course } = page.state.lectern;
    location.hash = `lesson=${course.findIndex((/** @type {any} */ lesson) => lesson.name === 'twin')}`;
    const field = () => document.querySelector('contrastive-playground')?.shadowRoot?.querySelector('sort-pairs');
    while (!(/** @type {any} */ (field())?.views)) await new Promise((resolve) => setTimeout(resolve, 50));
    const { pixels, side } = /** @type {any} */ (field()).views;
    const pictures = page.state.pictures.map((/** @type {any} */ { name, label }) => ({ name, label }));
    return { pictures, pixels: [...pixels], side };
  });
  return { pictures: found.pictures, views: { side: found.side, image: await png(found.pixels, found.side) } };
}

/** @param {string} key @param {unknown} value */
function short(key, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;
}

// Of the page, in the page.

function begun() {
  const { side, settings, levels } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
  return { side, settings, levels };
}

function hasRun() {
  return /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.progress.done > 0;
}

function rehearsed() {
  const { rehearsal } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
  return rehearsal && { ...rehearsal, pixels: [...rehearsal.pixels], similarities: [...rehearsal.similarities] };
}

/** @param {boolean} looked */
function trained(looked) {
  const { course, number, results } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern;
  const runs = course[number].steps.flatMap((/** @type {any} */ { run = [] }) => run).filter((/** @type {any} */ { steps, as }) => steps || as === 'asked');
  return Object.fromEntries(
    runs.map((/** @type {any} */ { as }) => {
      const { batch, losses, source, side, filling, file, ...result } = results[as];
      return [as, { ...result, ...(looked && batch && { batch: { ...batch, pixels: [...batch.pixels], similarities: [...batch.similarities] } }) }];
    }),
  );
}
