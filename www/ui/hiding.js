// What a teacher's link leaves out of the page. An element that stands alone shows everything.

/** @type {ReadonlySet<string>} */
let hidden = new Set();

/** Names of parts, and of parts of parts: `model`, `step.formula`. To be said before anything is drawn. @param {Iterable<string>} names */
export function hide(names) {
  hidden = new Set(names);
}

/** Every name that was hidden. */
export function hiddenNames() {
  return [...hidden];
}

/** Is it there? A part of what is hidden is hidden too. @param {string} name */
export function shows(name) {
  return !hidden.has(name) && !hidden.has(name.split('.')[0]);
}
