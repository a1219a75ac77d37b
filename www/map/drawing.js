// One picture of the map, drawn from scratch.
import { drawFrames } from './marks.js';
import { scaleOf, sideOf } from './view.js';

/** How faint thumbnails are that are not in the groups one has pressed. */
const DIM = 0.12;
/** How much larger the picture pointed at and the chosen one are. */
const LARGER = 1.6;

/**
 * @typedef {object} Scene
 * @property {import('./places.js').Places} places
 * @property {import('./atlas.js').Atlas} atlas
 * @property {import('./view.js').View} view
 * @property {import('./view.js').Size} size
 * @property {number} ratio pixels of the canvas for a pixel of CSS
 * @property {ReturnType<typeof import('./groups.js').groupsOf>} [grouped]
 * @property {ReadonlySet<number>} lit groups that stand out; none, and all do
 * @property {readonly number[]} similar @property {number} [chosen] @property {number} [hovered]
 * @property {(variable: string) => string} color @property {number} stroke width of lines
 *
 * @typedef {(index: number, larger?: number) => Spot | undefined} SpotOf
 * @typedef {{ x: number, y: number, side: number }} Spot the middle and the side, in pixels of the canvas
 */

/** Where frames are drawn, once for all thumbnails of a drawing. @type {HTMLCanvasElement | undefined} */
let sheet;

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function draw(canvas, scene) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { atlas, chosen, hovered, grouped } = scene;
  context.fillStyle = scene.color('--paper');
  context.fillRect(0, 0, canvas.width, canvas.height);
  // Far enlarged, pixels stay pixels.
  const spotOf = spots(canvas, scene);
  context.imageSmoothingEnabled = thumbnail(scene) < 1.5 * atlas.side;
  const frame = grouped && framer(context, scene, grouped);
  const put = (/** @type {number} */ index, larger = 1) => {
    const spot = spotOf(index, larger);
    if (!spot || index >= atlas.done) return;
    square(context, atlas, index, spot);
    frame?.(index, spot);
  };
  all(context, scene, put);
  links(context, scene, spotOf);
  for (const index of scene.similar) if (index !== chosen) highlight(context, scene, put, spotOf, index, '--positive', 1.25);
  if (hovered !== undefined) highlight(context, scene, put, spotOf, hovered, '--faint', LARGER);
  if (chosen !== undefined) highlight(context, scene, put, spotOf, chosen, '--accent', LARGER);
}

/** The side of a thumbnail in pixels of the canvas. @param {Scene} scene */
function thumbnail({ view, size, places, ratio }) {
  return Math.max(1, Math.round(sideOf(view.zoom, size, places.length / 2) * ratio));
}

/** Where each picture is, or undefined if it is out of sight. @param {HTMLCanvasElement} canvas @param {Scene} scene @returns {SpotOf} */
function spots({ width, height }, scene) {
  const { places, view, size, ratio } = scene;
  const side = thumbnail(scene);
  const scale = scaleOf(view, size) * ratio;
  return (index, larger = 1) => {
    const x = Math.round(width / 2 + (places[2 * index] - view.x) * scale);
    const y = Math.round(height / 2 + (places[2 * index + 1] - view.y) * scale);
    // False also for who has no place.
    const seen = x > -side && x < width + side && y > -side && y < height + side;
    return seen ? { x, y, side: Math.round(side * larger) } : undefined;
  };
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {(index: number) => void} put */
function all(context, { places, grouped, lit }, put) {
  const count = places.length / 2;
  const stands = (/** @type {number} */ index) => !lit.size || !grouped || lit.has(grouped.of[index]);
  if (lit.size && grouped) {
    context.globalAlpha = DIM;
    for (let index = 0; index < count; index++) if (!stands(index)) put(index);
    context.globalAlpha = 1;
  }
  for (let index = 0; index < count; index++) if (stands(index)) put(index);
}

/** @param {CanvasRenderingContext2D} context @param {import('./atlas.js').Atlas} atlas @param {number} index @param {Spot} spot */
function square(context, { canvas, columns, side: from }, index, { x, y, side }) {
  const [left, top] = [(index % columns) * from, Math.floor(index / columns) * from];
  const half = Math.floor(side / 2);
  context.drawImage(canvas, left, top, from, from, x - half, y - half, side, side);
}

/**
 * What lays a group's frame over a thumbnail.
 * @param {CanvasRenderingContext2D} context @param {Scene} scene @param {NonNullable<Scene['grouped']>} grouped
 */
function framer(context, scene, { groups, of }) {
  const side = thumbnail(scene);
  const line = Math.max(1, Math.round(Math.min(side / 9, (1 + scene.stroke / 2) * scene.ratio)));
  sheet ??= document.createElement('canvas');
  const frames = sheet;
  const whole = drawFrames(frames, groups.map(({ mark }) => mark), side, line, scene.color);
  return (/** @type {number} */ index, /** @type {Spot} */ spot) => {
    const size = Math.round((whole * spot.side) / side);
    const [left, top] = [spot.x, spot.y].map((middle) => middle - Math.floor(spot.side / 2) - Math.round((line * spot.side) / side));
    context.drawImage(frames, of[index] * whole, 0, whole, whole, left, top, size, size);
  };
}

/** Lines from the chosen picture to those similar to it. @param {CanvasRenderingContext2D} context @param {Scene} scene @param {SpotOf} spotOf */
function links(context, { places, view, size, ratio, chosen, similar, color, stroke }, spotOf) {
  if (chosen === undefined || !similar.length) return;
  const scale = scaleOf(view, size) * ratio;
  const { width, height } = context.canvas;
  const middle = (/** @type {number} */ index) =>
    /** @type {const} */ ([width / 2 + (places[2 * index] - view.x) * scale, height / 2 + (places[2 * index + 1] - view.y) * scale]);
  context.beginPath();
  for (const index of similar) {
    // An end may be out of sight, though not both.
    if (!spotOf(index) && !spotOf(chosen)) continue;
    context.moveTo(...middle(chosen));
    context.lineTo(...middle(index));
  }
  for (const [line, name] of /** @type {const} */ ([[2.5, '--card'], [1, '--positive']])) {
    context.lineWidth = (line * stroke * ratio) / 1.5;
    context.strokeStyle = color(name);
    context.stroke();
  }
}

/**
 * Draws a picture again, larger and with a frame: solid for the chosen one, broken for those similar to it.
 * @param {CanvasRenderingContext2D} context @param {Scene} scene @param {(index: number, larger?: number) => void} put
 * @param {SpotOf} spotOf @param {number} index @param {string} name of the colour @param {number} larger
 */
function highlight(context, { color, stroke, ratio }, put, spotOf, index, name, larger) {
  const spot = spotOf(index, larger);
  if (!spot) return;
  put(index, larger);
  const line = stroke * ratio;
  const frame = (/** @type {number} */ width, /** @type {number} */ out) => {
    context.lineWidth = width;
    const half = Math.floor(spot.side / 2) + out;
    context.strokeRect(spot.x - half, spot.y - half, spot.side + 2 * out, spot.side + 2 * out);
  };
  context.strokeStyle = color('--card');
  frame(2.5 * line, 2 * line);
  context.setLineDash(name === '--positive' ? [2.5 * line, 1.5 * line] : []);
  context.strokeStyle = color(name);
  frame(1.5 * line, 2 * line);
  context.setLineDash([]);
}
