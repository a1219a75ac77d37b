// A cell of a batch's tables, in words: who is compared with whom, and with what result.
import { number, t } from '../ui/i18n.js';
import { viewOf } from '../engine/batch.js';

/**
 * @typedef {import('../engine/session.js').Batch} Batch
 *
 * @typedef {object} Cell
 * @property {'positive' | 'negative' | 'self'} kind
 * @property {number} column
 * @property {number} [view] of the column; absent for a key of the queue
 * @property {number} similarity
 * @property {number} share of the row's softmax
 */

/** Methods whose similarities are dot products, of any size. */
const DOT_PRODUCTS = new Set(['noNormalization', 'articleLoss']);

/** @param {string} method */
export function comparesDotProducts(method) {
  return DOT_PRODUCTS.has(method);
}

/**
 * Undefined for a cell that the tables do not have.
 * @param {Batch | undefined} batch @param {number | undefined} row @param {number | undefined} column
 * @returns {Cell | undefined}
 */
export function cellOf(batch, row, column) {
  if (!batch || row === undefined || column === undefined) return;
  if (!(row >= 0 && row < batch.anchors && column >= 0 && column < batch.columns)) return;
  const at = row * batch.columns + column;
  const view = viewOf(batch, row, column);
  const other = view === row ? 'self' : 'negative';
  return {
    kind: batch.positives[at] > 0 ? 'positive' : other,
    column,
    view,
    similarity: batch.similarities[at],
    share: batch.shares[at],
  };
}

/**
 * @param {{ pictures: readonly number[], keys?: readonly import('contrastive-playground').KeyReport[] }} batch
 * @param {{ view?: number, column?: number }} which `view`: undefined for a key of the queue, whose column tells which
 */
export function viewName({ pictures, keys = [] }, { view, column = 0 }) {
  if (view === undefined) return keyName(keys[column - 1]);
  const picture = pictures[view % pictures.length] + 1;
  return t('matrix.view', { picture, view: view < pictures.length ? 1 : 2 });
}

/** @param {import('contrastive-playground').KeyReport | undefined} key none in a queue as a run begins with */
function keyName({ step, picture } = {}) {
  if (step === undefined) return t('matrix.key.random');
  return picture === undefined ? t('matrix.key.gone', { step }) : t('matrix.key.of', { picture: picture + 1, step });
}

/** Three digits, of which at most three decimals. @param {number} share @returns {string} */
export function percent(share) {
  if (share > 0 && share < 1e-5) return `<\u00a0${percent(1e-5)}`;
  return number(share, {
    style: 'percent',
    maximumSignificantDigits: 3,
    maximumFractionDigits: 3,
    roundingPriority: 'lessPrecision',
  });
}
