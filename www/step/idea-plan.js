// Where things stand in the drawing of the idea, in pixels.

/** Negatives that are drawn. */
export const NEGATIVES = 4;

/** @typedef {{ x: number, y: number, side: number }} Place of a square: its middle and its side */
/** @typedef {{ similarity: number, share: number }} Compared */

/** The two captions below the drawing, in lines of type: a strip that no square comes into. */
const STRIP = 2.7;

/**
 * From left to right: picture, views, encoder, and the middle of the dial.
 * @param {{ width: number, height: number }} size @param {{ least: number, most: number }} [types] between which the type is, in pixels
 */
export function planOf({ width, height }, { least, most } = { least: 10.5, most: 15 }) {
  // Where letters are as small as they may be, they want more room than their share: the encoder's name, and what is above and below the views.
  const across = Math.min(width / 100, (width - 5.2 * least) / 87);
  const down = Math.min(height / (48 + 2.5 * STRIP), (height - STRIP * least) / 48, (height - (3.5 + STRIP) * least) / 31);
  const unit = Math.max(1, Math.min(across, down));
  const type = Math.max(least, Math.min(most, 2.5 * unit));
  const middle = (height - STRIP * type) / 2;
  const wide = Math.max(13 * unit, 5.2 * type);
  const left = (width - 87 * unit - wide) / 2;
  const at = (/** @type {number} */ x) => left + x * unit;
  const apart = 10.5 * unit;
  const encoder = { x: at(35), y: middle - 15 * unit, width: wide, height: 30 * unit };
  const out = { x: at(39.5) + wide };
  return {
    unit,
    /** Of the type, in pixels. */ type,
    picture: { x: at(6.5), y: middle, side: 12 * unit },
    first: { x: at(25), y: middle - apart, side: 10 * unit },
    second: { x: at(25), y: middle + apart, side: 10 * unit },
    /** Of the views' names, which are longer than what is left of these in a narrow drawing. */ named: Math.max(at(25), 4.7 * type),
    encoder,
    out,
    right: out.x + 47.5 * unit,
    center: { x: out.x + 27.5 * unit, y: middle + 5 * unit },
    radius: 11 * unit,
    /** Where the captions begin. */ bottom: middle + Math.max(24 * unit, 15.5 * unit + 1.75 * type),
  };
}

/**
 * The anchor on top, the positive to the right of it and negatives to the left, each at the angle whose cosine its
 * similarity with the anchor is. Squares that would cover each other stand further out.
 * @param {ReturnType<typeof planOf>} plan @param {Compared | undefined} positive @param {Compared[]} negatives
 */
export function dialOf({ center, radius, unit, type, out, right: end, bottom }, positive, negatives) {
  const side = 5.6 * unit;
  // The first row beside the anchor is clear of it, those behind look out from under each other.
  const far = (/** @type {number} */ row) => radius + side * (0.75 + (row ? 0.5 + 0.4 * row : 0));
  const at = (/** @type {number} */ angle, /** @type {number} */ far) => ({ x: center.x + far * Math.sin(angle), y: center.y - far * Math.cos(angle) });
  // As far out as there is room beside the z, and above the captions.
  const beside = (/** @type {number} */ angle) => (angle < 0 ? (center.x - side / 2 - out.x - 1.4 * type) / -Math.sin(angle) : Infinity);
  const above = (/** @type {number} */ angle) => (Math.cos(angle) < 0 ? (bottom - side / 2 - 3 - center.y) / -Math.cos(angle) : Infinity);
  const square = (/** @type {number} */ angle, /** @type {number} */ row) => ({ ...at(angle, Math.min(far(row), beside(angle), above(angle))), side });
  const angleOf = (/** @type {Compared} */ { similarity }) => Math.acos(Math.max(-1, Math.min(1, similarity)));
  const rows = stacked(negatives.map(angleOf), side / radius);
  const right = positive && angleOf(positive);
  const anchor = { ...at(0, far(0)), side };
  const positiveAt = right === undefined ? undefined : square(right, stacked([right], side / radius)[0]);
  const left = negatives.map((negative) => -angleOf(negative));
  const spokes = [
    { kind: 'anchor', from: at(0, radius), to: at(0, radius), force: undefined },
    ...left.map((angle, index) => ({ kind: 'negative', from: at(angle, radius), to: at(angle, radius), force: arc(at, angle, 0.3, radius, 1 + 5 * negatives[index].share) })),
    ...(right === undefined ? [] : [{ kind: 'positive', from: at(right, radius), to: at(right, radius), force: arc(at, right, 0.6 * right, radius, 2.5) }]),
  ];
  return {
    center,
    radius,
    anchor,
    positive: positiveAt,
    negatives: left.map((angle, index) => square(angle, rows[index])),
    spokes,
    words: [
      ...(positive ? [{ kind: 'positive', value: positive.similarity, x: end, y: bottom + type }] : []),
      ...(negatives[0] ? [{ kind: 'negative', value: negatives[0].similarity, x: end, y: bottom + 2.3 * type }] : []),
    ],
  };
}

/** In which row each stands, so that none covers another or the anchor. @param {number[]} angles @param {number} width of a square, as an angle */
function stacked(angles, width) {
  // The anchor stands in the first.
  const ends = [0];
  return angles.map((angle) => {
    let row = 0;
    while (row < ends.length && angle - ends[row] < width) row++;
    ends[row] = angle;
    return row;
  });
}

/**
 * An arrow along the circle, against the clock; none where there is no room for one.
 * @param {(angle: number, far: number) => { x: number, y: number }} at @param {number} angle where it begins
 * @param {number} length as an angle @param {number} radius @param {number} width
 */
function arc(at, angle, length, radius, width) {
  const far = radius * 0.84;
  const head = (4 + width) / far;
  if (length < head) return undefined;
  const [from, to] = [at(angle, far), at(angle - length + head, far)];
  const ends = [at(angle - length, far), ...[-1, 1].map((side) => at(angle - length + head, far + side * (3 + width / 2)))];
  const [tip, inner, outer] = ends;
  const path = `M${from.x},${from.y}A${far},${far} 0 0,0 ${to.x},${to.y}`;
  return { path, width, tip: `M${tip.x},${tip.y}L${inner.x},${inner.y}L${outer.x},${outer.y}z` };
}
