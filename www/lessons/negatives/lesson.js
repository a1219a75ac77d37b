// Only a small batch fits: a queue in place of a large batch, who makes its keys, and negatives that are none.
import { html } from 'lit';
import { PLACES } from '../../train/sketch.js';
import { decimals, lossText, percent, t } from '../../ui/i18n.js';
import { foretold, kindBars } from '../on-bars.js';
import { closeness, comparedKinds, isOnePoint, kindsOf, lately, untrainedOf, verdictOf } from '../outcomes.js';
import en from './en.json';
import zh from './zh.json';

/** @typedef {import('../lesson.js').Context} Context @typedef {import('../lesson.js').Result} Result */

const STEPS = 200;
const [SMALL, LARGE] = [8, 48];
const MOCO = /** @type {const} */ ({ method: 'moco', queue: 256, momentum: 0.99 });
/** Steps until the queue has no random key any more. */
const FILLED = MOCO.queue / SMALL;
/** The same in a curve that was drawn. */
const DRAWN = Math.ceil((FILLED / STEPS) * (PLACES - 1));
/** By so much a loss has to rise to have risen: each step has other pictures. */
const RISES = 0.5;
/** Two uniformities that are as good as equal differ by no more. */
const ALIKE = 0.15;

/** @type {import('../lesson.js').Lesson} */
export const negatives = {
  name: 'negatives',
  words: { en, zh },
  seconds: 11,
  start: { source: 'shapes', settings: { batchSize: SMALL } },
  steps: [
    {
      shows: ['stage.matrix', 'stage.map', 'stage.shares'],
      points: ['.panel.matrix'],
      guess: { kind: 'choice', options: ['7', '14', '15'] },
      run: { as: 'small', steps: STEPS },
      values: ({ results }) => ({ ...share('small', results.small), ...untrained(results.small), chance: level(results.small) }),
      verdict: ({ guess }) => (Number(guess) === 2 * SMALL - 2 ? 'right' : 'other'),
      check: { options: ['14', '126'], right: '14' },
    },
    {
      shows: ['stage.curve', 'stage.map'],
      points: ['.panel.curve'],
      guess: { kind: 'curve', options: ['fast', 'humps', 'stays'] },
      needs: ['small'],
      run: { as: 'queue', steps: STEPS, settings: MOCO },
      given: () => ({ filled: FILLED }),
      values: ({ results }) => ({ ...beginning(results.queue), ...share('share', results.queue), ...share('small', results.small), ...untrained(results.queue), ...pays(results) }),
      verdict: ({ guess, results }) => verdictOf(way(guess, DRAWN), way(results.queue.losses)),
      check: { options: ['clever', 'random'], right: 'random' },
    },
    {
      shows: ['stage.curve', 'stage.matrix'],
      points: ['.panel.matrix'],
      guess: { kind: 'choice', options: ['even', 'same', 'one'] },
      needs: ['queue'],
      run: { as: 'copied', steps: STEPS, settings: { ...MOCO, momentum: 0 } },
      given: () => ({ momentum: MOCO.momentum }),
      values: ({ results }) => ({ ...spread(results), ...marks(results) }),
      verdict: ({ guess, results }) => verdictOf(guess, spreads(results)),
      check: { options: ['again', 'cost'], right: 'cost' },
    },
    {
      shows: ['stage.matrix', 'stage.map'],
      beside: sizes,
      points: ({ results }) => [results.large ? '.beside score-bars' : 'guess-bars'],
      guess: { kind: 'beside' },
      needs: ['small'],
      run: { as: 'large', steps: STEPS, settings: { batchSize: LARGE } },
      check: { options: ['six', 'thirtySix'], right: 'thirtySix' },
      given: () => ({ large: LARGE, negatives: 2 * LARGE - 2 }),
      values: ({ results }) => ({ ...share('small', results.small), ...share('share', results.large), ...untrained(results.large) }),
      verdict: ({ guess, results }) => closeness(guess, kindsOf(results.large)),
    },
    {
      shows: ['stage.matrix', 'stage.map'],
      beside: met,
      points: ({ results }) => (results.told ? ['score-groups', 'score-bars'] : ['guess-bars']),
      guess: { kind: 'beside' },
      needs: ['large'],
      run: { as: 'told', steps: STEPS, settings: { batchSize: LARGE, withoutSameLabel: true } },
      given: chances,
      values: ({ results }) => ({ ...share('large', results.large), ...share('told', results.told) }),
      verdict: (context) => closeness(context.guess, meets(context, SMALL)),
      check: { options: ['all', 'labels'], right: 'labels' },
    },
    {
      at: 'model',
      anew: true,
      shows: ['model.method', 'model.queue', 'model.momentum', 'model.batchSize'],
      points: ['model-settings', 'setting-field[name=method]'],
      task: ({ state }) => state.settings?.method === 'moco',
      help: ({ page, state }) => page.set({ settings: { ...state.settings, method: 'moco' } }),
    },
  ],
};

