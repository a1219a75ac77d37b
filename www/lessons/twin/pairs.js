// Which views belong together, where every first view comes before every second.

/** @param {readonly [number, number]} pair the lower first @param {number} pictures */
export function isPair([first, second], pictures) {
  return second - first === pictures;
}
