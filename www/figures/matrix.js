import { number, t } from '../ui/i18n.js';
import { COLORS, STYLE, boxSample, el, loadPlot, standalone, textWidth } from './frame.js';

/** As on the page: people who confuse red and green tell these apart. */
const SCALE = [COLORS.anchor, COLORS.ground, COLORS.chance];
const WIDTH = 520;
/** Of a matrix that is much wider than high. */
const LEAST = 120;
const MARGIN = { left: 64, bottom: 48, top: 34, right: 16 };

/**
 * Where the columns of a matrix are: `apart` where the first one stands apart from the others.
 * @typedef {{ width: number, height: number, apart: boolean, place: (column: number) => { x: number, width: number } }} Layout
 */

/**
 * Similarities of a batch, anchors down and candidates across. What is no number is left white.
 * @param {object} chart
 * @param {Float32Array} chart.similarities `[rows, columns]`
 * @param {number} chart.rows @param {number} chart.columns
 * @param {ArrayLike<number>} chart.positives 1 where a cell is a positive, `[rows, columns]`
 * @param {(width: number) => Layout} chart.layoutIn where the columns are, if there is so much room
 */
export async function matrix({ similarities, rows, columns, positives, layoutIn }) {
  const Plot = await loadPlot();
  const end = similarities.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 1);
  // Cosines are 1 at most, but for rounding.
  const cosine = end < 1.001 || !Number.isFinite(end);
  const limit = cosine ? 1 : end;
  const empty = !rows || !columns;
  const layout = empty ? { width: WIDTH, height: WIDTH, apart: false, place: () => ({ x: 0, width: 0 }) } : layoutIn(WIDTH);
  const height = Math.max(LEAST, Math.min(WIDTH, layout.height));
  const label = t(cosine ? 'figure.cosine' : 'figure.dot');
  const middle = (/** @type {number} */ column) => layout.place(column).x + layout.place(column).width / 2;
  const plot = Plot.plot({
    width: Math.min(WIDTH, layout.width) + MARGIN.left + MARGIN.right,
    height: height + MARGIN.top + MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginBottom: MARGIN.bottom,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    style: STYLE,
    x: { domain: [0, layout.width], label: t('figure.candidate'), ...ticks(columns, middle) },
    y: { domain: [0, rows || 1], reverse: true, label: t('figure.anchor'), ...ticks(rows, (row) => row + 0.5) },
    color: { type: 'linear', domain: [-limit, 0, limit], range: SCALE, clamp: true },
    marks: [
      ...(empty ? [] : pieces(layout, columns)).map(([from, to]) => raster(Plot, { similarities, rows, columns, layout }, from, to)),
      (_index, { x, y }) => (x && y ? outlines(positives, columns, layout, x, y) : null),
      Plot.frame({ stroke: COLORS.faint }),
    ],
  });
  const outlined = boxSample({ fill: 'none', stroke: COLORS.positive, 'stroke-width': 2.5 });
  return standalone(plot, [ramp(limit, label), { name: t('figure.positive'), sample: outlined }], label);
}

/** First and last column, not included, of what is drawn in one piece. @param {Layout} layout @param {number} columns @returns {[number, number][]} */
function pieces({ apart }, columns) {
  const all = apart ? [[0, 1], [1, columns]] : [[0, columns]];
  return /** @type {[number, number][]} */ (all.filter(([from, to]) => from < to));
}

/**
 * @param {import('@observablehq/plot')} Plot
 * @param {{ similarities: Float32Array, rows: number, columns: number, layout: Layout }} chart @param {number} from @param {number} to
 */
function raster(Plot, { similarities, rows, columns, layout }, from, to) {
  const width = to - from;
  const values = Float32Array.from({ length: rows * width }, (_, at) => similarities[Math.floor(at / width) * columns + from + (at % width)]);
  const last = layout.place(to - 1);
  const place = { x1: layout.place(from).x, x2: last.x + last.width, y1: 0, y2: rows };
  return Plot.raster(values, { width, height: rows, ...place, imageRendering: 'pixelated' });
}

/** The first and every tenth or so. @param {number} count @param {(index: number) => number} middle where a row or column has its middle */
function ticks(count, middle) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => count / step <= 12) ?? Math.ceil(count / 10);
  const tens = Array.from({ length: Math.floor(count / step) }, (_, index) => (index + 1) * step);
  const numbers = step > 1 && count ? [1, ...tens] : tens;
  const names = new Map(numbers.map((value) => [middle(value - 1), number(value)]));
  return { ticks: [...names.keys()], tickFormat: (/** @type {number} */ place) => names.get(place) ?? '' };
}

/**
 * All outlines as one path, as there may be thousands.
 * @param {ArrayLike<number>} positives @param {number} columns @param {Layout} layout
 * @param {(value: any) => any} x @param {(value: any) => any} y
 */
function outlines(positives, columns, layout, x, y) {
  const height = y(1) - y(0);
  const places = Array.from({ length: columns }, (_, column) => layout.place(column));
  const stroke = Math.min(2.5, Math.max(0.8, Math.min(height, ...places.map(({ width }) => x(width) - x(0))) / 5));
  let path = '';
  for (let at = 0; at < positives.length; at++) {
    if (!positives[at]) continue;
    const place = places[at % columns];
    const [left, top] = [x(place.x), y(Math.floor(at / columns))].map((value) => (value + stroke / 2).toFixed(2));
    const [right, down] = [x(place.width) - x(0) - stroke, height - stroke].map((value) => Math.max(0.5, value).toFixed(2));
    path += `M${left},${top}h${right}v${down}h-${right}z`;
  }
  return el('path', { d: path, fill: 'none', stroke: COLORS.positive, 'stroke-width': stroke });
}

/** The scale of the colours, with its ends. @param {number} end @param {string} name */
function ramp(end, name) {
  const [low, high] = [-end, end].map((value) => number(value, { maximumSignificantDigits: 3 }));
  const [left, width] = [textWidth(low) + 6, 110];
  const stops = SCALE.map((color, index) => el('stop', { offset: index / 2, 'stop-color': color }));
  const bar = el('rect', { x: left, y: -7, width, height: 14, fill: 'url(#similarity)', stroke: COLORS.faint, 'stroke-width': 0.5 });
  const text = (/** @type {number} */ x, /** @type {string} */ value) => el('text', { x, dy: '0.32em' }, value);
  const right = left + width + 6;
  const sample = el('g', {}, el('linearGradient', { id: 'similarity' }, ...stops), bar, text(0, low), text(right, high));
  return { name, sample, width: right + textWidth(high) + 12 };
}