/** @param {string} name @param {Result | undefined} result */
const share = (name, result) => ({ [name]: percent(kindsOf(result)) });

/** @param {Result | undefined} result */
const untrained = (result) => ({ untrained: percent(untrainedOf(result)) });

/** @param {Result | undefined} result */
const level = (result) => lossText(result?.levels.chance ?? NaN);

const batchOf = (/** @type {number} */ batch) => t('lesson.negatives.batch', { batch });

/** How the larger batch fares beside the small one. @param {Context} context */
function sizes(context) {
  const { small, large } = context.results;
  if (!small) return '';
  return html`<h3>${t('lessons.kinds')}</h3>${kindBars(context, [{ name: batchOf(LARGE), run: large }, { name: batchOf(SMALL), run: small }], t('lesson.negatives.s4.guess'))}`;
}

/** How likely one's own kind is in a batch, and then how neighbours fare without it. @param {Context} context */
function met(context) {
  const { large, told } = context.results;
  if (!large) return '';
  const likely = foretold(context, t('lesson.negatives.s5.guess'), { title: t('lesson.negatives.meets'), name: batchOf(SMALL), share: told && meets(context, SMALL) });
  if (!told) return likely;
  return html`${likely}<h3>${t('lessons.kinds')}</h3>${kindBars(context, [{ name: t('lesson.negatives.without'), run: told }, { name: t('lesson.negatives.with'), run: large }])}`;
}

/** How the loss began. @param {Result | undefined} result */
function beginning(result) {
  return { first: lossText(result?.losses[0] ?? NaN), highest: lossText(highest(result)), top1: percent(result?.curves.top1[0] ?? NaN), chance: level(result) };
}

/** Whether neighbours are better for the queue. @param {Context['results']} results @returns {Record<string, string>} */
function pays({ queue, small }) {
  return queue && small ? { came: t(`lesson.negatives.s2.came.${comparedKinds(queue, small)}`) } : {};
}

/** The highest loss until the queue is full. @param {Result | undefined} result */
function highest(result) {
  return Math.max(...(result?.losses.slice(0, FILLED) ?? []));
}

/** Which way a loss goes while the queue fills. @param {readonly number[]} losses @param {number} [filled] the place by which it is full */
function way(losses, filled = FILLED) {
  const [first] = losses;
  if (Math.max(...losses.slice(0, filled)) > first + RISES) return 'rises';
  return losses[filled] < first - RISES ? 'falls' : 'stays';
}

/** How evenly projections lie, 0 where all are one, and how often the partner is found: of both encoders' last steps. @param {Context['results']} results */
function spread({ queue, copied }) {
  const uniform = (/** @type {Result | undefined} */ result) => decimals(lately(result?.curves.uniformity));
  return { uniform: uniform(copied), uniformQueue: uniform(queue), found: percent(found(copied)), foundQueue: percent(found(queue)) };
}

/** By what the partner's key is told from older ones. @param {Context['results']} results @returns {Record<string, string>} */
function marks({ copied }) {
  return copied ? { came: t(`lesson.negatives.s3.came.${isOnePoint(copied) ? 'one' : 'spread'}`) } : {};
}

/** @param {Result | undefined} result */
function found(result) {
  return lately(result?.curves.top1);
}

/** @param {Context['results']} results */
function spreads({ queue, copied }) {
  const [before, now] = [queue, copied].map((/** @type {Result} */ result) => lately(result.curves.uniformity));
  if (isOnePoint(copied)) return 'one';
  return Math.abs(now - before) < ALIKE ? 'same' : now < before ? 'even' : 'nearer';
}

/** How likely a picture meets one of its own kind among the others of a batch, on average over the set. @param {Context} context @param {number} batch */
function meets({ state }, batch) {
  const labels = state.pictures.map(({ label }) => label);
  const all = labels.length;
  const counts = new Map();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  // None of the others is of the kind: they are drawn without putting back.
  const none = (/** @type {number} */ own) => Array.from({ length: batch - 1 }, (_, drawn) => (all - own - drawn) / (all - 1 - drawn)).reduce((product, one) => product * one, 1);
  return labels.reduce((sum, label) => sum + 1 - none(counts.get(label)), 0) / all;
}

/** @param {Context} context */
function chances(context) {
  const kinds = new Set(context.state.pictures.map(({ label }) => label)).size;
  // Rounded down: likely as it is, it is not certain.
  const meetsLarger = percent(Math.floor(1000 * meets(context, LARGE)) / 1000, { maximumFractionDigits: 1 });
  return { kinds, batch: SMALL, meets: percent(meets(context, SMALL)), larger: LARGE, meetsLarger };
}
