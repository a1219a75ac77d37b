// All lessons at full length, on the page as built last, with several seeds: does what they teach come about?
// node tools/learn-lessons.mjs [seeds, such as 1,2,3]; exit code 1 where one misses what its lesson says of every run.
import { course, run, turn } from './lesson.mjs';
import { openPage } from './page.mjs';

/** @typedef {{ kinds: number, untrained: number, loss: number, chance: number, uniformity: number, top1: number }} Came what a run came to */
/** @typedef {Record<string, Came>} Runs of a lesson, by their names */

/** What the words of a lesson say comes, whatever the seed. @type {Record<string, Record<string, (runs: Runs) => boolean>>} */
const TAUGHT = {
  levels: { 'eight pictures a step, and τ = 1, end with fewer neighbours alike': ({ first, small, soft }) => first.kinds > Math.max(small.kinds, soft.kinds) + 0.1 },
  negatives: {
    'copied keys collapse (m = 0)': ({ copied }) => copied.uniformity > -0.03,
    'a large batch learns more than a small one': ({ large, small }) => large.kinds > small.kinds + 0.1,
  },
  mistakes: {
    'the article’s loss teaches less than the right one': ({ first, right }) => first.kinds < right.kinds - 0.1,
    'so do equal views': ({ second, right }) => second.kinds < right.kinds - 0.1,
    'the third patient collapses': ({ collapsed }) => Math.abs(collapsed.loss - collapsed.chance) < 0.02 && collapsed.uniformity > -0.03,
  },
};

const seeds = (process.argv[2] ?? '1,2,3').split(',').map(Number);
let missed = 0;
for (const seed of seeds) {
  const { page, close } = await openPage();
  await page.waitForFunction(() => !(/** @type {any} */ (document.querySelector('contrastive-playground'))?.page?.state.busy ?? true));
  await page.evaluate((seed) => /** @type {any} */ (document.querySelector('contrastive-playground')).page.settings({ seed }), seed);
  for (const [number, { name, steps }] of (await course(page)).entries()) {
    const runs = await taught(page, number, steps);
    for (const [run, came] of Object.entries(runs)) console.log(`seed ${seed}, ${name}, ${run}: ${words(came)}`);
    for (const [claim, holds] of Object.entries(TAUGHT[name] ?? {})) {
      if (holds(runs)) continue;
      missed++;
      console.log(`seed ${seed}, ${name}: MISSED ${claim}`);
    }
  }
  await close();
}
process.exit(missed ? 1 : 0);

/** Runs all steps of a lesson. @param {import('@playwright/test').Page} page @param {number} number @param {number} steps @returns {Promise<Runs>} */
async function taught(page, number, steps) {
  for (let step = 1; step <= steps; step++) {
    await turn(page, number, step);
    await run(page);
  }
  return page.evaluate(() => {
    const { results } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern;
    const lately = (/** @type {number[]} */ values) => values.slice(-10).reduce((sum, value) => sum + value, 0) / Math.min(10, values.length);
    const trained = Object.entries(results).filter(([, result]) => result?.kinds);
    return Object.fromEntries(trained.map(([name, { kinds: { precision }, levels, curves }]) => [name, {
      kinds: precision.encoder, untrained: precision.untrained, loss: lately(curves.loss), chance: levels.chance, uniformity: lately(curves.uniformity), top1: lately(curves.top1),
    }]));
  });
}

/** @param {Came} came */
function words({ kinds, untrained, loss, chance, uniformity, top1 }) {
  return `neighbours ${kinds.toFixed(2)} (untrained ${untrained.toFixed(2)}), loss ${loss.toFixed(3)} (chance ${chance.toFixed(3)}), uniformity ${uniformity.toFixed(2)}, top-1 ${top1.toFixed(2)}`;
}
