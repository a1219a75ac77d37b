import { decimals, percent, t } from '../ui/i18n.js';
import { COLORS, STYLE, boxSample, fitted, loadPlot, standalone, textWidth } from './frame.js';

/** Candidates with a bar of their own; the rest have one together. */
const MOST = 40;
const ROW = 24;
const NAME = 200;

/** @typedef {{ name: string, similarity: number, share: number, positive: boolean }} Candidate */

/**
 * The softmax of one anchor: what share each candidate has.
 * @param {{ candidates: readonly Candidate[] }} chart
 */
export async function softmax({ candidates }) {
  const Plot = await loadPlot();
  const bars = withRest(candidates).map((candidate, index) => ({ ...candidate, index, words: words(candidate) }));
  const names = bars.map(({ name }) => fitted(name, NAME));
  const wide = (/** @type {string[]} */ texts) => texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);
  const [left, right] = [wide(names) + 16, wide(bars.map(({ words }) => words)) + 16];
  const most = bars.reduce((most, { share }) => (share > most ? share : most), 0) || 1;
  const plot = Plot.plot({
    width: left + 360 + right,
    height: Math.max(1, bars.length) * ROW + 60,
    marginLeft: left,
    marginRight: right,
    marginBottom: 46,
    marginTop: 10,
    style: STYLE,
    x: { domain: [0, most], label: t('figure.share'), tickFormat: (/** @type {number} */ share) => rounded(share), ticks: 5, grid: true },
    y: { domain: bars.map(({ index }) => index), label: null, tickSize: 0, padding: 0.25, tickFormat: (/** @type {number} */ index) => names[index] },
    marks: [
      Plot.barX(bars, { x: 'share', y: 'index', fill: ({ positive }) => (positive ? COLORS.positive : COLORS.negative) }),
      Plot.text(bars, { x: 'share', y: 'index', text: 'words', textAnchor: 'start', dx: 6, fill: COLORS.ink }),
      Plot.ruleX([0], { stroke: COLORS.ink }),
    ],
  });
  const entry = (/** @type {'positive' | 'negative'} */ kind) => ({ name: t(`figure.${kind}`), sample: boxSample({ fill: COLORS[kind] }) });
  return standalone(plot, [entry('positive'), entry('negative')], t('figure.share'));
}

/** @param {readonly Candidate[]} candidates @returns {Candidate[]} */
function withRest(candidates) {
  const known = candidates.map((candidate) => ({ ...candidate, share: Number.isFinite(candidate.share) ? candidate.share : 0 }));
  if (known.length <= MOST) return known;
  const sorted = [...known].sort((a, b) => Number(b.positive) - Number(a.positive) || b.share - a.share);
  const rest = sorted.slice(MOST);
  const share = rest.reduce((sum, candidate) => sum + candidate.share, 0);
  return [...sorted.slice(0, MOST), { name: t('figure.rest', { count: rest.length }), similarity: NaN, share, positive: rest[0].positive }];
}

/** Says what the colour says, too. @param {Candidate} candidate */
function words({ similarity, share, positive }) {
  const cosine = decimals(similarity);
  const values = { kind: t(positive ? 'figure.positive' : 'figure.negative'), share: rounded(share), similarity: cosine };
  return t(Number.isFinite(similarity) ? 'figure.candidateWords' : 'figure.restWords', values);
}

/** @param {number} share */
function rounded(share) {
  return percent(share, { maximumFractionDigits: 1 });
}
