// What is drawn of a run step by step.

/**
 * @typedef {'loss' | 'top1' | 'alignment' | 'uniformity'} Metric
 * @typedef {Record<Metric, number[]>} Curves one number a step, the first step first
 */

/** @type {Metric[]} */
export const METRICS = ['loss', 'top1', 'alignment', 'uniformity'];

/** `from`: the step after which they hold, where settings or labels were others before. @typedef {import('contrastive-playground').Levels & { from?: number }} Levels */

/** Before there is a run. @type {Levels} */
export const NO_LEVELS = { chance: NaN, top1: NaN, floor: NaN, alone: 0 };

/** @type {Curves} */
export const NO_CURVES = { loss: [], top1: [], alignment: [], uniformity: [] };

/**
 * The curves with the steps of a report put in their place.
 * @param {Curves} curves @param {import('../engine/session.js').Losses} report @returns {Curves}
 */
export function extended(curves, { first, losses, top1, alignment, uniformity }) {
  if (!losses.length && first > curves.loss.length) return curves;
  const with_ = (/** @type {number[]} */ before, /** @type {number[]} */ after) => [...before.slice(0, first - 1), ...after];
  return {
    loss: with_(curves.loss, losses),
    top1: with_(curves.top1, top1),
    alignment: with_(curves.alignment, alignment),
    uniformity: with_(curves.uniformity, uniformity),
  };
}

/**
 * Curves that a file says, for as many steps as its run has made: what is missing, or no number, is not drawn.
 * @param {any} said @param {number} steps @returns {Curves}
 */
export function wholeCurves(said, steps) {
  const whole = (/** @type {Metric} */ metric) => Array.from({ length: steps }, (_, step) => numberOf(said?.[metric]?.[step]));
  return { loss: whole('loss'), top1: whole('top1'), alignment: whole('alignment'), uniformity: whole('uniformity') };
}

/** Levels that a file says, if it says them. @param {any} said @returns {Levels | undefined} */
export function wholeLevels(said) {
  if (!Number.isFinite(said?.chance)) return undefined;
  const [chance, top1, floor, alone] = [said.chance, said.top1, said.floor, said.alone].map(numberOf);
  return { chance, top1, floor, alone, ...(Number.isFinite(said.from) && { from: said.from }) };
}

/** @param {unknown} value */
function numberOf(value) {
  return typeof value === 'number' ? value : NaN;
}

/** The levels of the steps from `first` on, after those of the steps before. @param {Levels} before @param {Levels} now @param {number} first */
export function followed(before, now, first) {
  const same = before.chance === now.chance && before.floor === now.floor;
  return { ...now, from: same || first < 2 ? before.from : first - 1 };
}

/**
 * What a metric is with nothing learned: a guess for the loss and top-1, as its levels say, and projections in random directions for
 * the other two. Of the last the mean of exp(−2 d²) over the sphere of so many dimensions is exp(−4 + 8 / dimensions),
 * as nearly as is drawn.
 * @param {Metric} metric @param {Levels} levels @param {number} dimensions of the projection
 */
export function level(metric, levels, dimensions) {
  if (metric === 'loss') return levels.chance;
  if (metric === 'top1') return levels.top1;
  return metric === 'alignment' ? 2 : -4 + 8 / dimensions;
}

/**
 * Exponential moving average, free of the bias of its start; what is no number is left out.
 * @param {number[]} values @param {number} weight of what was before, from 0 (none) to below 1
 */
export function smoothed(values, weight) {
  if (!(weight > 0)) return values;
  let [sum, total] = [0, 0];
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    sum = weight * sum + (1 - weight) * value;
    total = weight * total + (1 - weight);
    return sum / total;
  });
}
