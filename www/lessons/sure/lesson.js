// How sure is it? InfoNCE by hand, and then with the numbers of one row of a real batch.
import { html } from 'lit';
import { anchorOf } from '../../engine/batch.js';
import { anchorOf as byHand } from '../../step/by-hand.js';
import { lossText, percent, t } from '../../ui/i18n.js';
import { foretold } from '../on-bars.js';
import { closeness, mean } from '../outcomes.js';
import en from './en.json';
import zh from './zh.json';

/** @typedef {import('../lesson.js').Batch} Batch */

/** The article's example, and the same with one negative nearly as near as the positive. */
const [APART, CLOSE] = [[0.2, 0.1], [0.7, 0.1]];
/** Negatives of a row that are worked out by hand. */
const HARDEST = 5;
/** How near a prediction of a share has to come. */
const NEAR = 0.05;
/** A digit that says something, also of small shares. */
const SHARE = { maximumSignificantDigits: 2, maximumFractionDigits: 6 };

/** @type {import('../lesson.js').Lesson} */
export const sure = {
  name: 'sure',
  words: { en, zh },
  seconds: 2,
  start: { source: 'shapes', settings: { steps: 100 } },
  steps: [
    {
      beside: ({ results }) => html`<info-nce-calculator .negatives=${'close' in results ? CLOSE : APART}></info-nce-calculator>`,
      points: ['info-nce-calculator', '.line.negative'],
      guess: { kind: 'choice', options: ['little', 'some', 'much'] },
      run: { as: 'close', make: async () => byHand({ positive: 0.8, negatives: CLOSE, temperature: 0.1 }) },
      values: ({ results: { close } }) => close && { loss: lossText(close.loss), share: percent(close.positives[0].share), first: percent(close.negatives[0].share), second: percent(close.negatives[1].share, SHARE) },
      verdict: ({ guess }) => (guess === 'some' ? 'right' : 'other'),
    },
    {
      at: 'step',
      shows: ['step.softmax'],
      cell: () => ({ row: 0 }),
      beside: ofPositives,
      points: ({ results, begun }) => (results.trained ? ['score-groups'] : begun ? ['softmax-bars', '.bar'] : ['guess-bars']),
      guess: { kind: 'beside' },
      run: { as: 'trained', steps: 100 },
      values: ({ results: { trained } }) => trained && { share: percent(shareIn(trained.batch)), even: `1/${trained.batch.columns - 1}`, first: lossText(trained.losses[0]), last: lossText(trained.losses.at(-1)) },
      verdict: ({ guess, results }) => closeness(guess, shareIn(results.trained.batch), NEAR),
      check: { options: ['all', 'one', 'half'], right: 'one' },
    },
    {
      at: 'step',
      shows: ['step.softmax', 'step.formula'],
      cell: ({ results: { row } }) => row && { row: row.row },
      points: ['softmax-bars', '[role=list]'],
      needs: ['trained'],
      guess: { kind: 'choice', options: ['few', 'many'] },
      run: { as: 'row', make: async ({ page, results }) => worst(page, results.trained.batch) },
      values: ({ results: { row, trained } }) => row && { loss: lossText(row.loss), share: percent(row.positives[0].share, SHARE), hardest: percent(hardest(row)), count: HARDEST, mean: lossText(mean(trained.batch.losses)), rows: trained.batch.anchors },
      verdict: ({ guess, results }) => (guess === (hardest(results.row) > 0.5 ? 'few' : 'many') ? 'right' : 'other'),
    },
    {
      beside: ({ results: { row, soft } }) => (row ? html`<info-nce-calculator .positive=${cosineOf(row.positives[0])} .negatives=${cosines(row)} .temperature=${soft ? 1 : row.temperature}></info-nce-calculator>` : ''),
      points: ['info-nce-calculator', '.line'],
      needs: ['trained', 'row'],
      guess: { kind: 'choice', options: ['falls', 'rises'] },
      run: { as: 'soft', make: async ({ results: { row } }) => byHand({ positive: cosineOf(row.positives[0]), negatives: cosines(row), temperature: 1 }) },
      values: ({ results: { row, soft } }) => ({ count: HARDEST, sharp: lossText(sharpOf(row).loss), ...(soft && { soft: lossText(soft.loss), share: percent(soft.positives[0].share), chance: lossText(Math.log(HARDEST + 1)) }) }),
      verdict: ({ guess, results: { row, soft } }) => (guess === (soft.loss < sharpOf(row).loss ? 'falls' : 'rises') ? 'right' : 'other'),
    },
  ],
};

/** The mean share of the positives in a batch's rows. @param {Batch} batch */
function shareIn(batch) {
  return mean(Array.from({ length: batch.anchors }, (_, row) => anchorOf(batch, row).positives[0].share));
}

/** @param {import('../lesson.js').Context} context */
function ofPositives(context) {
  const { batch } = context.results.trained ?? {};
  const came = batch && { share: shareIn(batch), chance: 1 / (batch.columns - 1) };
  return foretold(context, t('lesson.sure.s2.guess'), { title: t('lesson.sure.positives'), name: t('lesson.sure.average'), ...came });
}

/** The row whose loss is the largest, which the page then shows. @param {import('../lesson.js').Page} page @param {Batch} batch */
async function worst(page, batch) {
  const row = batch.losses.indexOf(Math.max(...batch.losses));
  page.set({ batch, cell: { row } });
  return anchorOf(batch, row);
}

/** What the hardest few have of all that the negatives have. @param {import('../../engine/batch.js').Anchor} row */
function hardest({ positives, negatives }) {
  const first = negatives.slice(0, HARDEST).reduce((sum, { share }) => sum + share, 0);
  return first / (1 - positives[0].share);
}

/** Of rows, so that what is shown stays the same. @type {WeakMap<object, number[]>} */
const known = new WeakMap();

/** As the fields of the calculator show them. @param {{ similarity: number }} candidate */
const cosineOf = ({ similarity }) => Math.round(similarity * 100) / 100;

/** The cosines of the hardest negatives. @param {import('../../engine/batch.js').Anchor} row */
function cosines(row) {
  const found = known.get(row) ?? row.negatives.slice(0, HARDEST).map(cosineOf);
  known.set(row, found);
  return found;
}

/** With these few alone, at the run's own temperature. @param {import('../../engine/batch.js').Anchor} row */
function sharpOf(row) {
  return byHand({ positive: cosineOf(row.positives[0]), negatives: cosines(row), temperature: row.temperature });
}
