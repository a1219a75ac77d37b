import { percent, t } from '../ui/i18n.js';
import { wilson } from './interval.js';
import { COLORS, STYLE, boxSample, el, fitted, lineSample, loadPlot, standalone, textWidth } from './frame.js';

const ROW = 26;
const NAME = 260;

/** @typedef {{ name: string, value: number, count: number }} Bar a share, 0..1, of so many pictures */

/**
 * Accuracies, each with its 95% interval.
 * @param {object} chart
 * @param {readonly { name: string, bars: readonly Bar[] }[]} chart.groups
 * @param {number} [chart.chance] share of 0..1
 */
export async function scores({ groups, chance }) {
  const Plot = await loadPlot();
  // A row for each group's name, and one for each of its bars.
  const rows = groups.flatMap(({ name, bars }) => [{ name, bar: undefined }, ...bars.map((bar, index) => ({ name: bar.name, bar, first: !index }))]);
  const names = rows.map(({ name }) => fitted(name, NAME));
  const bars = rows.flatMap(({ bar, ...rest }, row) => (bar && Number.isFinite(bar.value) ? [{ ...rest, ...whiskered(bar), row }] : []));
  const wide = (/** @type {string[]} */ texts) => texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);
  const [left, right] = [wide(names) * 1.08 + 20, wide(bars.map(({ words }) => words)) + 20];
  const level = Number.isFinite(chance) ? [chance] : [];
  const whiskers = bars.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  const ends = whiskers.flatMap(({ low, high, row }) => [{ x: low, row }, { x: high, row }]);
  const plot = Plot.plot({
    width: left + 380 + right,
    height: Math.max(1, rows.length) * ROW + 58,
    marginLeft: left,
    marginRight: right,
    marginBottom: 46,
    marginTop: 8,
    style: STYLE,
    x: { domain: [0, 1], label: t('figure.accuracy'), tickFormat: (/** @type {number} */ share) => percent(share), ticks: 5, grid: true },
    y: { domain: rows.map((_, row) => row), label: null, axis: null, padding: 0.3 },
    marks: [
      Plot.barX(bars, { x: 'value', y: 'row', fill: ({ first }) => (first ? COLORS.anchor : '#9aa5b1') }),
      Plot.ruleX(level, { stroke: COLORS.chance, strokeWidth: 2, strokeDasharray: '8 6' }),
      Plot.ruleX([0], { stroke: COLORS.ink }),
      Plot.link(whiskers, { x1: 'low', x2: 'high', y1: 'row', y2: 'row', stroke: COLORS.ink, strokeWidth: 1.5 }),
      Plot.tickX(ends, { x: 'x', y: 'row', insetTop: 4, insetBottom: 4, stroke: COLORS.ink, strokeWidth: 1.5 }),
      Plot.text(bars, { x: ({ value, high }) => Math.max(value, high || 0), y: 'row', text: 'words', textAnchor: 'start', dx: 8 }),
      Plot.text(rows, { frameAnchor: 'left', y: (_, row) => row, text: (_, row) => names[row], textAnchor: 'end', dx: -10, filter: ({ bar }) => bar }),
      Plot.text(rows, { frameAnchor: 'left', y: (_, row) => row, text: (_, row) => names[row], textAnchor: 'end', dx: -10, fontWeight: 700, filter: ({ bar }) => !bar }),
    ],
  });
  const whisker = el('path', { d: 'M4,0H20M4,-5V5M20,-5V5', stroke: COLORS.ink, 'stroke-width': 1.5, fill: 'none' });
  const entries = [{ name: t('figure.interval'), sample: whisker }];
  if (level.length) entries.push({ name: t('figure.chance'), sample: lineSample(COLORS.chance, '8 6', 2) });
  return standalone(plot, entries, t('figure.accuracy'));
}

/** With the ends of its interval. @param {Bar} bar */
function whiskered({ name, value, count }) {
  const [low, high] = wilson(value, count);
  const known = Number.isFinite(low) && Number.isFinite(high);
  const words = known ? t('figure.score', { value: percent(value), low: percent(low), high: percent(high) }) : percent(value);
  return { name, value, low, high, words };
}
