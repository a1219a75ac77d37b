// Which part of the map is seen: `zoom` 1 is all of it, and (x, y) is the place in the middle.

/**
 * @typedef {{ zoom: number, x: number, y: number }} View
 * @typedef {object} Size
 * @property {number} width of the canvas, in pixels of CSS
 * @property {number} height
 * @property {[x: number, y: number]} reach of the places, from the middle of the map
 */

/** @type {View} */
export const WHOLE = { zoom: 1, x: 0, y: 0 };
const MOST = 200;
/** Room around the whole map, in pixels of CSS. */
const EDGE = 28;
/** Pictures that are all at one place are not infinitely far enlarged. */
const LEAST_REACH = 0.2;
/** Sides of a thumbnail, in pixels of CSS: of the whole map, and far enlarged. */
const SIDES = { least: 9, usual: 40, most: 112 };
/** What a thumbnail's side grows by as the map grows: less, so that they come apart. */
const GROWTH = 0.55;

/** The side of a thumbnail. @param {number} zoom @param {Size} size @param {number} count of pictures */
export function sideOf(zoom, { width, height }, count) {
  const fair = 0.8 * Math.sqrt((width * height) / Math.max(1, count));
  const whole = Math.min(SIDES.usual, Math.max(SIDES.least, fair));
  return Math.min(SIDES.most, whole * zoom ** GROWTH);
}

/** Pixels of CSS for a unit of the map. @param {View} view @param {Size} size */
export function scaleOf({ zoom }, { width, height, reach }) {
  // The outermost thumbnails are seen whole.
  const fit = (/** @type {number} */ length, /** @type {number} */ far) =>
    Math.max(40, length - 2 * Math.min(EDGE, width / 12)) / (2 * Math.max(LEAST_REACH, far));
  return zoom * Math.min(fit(width, reach[0]), fit(height, reach[1]));
}

/** Where a point of the canvas is on the map. @param {View} view @param {Size} size @param {number} left @param {number} top */
export function placeAt(view, size, left, top) {
  const scale = scaleOf(view, size);
  return { x: view.x + (left - size.width / 2) / scale, y: view.y + (top - size.height / 2) / scale };
}

/** Where a place of the map is on the canvas. @param {View} view @param {Size} size @param {number} x @param {number} y */
export function spotAt(view, size, x, y) {
  const scale = scaleOf(view, size);
  return { left: size.width / 2 + (x - view.x) * scale, top: size.height / 2 + (y - view.y) * scale };
}

/**
 * Zooms such that the place under a point of the canvas stays there.
 * @param {View} view @param {Size} size @param {number} factor @param {number} [left] @param {number} [top]
 */
export function zoomed(view, size, factor, left = size.width / 2, top = size.height / 2) {
  const place = placeAt(view, size, left, top);
  const zoom = Math.max(1, Math.min(MOST, view.zoom * factor));
  const after = placeAt({ ...view, zoom }, size, left, top);
  return within({ zoom, x: view.x + place.x - after.x, y: view.y + place.y - after.y }, size);
}

/** Moves what is seen by pixels of CSS. @param {View} view @param {Size} size @param {number} left @param {number} top */
export function panned(view, size, left, top) {
  const scale = scaleOf(view, size);
  return within({ ...view, x: view.x - left / scale, y: view.y - top / scale }, size);
}

/**
 * Moves as little as shows a place with some room around it.
 * @param {View} view @param {Size} size @param {number} x @param {number} y @param {number} room in pixels of CSS
 */
export function showing(view, size, x, y, room) {
  const scale = scaleOf(view, size);
  const reach = (/** @type {number} */ length) => Math.max(0, length / 2 - room) / scale;
  const near = (/** @type {number} */ middle, /** @type {number} */ place, /** @type {number} */ most) =>
    Math.max(place - most, Math.min(place + most, middle));
  return within({ ...view, x: near(view.x, x, reach(size.width)), y: near(view.y, y, reach(size.height)) }, size);
}

/** No further than what is there, so that nobody gets lost. @param {View} view @param {Size} size @returns {View} */
function within(view, size) {
  const scale = scaleOf(view, size);
  const limit = (/** @type {number} */ middle, /** @type {number} */ length, /** @type {number} */ reach) => {
    const free = Math.max(0, reach - (length / 2 - EDGE) / scale);
    // Never −0.
    return Math.max(-free, Math.min(free, middle)) || 0;
  };
  return { ...view, x: limit(view.x, size.width, size.reach[0]), y: limit(view.y, size.height, size.reach[1]) };
}
