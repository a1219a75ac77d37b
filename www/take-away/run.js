// A run as a file: its settings, and what was measured at every step.
import { METRICS } from '../train/curves.js';
import { decimal, line } from './csv.js';

/**
 * @typedef {object} Run
 * @property {number | string} id
 * @property {string} [name]
 * @property {string} source of the pictures
 * @property {number} side
 * @property {number} pictures
 * @property {import('../engine/session.js').TrainSettings} settings
 * @property {import('../train/curves.js').Curves} curves
 * @property {number} chance the loss of a guess
 */

/** A line a step. @param {Run} run */
export function runCsv({ curves, chance }) {
  const steps = Math.max(0, ...METRICS.map((metric) => curves[metric]?.length ?? 0));
  const lines = [line(['step', ...METRICS, 'chance'])];
  for (let at = 0; at < steps; at++) lines.push(line([at + 1, ...METRICS.map((metric) => curves[metric]?.[at]), chance]));
  return lines.join('');
}

/** Everything about it. What was not measured is null. @param {Run} run */
export function runJson({ id, name, source, side, pictures, settings, curves, chance }) {
  const short = (/** @type {number} */ value) => (Number.isFinite(value) ? Number(decimal(value)) : null);
  const measured = METRICS.map((metric) => [metric, Array.from(curves[metric] ?? [], short)]);
  const run = { id, name, source, side, pictures, settings, chance: short(chance), curves: Object.fromEntries(measured) };
  return JSON.stringify({ program: 'contrastive-playground', ...run });
}
