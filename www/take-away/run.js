// A run as a file: its settings, and what was measured at every step.
import { METRICS } from '../train/curves.js';
import { singles } from '../ui/single.js';
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
 * @property {Record<'chance' | 'top1' | 'floor', number>} levels of a guess: its loss, and how often it is right; and what the loss cannot fall below
 * @property {{ kind: string, adapter: string, cores: number }} [device] that it is trained on
 * @property {string} [version] of the page
 * @property {import('../engine/session.js').Measured} [measured]
 */

/** A line a step. @param {Run} run */
export function runCsv({ curves, levels: { chance } }) {
  const steps = Math.max(0, ...METRICS.map((metric) => curves[metric]?.length ?? 0));
  const lines = [line(['step', ...METRICS, 'chance'])];
  for (let at = 0; at < steps; at++) lines.push(line([at + 1, ...METRICS.map((metric) => curves[metric]?.[at]), chance]));
  return lines.join('');
}

/** What it was made of, and how it went. What was not measured is null. @param {Run} run */
export function runJson({ id, name, source, side, pictures, settings, levels: { chance, top1, floor }, device, version, measured, curves }) {
  const short = (/** @type {number} */ value) => (Number.isFinite(value) ? Number(decimal(value)) : null);
  const drawn = METRICS.map((metric) => [metric, Array.from(curves[metric] ?? [], short)]);
  const levels = { chance: short(chance), top1: short(top1), floor: short(floor) };
  const written = JSON.parse(JSON.stringify({ settings, measured }, singles));
  const run = { id, name, source, side, pictures, settings: written.settings, levels, device, measured: written.measured, curves: Object.fromEntries(drawn) };
  return JSON.stringify({ program: 'contrastive-playground', version, ...run });
}
