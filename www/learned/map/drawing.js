// One picture of the map, drawn from scratch.
import { colorOf, drawFrames } from '../../figures/marks.js';
import { drawNames } from './names.js';
import { scaleOf, sideOf } from './view.js';

/** How faint thumbnails are that are not in the groups one has pressed. */
const DIM = 0.12;
/** The least sides of thumbnails that stand out, in pixels of CSS. */
const LEAST = { similar: 20, pointed: 32 };

/**
 * @typedef {object} Scene
 * @property {import('./places.js').Places} places
 * @property {import('./atlas.js').Atlas} atlas
 * @property {import('./view.js').View} view
 * @property {import('./view.js').Size} size
 * @property {number} ratio pixels of the canvas for a pixel of CSS
 * @property {boolean} coarse more drawings follow soon, and have to be quick
 * @property {ReturnType<typeof import('../../figures/groups.js').groupsOf>} [grouped]
 * @property {boolean} [named] each group's name stands in its middle
 * @property {ReadonlySet<number>} lit groups that stand out; none, and all do
 * @property {readonly number[]} similar
 * @property {number} [chosen]
 * @property {number} [hovered]
 * @property {(variable: string) => string} color
 * @property {{ family: string, rem: number }} type of names
 * @property {number} stroke width of lines, in pixels of CSS
 *
 * @typedef {{ x: number, y: number, side: number }} Spot the middle and the side, in pixels of the canvas
 * @typedef {(spot: Spot, index: number) => void} Put
 */

/** The frames that were drawn last, for all thumbnails of a size; most drawings need the same. @type {{ key: string, bitmap: ImageBitmap, whole: number } | undefined} */
let frames;

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function draw(canvas, scene) {
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return;
  const { chosen, hovered, similar, color } = scene;
  context.fillStyle = color('--paper');
  context.fillRect(0, 0, canvas.width, canvas.height);
  const spotOf = spots(canvas, scene);
  all(context, scene, spotOf, putter(context, scene, thumbnail(scene)));
  links(context, scene, spotOf);
  if (scene.named) drawNames(context, scene, spotOf);
  const standOut = (/** @type {number} */ index, /** @type {number} */ least, /** @type {string} */ name, dashed = false) => {
    const spot = spotOf(index, least);
    if (!seen(canvas, spot)) return;
    putter(context, scene, spot.side)(spot, index);
    outline(context, scene, spot, color(name), dashed);
  };
  for (const index of similar) if (index !== chosen) standOut(index, LEAST.similar, '--positive', true);
  if (hovered !== undefined && hovered !== chosen) standOut(hovered, LEAST.pointed, '--faint');
  if (chosen !== undefined) standOut(chosen, LEAST.pointed, '--accent');
}

/** The side of a thumbnail in pixels of the canvas. @param {Scene} scene */
function thumbnail({ view, size, places, ratio }) {
  return Math.max(1, Math.round(sideOf(view.zoom, size, places.length / 2) * ratio));
}

/** Where each picture is on the canvas, not a number if it has no place. @param {HTMLCanvasElement} canvas @param {Scene} scene */
function spots({ width, height }, scene) {
  const { places, view, size, ratio } = scene;
  const side = thumbnail(scene);
  // Not spotAt, which would find the scale anew for each of thousands.
  const scale = scaleOf(view, size) * ratio;
  return (/** @type {number} */ index, least = 0) => ({
    x: Math.round(width / 2 + (places[2 * index] - view.x) * scale),
    y: Math.round(height / 2 + (places[2 * index + 1] - view.y) * scale),
    side: Math.max(side, Math.round(least * ratio)),
  });
}

