// The names of groups, each in the middle of its pictures.
import { colorOf } from '../../figures/marks.js';

/** Of pictures, a group has to have so many to be named. */
const LEAST = 3;
/** Of the type, in rem, and the room between two names as a share of its size. */
const SIZE = 0.95;
const APART = 1.25;
/** What a name may take of the map's width. */
const WIDEST = 0.4;

/** @typedef {import('./drawing.js').Scene} Scene @typedef {{ text: string, ink: string, x: number, y: number, width: number }} Name */

/**
 * @param {CanvasRenderingContext2D} context @param {Scene} scene
 * @param {(index: number) => { x: number, y: number }} spotOf
 */
export function drawNames(context, scene, spotOf) {
  const { grouped, ratio, color, type } = scene;
  if (!grouped) return;
  const size = SIZE * ratio * type.rem;
  context.save();
  context.font = `600 ${size}px ${type.family}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const names = apart(namesOf(context, scene, spotOf), size * APART, context.canvas);
  for (const { text, ink, x, y } of names) {
    context.lineWidth = size / 2.2;
    context.strokeStyle = color('--paper');
    context.strokeText(text, x, y);
    context.fillStyle = color(ink);
    context.fillText(text, x, y);
  }
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {(index: number) => { x: number, y: number }} spotOf @returns {Name[]} */
function namesOf(context, { grouped, places }, spotOf) {
  /** @type {{ x: number[], y: number[] }[]} */
  const spots = (grouped?.groups ?? []).map(() => ({ x: [], y: [] }));
  for (const [index, group] of (grouped?.of ?? []).entries()) {
    if (Number.isNaN(places[2 * index])) continue;
    const { x, y } = spotOf(index);
    spots[group].x.push(x);
    spots[group].y.push(y);
  }
  return (grouped?.groups ?? []).flatMap(({ kind, value, mark }, group) => {
    const { x, y } = spots[group];
    if (kind !== 'value' || x.length < LEAST) return [];
    return [{ ...shortened(context, value, WIDEST * context.canvas.width), ink: colorOf(mark), x: median(x), y: median(y) }];
  });
}

/** As much of a text as has room, and what it takes: as names are drawn in every frame, few are measured. @param {CanvasRenderingContext2D} context @param {string} text @param {number} most */
function shortened(context, text, most) {
  const { width } = context.measureText(text);
  if (width <= most) return { text, width };
  const letters = [...text];
  const cut = (/** @type {number} */ count) => `${letters.slice(0, count).join('')}…`;
  // A letter takes some room: no more are tried than might have it.
  let [fits, others] = [1, Math.min(letters.length, 60) + 1];
  while (others - fits > 1) {
    const count = (fits + others) >> 1;
    if (context.measureText(cut(count)).width <= most) fits = count;
    else others = count;
  }
  return { text: cut(fits), width: context.measureText(cut(fits)).width };
}

/** @param {number[]} values */
function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/**
 * Names moved up and down until none lies over another, and none outside.
 * @param {Name[]} names @param {number} height that a name takes @param {{ width: number, height: number }} canvas
 */
function apart(names, height, canvas) {
  for (let round = 0; round < 30; round++) {
    for (const [index, name] of names.entries()) {
      for (const other of names.slice(index + 1)) {
        const over = height - Math.abs(name.y - other.y);
        if (over <= 0 || Math.abs(name.x - other.x) > (name.width + other.width) / 2 + height / 3) continue;
        const up = name.y < other.y || (name.y === other.y && name.text < other.text) ? -1 : 1;
        name.y += (up * over) / 2;
        other.y -= (up * over) / 2;
      }
      name.x = Math.max(name.width / 2, Math.min(canvas.width - name.width / 2, name.x));
      name.y = Math.max(height / 2, Math.min(canvas.height - height / 2, name.y));
    }
  }
  return names;
}
