import { number, t } from '../ui/i18n.js';
import { DASHES } from './run-marks.js';
import { COLORS, STYLE, lineSample, loadPlot, runColor, standalone } from './frame.js';

/** Pieces of a curve that are drawn: each by its least and its greatest value, so that no spike is lost. */
const PIECES = 1000;
/** Steps that an axis has room for, so that its marks are whole. */
const LEAST = 10;

/**
 * A metric, step by step.
 * @param {object} chart
 * @param {'loss' | 'top1' | 'alignment' | 'uniformity'} chart.metric
 * @param {{ name: string, values: readonly number[], mark?: number }[]} chart.series the run in hand has no mark
 * @param {number} [chart.chance] what the metric is with nothing learned
 * @param {number} [chart.floor] what the metric cannot fall below
 * @param {boolean} [chart.log]
 */
export async function curves({ metric, series, chance, floor, log = false }) {
  const Plot = await loadPlot();
  const drawable = (/** @type {number} */ value) => Number.isFinite(value) && (!log || value > 0);
  const lines = series.map(({ values }) => thinned(values, drawable));
  const level = (/** @type {number | undefined} */ value) => (value !== undefined && drawable(value) ? [value] : []);
  const [guess, least] = [level(chance), level(floor)];
  const all = lines.flat().map(({ value }) => value).filter((value) => !Number.isNaN(value)).concat(guess, least);
  const steps = series.reduce((most, { values }) => Math.max(most, values.length), LEAST);
  const plot = Plot.plot({
    width: 760,
    height: 420,
    marginTop: 36,
    marginLeft: 64,
    marginBottom: 48,
    style: STYLE,
    x: { domain: [1, steps], label: t('figure.step'), tickFormat: (/** @type {number} */ step) => number(step) },
    y: { ...scale(all, log, metric), label: t(`figure.${metric}`), grid: true, tickFormat: format(metric) },
    marks: [
      Plot.ruleY(guess, { stroke: COLORS.chance, strokeWidth: 2, strokeDasharray: '8 6' }),
      Plot.ruleY(least, { stroke: COLORS.faint, strokeWidth: 2, strokeDasharray: '2 5' }),
      ...lines.map((line, index) => Plot.line(line, { x: 'step', y: 'value', ...style(series[index].mark) })).reverse(),
    ],
  });
  const entries = series.map(({ name, mark }) => ({ name, sample: lineSample(style(mark).stroke, style(mark).strokeDasharray) }));
  if (guess.length) entries.push({ name: t('figure.chance'), sample: lineSample(COLORS.chance, '8 6', 2) });
  if (least.length) entries.push({ name: t('figure.floor'), sample: lineSample(COLORS.faint, '2 5', 2) });
  return standalone(plot, entries, t(`figure.${metric}`));
}

/** The run in hand is whole and wide, the others are thin and dashed, as on the page. @param {number} [mark] */
function style(mark) {
  if (mark === undefined) return { stroke: COLORS.anchor, strokeWidth: 2, strokeDasharray: undefined };
  return { stroke: runColor(mark), strokeWidth: 1.5, strokeDasharray: DASHES[mark % DASHES.length].join(' ') };
}

/** @param {number[]} values @param {boolean} log @param {string} metric */
function scale(values, log, metric) {
  const [low, high] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  if (low > high) return { domain: log ? [0.1, 1] : [0, 1] };
  // Top-1 is a share, and all but uniformity begin at nothing.
  if (log) return { type: /** @type {const} */ ('log'), domain: low < high ? [low, high] : [low / 2, high * 2] };
  const [from, to] = [metric === 'uniformity' ? low : Math.min(0, low), metric === 'top1' ? 1 : high];
  return { domain: from < to ? [from, to] : [from, from + 1], nice: true };
}

/** @param {string} metric */
function format(metric) {
  if (metric === 'top1') return (/** @type {number} */ value) => number(value, { style: 'percent', maximumSignificantDigits: 3 });
  return (/** @type {number} */ value) => number(value, { maximumSignificantDigits: 6 });
}

/** @param {readonly number[]} values @param {(value: number) => boolean} drawable */
function thinned(values, drawable) {
  const length = Math.max(1, Math.ceil(values.length / PIECES));
  const points = [];
  for (let first = 0; first < values.length; first += length) {
    let [low, high] = [-1, -1];
    for (let at = first; at < Math.min(values.length, first + length); at++) {
      if (!drawable(values[at])) continue;
      if (low < 0 || values[at] < values[low]) low = at;
      if (high < 0 || values[at] > values[high]) high = at;
    }
    // A gap stays a gap.
    if (low < 0) points.push({ step: first + 1, value: NaN });
    else for (const at of new Set([Math.min(low, high), Math.max(low, high)])) points.push({ step: at + 1, value: values[at] });
  }
  return points;
}
