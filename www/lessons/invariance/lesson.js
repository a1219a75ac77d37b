// What did it stop seeing? What is varied is thrown away: colours, with colour jitter and without.
import { html } from 'lit';
import { normalised } from '../../learned/factors.js';
import { decimals, percent, t } from '../../ui/i18n.js';
import { asked as predicted, named } from '../on-bars.js';
import { closeness, mean, verdictOf } from '../outcomes.js';
import { cosines, neighbours, sharing } from '../rows.js';
import en from './en.json';
import zh from './zh.json';

/** @typedef {import('../lesson.js').Context} Context @typedef {import('../lesson.js').Result} Result @typedef {import('contrastive-playground').Factor} Factor */

const STEPS = 200;
/** Views in which nothing happens to the colours. */
const CROPS = { jitter: undefined, grayscaleProbability: 0 };
/** And in which any colour can become any other: the shapes have those from red to yellow, and the usual tenth of a turn leaves red and yellow apart. */
const COLORS = { jitter: { probability: 1, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.5 }, grayscaleProbability: 0.2 };

/** Of the things in which pictures differ, those two that are asked for. */
const FACTORS = /** @type {const} */ (['color', 'shape']);

/** @type {import('../lesson.js').Lesson} */
export const invariance = {
  name: 'invariance',
  words: { en, zh },
  seconds: 9,
  start: { source: 'shapes', settings: { learningRate: 0.0015 } },
  steps: [
    { shows: ['stage.idea'], points: ['pair-idea', 'pixel-square.positive'] },
    {
      shows: ['stage.map'],
      points: ({ results }) => (results.crops ? ['score-groups', 'score-bars'] : ['guess-bars']),
      guess: { kind: 'beside' },
      run: { as: 'crops', steps: STEPS, policy: CROPS, measure: ['factors', 'rows'] },
      beside: kept,
      given: () => ({ steps: STEPS }),
      values: ({ results }) => ({ ...scores(results.crops, 'color'), ...scores(results.crops, 'shape') }),
      verdict: ({ guess, results }) => verdictOf(guess, sortedBy(results.crops)),
      check: { options: ['no', 'yes'], right: 'yes' },
    },
    {
      shows: ['stage.map'],
      guess: { kind: 'beside' },
      needs: ['crops'],
      run: { as: 'jittered', steps: STEPS, policy: COLORS, measure: ['factors', 'rows'] },
      beside: (context) => (context.results.jittered ? table(context) : left(context)),
      points: ({ results }) => (results.jittered ? ['factor-table', '.color'] : ['guess-bars']),
      values: ({ results }) => ({ ...scores(results.jittered, 'color'), ...scores(results.jittered, 'shape'), before: share(results.crops, 'color') }),
      verdict: ({ guess, results }) => closeness(guess, scoreOf(results.jittered, 'color')?.accuracy ?? NaN),
      check: { options: ['darker', 'crop', 'jitter'], right: 'jitter' },
    },
    {
      shows: ['stage.map'],
      guess: { kind: 'picture', pictures: async (context) => shown(context, await question(context)) },
      needs: ['crops', 'jittered'],
      run: { as: 'asked', make: asked },
      beside: found,
      points: ({ results }) => ['picture-row', `li:nth-child(${results.asked ? results.asked.jittered.chosen + 2 : 1})`],
      values: ({ results }) => (results.asked ? words(results.asked) : {}),
      verdict: ({ guess, results }) => (guess === results.asked.jittered.chosen ? 'right' : 'other'),
    },
    {
      at: 'views',
      shows: ['views.crop', 'views.flip', 'views.jitter', 'views.grayscale'],
      points: ({ state: { settings } }) => {
        const on = settings?.policy.jitter ? 'jitter' : settings?.policy.grayscaleProbability ? 'grayscale' : '';
        return ['view-preview', ...(on ? ['view-policy', `label:has([name=${on}])`] : ['.pairs'])];
      },
      task: ({ state }) => !state.settings?.policy.jitter && !state.settings?.policy.grayscaleProbability,
      help: ({ page, state }) => page.views.use({ ...state.settings?.policy, ...CROPS }),
      check: { options: ['crop', 'flip', 'jitter'], right: 'flip' },
    },
  ],
};

