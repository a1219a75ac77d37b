// Is 4.8 bad? Between what the loss moves: chance and floor.
import { html } from 'lit';
import { lossText, percent, t } from '../../ui/i18n.js';
import { kindBars } from '../on-bars.js';
import { asDrawn, asSaid, comparedKinds, endOf, kindsOf, untrainedOf, wayOf } from '../outcomes.js';
import en from './en.json';
import zh from './zh.json';

/** @typedef {import('../lesson.js').Result} Result */

/** Enough for neighbours to tell a run that learned from one that did not. */
const STEPS = 200;

/** @type {import('../lesson.js').Lesson} */
export const levels = {
  name: 'levels',
  words: { en, zh },
  seconds: 10,
  start: { source: 'shapes', settings: { steps: STEPS } },
  steps: [
    {
      shows: ['stage.curve'],
      points: ['.panel.curve'],
      guess: { kind: 'curve' },
      run: { as: 'first', steps: STEPS },
      given: () => ({ steps: STEPS }),
      values: ({ results: { first } }) => first && { begun: lossText(first.losses[0]), ended: lossText(endOf(first)), chance: lossText(first.levels.chance), floor: lossText(first.levels.floor), way: percent(wayOf(first)) },
      verdict: ({ guess, results: { first } }) => asDrawn(guess, first),
      check: { options: ['bad', 'good', 'depends'], right: 'depends' },
    },
    {
      beside: (context) => [scale(context, ['first'], 'small'), neighbours(context, ['first', 'small'])],
      shows: ['stage.curve'],
      points: ({ results }) => (results.first ? ['run-levels'] : ['.panel.curve']),
      needs: ['first'],
      guess: { kind: 'beside' },
      run: { as: 'small', steps: STEPS, settings: { batchSize: 8 } },
      check: { options: ['nothing', 'much'], right: 'nothing' },
      given: () => ({ steps: STEPS }),
      values: ({ results: { first, small } }) => ({
        first: lossText(endOf(first)),
        ...(small && { begun: lossText(small.losses[0]), chance: lossText(small.levels.chance), before: lossText(first.levels.chance), ended: lossText(endOf(small)), ...kinds(small, first) }),
      }),
      verdict: ({ guess, results: { small } }) => asSaid(guess, small),
    },
    {
      beside: (context) => [scale(context, ['first', 'small'], 'soft'), neighbours(context, ['first', 'soft'])],
      shows: ['stage.curve'],
      points: ({ results }) => (results.first ? ['run-levels'] : ['.panel.curve']),
      needs: ['small', 'first'],
      guess: { kind: 'beside' },
      run: { as: 'soft', steps: STEPS, settings: { temperature: 1 } },
      values: ({ results: { first, soft } }) => ({
        first: lossText(endOf(first)),
        ...(soft && { ended: lossText(endOf(soft)), floor: lossText(soft.levels.floor), ...kinds(soft, first), came: came(soft, first) }),
      }),
      verdict: ({ guess, results: { soft } }) => asSaid(guess, soft),
      check: { options: ['sharp', 'soft', 'neither'], right: 'neither' },
    },
    {
      beside: (context) => scale(context, ['first', 'small', 'soft', 'asked']),
      points: ({ results }) => (results.asked ? ['run-levels', 'li:last-of-type .floor'] : []),
      guess: { kind: 'choice', options: ['done', 'more', 'impossible'] },
      run: { as: 'asked', make: ({ engine, state }) => engine.check({ ...state.settings, ...ASKED.settings }) },
      values: ({ results: { asked } }) => asked && { floor: lossText(asked.floor), chance: lossText(asked.chance) },
      verdict: ({ guess, results: { asked } }) => (guess === (ASKED.loss < asked.floor ? 'impossible' : 'done') ? 'right' : 'other'),
    },
  ],
};

/** What somebody wrote in a forum. */
const ASKED = { settings: { batchSize: 64, temperature: 0.5 }, loss: 0.09 };

/** Shares of neighbours of the same kind. @param {Result} run @param {Result} first */
function kinds(run, first) {
  return { kinds: percent(kindsOf(run)), kindsFirst: percent(kindsOf(first)), untrained: percent(untrainedOf(first)) };
}

/** What neighbours say of two temperatures. @param {Result} run @param {Result} first */
function came(run, first) {
  return t(`lesson.levels.s3.came.${comparedKinds(run, first)}`, { judged: run.kinds?.judged ?? 0 });
}

/** Between what a run's loss lies, and where; of what somebody wrote only the levels are the engine's. @param {string} name @param {any} result */
function levelOf(name, result) {
  return name === 'asked' ? { ...result, loss: ASKED.loss } : { ...result.levels, loss: endOf(result) };
}

/** Those runs that there are, on one scale, and of the one to come where it will end. @param {import('../lesson.js').Context} context @param {readonly string[]} names @param {string} [next] */
function scale({ results, guess, choose, state, begun }, names, next) {
  const nameOf = (/** @type {string} */ name) => t(`lesson.levels.run.${name}`);
  const runs = [...names, ...(next ? [next] : [])].filter((name) => name in results).map((name) => ({ name: nameOf(name), ...levelOf(name, results[name]), said: name === next ? guess : undefined }));
  if (!runs.length) return '';
  const asked = next && !(next in results) ? nameOf(next) : undefined;
  return html`<run-levels .runs=${runs} .asked=${asked} .guess=${guess} label=${t(`lesson.levels.s${state.lectern?.step}.guess`)} ?disabled=${begun}
    @guess=${(/** @type {CustomEvent} */ { detail }) => choose(detail)}></run-levels>`;
}

/** What neighbours say of these runs, once there are two. @param {import('../lesson.js').Context} context @param {readonly string[]} names */
function neighbours(context, names) {
  const { results } = context;
  if (names.some((name) => !(name in results))) return '';
  return html`<h3>${t('lessons.kinds')}</h3>${kindBars(context, names.map((name) => ({ name: t(`lesson.levels.run.${name}`), run: results[name] })))}`;
}
