// How far one has come in each lesson that was opened.
import { choose, chosenObject } from '../ui/choices.js';

/** The furthest step of each, by its name. */
export function reached() {
  return /** @type {Record<string, number>} */ (chosenObject('lessons'));
}

/** @param {string} name of a lesson @param {number} step */
export function reach(name, step) {
  const known = reached();
  choose('lessons', JSON.stringify({ ...known, [name]: Math.max(known[name] ?? 0, step) }));
}
