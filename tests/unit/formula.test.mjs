import assert from 'node:assert/strict';
import { test } from 'node:test';
import katex from 'katex';
import { decimal, disagree, exponential, formulaTex, sumOf } from '../../www/step/formula.js';

/** @typedef {import('../../www/engine/batch.js').Anchor} Anchor */

const near = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ by = 1e-6) =>
  assert.ok(Math.abs(a - b) < by, `${a} is not ${b}`);
const more = (/** @type {number} */ count) => `${count} more`;

/**
 * An anchor with similarities, and weights where they are not 1.
 * @param {number[]} positives @param {number[]} negatives @param {{ temperature?: number, weights?: number[] }} [given]
 * @returns {Anchor}
 */
function anchorWith(positives, negatives, { temperature = 0.1, weights = [] } = {}) {
  const similarities = [...positives, ...negatives];
  const logs = similarities.map((s, index) => s / temperature + Math.log(weights[index] ?? 1));
  const top = Math.max(...logs);
  const sum = top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0));
  const candidates = similarities.map((similarity, column) => {
    const share = Math.fround(Math.exp(logs[column] - sum));
    return { column, view: column, similarity: Math.fround(similarity), share, weight: share && (weights[column] ?? 1) };
  });
  const mean = positives.reduce((sum, s) => sum + s, 0) / positives.length;
  return {
    row: 0,
    temperature: Math.fround(temperature),
    loss: Math.fround(sum - mean / temperature),
    positives: candidates.slice(0, positives.length),
    negatives: candidates.slice(positives.length),
    rest: { count: 0, share: 0 },
  };
}

/** The formula, and that KaTeX takes it. @param {Anchor} anchor */
function texOf(anchor, method = 'simClr') {
  const sum = sumOf(anchor);
  assert.ok(sum);
  assert.equal(disagree(anchor.loss, sum), false, `${sum.loss} is not ${anchor.loss}`);
  const tex = formulaTex(anchor, sum, method, more);
  katex.renderToString(tex, { trust: true, strict: 'ignore' });
  return tex.replaceAll(/\\htmlClass\{\w+\}/g, '');
}

test("the article's worked example, term by term", () => {
  const tex = texOf(anchorWith([0.8], [0.2, 0.1]), 'infoNce');
  assert.ok(tex.includes('\\sum_{j} \\exp'));
  assert.ok(tex.includes('\\frac{{e^{0.8/0.1}}}{{e^{0.8/0.1}} + {e^{0.2/0.1}} + {e^{0.1/0.1}}}'));
  assert.ok(tex.includes('{2981} + {7.389} + {2.718}'));
  assert.ok(tex.includes('-\\ln 0.996621'));
  assert.ok(tex.includes('&\\approx 0.003385'));
});

test('who is compared with i does not include i, but for the losses that do', () => {
  const anchor = anchorWith([0.8], [0.2]);
  assert.ok(texOf(anchor, 'simClr').includes('j \\neq i'));
  for (const method of ['infoNce', 'moco', 'articleLoss']) assert.ok(!texOf(anchor, method).includes('\\neq'));
});

test('negatives after the hardest are one sum', () => {
  const anchor = anchorWith([0.83], [0.41, 0.38, 0.1, 0, -0.2]);
  const tex = texOf(anchor);
  assert.ok(tex.includes('\\underbrace{\\cdots}_{\\text{3 more}}'));
  const others = [0.1, 0, -0.2].reduce((sum, s) => sum + Math.exp(s / 0.1), 0);
  assert.ok(tex.includes(`\\underbrace{${others.toFixed(3)}}_{\\text{3 more}}`));
  assert.ok(!texOf(anchorWith([0.83], [0.41, 0.38, 0.1])).includes('more'));
});

test('weights are written only where they are not 1', () => {
  assert.ok(!texOf(anchorWith([0.5], [0.4, 0.3])).includes('w_'));
  const tex = texOf(anchorWith([0.5], [0.4, 0.3], { weights: [1, 1.5, 0.5] }));
  assert.ok(tex.includes('w_{i,j} \\exp'));
  assert.ok(tex.includes('{e^{0.5/0.1}} + {1.5\\,e^{0.4/0.1}} + {0.5\\,e^{0.3/0.1}}'));
});

