// A curve that somebody draws of the loss to come: its values at places that are even in the run.

/** Places from the first step to the last. */
export const PLACES = 33;

/** Ways that a loss may go, for who cannot draw or does not like to: how far it is down at a share of the run, of the way to the floor, or above chance of that. */
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
  return Array.from({ length: PLACES }, (_, index) => {
    const down = SHAPES[shape](index / (PLACES - 1));
    return chance - down * (down > 0 ? chance - least : chance);
  });
}

/**
 * What a finger draws from where it is set down to where it is lifted.
 * @typedef {object} Stroke
 * @property {readonly number[]} [before] what was drawn before
 * @property {ReadonlyMap<number, number>} heights at the places that it has met
 * @property {number} place the last of them
 */

/** @param {readonly number[] | undefined} before @param {number} at 0..1 of the run @param {number} value @returns {Stroke} */
export function strokeFrom(before, at, value) {
  const place = placeOf(at);
  return { before, heights: new Map([[place, value]]), place };
}

/** It comes to a place, straight from the one before. @param {Stroke} stroke @param {number} at @param {number} value @returns {Stroke} */
export function strokeTo({ before, heights, place: from }, at, value) {
  const place = placeOf(at);
  const [begin, met] = [heights.get(from) ?? value, new Map(heights)];
  for (let index = Math.min(from, place); index <= Math.max(from, place); index++) {
    met.set(index, index === place ? value : begin + ((value - begin) * (index - from)) / (place - from));
  }
  return { before, heights: met, place };
}

/** The curve that it makes: where it has not been, what was drawn before, or else level. @param {Stroke} stroke */
export function curveOf({ before, heights }) {
  const met = [...heights.keys()];
  const [first, last] = [Math.min(...met), Math.max(...met)];
  return Array.from({ length: PLACES }, (_, index) => heights.get(index) ?? before?.[index] ?? heights.get(index < first ? first : last) ?? NaN);
}

/** @param {number} at */
function placeOf(at) {
  return Math.max(0, Math.min(PLACES - 1, Math.round(at * (PLACES - 1))));
}
