// Points: the first system of the article, whose network has so few numbers that all of them can be looked at.
import { html } from 'lit';
import { watchPoints } from '../../learned/points.js';
import { lossText, number, percent, t } from '../../ui/i18n.js';
import { asked } from '../on-bars.js';
import { closeness } from '../outcomes.js';
import en from './en.json';
import zh from './zh.json';

/**
 * @typedef {import('../lesson.js').Context} Context
 * @typedef {import('../../learned/points.js').Watched} Watched
 * @typedef {Partial<import('../../engine/session.js').PointSettings>} Settings
 */

/** Few enough for two linear layers to learn by heart. */
const FEW = 20;
/** Points that are held out, of each run. */
const NEW = 200;
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
      guess: { kind: 'curve', options: ['fast', 'stays', 'climbs'], levels: ({ page }) => levelsIn(page, RUNS.article) },
      values: (watched) => losses(watched),
      verdict: ({ guess }, { report: { levels }, losses }) => (levelOf(guess.at(-1), levels) === levelOf(losses.at(-1) ?? NaN, levels) ? 'right' : 'other'),
      check: { options: ['others', 'all'], right: 'others' },
    }),
    step('byHeart', {
      points: ({ results }) => (results.byHeart ? ['points-lab', 'points-view', 'score-bars'] : ['guess-bars']),
      guess: { kind: 'beside' },
      values: (watched) => shares(watched),
      verdict: ({ guess }, { report }) => closeness(guess, report.sight.knn),
      check: { options: ['more', 'labels', 'fewer'], right: 'labels' },
    }),
    step('clusters', {
      points: ({ results }) => (results.clusters ? ['points-lab', 'points-view', 'score-bars'] : ['guess-bars']),
      guess: { kind: 'beside' },
      values: (watched) => shares(watched),
      verdict: ({ guess }, { report }) => closeness(guess, report.sight.knn),
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
    { beside: (context) => lab(context, RUNS.byHeart, { own: true }), points: ['points-lab', 'points-form'] },
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
    beside: (context) => {
      const { results: { [as]: came }, state, paused, begun, guess } = context;
      const [watched, kind] = [came ?? state.points ?? paused, step.guess?.kind];
      const predicted = kind === 'curve' ? { sketch: guess, drawing: !begun } : { said: kind === 'beside' && came ? guess : undefined };
      return html`${kind === 'beside' && !came ? bar(context) : ''}${lab(context, settings, { watched, ...predicted })}`;
    },
    values: ({ results }) => (results[as] ? values(results[as]) : {}),
    verdict: verdict && ((context) => verdict(context, context.results[as])),
  };
}

/** How well those held out will fare. @param {Context} context */
function bar(context) {
  return asked(context, t(`lesson.points.s${context.state.lectern?.step}.guess`), [{ value: 'knn', name: t('points.knn', { count: NEW }) }], t('points.named'));
}

/**
 * A run beside the lesson, with what was predicted of it, and the points before it has begun; and one's own runs.
 * @param {Context} context @param {Settings} settings
 * @param {{ watched?: Watched, own?: boolean, said?: number, sketch?: readonly number[], drawing?: boolean }} shown
 */
function lab({ page, choose }, settings, { watched, own = false, said, sketch, drawing = false }) {
  return html`<points-lab .session=${page.engine} .start=${settings} .watched=${watched} .said=${said} .sketch=${sketch} ?drawing=${drawing} ?own=${own}
    @sketch=${(/** @type {CustomEvent} */ { detail }) => choose(detail)} @do=${(/** @type {CustomEvent} */ event) => page.attempt(event.detail)}></points-lab>`;
}

/** Between what the loss of a run will lie. @param {Context['page']} page @param {Settings} settings */
async function levelsIn({ engine }, settings) {
  for await (const { levels } of engine.points(settings)) return levels;
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

/** @param {Watched} watched */
function shares({ first, report: { sight } }) {
  const { own, knn, knnOfInputs, chance, trained, labels } = sight;
  return {
    trained: number(trained), judges: number(labels.length - trained), untrained: percent(first.sight.knn),
    own: percent(own), knn: percent(knn), raw: percent(knnOfInputs), chance: percent(chance),
  };
}
