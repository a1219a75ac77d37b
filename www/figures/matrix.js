import { number, t } from '../ui/i18n.js';
import { COLORS, STYLE, boxSample, el, loadPlot, standalone, textWidth } from './frame.js';

/** As on the page: people who confuse red and green tell these apart. */
const SCALE = [COLORS.anchor, COLORS.ground, COLORS.chance];
const WIDTH = 520;
/** Of a matrix that is much wider than high. */
const LEAST = 120;
const MARGIN = { left: 64, bottom: 48, top: 34, right: 16 };

/**
 * Similarities of a batch, anchors down and candidates across. What is no number is left white.
 * @param {object} chart
 * @param {Float32Array} chart.similarities `[rows, columns]`
 * @param {number} chart.rows @param {number} chart.columns
 * @param {ArrayLike<number>} chart.positives 1 where a cell is a positive, `[rows, columns]`
 */
export async function matrix({ similarities, rows, columns, positives }) {
  const Plot = await loadPlot();
  const end = similarities.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 1);
  // Cosines are 1 at most, but for rounding.
  const cosine = end < 1.001 || !Number.isFinite(end);
  const limit = cosine ? 1 : end;
  const height = Math.max(LEAST, Math.min(WIDTH, (WIDTH * rows) / Math.max(1, columns)));
  const label = t(cosine ? 'figure.cosine' : 'figure.dot');
  const plot = Plot.plot({
    width: WIDTH + MARGIN.left + MARGIN.right,
    height: height + MARGIN.top + MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginBottom: MARGIN.bottom,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    style: STYLE,
    x: { domain: [0, columns || 1], label: t('figure.candidate'), ...ticks(columns) },
    y: { domain: [0, rows || 1], reverse: true, label: t('figure.anchor'), ...ticks(rows) },
    color: { type: 'linear', domain: [-limit, 0, limit], range: SCALE, clamp: true },
    marks: [
      rows && columns ? Plot.raster(similarities, { width: columns, height: rows, imageRendering: 'pixelated' }) : null,
      (_index, { x, y }) => (x && y ? outlines(positives, columns, x, y) : null),
      Plot.frame({ stroke: COLORS.faint }),
    ],
  });
  const outlined = boxSample({ fill: 'none', stroke: COLORS.positive, 'stroke-width': 2.5 });
  return standalone(plot, [ramp(limit, label), { name: t('figure.positive'), sample: outlined }], label);
}

/** The first and every tenth or so, in the middle of its row or column. @param {number} count */
function ticks(count) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => count / step <= 12) ?? Math.ceil(count / 10);
  const tens = Array.from({ length: Math.floor(count / step) }, (_, index) => (index + 1) * step);
  const numbers = step > 1 && count ? [1, ...tens] : tens;
  return { ticks: numbers.map((value) => value - 0.5), tickFormat: (/** @type {number} */ value) => number(value + 0.5) };
}

/**
 * All outlines as one path, as there may be thousands.
 * @param {ArrayLike<number>} positives @param {number} columns
 * @param {(value: any) => any} x @param {(value: any) => any} y
 */
function outlines(positives, columns, x, y) {
  const [width, height] = [x(1) - x(0), y(1) - y(0)];
  const stroke = Math.min(2.5, Math.max(0.8, Math.min(width, height) / 5));
  let path = '';
  for (let at = 0; at < positives.length; at++) {
    if (!positives[at]) continue;
    const [left, top] = [x(at % columns), y(Math.floor(at / columns))].map((value) => (value + stroke / 2).toFixed(2));
    const [right, down] = [width - stroke, height - stroke].map((value) => Math.max(0.5, value).toFixed(2));
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
