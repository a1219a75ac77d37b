// Rows that are as good as equal share one place: a picture that is there sixty times is one picture, not a crowd.

/** The largest cosine distance of rows that are as good as equal: what rounding makes of copies. */
const EQUAL = 1e-6;

/**
 * Which row stands for each: the first of those that are as good as equal to it.
 * @param {Float32Array} units rows of length one, or zeros @param {number} rows @param {number} columns
 * @returns {{ kept: number[], placeOf: number[] }} `kept`: the rows that stand for themselves; `placeOf`: of each row, which of them
 */
export function distinct(units, rows, columns) {
  const heights = Float64Array.from({ length: rows }, (_, row) => height(units, row * columns, columns));
  // Rows that are near each other are as near in any direction, so that only few have to be compared.
  const order = Array.from({ length: rows }, (_, row) => row).sort((a, b) => heights[a] - heights[b] || a - b);
  const reach = Math.sqrt(2 * EQUAL);
  const first = Array.from({ length: rows }, (_, row) => row);
  for (const [place, row] of order.entries()) {
    for (let next = place + 1; next < rows && heights[order[next]] - heights[row] <= reach; next++) {
      if (squaredDistance(units, row * columns, order[next] * columns, columns) <= 2 * EQUAL) join(first, row, order[next]);
    }
  }
  const stands = first.map((_, row) => root(first, row));
  const kept = stands.flatMap((other, row) => (other === row ? [row] : []));
  const places = new Map(kept.map((row, place) => [row, place]));
  return { kept, placeOf: stands.map((row) => /** @type {number} */ (places.get(row))) };
}

/** Those rows alone. @param {Float32Array} values @param {number[]} kept @param {number} columns */
export function rowsOf(values, kept, columns) {
  const chosen = new Float32Array(kept.length * columns);
  for (const [place, row] of kept.entries()) chosen.set(values.subarray(row * columns, (row + 1) * columns), place * columns);
  return chosen;
}

/** How far a row reaches in one direction, of length one, that no two columns share. @param {Float32Array} units @param {number} from @param {number} columns */
function height(units, from, columns) {
  let sum = 0;
  for (let column = 0; column < columns; column++) sum += units[from + column] * Math.cos(1 + 2.4 * column);
  return sum / Math.sqrt(columns);
}

/** @param {Float32Array} units @param {number} a @param {number} b @param {number} columns */
function squaredDistance(units, a, b, columns) {
  let sum = 0;
  for (let column = 0; column < columns; column++) sum += (units[a + column] - units[b + column]) ** 2;
  return sum;
}

/** @param {number[]} first @param {number} row */
function root(first, row) {
  while (first[row] !== row) row = first[row] = first[first[row]];
  return row;
}

/** @param {number[]} first @param {number} a @param {number} b */
function join(first, a, b) {
  const [one, other] = [root(first, a), root(first, b)];
  first[Math.max(one, other)] = Math.min(one, other);
}
