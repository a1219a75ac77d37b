// What a step of a lesson runs: the page's own training, with the page's own settings, and what is measured of it.
import { PROBE_STEPS } from '../learned/learning.js';
import { shows } from '../ui/hiding.js';
import { headIn, projected } from './head.js';
import { rowsOf } from './rows.js';

/** @typedef {import('./lesson.js').Context} Context @typedef {import('./lesson.js').Result} Result @typedef {import('./lesson.js').Measure} Measure */

/**
 * What a run came to, which may be `paused`; nothing where its lesson or step was left before it began. Who leaves a lesson later pauses it.
 * @param {import('./lesson.js').Training | import('./lesson.js').Making} run @param {import('./lesson.js').Start} start of the lesson
 * @param {Context} context @param {AbortSignal} left that the lesson was left
 */
export async function perform(run, start, context, left) {
  if ('make' in run) return run.make(context);
  const { page, paused } = context;
  if (!paused) await prepare(run, start, context);
  if (left.aborted || context.signal?.aborted) return undefined;
  // Who left while it was measured has it trained already.
  if (!(paused && ended(page))) await page.running.train();
  const saved = await page.engine.save();
  if (!saved) return undefined;
  const came = { ...outcome(page), file: saved.file };
  const found = ended(page) && (await measured(run.measure ?? [], page, left));
  return found ? { ...found, ...came, kinds: await kindsOf(page) } : { ...came, paused: true };
}

/** @param {Context['page']} page */
const ended = ({ state: { progress: { done, steps } } }) => done >= steps;

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

/** @typedef {Pick<Result, 'report' | 'few' | 'factors' | 'h' | 'z'>} Found @type {Record<Measure, (page: Context['page']) => Promise<Found>>} */
const MEASURES = {
  scores: async ({ engine }) => ({ report: await engine.evaluate() }),
  probe: async ({ engine }) => ({ report: await engine.evaluate({ probeSteps: PROBE_STEPS }) }),
  few: async ({ engine }) => ({ few: await engine.fewLabels() }),
  factors: async ({ engine }) => ({ factors: await engine.factors() }),
  rows: ({ engine, state }) => rows(engine, state.pictures.length),
};

/** One after the other, as each takes a while, until the lesson is left. @param {readonly Measure[]} measures @param {Context['page']} page @param {AbortSignal} left */
async function measured(measures, page, left) {
  /** @type {Found} */ const found = {};
  for (const measure of measures) {
    Object.assign(found, await MEASURES[measure](page));
    if (left.aborted) return undefined;
  }
  return found;
}

/** What encoder and head make of every picture. @param {Context['page']['engine']} engine @param {number} pictures */
async function rows(engine, pictures) {
  const h = await engine.embeddings();
  const columns = h.length / pictures;
  const weights = /** @type {Blob} */ (await engine.weights());
  return { h: rowsOf(h, columns), z: projected(h, columns, headIn(await weights.arrayBuffer())) };
}
