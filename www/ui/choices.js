// What a visitor has chosen of the page itself: its language, its look, what is open. Kept by the browser, apart from
// pictures and runs.
import { place } from './place.js';

const NAMES = /** @type {const} */ (['language', 'look', 'opened', 'lessons']);

/** Each copy of the page on a host has choices of its own; those of before they had are for all. @param {string} name */
const keyOf = (name) => `contrastive-playground:${place.pathname}:${name}`;

/** @param {typeof NAMES[number]} name */
export function chosen(name) {
  try {
    return globalThis.localStorage?.getItem(keyOf(name)) ?? localStorage.getItem(name) ?? undefined;
  } catch {
    // Storage is forbidden.
    return undefined;
  }
}

/** @param {typeof NAMES[number]} name @param {string} value */
export function choose(name, value) {
  try {
    localStorage.setItem(keyOf(name), value);
  } catch {
    // Storage is forbidden: the choice lasts for this visit.
  }
}

/** All choices are forgotten; the page stays as it is until it is left. */
export function forgetChoices() {
  try {
    for (const name of NAMES.flatMap((name) => [keyOf(name), name])) localStorage.removeItem(name);
  } catch {
    // Storage is forbidden, and holds nothing.
  }
}

/** What was chosen as an object; an empty one for what is none. @param {typeof NAMES[number]} name @returns {Record<string, unknown>} */
export function chosenObject(name) {
  try {
    const found = JSON.parse(chosen(name) ?? '{}');
    return typeof found === 'object' && found ? found : {};
  } catch {
    return {};
  }
}
