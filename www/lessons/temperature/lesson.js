// Sharp or soft: temperature. Who is pushed, by hand; and what is learned of it, from the same seed.
import { html } from 'lit';
import { lossText, number, percent, t } from '../../ui/i18n.js';
import { asked, kindBars, named } from '../on-bars.js';
import { closeness, comparedKinds, kindsOf, untrainedOf } from '../outcomes.js';
import { sharesOf } from './push.js';
import en from './en.json';
import zh from './zh.json';

/** @typedef {import('../lesson.js').Context} Context @typedef {import('../lesson.js').Result} Result */

/** One negative that looks like the anchor, and many that do not. */
const [HARD, OTHERS] = [[0.8], Array(125).fill(0)];
/** Steps of each run. */
const STEPS = 200;
/** The temperatures that are compared, by the names of their runs. */
const RUNS = { sharp: 0.05, middle: 0.5, soft: 5 };
/** Of which one is chosen to be trained as well. */
const OTHER = [0.02, 0.1, 0.2, 1];

const training = (/** @type {[string, number]} */ [as, temperature]) => ({ as, steps: STEPS, settings: { temperature } });

/** @type {import('../lesson.js').Lesson} */
export const temperature = {
  name: 'temperature',
  words: { en, zh },
  seconds: 16,
  start: { source: 'shapes', settings: { steps: STEPS } },
  steps: [
    {
      beside: pushes,
      points: ({ results }) => ['push-shares', results.push ? 'label' : '.slider'],
      guess: { kind: 'beside' },
      run: { as: 'push', make: async () => [0.1, 0.2, 0.5].map((temperature) => sharesOf(groups(), temperature)[0]) },
      values: ({ results: { push = [] } }) => ({ sharp: percent(push[0] ?? NaN), middle: percent(push[1] ?? NaN), soft: percent(push[2] ?? NaN) }),
      verdict: ({ guess, results }) => closeness(guess, results.push[0]),
    },
    {
      beside: longest,
      points: ['guess-bars, .beside score-bars'],
      shows: ['stage.curve', 'stage.map', 'stage.shares'],
      guess: { kind: 'beside', options: Object.keys(RUNS) },
      run: [{ as: 'floors', make: ({ engine, state }) => Promise.all(Object.values(RUNS).map((temperature) => engine.check({ ...state.settings, temperature }))) }, ...Object.entries(RUNS).map(training)],
      given: () => ({ steps: STEPS }),
      values: ({ results }) => ({ ...shares(results), ...floors(results) }),
      verdict: ({ guess, results }) => rated(results, guess),
      check: { options: ['loss', 'kinds', 'map'], right: 'kinds' },
    },
    {
      beside: another,
      shows: ['stage.curve'],
      points: ({ results }) => (results.own ? ['.beside score-bars'] : results.soft ? ['guess-bars'] : ['.panel.curve']),
      needs: Object.keys(RUNS),
      guess: { kind: 'beside' },
      run: { as: 'own', steps: STEPS, settings: ({ guess = 0.1 }) => ({ temperature: guess }) },
      check: { options: ['hard', 'all'], right: 'hard' },
      values: ({ results }) => ({ ...shares(results), own: shareOf(results.own), temperature: results.own?.settings.temperature ?? NaN }),
      verdict: ({ results }) => rated(results, 'own'),
    },
    {
      beside: (context) => bars(context, [...Object.keys(RUNS), 'own']),
      points: ['.beside score-bars'],
      needs: ['own'],
      values: ({ results }) => ({ ...shares(results), own: shareOf(results.own), temperature: results.own?.settings.temperature ?? NaN }),
    },
  ],
};

/** Named in the page's language. */
function groups() {
  return [
    { name: t('lesson.temperature.hard'), cosines: HARD },
    { name: t('lesson.temperature.others', { count: OTHERS.length }), cosines: OTHERS },
  ];
}

/** @param {Context} context */
function pushes({ results, guess, choose }) {
  return html`<push-shares .groups=${groups()} .temperature=${0.1} ?asked=${!results.push} .guess=${guess} label=${t('lesson.temperature.s1.guess')}
    @guess=${(/** @type {CustomEvent} */ { detail }) => choose(detail)}></push-shares>`;
}

/** @param {Result | undefined} run */
function shareOf(run) {
  return percent(kindsOf(run));
}

/** @param {Context['results']} results */
function shares(results) {
  const names = Object.keys(RUNS);
  return { ...Object.fromEntries(names.map((name) => [name, shareOf(results[name])])), untrained: percent(untrainedOf(results.sharp)) };
}

/** Of the losses of the three, which are asked for beforehand: they are told while these train. @param {Context['results']} results */
function floors({ floors = [] }) {
  const [sharpFloor, middleFloor, softFloor] = floors.map((/** @type {{ floor: number }} */ { floor }) => lossText(floor));
  return { sharpFloor, middleFloor, softFloor };
}

/** A run beside the best of the first three, or of the others among these. @param {Context['results']} results @param {string} name */
function rated(results, name) {
  const others = Object.keys(RUNS).filter((other) => other !== name);
  const best = others.reduce((best, other) => (kindsOf(results[other]) > kindsOf(results[best]) ? other : best));
  return comparedKinds(results[name], results[best]);
}

/** Until the three are measured, the bar is pressed that will be the longest, and stays marked while one after the other is. @param {Context} context */
function longest(context) {
  const { results, guess } = context;
  const names = Object.keys(RUNS);
  if (names.every((name) => name in results)) return bars(context, names, guess);
  const bar = (/** @type {string} */ value) => ({ value, name: t(`lesson.temperature.s2.option.${value}`), share: value in results ? kindsOf(results[value]) : undefined });
  return asked(context, t('lesson.temperature.s2.guess'), names.map(bar), t('lessons.kinds'));
}

/** Below what there is, the bars of those temperatures of which one can be trained. @param {Context} context */
function another(context) {
  const { results } = context;
  const found = bars(context, [...Object.keys(RUNS), 'own'], 'own');
  if (!results.soft || results.own) return found;
  return html`${found}${asked(context, t('lesson.temperature.s3.guess'), OTHER.map((value) => ({ value, name: `τ = ${number(value)}` })))}`;
}

/** What the runs that there are came to. @param {Context} context @param {readonly string[]} names @param {string} [guess] the one that was said to be the best */
function bars(context, names, guess) {
  const { results } = context;
  const runs = names.filter((name) => name in results).map((name) => ({ name: named(`τ = ${number(results[name].settings.temperature)}`, name === guess), run: results[name] }));
  return runs.length ? html`<h3>${t('lessons.kinds')}</h3>${kindBars(context, runs)}` : '';
}
