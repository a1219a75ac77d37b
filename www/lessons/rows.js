// What the encoder gives, picture by picture: who is near whom, and what neighbours share.
import { mean } from './outcomes.js';

/** @typedef {{ values: Float32Array, columns: number }} Rows at length one, so that a product is a cosine */

/** @param {Float32Array} values @param {number} columns @returns {Rows} */
export function rowsOf(values, columns) {
  const unit = values.slice();
  for (let at = 0; at < unit.length; at += columns) {
    const row = unit.subarray(at, at + columns);
    const length = Math.hypot(...row) || 1;
    for (const column of row.keys()) row[column] /= length;
  }
  return { values: unit, columns };
}

/** The cosine of each row with one of them. @param {Rows} rows @param {number} query */
export function cosines({ values, columns }, query) {
  const row = values.subarray(query * columns, (query + 1) * columns);
  const found = new Float32Array(values.length / columns);
  for (const at of found.keys()) {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += row[column] * values[at * columns + column];
    found[at] = sum;
  }
  return found;
}

/** The others, the nearest first. @param {Rows} rows @param {number} query @param {number} [count] all, if it is not said @returns {number[]} */
export function nearest(rows, query, count = rows.values.length / rows.columns - 1) {
  const near = cosines(rows, query);
  near[query] = -Infinity;
  // Numbers alone are sorted many times as fast as what they are of.
  const least = near.slice().sort().at(-count) ?? -Infinity;
  const found = [...near.keys()].filter((row) => row !== query && near[row] >= least);
  return found.sort((a, b) => near[b] - near[a]).slice(0, count);
}

/** The nearest of every row. @param {Rows} rows @param {number} count of each */
export function neighbours(rows, count) {
  return Array.from({ length: rows.values.length / rows.columns }, (_, row) => nearest(rows, row, count));
}

/** Of each row's neighbours, how many have its class. @param {readonly (readonly number[])[]} found @param {readonly unknown[]} classes */
export function sharing(found, classes) {
  return found.map((near, row) => mean(near.map((other) => Number(classes[other] === classes[row]))));
}
