// InfoNCE of one row with its numbers put in, as TeX.

/**
 * @typedef {import('../engine/batch.js').Anchor} Anchor
 * @typedef {{ similarity: number, exponent: number, weight: number }} Term weight · e^exponent, the exponent s / τ
 *
 * @typedef {object} Sum the softmax's sum and its parts, as natural logarithms, since e^(s/τ) may be too large
 * @property {Term[]} positives
 * @property {Term[]} negatives those that count
 * @property {boolean} weighted whether some term counts otherwise than once
 * @property {boolean} chosen whether some negative does not count at all
 * @property {{ count: number, log: number }} rest negatives that are not listed
 * @property {number} log of the whole sum
 * @property {number} loss as it follows from these numbers
 * @property {number} noise what single precision leaves uncertain in an exponent
 */

/** Terms of a kind that are written out; the others are one sum. */
const NAMED = 2;
/** Shares below this are lost in single precision, and weights with them. */
const VANISHED = 1e-30;
/** Weights nearer to 1 are 1. */
const NEAR = 0.01;
/** Of a number in single precision, and some steps of computing. */
const PRECISION = 1e-6;

/**
 * Undefined where there is nothing to compute: no positive, or numbers that are not finite.
 * @param {Anchor | undefined} anchor @returns {Sum | undefined}
 */
export function sumOf(anchor) {
  if (!anchor?.positives.length || !Number.isFinite(anchor.loss)) return;
  const { temperature, rest } = anchor;
  const all = [...anchor.positives, ...anchor.negatives];
  const exponents = all.map(({ similarity }) => similarity / temperature);
  if (!exponents.every(Number.isFinite)) return;
  const top = Math.max(...exponents);
  const noise = PRECISION * Math.max(...exponents.map(Math.abs));
  const weighted = all.some(({ share, weight }) => share > VANISHED && Math.abs(weight - 1) > NEAR + noise);
  const term = (/** @type {import('../engine/batch.js').Candidate} */ { similarity, share, weight }) => ({
    similarity,
    exponent: similarity / temperature,
    weight: weighted && share > VANISHED ? weight : 1,
  });
  const positives = anchor.positives.map(term);
  const negatives = anchor.negatives.filter(counting(anchor)).map(term);
  const listed = logSum([...positives, ...negatives]);
  const log = listed - Math.log1p(-Math.min(rest.share, 1 - 1e-6));
  const mean = positives.reduce((sum, { exponent }) => sum + exponent, 0) / positives.length;
  return {
    positives,
    negatives,
    weighted,
    chosen: negatives.length < anchor.negatives.length,
    rest: { count: Math.max(0, rest.count), log: log + Math.log(rest.share) },
    log,
    loss: log - mean,
    noise,
  };
}

/**
 * Who counts in an anchor's softmax. A share of nothing means that a candidate is left out, unless it is too
 * far off to have any.
 * @param {Anchor} anchor @returns {(candidate: import('../engine/batch.js').Candidate) => boolean}
 */
export function counting({ positives, negatives, temperature }) {
  const top = [...positives, ...negatives].reduce((top, { similarity, share }) => (share > 0 ? Math.max(top, similarity) : top), -Infinity);
  return ({ share, similarity }) => share > 0 || Math.exp((similarity - top) / temperature) < VANISHED;
}

/** ln Σ w e^x. @param {readonly Term[]} terms */
function logSum(terms) {
  const top = terms.reduce((top, { exponent }) => Math.max(top, exponent), -Infinity);
  if (top === -Infinity) return top;
  return top + Math.log(terms.reduce((sum, { weight, exponent }) => sum + weight * Math.exp(exponent - top), 0));
}

/** ln(e^a + e^b). @param {number} a @param {number} b */
function logAdd(a, b) {
  const top = Math.max(a, b);
  return top === -Infinity ? top : top + Math.log(Math.exp(a - top) + Math.exp(b - top));
}

/** Whether the loss and the formula's numbers say different things. @param {number} loss @param {Sum} sum */
export function disagree(loss, sum) {
  return Math.abs(sum.loss - loss) > NEAR * Math.abs(loss) + 1e-5 + 4 * sum.noise;
}

