// Is it any good? What a number says only beside others: untrained, pixels, with few labels, with all; h and z; and by looking.
import { html } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { onePicture } from '../../intake/one-picture.js';
import { decimals, kindName, percent, t } from '../../ui/i18n.js';
import { asked, named } from '../on-bars.js';
import { closeness, compared, differing, lately, mean, verdictOf } from '../outcomes.js';
import { cosines, nearest, neighbours, sharing } from '../rows.js';
import { better } from '../../learned/judges.js';
import en from './en.json';
import zh from './zh.json';

/** @typedef {import('../lesson.js').Context} Context @typedef {import('../lesson.js').Result} Result */

/** Enough for the trained encoder to part from the untrained one. */
const STEPS = 200;
/** Neighbours of each picture in h and in z. */
const NEIGHBOURS = 10;
/** The picture that is searched by. */
const QUERY = 21;

/** @type {import('../lesson.js').Lesson} */
export const judging = {
  name: 'judging',
  words: { en, zh },
  seconds: 10,
  start: { source: 'shapes', settings: { learningRate: 0.002 } },
  steps: [
    {
      shows: ['stage.map'],
      beside: (context) => (context.results.trained ? bars(context) : drawn(context, 1, 'encoder', t('scores.knn'))),
      points: ['guess-bars, score-groups'],
      guess: { kind: 'beside' },
      run: { as: 'trained', steps: STEPS, measure: ['probe', 'few', 'rows'] },
      values: ({ results }) => ({ ...scores(results.trained), top1: percent(lately(results.trained?.curves.top1)), steps: STEPS }),
      verdict: ({ guess, results }) => closeness(guess, knnOf(results.trained).encoder),
      check: { options: ['names', 'twins'], right: 'twins' },
    },
    {
      beside: (context) => (context.results.trained ? html`${bars(context)}${context.results.compared ? '' : drawn(context, 2, 'untrained')}` : ''),
      points: ({ results }) => (results.compared ? ['score-groups', 'score-bars'] : ['guess-bars']),
      guess: { kind: 'beside' },
      needs: ['trained'],
      run: { as: 'compared', make: async () => true },
      values: ({ results }) => scores(results.trained),
      verdict: ({ guess, results }) => closeness(guess, knnOf(results.trained).untrained),
    },
    {
      beside: (context) => html`${context.results.compared && !context.results.fewer ? asked(context, t('lesson.judging.s3.guess'), starters(), t('scores.few')) : ''}${bars(context)}`,
      points: ({ results }) => (results.fewer ? ['score-groups', 'score-bars'] : ['guess-bars']),
      guess: { kind: 'beside' },
      needs: ['trained', 'compared'],
      run: { as: 'fewer', make: async () => true },
      values: ({ results }) => fewer(results.trained),
      verdict: ({ guess, results }) => verdictOf(guess, starts(results.trained)),
      check: { options: ['yes', 'no'], right: 'no' },
    },
    {
      shows: ['stage.map'],
      beside: spaces,
      points: ({ results }) => (results.spaces ? ['score-groups', 'score-bars'] : ['guess-bars']),
      guess: { kind: 'beside' },
      needs: ['trained'],
      run: { as: 'spaces', make: ({ page, results }) => compare(page, results.trained) },
      values: ({ results }) => sharesOf(results.spaces),
      verdict: ({ guess, results }) => verdictOf(guess, nearer(results.spaces.shape)),
    },
    {
      shows: ['stage.map'],
      beside: (context) => (context.results.searched ? album(context) : ''),
      points: ({ results }) => ['picture-row', `li:nth-child(${results.searched ? 2 : 1})`],
      guess: { kind: 'picture', pictures: async (context) => offered(context) },
      needs: ['trained'],
      run: { as: 'searched', make: async ({ results }) => nearest(results.trained.h, QUERY, NEIGHBOURS) },
      values: (context) => (context.results.searched ? searched(context) : {}),
      verdict: (context) => (candidates(context)[context.guess] === context.results.searched[0] ? 'right' : 'other'),
    },
    {
      shows: ['stage.map'],
      beside: (context) => (context.results.trained ? html`${kinds(context)}${context.results.supervised ? '' : asked(context, t('lesson.judging.s6.guess'), [{ value: 'supervised', name: t('lesson.judging.supervised') }])}` : ''),
      points: ({ results }) => (results.supervised ? ['score-groups', 'score-bars'] : ['guess-bars']),
      guess: { kind: 'beside' },
      needs: ['trained'],
      run: { as: 'supervised', steps: STEPS, settings: { method: 'supCon' }, measure: ['scores'] },
      values: ({ results }) => ({ ...scores(results.trained), supervised: percent(knnOf(results.supervised).encoder) }),
      verdict: ({ guess, results }) => closeness(guess, knnOf(results.supervised).encoder),
      check: { options: ['free', 'same'], right: 'free' },
    },
  ],
};

