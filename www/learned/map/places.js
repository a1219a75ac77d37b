// Where the pictures are on the map, in the map's own unit: the whole of it lies within −1..1.

/** @typedef {Float32Array} Places x and y of each picture in turn; NaN for who has no place */

/** How far off a direction the next picture may lie: 45° to either side. */
const CONE = 1;

/**
 * Coordinates moved to the middle and shrunk to −1..1; x and y keep their proportion.
 * @param {Float32Array} coordinates @param {number} count of pictures; who has no coordinates has no place
 * @returns {Places}
 */
export function placesOf(coordinates, count) {
  const axes = [0, 1].map((axis) => extent(coordinates, count, axis));
  const reach = Math.max(...axes.map(({ least, most }) => (most - least) / 2)) || 1;
  const places = new Float32Array(2 * count).fill(NaN);
  for (let at = 0; at < Math.min(places.length, coordinates.length); at++) {
    const { least, most } = axes[at % 2];
    // The canvas has y downwards, a diagram upwards.
    places[at] = ((coordinates[at] - (least + most) / 2) / reach) * (at % 2 ? -1 : 1);
  }
  for (let at = 0; at < places.length; at += 2) {
    if (!Number.isFinite(places[at] + places[at + 1])) places[at] = places[at + 1] = NaN;
  }
  return places;
}

/** @param {Float32Array} coordinates @param {number} count @param {number} axis */
function extent(coordinates, count, axis) {
  let [least, most] = [Infinity, -Infinity];
  for (let at = axis; at < Math.min(2 * count, coordinates.length); at += 2) {
    if (!Number.isFinite(coordinates[at])) continue;
    least = Math.min(least, coordinates[at]);
    most = Math.max(most, coordinates[at]);
  }
  return least > most ? { least: 0, most: 0 } : { least, most };
}

/** How far places reach from the middle, to either side and up or down. @param {Places} places @returns {[x: number, y: number]} */
export function reachOf(places) {
  const reach = /** @type {[number, number]} */ ([0, 0]);
  for (let at = 0; at < places.length; at++) {
    const far = Math.abs(places[at]);
    if (far > reach[at % 2]) reach[at % 2] = far;
  }
  return reach;
}

/**
 * Places on the way from some to others.
 * @param {Places} from @param {Places} to @param {number} share of the way, 0..1
 */
export function between(from, to, share) {
  return to.map((place, at) => (Number.isFinite(from[at]) ? from[at] + share * (place - from[at]) : place));
}

/**
 * The nearest picture in a direction, among those that lie within 45° of it; undefined if there is none.
 * @param {Places} places @param {number} index from which picture @param {[x: number, y: number]} direction
 */
export function next(places, index, [dx, dy]) {
  let best;
  let shortest = Infinity;
  for (let other = 0; other < places.length / 2; other++) {
    const [x, y] = [places[2 * other] - places[2 * index], places[2 * other + 1] - places[2 * index + 1]];
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy - y * dx);
    // What lies straight ahead is preferred to what lies aside.
    if (!(along > 0) || across > CONE * along || along + across >= shortest) continue;
    shortest = along + across;
    best = other;
  }
  return best;
}

/**
 * The picture nearest to a point, of those whose centre is no further from it than `within` along both axes.
 * @param {Places} places @param {number} x @param {number} y @param {number} [within]
 */
export function nearestTo(places, x, y, within = Infinity) {
  let best;
  let shortest = Infinity;
  for (let index = 0; index < places.length / 2; index++) {
    const [dx, dy] = [Math.abs(places[2 * index] - x), Math.abs(places[2 * index + 1] - y)];
    if (!(dx <= within && dy <= within) || dx * dx + dy * dy >= shortest) continue;
    shortest = dx * dx + dy * dy;
    best = index;
  }
  return best;
}
