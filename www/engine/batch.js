// A batch of a step as the loss saw it: what its tables say of one anchor.

/**
 * @typedef {object} Candidate somebody whom the loss compares with the anchor
 * @property {number} column of the tables
 * @property {number} [view] row among the views; absent for a key of MoCo's queue
 * @property {number} similarity cosine with the anchor, or what the loss takes for it
 * @property {number} share of the anchor's softmax, 0..1; 0 for who is left out
 * @property {number} weight how often it counts in the softmax's sum: 1 as a rule, 0 for who is left out
 *
 * @typedef {object} Anchor
 * @property {number} row
 * @property {number} temperature τ
 * @property {number} loss the row's part in the loss: the mean over its positives of −ln of their share
 * @property {Candidate[]} positives the most similar first
 * @property {Candidate[]} negatives the most similar first
 * @property {{ count: number, share: number }} rest negatives that the tables have no room for
 *
 * @typedef {object} Tables what was compared, row by row
 * @property {number} columns of the tables
 * @property {number} candidates columns that the loss had
 * @property {number} temperature
 * @property {Float32Array} similarities `[anchors, columns]`
 * @property {Float32Array} shares of each row's softmax, `[anchors, columns]`
 * @property {Uint8Array} positives 1 where a column is a positive of its row, `[anchors, columns]`
 * @property {Float32Array} losses `[anchors]`
 */

/**
 * Which view a column stands for; undefined for a key of the queue.
 * @param {{ method: string, pictures: readonly number[] }} batch @param {number} row @param {number} column
 */
export function viewOf({ method, pictures }, row, column) {
  if (method === 'infoNce') return pictures.length + column;
  // The anchor's own key, and then the queue.
  if (method === 'moco') return column === 0 ? pictures.length + row : undefined;
  return column;
}

/**
 * @param {{ method: string, pictures: readonly number[] } & Tables} batch @param {number} row
 * @returns {Anchor}
 */
export function anchorOf(batch, row) {
  const { columns, candidates, temperature, similarities, shares, positives, losses } = batch;
  const at = row * columns;
  const positive = (/** @type {number} */ column) => positives[at + column] > 0;
  const others = Array.from({ length: columns }, (_, column) => column)
    // Nobody is his own negative, though the article's loss takes the anchor for its positive.
    .filter((column) => positive(column) || viewOf(batch, row, column) !== row)
    .sort((a, b) => similarities[at + b] - similarities[at + a]);
  const chosen = others.filter(positive);
  const loss = losses[row];
  // ln of the softmax's sum, from which each weight follows.
  const mean = chosen.reduce((sum, column) => sum + similarities[at + column], 0) / (chosen.length || 1);
  const sum = loss + mean / temperature;
  const candidate = (/** @type {number} */ column) => {
    const [similarity, share] = [similarities[at + column], shares[at + column]];
    const weight = share && share * Math.exp(sum - similarity / temperature);
    return { column, view: viewOf(batch, row, column), similarity, share, weight };
  };
  const all = others.map(candidate);
  const listed = all.reduce((sum, { share }) => sum + share, 0);
  return {
    row,
    temperature,
    loss,
    positives: all.filter(({ column }) => positive(column)),
    negatives: all.filter(({ column }) => !positive(column)),
    rest: { count: candidates - columns, share: candidates > columns ? Math.max(0, 1 - listed) : 0 },
  };
}

/**
 * Some columns of its tables alone.
 * @template {{ columns: number, similarities: Float32Array, positives: Uint8Array }} T
 * @param {T} batch @param {readonly number[]} chosen @returns {T}
 */
export function partOf(batch, chosen) {
  const { columns } = batch;
  const rows = batch.similarities.length / columns;
  const places = Array.from({ length: rows }, (_, row) => chosen.map((column) => row * columns + column)).flat();
  const similarities = Float32Array.from(places, (at) => batch.similarities[at]);
  return { ...batch, columns: chosen.length, similarities, positives: Uint8Array.from(places, (at) => batch.positives[at]) };
}
