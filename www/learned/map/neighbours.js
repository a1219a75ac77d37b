// Who is near whom, by cosine distance. All pairs are compared: for a few thousand rows that takes about a
// second, and misses nobody.

/**
 * Rows of length 1, so that a cosine is a dot product; a row that is all zeros, or not all numbers, is zeros.
 * @param {Float32Array} values @param {number} rows @param {number} columns
 */
export function unitRows(values, rows, columns) {
  const units = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = values.subarray(row * columns, (row + 1) * columns);
    const length = Math.sqrt(from.reduce((sum, value) => sum + value * value, 0));
    if (length > 0 && Number.isFinite(length)) units.set(from.map((value) => value / length), row * columns);
  }
  return units;
}

/**
 * The nearest of each row, itself first, as UMAP wants them.
 * @param {Float32Array} units of {@link unitRows} @param {number} rows @param {number} columns
 * @param {number} count of each row's neighbours, itself included
 * @param {(share: number) => void} [onProgress] 0..1
 */
export function nearest(units, rows, columns, count, onProgress) {
  const others = count - 1;
  const indices = new Int32Array(rows * others);
  const distances = new Float32Array(rows * others).fill(Infinity);
  const insert = (/** @type {number} */ row, /** @type {number} */ other, /** @type {number} */ distance) => {
    const first = row * others;
    let at = first + others - 1;
    if (distance >= distances[at]) return;
    for (; at > first && distances[at - 1] > distance; at--) {
      distances[at] = distances[at - 1];
      indices[at] = indices[at - 1];
    }
    distances[at] = distance;
    indices[at] = other;
  };
  for (let row = 1; row < rows; row++) {
    for (let other = 0; other < row; other++) {
      const distance = Math.max(0, 1 - dot(units, row * columns, other * columns, columns));
      insert(row, other, distance);
      insert(other, row, distance);
    }
    // A row is compared with those before it only, so that the work done grows with the square.
    if (row % 64 === 0) onProgress?.((row / rows) ** 2);
  }
  const lists = (/** @type {Int32Array | Float32Array} */ of, /** @type {(row: number) => number} */ own) =>
    Array.from({ length: rows }, (_, row) => [own(row), ...of.subarray(row * others, (row + 1) * others)]);
  return { indices: lists(indices, (row) => row), distances: lists(distances, () => 0) };
}

/** @param {Float32Array} units @param {number} a @param {number} b @param {number} columns */
function dot(units, a, b, columns) {
  let sum = 0;
  for (let column = 0; column < columns; column++) sum += units[a + column] * units[b + column];
  return sum;
}
