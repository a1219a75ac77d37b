// Points: the first system of the article, whose network has so few numbers that all of them can be looked at.
import { html } from 'lit';
import { watchPoints } from '../../learned/points.js';
import { lossText, number, percent } from '../../ui/i18n.js';
import en from './en.json';
import zh from './zh.json';

/**
 * @typedef {import('../lesson.js').Context} Context
 * @typedef {import('../../learned/points.js').Watched} Watched
 * @typedef {Partial<import('../../engine/session.js').PointSettings>} Settings
 */

/** Few enough for two linear layers to learn by heart. */
const FEW = 20;
/** z of two numbers lies on a circle, and is seen as it is. */
const LONG = { epochs: 300, projection: 2 };
/** @satisfies {Record<string, Settings>} */
const RUNS = {
  article: { epochs: 10 },
  byHeart: { ...LONG, samples: FEW },
  clusters: { ...LONG, separation: 4 },
  views: { ...LONG, separation: 4, loss: 'ntXent' },
  uneven: { ...LONG, separation: 4, ones: 0.45 },
};

/** @type {import('../lesson.js').Lesson} */
export const points = {
  name: 'points',
  words: { en, zh },
  seconds: 15,
  start: { source: 'shapes' },
  steps: [
    step('article', {
      points: ['points-lab', 'loss-curve'],
      guess: { kind: 'choice', options: ['floor', 'chance', 'above'] },
      values: (watched) => losses(watched),
      verdict: ({ guess }, { report, losses }) => (guess === levelOf(losses.at(-1) ?? NaN, report.levels) ? 'right' : 'other'),
      check: { options: ['others', 'all'], right: 'others' },
    }),
    step('byHeart', {
      points: ['points-lab', 'points-view', 'figure:last-of-type'],
      guess: { kind: 'number', range: [0, 100] },
      values: (watched) => shares(watched),
      verdict: ({ guess }, { report }) => (Math.abs(guess - report.sight.knn) <= 0.1 ? 'near' : 'other'),
      check: { options: ['more', 'labels', 'fewer'], right: 'labels' },
    }),
    step('clusters', {
      points: ({ results }) => ['points-lab', 'points-view', results.clusters ? 'score-bars' : 'figure'],
      guess: { kind: 'choice', options: ['same', 'between', 'chance'] },
      values: (watched) => shares(watched),
      verdict: ({ guess }, { report }) => (guess === fared(report.sight) ? 'right' : 'other'),
      check: { options: ['fresh', 'more'], right: 'fresh' },
    }),
    step('views', {
      points: ['points-lab', 'points-view', 'figure:last-of-type'],
      guess: { kind: 'choice', options: ['apart', 'mixed'] },
      values: (watched) => shares(watched),
      verdict: ({ guess }, { report }) => (guess === (report.sight.knn > 0.8 ? 'apart' : 'mixed') ? 'right' : 'other'),
      check: { options: ['noisy', 'labels'], right: 'noisy' },
    }),
    {
      ...step('uneven', { guess: { kind: 'choice', options: ['runs', 'wrong', 'refuses'] }, values: (watched) => shares(watched) }),
      points: ({ results }) => (results.uneven ? ['points-lab', 'points-view', 'score-bars'] : []),
      run: { as: 'uneven', make: uneven },
      verdict: ({ guess, results }) => (guess === (results.uneven.pairs ? 'refuses' : 'runs') ? 'right' : 'other'),
      check: { options: ['drop', 'mean'], right: 'mean' },
      values: ({ results: { uneven } }) => (uneven ? { ...shares(uneven), pairs: number(uneven.pairs), rows: number(uneven.rows) } : {}),
    },
    { beside: ({ page }) => lab(page, RUNS.byHeart, undefined, true), points: ['points-lab', 'points-form'] },
  ],
};

/**
 * A step that runs on points and shows them beside.
 * @param {keyof typeof RUNS} as
 * @param {Omit<import('../lesson.js').Step, 'values' | 'verdict'> & { values: (watched: Watched) => Record<string, string>,
 *   verdict?: (context: Context, watched: Watched) => string }} step
 * @returns {import('../lesson.js').Step}
 */
function step(as, { values, verdict, ...step }) {
  const settings = RUNS[as];
  return {
    ...step,
    run: { as, make: (context) => watched(context, settings) },
    beside: ({ page, state, results, paused }) => lab(page, settings, results[as] ?? state.points ?? paused),
    values: ({ results }) => (results[as] ? values(results[as]) : {}),
    verdict: verdict && ((context) => verdict(context, context.results[as])),
  };
}

/**
 * A run beside the lesson, with the points before it has begun; and one's own runs.
 * @param {Context['page']} page @param {Settings} settings @param {Watched} [watched] @param {boolean} [own]
 */
function lab(page, settings, watched, own = false) {
  return html`<points-lab .session=${page.engine} .start=${settings} .watched=${watched} ?own=${own} @do=${(/** @type {CustomEvent} */ event) => page.attempt(event.detail)}></points-lab>`;
}

/** Runs, and shows it; who leaves pauses it. @param {Context} context @param {Settings} settings */
async function watched({ page, signal, paused }, settings) {
  page.set({ points: paused });
  try {
    const watched = await watchPoints(page.engine, settings, (points) => page.set({ points }), signal, paused?.report.epoch);
    return watched && { ...watched, paused: watched.report.epoch < (watched.epochs ?? 0) };
  } finally {
    page.set({ points: undefined });
  }
}

/** Asks the article's loss for labels of which one is rarer, and then trains with ours. @param {Context} context */
async function uneven(context) {
  const details = await context.page.engine.points({ ...RUNS.uneven, loss: 'article' }).next().then(
    () => ({ pairs: 0, rows: 0 }),
    (error) => {
      if (error.code !== 'unevenClasses') throw error;
      return error.details;
    },
  );
  const run = await watched(context, RUNS.uneven);
  return run && { ...details, ...run };
}

/** @param {Watched} watched */
function losses({ report: { levels }, losses }) {
  const [before, after] = [losses[0], losses.at(-1) ?? NaN].map(lossText);
  return { before, after, chance: lossText(levels.chance), floor: lossText(levels.floor) };
}

/** Which of the levels a loss is at. @param {number} loss @param {import('contrastive-playground').Levels} levels */
function levelOf(loss, { chance, floor }) {
  if (loss > chance + 0.1) return 'above';
  return loss - floor < chance - loss ? 'floor' : 'chance';
}

/** How those held out fared. @param {Watched['report']['sight']} sight */
function fared({ own, knn, chance }) {
  const share = (knn - chance) / (own - chance);
  if (share > 0.75) return 'same';
  return share > 0.25 ? 'between' : 'chance';
}

/** @param {Watched} watched */
function shares({ first, report: { sight } }) {
  const { own, knn, knnOfInputs, chance, trained, labels } = sight;
  return {
    trained: number(trained), judges: number(labels.length - trained), untrained: percent(first.sight.knn),
    own: percent(own), knn: percent(knn), raw: percent(knnOfInputs), chance: percent(chance),
  };
}