test('a positive among the negatives counts twice, and the loss stays above ln 2', () => {
  const anchor = anchorWith([0.9], [0.1], { weights: [2] });
  const tex = texOf(anchor, 'positiveAmongNegatives');
  assert.ok(tex.includes('{2\\,e^{0.9/0.1}}'));
  assert.ok(anchor.loss > Math.LN2);
  assert.ok(tex.endsWith(`&\\approx ${decimal(anchor.loss)}\\end{aligned}`));
});

test('negatives that are left out are not in the sum', () => {
  const anchor = anchorWith([0.5], [0.4, 0.3, 0.2], { weights: [1, 1, 0, 0] });
  const sum = sumOf(anchor);
  assert.deepEqual([sum?.negatives.length, sum?.chosen, sum?.weighted], [1, true, false]);
  assert.ok(texOf(anchor).includes('j \\in C_i'));
});

test('a negative too far off to have a share is not one that is left out', () => {
  const anchor = anchorWith([0.9], [0.8, -0.9], { temperature: 0.005 });
  assert.equal(anchor.negatives[1].share, 0);
  const sum = sumOf(anchor);
  assert.deepEqual([sum?.negatives.length, sum?.chosen, sum?.weighted], [2, false, false]);
});

test('several positives have a mean', () => {
  const anchor = anchorWith([0.9, 0.7], [0.3, 0.1]);
  const tex = texOf(anchor, 'supCon');
  assert.ok(tex.includes('\\frac{1}{|P_i|}\\sum_{p \\in P_i}'));
  assert.ok(tex.includes('-\\frac{1}{2}\\left('));
  assert.ok(texOf(anchorWith([0.9, 0.7, 0.6, 0.5, 0.4], [0.3]), 'supCon').includes('2\\,') === false);
  assert.ok(texOf(anchorWith([0.9, 0.7, 0.6, 0.5, 0.4], [0.3]), 'supCon').includes('3 more'));
});

test('negatives that the tables have no room for are in the sum', () => {
  const whole = anchorWith([0.9], [0.5, 0.4, 0.3, 0.2]);
  const [kept, cut] = [whole.negatives.slice(0, 2), whole.negatives.slice(2)];
  const rest = { count: 2, share: cut.reduce((sum, { share }) => sum + share, 0) };
  const anchor = { ...whole, negatives: kept, rest };
  near(Number(sumOf(anchor)?.loss), whole.loss, 1e-5);
  assert.ok(texOf(anchor, 'moco').includes('2 more'));
});

test('large exponents do not overflow', () => {
  const anchor = anchorWith([900], [880, 20], { temperature: 0.1 });
  const tex = texOf(anchor, 'articleLoss');
  assert.ok(tex.includes('\\times 10^{3908}'));
  assert.ok(!/NaN|Infinity/.test(tex));
  assert.equal(exponential(Math.log(99_999)), '99999');
  assert.equal(exponential(Math.log(100_000)), '1.00 \\times 10^{5}');
  assert.equal(exponential(-12), '6.14 \\times 10^{-6}');
});

test('another loss than the numbers give is not hidden', () => {
  const anchor = anchorWith([0.8], [0.2, 0.1]);
  const sum = sumOf(anchor);
  assert.ok(sum && disagree(0.0035, sum));
  assert.ok(formulaTex({ ...anchor, loss: 0.0035 }, sum, 'simClr', more).includes('\\approx 0.003385'));
});

test('without a positive or with odd numbers there is no formula', () => {
  assert.equal(sumOf(undefined), undefined);
  assert.equal(sumOf({ ...anchorWith([0.5], [0.1]), positives: [] }), undefined);
  assert.equal(sumOf({ ...anchorWith([0.5], [0.1]), loss: NaN }), undefined);
  assert.equal(sumOf(anchorWith([NaN], [0.1])), undefined);
  near(Number(sumOf(anchorWith([0.5], []))?.loss), 0);
  texOf(anchorWith([0.5], []));
});

test('the loss shown is the step’s to four digits', () => {
  assert.equal(decimal(2.34567), '2.346');
  assert.equal(decimal(0.0033852), '0.003385');
  assert.equal(decimal(1e-9), '0.000000');
  assert.equal(decimal(-1e-9), '0.000000');
});