/** @param {Result | undefined} result @param {Factor} factor @param {'encoder' | 'untrained'} [of] */
function scoreOf(result, factor, of = 'encoder') {
  return result?.factors?.[of].find((score) => score.factor === factor);
}

/** @param {Result | undefined} result @param {Factor} factor @param {'encoder' | 'untrained'} [of] */
function share(result, factor, of) {
  return percent(scoreOf(result, factor, of)?.accuracy ?? NaN);
}

/** How often a factor is guessed, untrained too, and by chance. @param {Result | undefined} result @param {'color' | 'shape'} factor */
function scores(result, factor) {
  return {
    [factor]: share(result, factor),
    [`${factor}Untrained`]: share(result, factor, 'untrained'),
    [`${factor}Chance`]: percent(scoreOf(result, factor)?.chance ?? NaN),
  };
}

/** How well a factor is told, 0 for chance. @param {Result | undefined} result @param {Factor} factor */
function worth(result, factor) {
  const score = scoreOf(result, factor);
  return score ? normalised(score) : 0;
}

/** What a map is sorted by: of what its encoder tells more. @param {Result | undefined} result */
function sortedBy(result) {
  const [color, shape] = [worth(result, 'color'), worth(result, 'shape')];
  if (Math.abs(color - shape) < 0.15) return 'both';
  return color > shape ? 'color' : 'shape';
}

/** How often the first encoder tells a factor, and the untrained one. @param {Result} crops @param {Factor} factor @param {boolean} [yours] it was said to be told more */
function told(crops, factor, yours = false) {
  const [own, untrained] = [scoreOf(crops, factor), scoreOf(crops, factor, 'untrained')];
  const bars = [
    { name: named(t('lesson.invariance.crops'), yours), share: own?.accuracy ?? NaN, kind: 'learned' },
    { name: t('scores.untrained'), share: untrained?.accuracy ?? NaN, kind: 'untrained' },
  ];
  return { bars, count: own?.count ?? 0, chance: own?.chance };
}

/** What the first encoder tells; before it is trained, of what that will be more. @param {Context} context */
function kept(context) {
  const { results: { crops }, guess } = context;
  const nameOf = (/** @type {Factor} */ factor) => t(`factors.of.${factor}`);
  if (!crops) return predicted(context, t('lesson.invariance.s2.guess'), FACTORS.map((value) => ({ value, name: nameOf(value) })), t('lesson.invariance.told'));
  return html`<score-groups .groups=${FACTORS.map((factor) => ({ title: nameOf(factor), ...told(crops, factor, factor === guess) }))}></score-groups>`;
}

/** The colour, as the first encoder tells it, and as the second will. @param {Context} context */
function left(context) {
  const { crops } = context.results;
  if (!crops) return '';
  const { bars, count, chance } = told(crops, 'color');
  return html`${predicted(context, t('lesson.invariance.s3.guess'), [{ value: 'color', name: t('lesson.invariance.jittered') }], t('factors.of.color'))}
    <score-bars .bars=${bars} .count=${count} .chance=${chance}></score-bars>`;
}

/** What the second tells of the two factors, beside the first, and what was said of the colour: the map below is to be in sight. @param {Context} context */
function table({ results: { crops, jittered }, guess }) {
  const encoder = FACTORS.map((factor) => scoreOf(jittered, factor)).filter(Boolean);
  return html`<factor-table bare .table=${{ ...jittered.factors, encoder }} .said=${{ color: guess }} .beside=${{ name: t('lesson.invariance.crops'), scores: crops.factors.encoder }}></factor-table>`;
}

/** @typedef {import('contrastive-playground').FactorClasses[]} Classes @typedef {{ query: number, options: number[] }} Question */

/** The classes of all pictures by a factor. @param {Classes} classes @param {Factor} factor */
const by = (classes, factor) => classes.find((one) => one.factor === factor)?.classes ?? [];

