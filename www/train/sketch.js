// A curve that somebody draws of the loss to come: its values at places that are even in the run.

/** Places from the first step to the last. */
export const PLACES = 9;

/** Ways that a loss may go, for who cannot draw or does not like to: how far it is down at a share of the run. */
const SHAPES = {
  fast: (/** @type {number} */ at) => 1 - Math.exp(-6 * at),
  slow: (/** @type {number} */ at) => 0.6 * at,
  stays: () => 0,
  // From near the floor, as where the first candidates are easy, and down again.
  humps: (/** @type {number} */ at) => (at < 0.2 ? 0.9 - 3 * at : 0.3 + 0.3 * (at - 0.2)),
  climbs: (/** @type {number} */ at) => -0.2 * at,
};
/** @typedef {keyof typeof SHAPES} Shape */
/** Those that are usual. @type {readonly Shape[]} */
export const SHAPE_NAMES = ['fast', 'slow', 'stays'];

/** @param {Shape} shape @param {{ chance: number, floor: number }} levels */
export function sketchOf(shape, { chance, floor }) {
  const least = Number.isFinite(floor) ? floor : 0;
  return Array.from({ length: PLACES }, (_, index) => chance - SHAPES[shape](index / (PLACES - 1)) * (chance - least));
}

/**
 * A sketch with one place set; what follows stands there too, until it is drawn.
 * @param {readonly number[] | undefined} sketch @param {number} at 0..1 of the run @param {number} value @param {number} chance where it begins
 */
export function drawnAt(sketch, at, value, chance) {
  const place = Math.max(0, Math.min(PLACES - 1, Math.round(at * (PLACES - 1))));
  const before = sketch ?? Array(PLACES).fill(chance);
  return before.map((old, index) => (index < place ? old : value));
}
