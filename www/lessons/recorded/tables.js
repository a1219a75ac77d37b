// The tables of an NT-Xent batch from its cosines, which are all that a recording has of them.
import { anchorOf } from '../../step/by-hand.js';

/** Of 1, as which a cosine is kept. */
const UNIT = 10_000;

/** The cosines above the diagonal, row by row, as 16-bit integers in base64. @param {Float32Array} similarities @param {number} views */
export function packed(similarities, views) {
  const numbers = Int16Array.from(above(views), ([row, column]) => Math.round(similarities[row * views + column] * UNIT));
  return btoa(String.fromCharCode(...new Uint8Array(numbers.buffer)));
}

/**
 * @param {string} cosines as packed @param {number} views all first ones, and then all second ones @param {number} temperature
 * @returns {Omit<import('../../engine/batch.js').Tables, 'candidates'>}
 */
export function tablesOf(cosines, views, temperature) {
  const numbers = new Int16Array(Uint8Array.from(atob(cosines), (letter) => letter.charCodeAt(0)).buffer);
  const size = views * views;
  const [similarities, shares, positives, losses] = [new Float32Array(size), new Float32Array(size), new Uint8Array(size), new Float32Array(views)];
  above(views).forEach(([row, column], place) => {
    similarities[row * views + column] = similarities[column * views + row] = numbers[place] / UNIT;
  });
  for (let row = 0; row < views; row++) {
    const at = row * views;
    const twin = (row + views / 2) % views;
    similarities[at + row] = positives[at + twin] = 1;
    const others = Array.from({ length: views }, (_, column) => column).filter((column) => column !== row && column !== twin);
    const anchor = anchorOf({ positive: similarities[at + twin], negatives: others.map((column) => similarities[at + column]), temperature });
    [...anchor.positives, ...anchor.negatives].forEach(({ share }, place) => (shares[at + [twin, ...others][place]] = share));
    losses[row] = anchor.loss;
  }
  return { columns: views, temperature, similarities, shares, positives, losses };
}

/** @param {number} views @returns {[row: number, column: number][]} */
function above(views) {
  return Array.from({ length: views }, (_, row) => Array.from({ length: views - row - 1 }, (_, off) => /** @type {[number, number]} */ ([row, row + 1 + off]))).flat();
}
