// What a step of a lesson runs: the page's own training, with the page's own settings, and what is measured of it.
import { PROBE_STEPS } from '../learned/learning.js';
import { shows } from '../ui/hiding.js';
import { headIn, projected } from './head.js';
import { rowsOf } from './rows.js';

/** @typedef {import('./lesson.js').Context} Context @typedef {import('./lesson.js').Result} Result @typedef {import('./lesson.js').Measure} Measure */

/**
 * What a run came to; nothing where it was paused.
 * @param {import('./lesson.js').Training | import('./lesson.js').Making} run @param {import('./lesson.js').Start} start of the lesson
 * @param {Context} context @param {boolean} paused it is gone on with
 */
export async function perform(run, start, context, paused) {
  if ('make' in run) return run.make(context);
  const { page } = context;
  if (!paused) await prepare(run, start, context);
  await page.running.train();
  const { done, steps } = page.state.progress;
  if (done < steps) return undefined;
  const found = await measured(run.measure ?? [], page);
  const saved = await page.engine.save();
  return { ...found, ...outcome(page), kinds: await kindsOf(page), file: saved?.file };
}

/**
 * Pictures and settings of a run; with none, those that the lesson begins with. The seed is the studio's, which may be a teacher's.
 * @param {Context['page']} page @param {import('./lesson.js').Start} start @param {Partial<import('./lesson.js').Start>} [run]
 */
export function beginning(page, start, run = {}) {
  const source = run.source ?? start.source ?? 'shapes';
  const usual = page.usual(source);
  const seed = page.state.settings?.seed ?? usual.settings.seed;
  const policy = { ...usual.settings.policy, ...start.policy, ...run.policy };
  return { source, side: run.side ?? start.side ?? usual.side, settings: { ...usual.settings, seed, ...start.settings, ...run.settings, policy } };
}

/** @param {import('./lesson.js').Training} run @param {import('./lesson.js').Start} start @param {Context} context */
async function prepare(run, start, context) {
  const { page } = context;
  const own = typeof run.settings === 'function' ? run.settings(context) : run.settings;
  const { source, side, settings } = beginning(page, start, { ...run, settings: own });
  const steps = run.steps + (run.on ? page.state.progress.done : 0);
  if (run.on) page.set({ settings: { ...settings, steps } });
  else await page.begin(source, side, { ...settings, steps });
}

/** @param {Context['page']} page */
function outcome({ state }) {
  const { source, side, curves, levels, batch, filling, progress } = state;
  const settings = /** @type {Result['settings']} */ (state.settings);
  return { source, side, settings, steps: progress.done, losses: curves.loss, curves, levels, batch, filling };
}

/** How well neighbours share their kind now: what the map says, where there is one. @param {Context['page']} page */
async function kindsOf(page) {
  if (!shows('stage.map')) return (await page.engine.glance(page.state.settings)).kinds;
  await page.watching.look();
  return page.state.sight?.kinds;
}

/** @param {readonly Measure[]} measures @param {Context['page']} page */
async function measured(measures, { engine, state }) {
  /** @type {Pick<Result, 'report' | 'few' | 'factors' | 'h' | 'z'>} */
  const found = {};
  if (measures.includes('probe')) found.report = await engine.evaluate({ probeSteps: PROBE_STEPS });
  else if (measures.includes('scores')) found.report = await engine.evaluate();
  if (measures.includes('few')) found.few = await engine.fewLabels();
  if (measures.includes('factors')) found.factors = await engine.factors();
  if (measures.includes('rows')) Object.assign(found, await rows(engine, state.pictures.length));
  return found;
}

/** What encoder and head make of every picture. @param {Context['page']['engine']} engine @param {number} pictures */
async function rows(engine, pictures) {
  const h = await engine.embeddings();
  const columns = h.length / pictures;
  const weights = /** @type {Blob} */ (await engine.weights());
  return { h: rowsOf(h, columns), z: projected(h, columns, headIn(await weights.arrayBuffer())) };
}
