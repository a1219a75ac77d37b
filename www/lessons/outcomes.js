// What came of a lesson's runs, and how a prediction stands beside it.
import { Z, wilson } from '../figures/interval.js';

/** @typedef {import('./lesson.js').Result} Result */

/** So close a predicted share is near, where its lesson says nothing else. */
const NEAR = 0.08;
/** How near a mark or the end of a drawn curve has to come, as a share of the way from chance to floor. */
const ENDS = 0.1;
/** What is behind a curve at half of the run, of all that it falls: of one that falls fast and then hardly moves at least so much, and of one that falls late at most. */
const [FAST, LATE] = [0.85, 0.3];

/** @param {ArrayLike<number>} values */
export function mean(values) {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean over the last ten steps of a run, whose batches differ. @param {readonly number[]} [values] */
export function lately(values = []) {
  return mean(values.slice(-10));
}

/** Where the loss of a run ended, as all lessons quote it. @param {Result | undefined} result */
export function endOf(result) {
  return lately(result?.losses);
}

/** Have all projections become one point? Uniformity, which is 0 then, is as good as that. @param {Result} result */
export function isOnePoint({ curves }) {
  return lately(curves.uniformity) > -0.03;
}

/** Of the nearest neighbours, how many share the kind. @param {Result | undefined} result */
export function kindsOf(result) {
  return result?.kinds?.precision.encoder ?? NaN;
}

/** The same with random weights. @param {Result | undefined} result */
export function untrainedOf(result) {
  return result?.kinds?.precision.untrained ?? NaN;
}

/**
 * Is one share better than another, by more than chance may make of so many pictures (Newcombe's interval of a difference, 1998)?
 * @param {number} one @param {number} other @param {number} count of pictures that each is of @returns {'same' | 'better' | 'worse'}
 */
export function compared(one, other, count) {
  const [[low], [, high]] = one > other ? [wilson(one, count), wilson(other, count)] : [wilson(other, count), wilson(one, count)];
  if (Math.abs(one - other) <= Math.hypot(Math.max(one, other) - low, high - Math.min(one, other))) return 'same';
  return one > other ? 'better' : 'worse';
}

/** The same of two runs, by whose nearest neighbours share the kind. @param {Result} one @param {Result} other */
export function comparedKinds(one, other) {
  return compared(kindsOf(one), kindsOf(other), one.kinds?.judged ?? 0);
}

/** By how much the same pictures' shares differ, and how much of that chance alone may make (95 %). @param {readonly number[]} one @param {readonly number[]} other */
export function differing(one, other) {
  const differences = one.map((share, picture) => share - other[picture]);
  const more = mean(differences);
  return { more, chance: Z * Math.sqrt(mean(differences.map((difference) => (difference - more) ** 2)) / differences.length) };
}

/** What was predicted is right, or else what came is said. @param {string} guess @param {string} came */
export function verdictOf(guess, came) {
  return guess === came ? 'right' : came;
}

/** How much of the way from chance to floor a loss has come. @param {Result} run @param {number} [loss] */
export function wayOf({ levels: { chance, floor }, losses }, loss = lately(losses)) {
  return (chance - loss) / (chance - floor);
}

/** What came of a predicted share: was it more, or less? @param {number} guess @param {number} share @param {number} [near] @returns {'near' | 'more' | 'less'} */
export function closeness(guess, share, near = NEAR) {
  if (Math.abs(guess - share) <= near) return 'near';
  return share > guess ? 'more' : 'less';
}

/** Did a run go down as far as was said? @param {number} loss @param {Result} run */
export function asSaid(loss, run) {
  return closeness(wayOf(run, loss), wayOf(run), ENDS);
}

/** Did it move as it was drawn, and then, as far down? @param {readonly number[]} sketch @param {Result} run */
export function asDrawn(sketch, run) {
  return shapeOf(sketch, run) === shapeOf(run.losses, run) ? asSaid(sketch.at(-1) ?? NaN, run) : 'other';
}

/** What the shapes that are offered say of a curve. @param {readonly number[]} curve @param {Pick<Result, 'levels'>} run */
function shapeOf(curve, { levels: { chance, floor } }) {
  const some = Math.ceil(curve.length / 20);
  const middle = Math.floor((curve.length - some) / 2);
  const [half, all] = [middle, curve.length - some].map((from) => (curve[0] - mean(curve.slice(from, from + some))) / (chance - floor));
  if (Math.abs(all) < ENDS) return Math.abs(half) < ENDS ? 'stays' : 'turns';
  if (all < 0) return 'climbs';
  return half > FAST * all ? 'fast' : half > LATE * all ? 'even' : 'late';
}
