import { i18n, isolated, number, t } from '../ui/i18n.js';
import { groupsOf } from './groups.js';
import { isDashed, outlineOf } from './marks.js';
import { drawSquare } from '../ui/pixel-square.js';
import { COLORS, STYLE, el, loadPlot, standalone } from './frame.js';

const SIDE = 680;
/** With more pictures than these, dots are all that there is room for. */
const THUMBNAILS = 500;
/** Thumbnails that are encoded at a time, between which the page stays alive. */
const AT_ONCE = 40;
/** As on the page's map: six colours, then the same again with dashes. */
const GROUPS = [0, 3, 1, 2, 4].map((run) => COLORS.runs[run]).concat(COLORS.ink);

/** @typedef {import('./groups.js').Group} Group */
/** @typedef {readonly { side: number, rgb: Uint8Array }[]} Pictures */

/**
 * Pictures where a map has put them. Its axes have no unit, so none are drawn.
 * @param {object} chart
 * @param {Float32Array} chart.coordinates two a picture; what is no number is left out
 * @param {{ name: string, values: readonly (string | undefined)[], order?: readonly string[] }} [chart.groups]
 * @param {Pictures} [chart.pictures]
 */
export async function map({ coordinates, groups: grouping, pictures = [] }) {
  const Plot = await loadPlot();
  const count = Math.floor(coordinates.length / 2);
  const places = Array.from({ length: count }, (_, index) => ({ index, x: coordinates[2 * index], y: coordinates[2 * index + 1] }));
  const placed = places.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const { groups, of } = groupsOf(grouping?.values ?? [], count, i18n.language, grouping?.order);
  const marks = of.map((group) => groups[group].mark);
  const shown = placed.length <= THUMBNAILS && pictures.length >= count && count > 0;
  const size = Math.max(14, Math.min(44, (0.75 * SIDE) / Math.sqrt(placed.length || 1)));
  const images = shown ? await encoded(pictures.slice(0, count)) : [];
  const [x, y] = domains(placed);
  const plot = Plot.plot({
    width: SIDE,
    height: SIDE,
    margin: shown ? size / 2 + 4 : 10,
    style: STYLE,
    x: { domain: x, axis: null },
    y: { domain: y, axis: null },
    marks: [
      Plot.frame({ stroke: COLORS.line, inset: shown ? -size / 2 : -6 }),
      (_index, { x, y }) => {
        if (!x || !y) return null;
        const at = placed.map(({ index, x: left, y: top }) => ({ index, left: Number(x(left)), top: Number(y(top)) }));
        return shown ? thumbnails(at, images, marks, size) : dots(at, marks);
      },
    ],
  });
  return standalone(plot, grouping ? legend(groups) : [], t('figure.map', { count: placed.length }));
}

/** One scale for both axes. @param {{ x: number, y: number }[]} placed */
function domains(placed) {
  const range = (/** @type {number[]} */ values) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  const ranges = [placed.map(({ x }) => x), placed.map(({ y }) => y)].map(range);
  const half = Math.max(...ranges.map(([low, high]) => (high - low) / 2)) || 1;
  if (!placed.length) return [[-1, 1], [-1, 1]];
  return ranges.map(([low, high]) => [(low + high) / 2 - half, (low + high) / 2 + half]);
}

/** @param {number} mark */
function color(mark) {
  return GROUPS[mark % GROUPS.length] ?? COLORS.faint;
}

/** @typedef {{ index: number, left: number, top: number }} Spot */

/** One path a group, as there may be thousands of dots. @param {Spot[]} spots @param {number[]} marks */
function dots(spots, marks) {
  const radius = Math.max(2, Math.min(5, 160 / Math.sqrt(spots.length || 1)));
  const drawn = [...new Set(marks)].map((mark) => {
    const shape = outlineOf(mark, radius);
    const own = spots.filter(({ index }) => marks[index] === mark);
    const path = own.map(({ left, top }) => `M${left.toFixed(1)},${top.toFixed(1)}${shape}`).join('');
    return el('path', { d: path, fill: color(mark), 'fill-opacity': 0.8 });
  });
  return el('g', {}, ...drawn);
}

/** @param {Spot[]} spots @param {(string | undefined)[]} images @param {number[]} marks @param {number} size */
function thumbnails(spots, images, marks, size) {
  const line = Math.max(1.5, size / 16);
  const corner = { x: -size / 2, y: -size / 2, width: size, height: size };
  const drawn = spots.map(({ index, left, top }) => {
    const mark = marks[index];
    const picture = el('image', { ...corner, href: images[index], preserveAspectRatio: 'none', style: 'image-rendering: pixelated' });
    const frame = el('rect', { ...corner, ...framed(mark, line) });
    return el('g', { transform: `translate(${left.toFixed(1)},${top.toFixed(1)})` }, picture, frame, ...badge(mark, size));
  });
  return el('g', {}, ...drawn);
}

/** @param {number} mark @param {number} line */
function framed(mark, line) {
  const dashes = isDashed(mark) ? `${1.6 * line} ${1.2 * line}` : undefined;
  return { fill: 'none', stroke: color(mark), 'stroke-width': mark < 0 ? 0.75 : line, 'stroke-dasharray': dashes };
}

/** The group's shape in the corner of a thumbnail. @param {number} mark @param {number} size */
function badge(mark, size) {
  if (mark < 0) return [];
  const side = Math.max(8, 0.34 * size);
  const [at, middle] = [-size / 2, -size / 2 + side / 2];
  const path = `M${middle},${middle}${outlineOf(mark, 0.42 * side)}`;
  return [el('rect', { x: at, y: at, width: side, height: side, fill: COLORS.ground }), el('path', { d: path, fill: color(mark) })];
}

/** @param {Group[]} groups */
function legend(groups) {
  const present = groups.filter(({ count }) => count > 0);
  return present.map(({ kind, value, mark, count }) => ({
    name: t('figure.group', { name: kind === 'value' ? named(value) : t(`figure.${kind}`), count: number(count) }),
    sample: el('path', { d: `M10,0${outlineOf(mark, 7)}`, fill: color(mark) }),
    width: 24,
  }));
}

/** Isolated only where it may turn something around: some programs draw what isolates as a box. @param {string} value */
function named(value) {
  return /[\p{Bidi_C}\p{Script=Arabic}\p{Script=Hebrew}]/u.test(value) ? isolated(value) : value;
}

/** Data addresses of PNGs; none for bytes that are no square. @param {Pictures} pictures */
async function encoded(pictures) {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const addresses = [];
  for (const [index, { side, rgb }] of pictures.entries()) {
    if (index && index % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
    [canvas.width, canvas.height] = [side || 1, side || 1];
    if (context) drawSquare(context, rgb, side, 0, side);
    addresses.push(canvas.toDataURL());
  }
  return addresses;
}
