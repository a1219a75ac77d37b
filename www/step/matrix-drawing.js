// What is drawn on and beside the cells of a matrix.
import { viewOf } from '../engine/batch.js';
import { leftOut } from './heat.js';
import { placeOf } from './matrix-layout.js';

/** @typedef {import('./cells.js').Batch} Batch @typedef {import('./matrix-layout.js').Layout} Layout */

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
  const place = (/** @type {number} */ at) => ({ ...placeOf(layout, at % batch.columns), y: Math.floor(at / batch.columns) * row });
  context.strokeStyle = style.faint;
  context.beginPath();
  for (const at of leftOut(batch)) {
    const { x, y, width: across } = place(at);
    context.moveTo(x, y + row);
    context.lineTo(x + across, y);
  }
  context.stroke();

  const line = Math.min(style.stroke, (layout.own ? row : cell) / 5);
  context.fillStyle = context.strokeStyle = style.positive;
  for (let at = batch.positives.indexOf(1); at >= 0; at = batch.positives.indexOf(1, at + 1)) {
    const { x, y, width: across } = place(at);
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
