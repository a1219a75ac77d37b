// A band of steps behind a curve.

/** @param {import('uplot')} plot @param {{ from: number, to: number }} steps @param {string} color */
export function shade({ ctx: context, bbox, valToPos }, { from, to }, color) {
  const [left, right] = [bbox.left, bbox.left + bbox.width];
  const place = (/** @type {number} */ step) => Math.min(right, Math.max(left, valToPos(step, 'x', true)));
  const start = place(from - 1);
  context.save();
  // Behind what is drawn already.
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = color;
  context.globalAlpha = 0.5;
  context.fillRect(start, bbox.top, place(to) - start, bbox.height);
  context.restore();
}