const NO_SCORES = { encoder: NaN, untrained: NaN, pixels: NaN };

/** @param {Result | undefined} result */
const knnOf = (result) => result?.report?.report.knn.accuracy ?? NO_SCORES;
/** @param {Result} result */
const heldOutOf = (result) => result.report?.report.heldOut ?? 0;
/** @param {Result | undefined} result */
const fewOf = (result) => result?.few?.result;

/** @param {Result | undefined} result */
function scores(result) {
  const { report } = result?.report ?? {};
  const probe = report?.probe?.accuracy ?? NO_SCORES;
  const knn = knnOf(result);
  return {
    count: report?.heldOut ?? NaN, chance: percent(report?.chance ?? NaN), knn: percent(knn.encoder), untrained: percent(knn.untrained), pixels: percent(knn.pixels),
    probe: percent(probe.encoder), probeUntrained: percent(probe.untrained),
  };
}

/** Which start was better with few labels, picture by picture. @param {Result} result */
function starts(result) {
  const found = fewOf(result);
  const came = found ? better(found.againstScratch) : 'even';
  return came === 'even' ? 'same' : came;
}

/** @param {Result | undefined} result */
function fewer(result) {
  const { pretrained = NaN, scratch = NaN, pixels = NaN, labels = NaN, againstScratch = undefined } = fewOf(result) ?? {};
  const { wins = NaN, losses = NaN } = againstScratch ?? {};
  return { labels, pretrained: percent(pretrained), scratch: percent(scratch), pixels: percent(pixels), wins, losses };
}

const bar = (/** @type {string} */ name, /** @type {number} */ share, /** @type {string} */ kind) => ({ name: t(name), share, kind });
const three = (/** @type {typeof NO_SCORES} */ { encoder, untrained, pixels }) => [
  bar('scores.encoder', encoder, 'learned'), bar('scores.untrained', untrained, 'untrained'), bar('scores.pixels', pixels, 'pixels'),
];

/** A score that is to be drawn. @param {Context} context @param {number} step @param {string} value @param {string} [title] */
const drawn = (context, step, value, title) => asked(context, t(`lesson.judging.s${step}.guess`), [{ value, name: t(`scores.${value}`) }], title);
/** Where few labels may start from, by what came of it if it is the better. */
const starters = () => [{ value: 'better', name: t('scores.pretrained') }, { value: 'worse', name: t('scores.scratch') }];
/** Where neighbours may be found. */
const halves = () => /** @type {const} */ (['h', 'z']).map((value) => ({ value, name: t(`lesson.judging.${value}`) }));

/** What was measured and is told already, beside what was predicted of it. @param {Context} context */
function bars({ results, guessed }) {
  const { trained, compared, fewer } = results;
  if (!trained) return '';
  const { report } = trained.report;
  const of = { count: report.heldOut, chance: report.chance };
  const knn = three(report.knn.accuracy).map((bar, place) => ({ ...bar, said: [guessed(1), guessed(2)][place] })).slice(0, compared ? 3 : 1);
  /** @type {import('../score-groups.js').Group[]} */
  const groups = [{ title: t('scores.knn'), what: t('scores.knn.what'), bars: knn, ...of }];
  if (compared) groups.push({ title: t('scores.probe'), what: t('scores.probe.what'), bars: three(report.probe.accuracy), ...of });
  const { pretrained, scratch, pixels, heldOut } = trained.few.result;
  const [from, anew] = starters().map(({ value, name }) => named(name, guessed(3) === value));
  const few = [{ name: from, share: pretrained, kind: 'learned' }, { name: anew, share: scratch, kind: 'untrained' }, bar('scores.pixels', pixels, 'pixels')];
  // What is new comes first.
  if (fewer) groups.unshift({ title: t('scores.few'), what: t('scores.few.what'), bars: few, count: heldOut, chance: report.chance });
  return html`<score-groups .groups=${groups}></score-groups>`;
}

/** How many neighbours share shape and colour, in h and in z, and what of the difference is beyond chance. @param {Context['page']} page @param {Result} result */
async function compare(page, { h, z }) {
  const classes = await page.engine.factorClasses();
  const near = [h, z].map((rows) => (rows ? neighbours(rows, NEIGHBOURS) : []));
  const of = (/** @type {string} */ factor) => {
    const [inH, inZ] = near.map((found) => sharing(found, classes.find((one) => one.factor === factor)?.classes ?? []));
    return { h: mean(inH), z: mean(inZ), ...differing(inH, inZ) };
  };
  return { shape: of('shape'), color: of('color'), pictures: near[0].length, numbers: { h: h?.columns ?? NaN, z: z?.columns ?? NaN } };
}

