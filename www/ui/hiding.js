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

/** What alone is needed of some rooms, by these rooms. @type {ReadonlyMap<string, ReadonlySet<string>>} */
let needed = new Map();

/** Of the rooms of these parts nothing else is shown, and these even where a link hides them, until something else is said. @param {Iterable<string>} names */
export function narrow(names) {
  const rooms = new Map();
  for (const name of names) {
    const [room] = name.split('.');
    rooms.set(room, new Set([...(rooms.get(room) ?? []), name]));
  }
  needed = rooms;
}

/** Is only a part of a room needed? @param {string} room */
export function narrowed(room) {
  return needed.has(room);
}

/** Is it there? A part of what is hidden is hidden too. @param {string} name */
export function shows(name) {
  const [room] = name.split('.');
  const parts = name === room ? undefined : needed.get(room);
  return parts ? parts.has(name) : !hidden.has(name) && !hidden.has(room);
}
