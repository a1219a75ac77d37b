// Where things are in a picture of a matrix.

/** @typedef {ReturnType<typeof layoutOf>} Layout */

/** The least side of a thumbnail, in pixels of CSS. */
const LEAST = 8;
/** Of a matrix that is much wider than high, as MoCo's: its height, and the most for a row. */
const WIDE = { height: 320, row: 20 };
/** Of MoCo's: the column of positives, the gap between it and the queue, the least for a key, and the height of their names. */
const QUEUE = { own: 28, gap: 10, key: 3, names: 22 };

/**
 * Sizes in pixels of CSS. `left` and `top` are the sides of the thumbnails there, 0 for none; `own` is the width of the column of
 * positives where it stands apart from a queue, which may be wider than there is room.
 * @param {{ method: string, anchors: number, columns: number }} batch @param {number} width of everything
 */
export function layoutOf({ method, anchors: rows, columns }, width) {
  const wide = columns > 2 * rows;
  const beside = wide ? Math.min(WIDE.row, WIDE.height / rows) : width / (columns + 1);
  const left = beside >= LEAST ? beside : 0;
  if (method === 'moco') {
    const { own, gap, key, names } = QUEUE;
    const cell = Math.max(key, (width - left - own - gap) / Math.max(1, columns - 1));
    const row = wide ? beside : Math.min(WIDE.row, cell);
    return { left, top: names, width: own + gap + cell * (columns - 1), height: rows * row, cell, row, own, gap };
  }
  const cell = (width - left) / columns;
  const top = cell >= LEAST ? cell : 0;
  const height = rows * (wide ? Math.max(cell, beside) : cell);
  return { left, top, width: width - left, height, cell, row: height / rows, own: 0, gap: 0 };
}

/** Where a column begins, and how wide it is. @param {Layout} layout @param {number} column */
export function placeOf({ cell, own, gap }, column) {
  if (!own) return { x: column * cell, width: cell };
  return column ? { x: own + gap + (column - 1) * cell, width: cell } : { x: 0, width: own };
}

/** The column at a place. @param {Layout} layout @param {number} x */
export function columnAt({ cell, own, gap }, x) {
  if (!own) return Math.floor(x / cell);
  return x < own + gap ? 0 : 1 + Math.floor((x - own - gap) / cell);
}