/** @param {{ width: number, height: number }} canvas @param {Spot} spot */
function seen({ width, height }, { x, y, side }) {
  return x > -side && x < width + side && y > -side && y < height + side;
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {(index: number) => Spot} spotOf @param {Put} put */
function all(context, { atlas, places, grouped, lit }, spotOf, put) {
  const count = Math.min(places.length / 2, atlas.done);
  const every = (/** @type {boolean} */ bright) => {
    for (let index = 0; index < count; index++) {
      if ((!lit.size || !grouped || lit.has(grouped.of[index])) !== bright) continue;
      const spot = spotOf(index);
      if (seen(context.canvas, spot)) put(spot, index);
    }
  };
  if (lit.size && grouped) {
    context.globalAlpha = DIM;
    every(false);
    context.globalAlpha = 1;
  }
  every(true);
}

/** @param {CanvasRenderingContext2D} context @param {import('./atlas.js').Atlas} atlas @param {number} index @param {Spot} spot */
function square(context, { image, columns, side: from }, index, { x, y, side }) {
  const [left, top] = [(index % columns) * from, Math.floor(index / columns) * from];
  const half = Math.floor(side / 2);
  // Far enlarged, pixels stay pixels.
  context.imageSmoothingEnabled = side < 1.5 * from;
  context.drawImage(image, left, top, from, from, x - half, y - half, side, side);
}

/**
 * What puts a thumbnail of one size, with the frame of its group.
 * @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} side @returns {Put}
 */
function putter(context, { atlas, grouped, named, stroke, ratio, color, coarse }, side) {
  if (!grouped) return (spot, index) => square(context, atlas, index, spot);
  const line = Math.max(1, Math.round(Math.min(side / 9, (1 + stroke / 2) * ratio)));
  const corner = Math.floor(side / 2) + line;
  if (coarse) {
    const colors = grouped.groups.map(({ mark }) => color(colorOf(mark)));
    return (spot, index) => {
      context.fillStyle = colors[grouped.of[index]];
      context.fillRect(spot.x - corner, spot.y - corner, side + 2 * line, side + 2 * line);
      square(context, atlas, index, spot);
    };
  }
  const { bitmap, whole } = framesOf(grouped.groups.map(({ mark }) => mark), side, line, color, !named);
  return (spot, index) => {
    square(context, atlas, index, spot);
    context.drawImage(bitmap, grouped.of[index] * whole, 0, whole, whole, spot.x - corner, spot.y - corner, whole, whole);
  };
}

/** @param {number[]} marks @param {number} side @param {number} line @param {Scene['color']} color @param {boolean} shapes */
function framesOf(marks, side, line, color, shapes) {
  const key = [marks, side, line, shapes, color('--card'), ...marks.map((mark) => color(colorOf(mark)))].join();
  if (frames?.key !== key) {
    const sheet = new OffscreenCanvas(1, 1);
    const whole = drawFrames(sheet, marks, side, line, color, shapes);
    frames = { key, bitmap: sheet.transferToImageBitmap(), whole };
  }
  return frames;
}

/** Lines from the chosen picture to those similar to it. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {(index: number) => Spot} spotOf */
function links(context, { chosen, similar, color, stroke, ratio }, spotOf) {
  if (chosen === undefined) return;
  const from = spotOf(chosen);
  context.beginPath();
  for (const index of similar) {
    const to = spotOf(index);
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
  doubleStroke(context, stroke * ratio * 0.75, color('--positive'), color('--card'));
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {Spot} spot @param {string} ink @param {boolean} dashed */
function outline(context, { color, stroke, ratio }, { x, y, side }, ink, dashed) {
  const line = 1.5 * stroke * ratio;
  const half = Math.floor(side / 2) + 1.5 * line;
  context.beginPath();
  context.rect(x - half, y - half, 2 * half, 2 * half);
  doubleStroke(context, line, ink, color('--card'), dashed ? [2 * line, 1.2 * line] : []);
}

/**
 * A line with a border of the page's colour, so that it is seen on any picture.
 * @param {CanvasRenderingContext2D} context @param {number} line @param {string} ink @param {string} ground @param {number[]} [dash]
 */
function doubleStroke(context, line, ink, ground, dash = []) {
  context.lineWidth = 2 * line;
  context.strokeStyle = ground;
  context.stroke();
  context.lineWidth = line;
  context.strokeStyle = ink;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}
