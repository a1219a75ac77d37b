// Where things are in a picture of a matrix, and what is drawn on and beside its cells.
import { viewOf } from '../engine/batch.js';
import { leftOut } from './heat.js';

/** @typedef {import('./cells.js').Batch} Batch @typedef {ReturnType<typeof layoutOf>} Layout */

/** The least side of a thumbnail, in pixels of CSS. */
const LEAST = 8;
/** Of a matrix that is much wider than high, as MoCo's: its height, and the most for a row. */
const WIDE = { height: 320, row: 20 };
/** Of MoCo's: the column of positives, the gap between it and the queue, the least for a key, and the height of their names. */
const QUEUE = { own: 28, gap: 10, key: 3, names: 22 };

/**
 * Sizes in pixels of CSS. `left` and `top` are the sides of the thumbnails there, 0 for none; `own` is the width of the column of
 * positives where it stands apart from a queue, which may be wider than there is room.
 * @param {Batch} batch @param {number} width of everything
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

/** Makes a canvas as fine as the screen, and empty. @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
function fresh(canvas, width, height) {
  [canvas.width, canvas.height] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  const context = canvas.getContext('2d');
  context?.scale(devicePixelRatio, devicePixelRatio);
  return context;
}

/**
 * Positives are outlined, or painted where an outline has no room, and who is left out is crossed.
 * @param {HTMLCanvasElement} canvas @param {Batch} batch @param {Layout} layout
 * @param {{ positive: string, ground: string, faint: string, stroke: number }} style
 */
export function drawMarks(canvas, batch, layout, style) {
  const { width, height, cell, row } = layout;
  const context = fresh(canvas, width, height);
  if (!context) return;
  const place = (/** @type {number} */ at) => [(at % batch.columns) * cell, Math.floor(at / batch.columns) * row];
  context.strokeStyle = style.faint;
  context.beginPath();
  for (const at of leftOut(batch)) {
    const [x, y] = place(at);
    context.moveTo(x, y + row);
    context.lineTo(x + cell, y);
  }
  context.stroke();

  const line = Math.min(style.stroke, (layout.own ? row : cell) / 5);
  context.fillStyle = context.strokeStyle = style.positive;
  for (let at = batch.positives.indexOf(1); at >= 0; at = batch.positives.indexOf(1, at + 1)) {
    const { x, width: across } = placeOf(layout, at % batch.columns);
    const y = Math.floor(at / batch.columns) * row;
    if (line < 1) {
      context.fillRect(x, y, layout.own ? line : Math.max(across, 2), Math.max(row, 2));
      continue;
    }
    outline(context, x + line / 2, y + line / 2, across - line, row - line, line, style.positive);
    // The outline stands out from a cell of any colour.
    outline(context, x + 1.5 * line, y + 1.5 * line, across - 3 * line, row - 3 * line, line / 2, style.ground);
  }
}

/**
 * @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} width
 * @param {number} height @param {number} line @param {string} color
 */
function outline(context, x, y, width, height, line, color) {
  context.lineWidth = line;
  context.strokeStyle = color;
  context.strokeRect(x, y, width, height);
}

/**
 * The views of the rows on the left, and those of the columns on top.
 * @param {HTMLCanvasElement} left @param {HTMLCanvasElement} top @param {Batch} batch @param {Layout} layout
 */
export function drawEdges(left, top, batch, layout) {
  const beside = fresh(left, layout.left, layout.left && layout.height);
  const above = fresh(top, layout.top && layout.width, layout.own ? 0 : layout.top);
  const views = layout.left || layout.top ? sheetOf(batch) : undefined;
  if (!views || !beside || !above) return;
  beside.imageSmoothingQuality = above.imageSmoothingQuality = 'high';
  const { side, anchors, columns } = batch;
  const draw = (/** @type {CanvasRenderingContext2D} */ to, /** @type {number} */ view, /** @type {number[]} */ box) =>
    to.drawImage(views, 0, view * side, side, side, box[0], box[1], box[2], box[3]);
  for (let row = 0; layout.left && row < anchors; row++) {
    draw(beside, row, [0, row * layout.row, layout.left - 1, layout.row]);
  }
  for (let column = 0; layout.top && !layout.own && column < columns; column++) {
    draw(above, viewOf(batch, 0, column) ?? 0, [column * layout.cell, 0, layout.cell, layout.top - 1]);
  }
}

/** All views, one below the other. @param {Batch} batch */
function sheetOf({ side, pixels }) {
  const height = side ? Math.floor(pixels.length / (4 * side)) : 0;
  if (!height || pixels.length !== 4 * side * height) return;
  const sheet = document.createElement('canvas');
  [sheet.width, sheet.height] = [side, height];
  sheet.getContext('2d')?.putImageData(new ImageData(/** @type {ImageDataArray} */ (pixels), side, height), 0, 0);
  return sheet;
}
