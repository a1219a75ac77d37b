// How fast a run is, from the reports of its last seconds.

const WINDOW = 10_000;

/** @typedef {{ at: number, done: number }} Mark a time in milliseconds and the steps done by then */

/**
 * Adds a mark and drops those that are too old, but for one.
 * @param {Mark[]} marks @param {Mark} mark
 */
export function addMark(marks, mark) {
  const kept = marks.filter(({ at }) => mark.at - at <= WINDOW);
  return [...(kept.length ? kept : marks.slice(-1)), mark];
}

/**
 * Steps a second, and seconds left; undefined until two marks differ.
 * @param {Mark[]} marks @param {number} steps
 */
export function pace(marks, steps) {
  const [first, last] = [marks[0], marks.at(-1)];
  if (!first || !last || last.done <= first.done || last.at <= first.at) return undefined;
  const rate = ((last.done - first.done) * 1000) / (last.at - first.at);
  return { rate, left: Math.max(0, steps - last.done) / rate };
}
