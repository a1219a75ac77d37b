// Who is my twin? Two views, positive and negative: by hand, then by the encoder, then in the matrix.
import { html } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { anchorOf } from '../../engine/batch.js';
import { decimals, percent, t } from '../../ui/i18n.js';
import { meansOf } from '../../step/heat.js';
import { cellOf } from '../../step/cells.js';
import { foretold } from '../on-bars.js';
import { closeness, lately, mean } from '../outcomes.js';
import { nearestOf } from './nearest.js';
import { isPair } from './pairs.js';
import en from './en.json';
import zh from './zh.json';

/** @typedef {import('../lesson.js').Context} Context @typedef {import('../lesson.js').Batch} Batch */

/** Pictures whose views are sorted by hand. */
const BY_HAND = 6;
/** Pictures of a batch whose part of the matrix can be searched. */
const SMALL = 12;
/** How near a prediction of a share has to come. */
const NEAR = 0.06;

/** @type {import('../lesson.js').Lesson} */
export const twin = {
  name: 'twin',
  words: { en, zh },
  seconds: 3,
  start: { source: 'shapes', settings: { steps: 150 } },
  steps: [
    {
      beside: ({ page, engine, guess, choose }) => html`<sort-pairs
        .ask=${guard([engine], () => () => printed(page, engine))}
        .pairs=${guess ?? NONE}
        @pairs=${(/** @type {CustomEvent} */ event) => choose(event.detail)}
      ></sort-pairs>`,
      points: ['sort-pairs', 'ol'],
      task: ({ guess }) => guess?.length === BY_HAND,
      help: ({ choose }) => choose(Array.from({ length: BY_HAND }, (_, picture) => [picture, picture + BY_HAND])),
      values: ({ guess }) => ({ right: rightOf(guess), pairs: BY_HAND }),
      verdict: ({ guess }) => (rightOf(guess) === BY_HAND ? 'all' : 'some'),
    },
    {
      beside: (context) => [hits(context), views(context)],
      points: ({ results }) => (results.trained ? ['score-groups'] : ['guess-bars']),
      guess: { kind: 'beside' },
      run: [{ as: 'trained', steps: 150 }, { as: 'small', make: async ({ results }) => cut(results.trained.batch, SMALL) }],
      values: ({ results: { trained } }) => trained && { share: percent(lastOf(trained)), shown: percent(shownOf(trained)), before: percent(trained.curves.top1[0]), chance: percent(trained.levels.top1) },
      verdict: ({ guess, results }) => closeness(guess, lastOf(results.trained), NEAR),
      check: { options: ['first', 'second', 'neither'], right: 'neither' },
    },
    {
      beside: (context) => matrix(context),
      points: ['similarity-matrix', '.edges'],
      needs: ['small'],
      guess: { kind: 'beside' },
      run: { as: 'marked', make: async () => true },
      values: ({ results }) => {
        const { positive, negative } = meansOf(results.small);
        return { positive: decimals(positive), negative: decimals(negative), pictures: SMALL };
      },
      verdict: ({ guess, results }) => cellOf(results.small, guess.row, guess.column)?.kind ?? 'negative',
    },
    {
      beside: (context) => (context.results.trained ? [alike(context), others(context)] : ''),
      points: ({ results }) => (results.counted ? ['score-groups'] : ['guess-bars']),
      needs: ['trained'],
      guess: { kind: 'beside' },
      run: { as: 'counted', make: async ({ state, results }) => counted(results.trained.batch, labelsOf(results.trained.batch, state.pictures)) },
      values: ({ results: { counted, trained } }) => ({
        share: percent(counted?.share),
        negatives: 2 * trained.batch.pictures.length - 2,
        same: decimals(counted?.same),
        other: decimals(counted?.other),
      }),
      verdict: ({ guess, results }) => closeness(guess, results.counted.share, NEAR),
    },
  ],
};

/** @type {readonly [number, number][]} */
const NONE = [];

/** Views of a few pictures, as the encoder gets them. @param {Context['page']} page @param {Context['engine']} engine */
async function printed(page, engine) {
  const { state } = page;
  const every = Math.floor(state.pictures.length / BY_HAND);
  const pictures = Array.from({ length: BY_HAND }, (_, index) => index * every + index);
  /** @type {import('./sort-pairs.js').Views | undefined} */
  let views;
  await page.attempt(async () => {
    const { pixels } = await engine.preview(pictures, { policy: state.settings?.policy, seed: 7 });
    views = { pixels, side: state.side, pictures: BY_HAND };
  });
  return views;
}