/** @typedef {Awaited<ReturnType<typeof compare>>} Spaces */

/** In which of the two more neighbours share it, beyond chance. @param {Spaces['shape']} share */
function nearer({ more, chance }) {
  if (Math.abs(more) <= chance) return 'same';
  return more > 0 ? 'h' : 'z';
}

/** @param {Spaces | undefined} spaces @returns {Record<string, string | number>} */
function sharesOf(spaces) {
  if (!spaces) return {};
  const { shape, color, pictures, numbers } = spaces;
  const came = t(`lesson.judging.s4.came.${nearer(color)}`, { pictures, least: percent(color.chance, { maximumFractionDigits: 1 }) });
  return { numbers: numbers.h, fewer: numbers.z, h: percent(shape.h), z: percent(shape.z), colorH: percent(color.h), colorZ: percent(color.z), came };
}

/** @param {Context} context */
function spaces(context) {
  const { results, guess } = context;
  const found = /** @type {Spaces | undefined} */ (results.spaces);
  if (!results.trained) return '';
  if (!found) return asked(context, t('lesson.judging.s4.guess'), halves(), t('lesson.judging.same.shape'));
  const groups = /** @type {const} */ (['shape', 'color']).map((factor) => ({
    title: t(`lesson.judging.same.${factor}`),
    bars: halves().map(({ value, name }) => ({ name: named(name, value === guess && factor === 'shape'), share: found[factor][value], kind: 'learned' })),
    count: found.pictures,
  }));
  return html`<score-groups .groups=${groups}></score-groups>`;
}

/** The nearest by the encoder, the nearest of another kind, and one from the middle, in the order of the set. @param {Context} context */
function candidates({ state, results }) {
  const near = nearest(results.trained.h, QUERY);
  const other = near.filter((picture) => state.pictures[picture].label !== state.pictures[QUERY].label);
  return [near[0], other[0], other[other.length >> 1], near[near.length >> 1]].filter((picture, at, all) => all.indexOf(picture) === at).sort((a, b) => a - b);
}

/** @param {Context} context */
function offered(context) {
  return { query: context.state.pictures[QUERY], options: candidates(context).map((picture) => context.state.pictures[picture]) };
}

/** @param {Context} context */
function searched({ state, results }) {
  const { label = '' } = state.pictures[QUERY];
  const found = /** @type {number[]} */ (results.searched);
  const same = found.filter((picture) => state.pictures[picture].label === label).length;
  return { kind: kindName(label), same, all: found.length, cosine: decimals(cosines(results.trained.h, QUERY)[found[0]]) };
}

/** @param {Context} context */
function album({ page, state, results }) {
  const near = cosines(results.trained.h, QUERY);
  const all = [QUERY, ...results.searched];
  return html`<picture-row .pictures=${all.map((picture, at) => ({ ...state.pictures[picture], said: at ? decimals(near[picture]) : t('lesson.judging.query') }))}></picture-row>
    <photo-search .photos=${state.album} .pictures=${state.pictures} .search=${guard([page], () => (/** @type {any} */ asked) => searchBy(page, asked))} ?disabled=${state.busy}></photo-search>`;
}

/** Whom the encoder has the nearest to a photo, or to what a file shows; neither is in the set. @param {Context['page']} page @param {import('../../engine/session.js').Square | readonly File[]} asked */
async function searchBy(page, asked) {
  /** @type {import('./photo-search.js').Found | undefined} */
  let found;
  await page.attempt(async () => {
    const { square: photo, refused } = 'rgb' in asked ? { square: asked } : await onePicture(asked);
    found = photo ? { photo, near: (await page.engine.nearestTo(photo, NEIGHBOURS)).neighbours } : { refused };
  });
  return found;
}

/** @param {Context} context */
function kinds({ results, guess }) {
  const { trained, supervised } = results;
  const { encoder, untrained } = knnOf(trained);
  const alone = [bar('lesson.judging.alone', encoder, 'learned'), bar('scores.untrained', untrained, 'untrained')];
  const own = supervised ? [{ ...bar('lesson.judging.supervised', knnOf(supervised).encoder, 'learned'), said: guess }, ...alone] : alone;
  const { heldOut, chance } = trained.report.report;
  return html`<score-groups .groups=${[{ title: t('scores.knn'), bars: own, count: heldOut, chance }]}></score-groups>`;
}