/**
 * The formula in symbols, with numbers, and evaluated, one line each, aligned.
 * @param {Anchor} anchor @param {Sum} sum @param {string} method @param {(count: number) => string} more "3 more"
 */
export function formulaTex(anchor, sum, method, more) {
  const lines = sum.positives.length > 1 ? meanLines(anchor, sum, method, more) : oneLines(anchor, sum, method, more);
  return `\\begin{aligned}${lines.join('\\\\[1em]')}\\end{aligned}`;
}

/** @param {Anchor} anchor @param {Sum} sum @param {string} method @param {(count: number) => string} more */
function oneLines({ temperature, loss }, sum, method, more) {
  const [positive] = sum.positives;
  const digits = decimalsFor([...sum.positives, ...sum.negatives], temperature);
  const fraction = (/** @type {string} */ above, /** @type {string} */ below) => `-\\ln\\frac{${mark('positive', above)}}{${below}}`;
  return [
    `\\ell_i &= ${fraction('\\exp(s_{i,p}/\\tau)', symbols(sum, method))}`,
    `&\\approx ${fraction(power(positive, temperature, digits), powers(sum, temperature, digits, more))}`,
    `&\\approx ${fraction(exponential(positive.exponent), values(sum, more))}`,
    `&\\approx -\\ln ${share(sum.loss)}`,
    `&\\approx ${decimal(disagree(loss, sum) ? sum.loss : loss)}`,
  ];
}

/** For several positives: the mean over them, with the sum Z apart. @param {Anchor} anchor @param {Sum} sum @param {string} method @param {(count: number) => string} more */
function meanLines({ temperature, loss }, sum, method, more) {
  const count = sum.positives.length;
  const digits = decimalsFor([...sum.positives, ...sum.negatives], temperature);
  const [named, others] = split(sum.positives);
  const logs = named.map(({ exponent }) => `\\ln\\frac{${mark('positive', exponential(exponent))}}{Z_i}`);
  const losses = named.map(({ exponent }) => decimal(sum.log - exponent));
  if (others.length) {
    const total = others.reduce((total, { exponent }) => total + sum.log - exponent, 0);
    logs.push(brace('\\cdots', more(others.length)));
    losses.push(brace(decimal(total), more(others.length)));
  }
  return [
    `\\ell_i &= -\\frac{1}{|P_i|}\\sum_{p \\in P_i}\\ln\\frac{${mark('positive', '\\exp(s_{i,p}/\\tau)')}}{Z_i}`,
    `Z_i &= ${symbols(sum, method)}`,
    `&\\approx ${powers(sum, temperature, digits, more)}`,
    `&\\approx ${values(sum, more)}`,
    `&\\approx ${exponential(sum.log)}`,
    `\\ell_i &\\approx -\\frac{1}{${count}}\\left(${logs.join(' + ')}\\right)`,
    `&\\approx \\frac{1}{${count}}\\left(${losses.join(' + ')}\\right)`,
    `&\\approx ${decimal(disagree(loss, sum) ? sum.loss : loss)}`,
  ];
}

/** The sum in symbols: over all that are compared with i, itself left out where it is. @param {Sum} sum @param {string} method */
function symbols({ weighted, chosen }, method) {
  const itself = ['infoNce', 'moco', 'articleLoss'].includes(method);
  const over = chosen ? 'j \\in C_i' : itself ? 'j' : 'j \\neq i';
  return `\\sum_{${over}} ${weighted ? 'w_{i,j} ' : ''}\\exp(s_{i,j}/\\tau)`;
}

/** The sum as powers of e. @param {Sum} sum @param {number} temperature @param {number} digits @param {(count: number) => string} more */
function powers(sum, temperature, digits, more) {
  const tex = (/** @type {Term} */ term) => `${factor(term.weight)}${power(term, temperature, digits)}`;
  return joined(sum, tex, () => '\\cdots', more);
}

/** The sum's terms evaluated. @param {Sum} sum @param {(count: number) => string} more */
function values(sum, more) {
  return joined(sum, ({ weight, exponent }) => exponential(exponent + Math.log(weight)), exponential, more);
}

/**
 * @param {Sum} sum @param {(term: Term) => string} tex of a term @param {(log: number) => string} others of a sum of terms
 * @param {(count: number) => string} more
 */