/**
 * Of the pictures with the query's colour alone, with its shape alone and with neither, the one that both encoders together have the
 * nearest, in the order of the set.
 * @param {Context['results']} results @param {Classes} classes @param {number} query
 */
function candidates({ crops, jittered }, classes, query) {
  const [colors, shapes] = [by(classes, 'color'), by(classes, 'shape')];
  const [before, now] = [cosines(crops.h, query), cosines(jittered.h, query)];
  const near = [...before.keys()].sort((a, b) => before[b] + now[b] - before[a] - now[a]);
  const kind = (/** @type {boolean} */ color, /** @type {boolean} */ shape) =>
    near.find((picture) => (colors[picture] === colors[query]) === color && (shapes[picture] === shapes[query]) === shape);
  return [kind(true, false), kind(false, true), kind(false, false)].filter((picture) => picture !== undefined).sort((a, b) => a - b);
}

/** Which of the options is the nearest to a query. @param {import('../rows.js').Rows} rows @param {Question} question */
function answer(rows, { query, options }) {
  const near = cosines(rows, query);
  const chosen = options.reduce((best, picture, index) => (near[picture] > near[options[best]] ? index : best), 0);
  return { chosen, cosine: near[options[chosen]] };
}

/** Of the first picture of which one encoder has the colour the nearest and the other the shape; else, of the first. @param {Context} context @returns {Promise<Question>} */
async function question({ page, results: { crops, jittered } }) {
  const classes = await page.engine.factorClasses();
  const ask = (/** @type {number} */ query) => ({ query, options: candidates({ crops, jittered }, classes, query) });
  const shares = (/** @type {Factor} */ factor, /** @type {Question} */ asked, /** @type {Result} */ { h }) => {
    const classesOf = by(classes, factor);
    return h && classesOf[asked.options[answer(h, asked).chosen]] === classesOf[asked.query];
  };
  const parts = (/** @type {Question} */ asked) => shares('color', asked, crops) && shares('shape', asked, jittered);
  return ask(Math.max(0, by(classes, 'shape').findIndex((_, query) => parts(ask(query)))));
}

/** @param {Context} context @param {Question} question */
function shown({ state: { pictures } }, { query, options }) {
  return { query: pictures[query], options: options.map((picture) => pictures[picture]) };
}

/** Which of the candidates each encoder has the nearest; and of all pictures, how often the nearest has the colour, and the shape. @param {Context} context */
async function asked(context) {
  const asked = await question(context);
  const classes = await context.page.engine.factorClasses();
  const of = (/** @type {import('../rows.js').Rows} */ rows) => {
    const found = neighbours(rows, 1);
    const similar = cosines(rows, asked.query);
    const near = asked.options.map((picture) => ({ picture, cosine: similar[picture] }));
    return { ...answer(rows, asked), near, color: mean(sharing(found, by(classes, 'color'))), shape: mean(sharing(found, by(classes, 'shape'))) };
  };
  return { query: asked.query, crops: of(context.results.crops.h), jittered: of(context.results.jittered.h) };
}

/** How near each encoder has the three to the picture. @param {Context} context */
function found({ state: { pictures }, results: { asked } }) {
  if (!asked) return '';
  const row = (/** @type {'crops' | 'jittered'} */ run) => [{ ...pictures[asked.query], said: t('lesson.invariance.query') },
    ...asked[run].near.map((/** @type {{ picture: number, cosine: number }} */ { picture, cosine }) => ({ ...pictures[picture], said: decimals(cosine) }))];
  return html`<h3>${t('lesson.invariance.nearest.jittered')}</h3><picture-row .pictures=${row('jittered')}></picture-row>
    <h3>${t('lesson.invariance.nearest.crops')}</h3><picture-row .pictures=${row('crops')}></picture-row>`;
}

/** @param {Awaited<ReturnType<typeof asked>>} asked */
function words({ crops, jittered }) {
  return {
    place: jittered.chosen + 1, before: crops.chosen + 1, cosine: decimals(jittered.cosine),
    color: percent(jittered.color), shape: percent(jittered.shape), colorBefore: percent(crops.color), shapeBefore: percent(crops.shape),
  };
}
