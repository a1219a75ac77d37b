// How a lesson stands: what of it was run, what waits, and what is still missing.
import { addressOf, runsOf } from './lesson.js';

/**
 * @typedef {import('./lesson.js').Lesson} Lesson @typedef {import('./lesson.js').Step} Step
 *
 * @typedef {object} Lectern what is taught just now
 * @property {readonly Lesson[]} course
 * @property {number} number of the lesson; below 0, the list of all
 * @property {number} step from 1
 * @property {number} runsFor the step of which what it runs is under way; 0, none
 * @property {Record<string, any>} results of this lesson's runs
 * @property {Record<string, any>} paused what its runs came to until they were paused: a {@link import('./lesson.js').Result}, or what was made
 * @property {Record<number, any>} guesses by step
 * @property {Record<number, string>} answers by step
 */

/** Of a lesson in which nothing was done. */
export const NOTHING_DONE = { results: {}, paused: {}, guesses: {}, answers: {} };

/** @param {Lectern} lectern @returns {Lesson | undefined} */
export function lessonOf({ course, number }) {
  return course[number];
}

/** @param {Lectern} lectern */
export function stepOf(lectern) {
  return lessonOf(lectern)?.steps[lectern.step - 1];
}

/** What this step runs. @param {Lectern} lectern */
function ownRuns(lectern) {
  return runsOf(stepOf(lectern) ?? {});
}

/** Has a step been run? @param {Lectern} lectern @param {Step} step */
function has({ results }, step) {
  return runsOf(step).every(({ as }) => as in results);
}

/** Steps before this one whose results it needs and that were not run. @param {Lectern} lectern @returns {readonly Step[]} */
export function missing(lectern) {
  const lacking = (stepOf(lectern)?.needs ?? []).filter((name) => !(name in lectern.results));
  if (!lacking.length) return [];
  const before = lessonOf(lectern)?.steps.slice(0, lectern.step - 1) ?? [];
  // All from the first that is lacking: a run may go on with the one before.
  const from = before.findIndex((step) => runsOf(step).some(({ as }) => lacking.includes(as)));
  return before.slice(Math.max(0, from)).filter((step) => !has(lectern, step));
}

/** Has this step been run, or needs no run? @param {Lectern} lectern */
export function ran(lectern) {
  const step = stepOf(lectern);
  return step !== undefined && !missing(lectern).length && has(lectern, step);
}

/** Is what this step runs under way? @param {Lectern} lectern */
export function running({ runsFor, step }) {
  return runsFor === step;
}

/** Is something of the answer there, or being made? Then the prediction stands. @param {Lectern} lectern */
export function begun(lectern) {
  const { results, paused } = lectern;
  return running(lectern) || ownRuns(lectern).some(({ as }) => results[as] ?? paused[as]);
}

/** What this step would go on with: what it needs or runs, as far as that had come when it was paused. @param {Lectern} lectern */
export function pausedIn(lectern) {
  const { paused } = lectern;
  const waits = [...missing(lectern).flatMap(runsOf), ...ownRuns(lectern)].find(({ as }) => paused[as]);
  return waits && paused[waits.as];
}

/** The last run that was made in this step; or else that it names as needed; or else up to it. @param {Lectern} lectern @returns {import('./lesson.js').Result | undefined} */
export function latest(lectern) {
  const { step, results } = lectern;
  const made = (lessonOf(lectern)?.steps.slice(0, step) ?? []).flatMap(runsOf).filter((run) => 'steps' in run && run.as in results).map(({ as }) => as);
  const spokenOf = [...(stepOf(lectern)?.needs ?? []), ...ownRuns(lectern).map(({ as }) => as)].filter((name) => made.includes(name));
  return results[spokenOf.at(-1) ?? made.at(-1) ?? ''];
}

/** Was the lesson begun in a page that has been left since, and nothing run in this one? @param {Lectern} lectern @param {Record<string, number>} before how far one had come in that */
export function lost(lectern, before) {
  const lesson = lessonOf(lectern);
  if (!lesson || Object.keys({ ...lectern.results, ...lectern.paused }).length) return false;
  return lesson.steps.slice(0, before[lesson.name] ?? 0).some((step) => runsOf(step).length);
}

/** The address of another step, or where the lesson ends, of the next lesson. @param {Lectern} lectern @param {1 | -1} by */
export function beside(lectern, by) {
  const { course, number, step } = lectern;
  const to = step + by;
  if (to >= 1 && to <= (lessonOf(lectern)?.steps.length ?? 0)) return addressOf(number, to);
  return by > 0 && course[number + 1] ? addressOf(number + 1) : '#lesson';
}