function joined({ positives, negatives, rest }, tex, others, more) {
  const [good, goodOthers] = split(positives);
  // With keys that are not listed there is a sum of others anyway.
  const [hard, hardOthers] = split(negatives, rest.count > 0 ? NAMED : NAMED + 1);
  const terms = good.map((term) => mark('positive', tex(term)));
  const group = (/** @type {string} */ kind, /** @type {number} */ count, /** @type {number} */ log) =>
    count > 0 && terms.push(mark(kind, brace(others(log), more(count))));
  group('positive', goodOthers.length, logSum(goodOthers));
  terms.push(...hard.map((term) => mark('negative', tex(term))));
  group('negative', hardOthers.length + rest.count, logAdd(logSum(hardOthers), rest.count ? rest.log : -Infinity));
  return terms.join(' + ');
}

/** Terms to be written out, and the others. @param {readonly Term[]} terms @param {number} [most] */
function split(terms, most = NAMED + 1) {
  const named = terms.length <= most ? most : NAMED;
  return [terms.slice(0, named), terms.slice(named)];
}

/** @param {'positive' | 'negative' | string} kind @param {string} tex */
function mark(kind, tex) {
  return `\\htmlClass{${kind}}{${tex}}`;
}

/** @param {string} tex @param {string} words */
function brace(tex, words) {
  return `\\underbrace{${tex}}_{\\text{${words}}}`;
}

/** @param {Term} term @param {number} temperature @param {number} digits */
function power({ similarity }, temperature, digits) {
  return `e^{${fixed(similarity, digits)}/${Number(temperature.toPrecision(4))}}`;
}

/** A weight before a power; 1 is not written. @param {number} weight */
function factor(weight) {
  const text = plain(weight);
  return text === '1' ? '' : `${text}\\,`;
}

/** Decimals of similarities, so that s / τ is near enough; no more than say something. @param {readonly Term[]} terms @param {number} temperature */
function decimalsFor(terms, temperature) {
  const most = Math.max(2, Math.min(5, 2 + Math.round(-Math.log10(temperature))));
  for (let digits = 1; digits < most; digits++) {
    if (terms.every(({ similarity }) => Math.abs(similarity - Number(similarity.toFixed(digits))) < PRECISION)) return digits;
  }
  return most;
}

/** e^x to four digits, however large. @param {number} log x */
export function exponential(log) {
  if (log === -Infinity) return '0';
  if (log > Math.log(1e-3) && log < Math.log(99_999.5)) return fixed(Math.exp(log), digitsOf(Math.exp(log)));
  return scientific(log / Math.LN10);
}

/** A power of ten with its factor. @param {number} log10 */
function scientific(log10) {
  let exponent = Math.floor(log10);
  let factor = (10 ** (log10 - exponent)).toFixed(2);
  if (factor === '10.00') [factor, exponent] = ['1.00', exponent + 1];
  return `${factor} \\times 10^{${exponent}}`;
}

/** The share of which the loss is −ln; near 1 it is what is missing that counts. @param {number} loss */
function share(loss) {
  if (loss > -Math.log(1e-3)) return exponential(-loss);
  const missing = -Math.expm1(-loss);
  const digits = missing > 0 ? Math.ceil(-Math.log10(missing)) + 3 : 6;
  return fixed(Math.exp(-loss), Math.max(digitsOf(Math.exp(-loss)), Math.min(6, digits)));
}

/** Four digits, of which at most six decimals. @param {number} value */
export function decimal(value) {
  return fixed(value, Math.min(6, digitsOf(Math.abs(value))));
}

/** Decimals that make four digits. @param {number} value above 0 */
function digitsOf(value) {
  return value > 0 ? Math.max(0, 3 - Math.floor(Math.log10(value))) : 0;
}

/** Three digits, or as many as it has before the point; none for nothing. @param {number} value */
function plain(value) {
  if (value > 0 && (value < 1e-3 || value >= 1e5)) return scientific(Math.log10(value));
  return String(Number(value.toPrecision(3)));
}

/** Without a minus before 0. @param {number} value @param {number} digits */
function fixed(value, digits) {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}
