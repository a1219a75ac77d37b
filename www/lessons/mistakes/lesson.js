// What is wrong here? Mistakes by what they look like: a loss, a matrix and a map are shown, and then the name is told.
import { html } from 'lit';
import { decimals, lossText, percent, t } from '../../ui/i18n.js';
import { kindBars } from '../on-bars.js';
import { asDrawn, closeness, endOf, isOnePoint, kindsOf, lately, untrainedOf } from '../outcomes.js';
import en from './en.json';
import zh from './zh.json';

/** @typedef {import('../lesson.js').Context} Context @typedef {import('../lesson.js').Result} Result */

const [STEPS, BATCH] = [200, 48];
const SUSPECTS = ['itself', 'length', 'twice'];
const SEEN = ['stage.curve', 'stage.matrix', 'stage.map', 'stage.shares'];
const STAGE = ['stage.idea', ...SEEN];

/** @type {import('../lesson.js').Lesson} */
export const mistakes = {
  name: 'mistakes',
  words: { en, zh },
  seconds: 19,
  start: { source: 'shapes', settings: { learningRate: 0.0015, batchSize: BATCH, steps: STEPS } },
  steps: [
    {
      shows: STAGE,
      points: ({ begun }) => [begun ? '.panel.curve' : '.panel.map'],
      guess: { kind: 'beside' },
      // What it speaks of takes all the room beside it; what the bars are of stands above them in the question.
      widget: (context) => bars(context, ['first'], t('lesson.mistakes.s1.guess')),
      run: { as: 'first', steps: STEPS, settings: { method: 'articleLoss' } },
      given: () => ({ steps: STEPS }),
      values: ({ results }) => told(results.first),
      verdict: ({ guess, results }) => closeness(guess, kindsOf(results.first)),
      check: { options: ['loss', 'beside'], right: 'beside' },
    },
    {
      shows: STAGE,
      points: ({ results }) => (results.right ? ['.beside score-bars'] : ['.panel.matrix']),
      guess: { kind: 'choice', options: SUSPECTS },
      needs: ['first'],
      run: { as: 'right', steps: STEPS },
      check: { options: ['same', 'slow'], right: 'same' },
      beside: (context) => beside(context, ['first', 'right']),
      values: ({ results }) => ({ ...told(results.first), right: kinds(results.right), rightLoss: lossOf(results.right) }),
      // The article's loss forgets the length as well.
      verdict: ({ guess }) => ({ itself: 'right', length: 'too' })[/** @type {string} */ (guess)] ?? 'other',
    },
    {
      shows: STAGE,
      points: ['.panel.curve'],
      guess: { kind: 'curve' },
      run: { as: 'second', steps: STEPS, settings: { method: 'noAugmentation' } },
      values: ({ results }) => ({ ...told(results.second), top1: percent(results.second?.curves.top1[0] ?? NaN) }),
      verdict: ({ guess, results }) => asDrawn(guess, results.second),
      check: { options: ['easy', 'good'], right: 'easy' },
    },
    {
      shows: STAGE,
      points: ['.panel.idea'],
      guess: { kind: 'choice', options: SUSPECTS },
      needs: ['right', 'second'],
      run: { as: 'named', make: async () => true },
      beside: (context) => beside(context, context.results.named ? ['second', 'right'] : ['second']),
      values: ({ results }) => ({ ...told(results.second), right: kinds(results.right) }),
      verdict: ({ guess }) => (guess === 'twice' ? 'right' : 'other'),
    },
    {
      // The map would enlarge what little is left.
      shows: ['stage.curve', 'stage.matrix'],
      points: ({ results }) => [results.collapsed ? '.panel.matrix' : '.panel.curve'],
      guess: { kind: 'curve', options: ['fast', 'stays', 'climbs'] },
      needs: ['right'],
      run: { as: 'collapsed', steps: STEPS, settings: { optimizer: 'sgd', learningRate: 1 } },
      beside: (context) => beside(context, ['collapsed', 'right']),
      given: () => ({ views: 2 * BATCH }),
      values: ({ results }) => ({ ...told(results.collapsed), chance: lossText(results.right?.levels.chance ?? NaN), ...collapse(results.collapsed) }),
      verdict: ({ guess, results }) => (stuck(results.collapsed) ? (asDrawn(guess, results.collapsed) === 'near' ? 'right' : 'other') : 'not'),
      check: { options: ['rate', 'wait'], right: 'rate' },
    },
    {
      shows: SEEN,
      points: ({ results }) => (results.third ? ['.panel.matrix'] : ['guess-bars']),
      guess: { kind: 'beside' },
      needs: ['right'],
      run: { as: 'third', steps: STEPS, settings: { method: 'noNormalization' } },
      beside: (context) => beside(context, ['third', 'right'], t('lesson.mistakes.s6.guess')),
      values: ({ results }) => ({ ...told(results.third), ...products(results.third), right: kinds(results.right) }),
      verdict: ({ guess, results }) => closeness(guess, kindsOf(results.third)),
      check: { options: SUSPECTS, right: 'length' },
    },
  ],
};

/** @param {Result | undefined} result */
const kinds = (result) => percent(kindsOf(result));
/** @param {Result | undefined} result */
const lossOf = (result) => lossText(endOf(result));

/** @param {Result | undefined} result */
function told(result) {
  return { loss: lossOf(result), guessing: lossText(result?.levels.chance ?? NaN), kinds: kinds(result), untrained: percent(untrainedOf(result)) };
}

/** The largest number of its last matrix, beside the least that its loss can be. @param {Result | undefined} result */
function products(result) {
  return { largest: decimals(Math.max(...(result?.batch?.similarities ?? [NaN]))), floor: lossText(result?.levels.floor ?? NaN) };
}

/** Whether all has become one. @param {Result | undefined} result @returns {Record<string, string>} */
function collapse(result) {
  return result ? { spread: decimals(lately(result.curves.uniformity)), came: t(`lesson.mistakes.s5.came.${stuck(result) ? 'one' : 'notOne'}`) } : {};
}

/** Is the loss where a guess would be, and all pictures one point? @param {Result} result */
function stuck(result) {
  return Math.abs(endOf(result) - result.levels.chance) < 0.02 && isOnePoint(result);
}

/**
 * What some runs came to, and which of them the stage shows, unless it is clear that it is the first.
 * @param {Context} context @param {readonly string[]} names @param {string} [question] the first is to be predicted
 */
function beside(context, names, question) {
  const own = bars(context, names, question);
  const shown = shownOf(context, names);
  const titled = own && html`<h3>${t('lessons.kinds')}</h3>${own}`;
  if (!shown || (!own && shown === names[0])) return titled;
  return html`${titled}<h3>${t('lesson.mistakes.below', { run: t(`lesson.mistakes.${shown}`) })}</h3>`;
}

/** The run that the stage shows: one that was made, or the one that is being made. @param {Context} context @param {readonly string[]} names */
function shownOf({ results, state }, names) {
  if (!state.progress.done) return undefined;
  return Object.keys(results).find((name) => results[name].curves === state.curves) ?? names.find((name) => !(name in results));
}

/** How many neighbours share the kind after each of these runs, once there are two, or all but the one that is to be predicted. @param {Context} context @param {readonly string[]} names @param {string} [question] */
function bars(context, names, question) {
  const runs = names.map((name) => ({ name: t(`lesson.mistakes.${name}`), run: context.results[name] }));
  const made = runs.filter(({ run }) => run).length;
  return made > 1 || (question && made >= runs.length - 1) ? kindBars(context, runs, question) : '';
}
