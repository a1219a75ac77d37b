// How earlier runs are told apart: by colour, and by the dashes of their lines.

export const MARKS = 6;
/** Of lines, in pixels; the first is whole. */
export const DASHES = [[14, 4], [6, 4], [2, 4], [14, 4, 2, 4], [20, 6, 6, 6], [4, 8]];

/** The CSS variable of a run's colour. @param {number} mark */
export function runColor(mark) {
  return `--run-${(mark % MARKS) + 1}`;
}