/** @param {readonly [number, number][]} [pairs] */
function rightOf(pairs = []) {
  return pairs.filter((pair) => isPair(pair, BY_HAND)).length;
}

/** Of the views of the last steps, how many had their twin nearest. @param {import('../lesson.js').Result} result */
function lastOf({ curves }) {
  return lately(curves.top1);
}

/** The same of the batch that is shown. @param {import('../lesson.js').Result} result */
function shownOf({ batch }) {
  return batch ? mean(nearestOf(batch).map(({ sort }) => Number(sort === 'right'))) : NaN;
}

/** How many views have their twin nearest. @param {Context} context */
function hits(context) {
  const { results: { trained } } = context;
  const came = trained && { share: lastOf(trained), others: [{ name: t('lesson.twin.before'), share: trained.curves.top1[0], kind: 'untrained' }], chance: trained.levels.top1 };
  return foretold(context, t('lesson.twin.s2.guess'), { title: t('lesson.twin.hits'), name: t('lesson.twin.after'), ...came });
}

/** Some of them. @param {Context} context */
function views({ state: { batch, rehearsal, pictures } }) {
  return html`<nearest-views .batch=${batch ?? rehearsal} .kinds=${guard([batch, rehearsal], () => labelsOf(batch ?? rehearsal, pictures))}></nearest-views>`;
}

/** How many negatives show what their anchor shows. @param {Context} context */
function alike(context) {
  return foretold(context, t('lesson.twin.s4.guess'), { title: t('lesson.twin.alike'), name: t('lesson.twin.average'), share: context.results.counted?.share });
}

/** Those of one anchor. @param {Context} context */
function others({ state, results: { trained, counted } }) {
  return html`<other-views .batch=${trained.batch} .kinds=${guard([trained], () => labelsOf(trained.batch, state.pictures))} ?marked=${Boolean(counted)}></other-views>`;
}

/** A matrix to be searched for a positive pair, where there is one; then its marks are shown. @param {Context} context */
function matrix({ page, state, results, guess, choose }) {
  if (!results.small) return '';
  const marked = 'marked' in results;
  // The cell that the verdict speaks of stays chosen until another is.
  const cell = marked && state.cell.column !== undefined ? state.cell : guess;
  const told = (/** @type {CustomEvent} */ { detail }) => (marked ? page.set({ cell: detail }) : choose(detail));
  return html`<similarity-matrix .batch=${results.small} .row=${cell?.row} .column=${cell?.column} ?unmarked=${!marked} @cell=${told}></similarity-matrix>`;
}

/** The first pictures of a batch alone, as the whole batch had them. @param {Batch} batch @param {number} pictures @returns {Batch} */
function cut(batch, pictures) {
  const [all, pixels] = [batch.pictures.length, batch.side ** 2 * 4];
  const views = Array.from({ length: 2 * pictures }, (_, view) => (view < pictures ? view : view - pictures + all));
  /** @template {Float32Array | Uint8Array} T @param {T} table */
  const part = (table) => /** @type {T} */ (/** @type {any} */ (table.constructor).from(views.flatMap((row) => views.map((column) => table[row * batch.columns + column]))));
  return {
    ...batch,
    anchors: views.length,
    columns: views.length,
    pictures: batch.pictures.slice(0, pictures),
    pixels: Uint8ClampedArray.from(views.flatMap((view) => [...batch.pixels.subarray(view * pixels, (view + 1) * pixels)])),
    similarities: part(batch.similarities),
    shares: part(batch.shares),
    positives: part(batch.positives),
    losses: Float32Array.from(views.map((row) => batch.losses[row])),
  };
}

/** What each picture of a batch shows. @param {Batch | undefined} batch @param {readonly { label?: string }[]} pictures */
function labelsOf(batch, pictures) {
  return batch?.pictures.map((picture) => pictures[picture]?.label) ?? [];
}

/**
 * How many of the negatives show the same kind of thing as their anchor, and how similar both sorts are to it.
 * @param {Batch} batch @param {readonly (string | undefined)[]} kinds
 */
function counted(batch, kinds) {
  const pictures = batch.pictures.length;
  const sums = { same: 0, other: 0 };
  const counts = { same: 0, other: 0 };
  for (let row = 0; row < batch.anchors; row++) {
    for (const { view = row, similarity } of anchorOf(batch, row).negatives) {
      const sort = kinds[view % pictures] === kinds[row % pictures] ? 'same' : 'other';
      sums[sort] += similarity;
      counts[sort]++;
    }
  }
  return { share: counts.same / (counts.same + counts.other), same: sums.same / counts.same, other: sums.other / counts.other };
}
