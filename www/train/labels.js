// Where the names of levels stand in a chart: beside their lines, where no curve runs and no other name stands.

/** Along its line, from the right, where a curve comes last. */
const ALONG = [1, 0, 0.5];

/**
 * @typedef {(readonly [x: number, y: number])[]} Line
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 * @typedef {{ y: number, line?: Line, width: number, height: number, right?: number, spot?: number }} Label the height of its line, or this where
 *   it is not level, its own size, how far to the right it may stand, and its place before
 */

/**
 * A box for each label: above or below its line or a little further off, at the right, the left or the middle of it. Where
 * it stood before it stays as long as nothing comes there, so that it does not jump while a curve grows.
 * @param {readonly Label[]} labels @param {readonly Line[]} lines @param {Box} area @param {number} gap between a line and its name
 * @returns {(Box & { spot: number })[]}
 */
export function placed(labels, lines, area, gap) {
  /** @type {(Box & { spot: number })[]} */
  const boxes = [];
  for (const { spot: before, ...label } of labels) {
    const spots = spotsOf(label, area, gap);
    const costs = spots.map((box) => costOf(box, lines, boxes, area));
    const least = Math.min(...costs);
    const spot = before !== undefined && costs[before] === least ? before : costs.indexOf(least);
    boxes.push({ ...spots[spot], spot });
  }
  return boxes;
}

/** @param {Label} label @param {Box} area @param {number} gap @returns {Box[]} */
function spotsOf({ y, line, width, height, right = Infinity }, area, gap) {
  const room = Math.max(0, Math.min(right, area.right) - area.left - width - 2 * gap);
  return ALONG.flatMap((along) => {
    const left = area.left + gap + along * room;
    const beside = (line ?? []).flatMap(([x, y]) => (x >= left && x <= left + width ? [y] : []));
    const [high, low] = beside.length ? [Math.min(...beside), Math.max(...beside)] : [y, y];
    return [high - gap - height, low + gap, high - gap - 2 * height].map((top) => ({ left, top, right: left + width, bottom: top + height }));
  });
}

/** A name that lies on another or is cut off is worse than one that a curve strikes. @param {Box} box @param {readonly Line[]} lines @param {readonly Box[]} others @param {Box} area */
function costOf(box, lines, others, area) {
  const outside = Math.max(0, area.top - box.top) + Math.max(0, box.bottom - area.bottom);
  return lines.filter((line) => crosses(line, box)).length + 10 * others.filter((other) => overlap(box, other)).length + 10 * outside;
}

/** @param {Box} one @param {Box} other */
export function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** Does a line run through a box? Between two places it is straight. @param {Line} line @param {Box} box */
export function crosses(line, { left, top, right, bottom }) {
  return line.some(([x, y], index) => {
    const [u, v] = line[index + 1] ?? [x, y];
    const [from, to] = [Math.max(left, Math.min(x, u)), Math.min(right, Math.max(x, u))];
    if (from > to) return false;
    const at = (/** @type {number} */ place) => (u === x ? y : y + ((v - y) * (place - x)) / (u - x));
    const [one, other] = u === x ? [y, v] : [at(from), at(to)];
    return Math.min(one, other) < bottom && Math.max(one, other) > top;
  });
}
