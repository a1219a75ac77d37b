// The frames and shapes that tell groups apart. No two have the same shape, and none goes by its colour alone.

/** Variables of the page: told apart in both themes, and by the colour-blind. */
const COLORS = ['--run-1', '--run-4', '--run-2', '--run-3', '--run-5', '--ink'];
const PLAIN = '--faint';

/** Polygons within −1..1; the second six go with dashed frames. */
const SHAPES = [
  star(24, 1),
  [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  [[0, -1], [1, 0.85], [-1, 0.85]],
  [[0, -1], [0.95, 0], [0, 1], [-0.95, 0]],
  star(5, 0.42),
  cross(0),
  cross(Math.PI / 4),
  [[0, 1], [1, -0.85], [-1, -0.85]],
  [[1, 0], [-0.85, 1], [-0.85, -1]],
  [[-1, 0], [0.85, 1], [0.85, -1]],
  [[-1, -0.4], [1, -0.4], [1, 0.4], [-1, 0.4]],
  [[-0.4, -1], [0.4, -1], [0.4, 1], [-0.4, 1]],
];

/** @param {number} mark −1 is the plain one @returns {string} the name of a variable */
export function colorOf(mark) {
  return COLORS[mark % COLORS.length] ?? PLAIN;
}

/** @param {number} mark */
export function isDashed(mark) {
  return mark >= COLORS.length;
}

/** For the attribute `points` of an SVG polygon. @param {number} mark */
export function shapeOf(mark) {
  return SHAPES[mark] ?? [];
}

/** An SVG path from the middle, in steps. @param {number} mark @param {number} radius */
export function outlineOf(mark, radius) {
  const [r, across] = [radius, 2 * radius].map(short);
  // The first shape is a disc, which has too many corners for thousands.
  if (mark === 0) return `m-${r},0a${r},${r} 0 1,0 ${across},0a${r},${r} 0 1,0 -${across},0z`;
  const points = mark < 0 ? [[-0.7, -0.7], [0.7, -0.7], [0.7, 0.7], [-0.7, 0.7]] : shapeOf(mark);
  let [x, y] = [0, 0];
  const steps = points.map(([right, down]) => {
    const step = `${short(right * radius - x)},${short(down * radius - y)}`;
    [x, y] = [right * radius, down * radius];
    return step;
  });
  return `m${steps[0]}l${steps.slice(1).join(' ')}z`;
}

/** @param {number} value */
function short(value) {
  return value.toFixed(2);
}

/** @param {number} points @param {number} inner how far out the points between reach */
function star(points, inner) {
  return Array.from({ length: 2 * points }, (_, at) => {
    const [angle, reach] = [(at * Math.PI) / points, at % 2 ? inner : 1];
    return [Math.sin(angle) * reach, -Math.cos(angle) * reach];
  });
}

/** @param {number} turn */
function cross(turn) {
  const [arm, end] = [0.34, 1];
  const quarter = [[-arm, -arm], [-arm, -end], [arm, -end]];
  return Array.from({ length: 4 }, (_, at) => at * (Math.PI / 2) + turn).flatMap((angle) =>
    quarter.map(([x, y]) => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)]),
  );
}

/**
 * Draws every group's frame for thumbnails of one size, side by side: to be laid over them.
 * @param {OffscreenCanvas} sheet @param {readonly number[]} marks @param {number} side of a thumbnail, in pixels
 * @param {number} line width of the frame @param {(variable: string) => string} color
 * @param {boolean} shapes in their corners too: needless where the groups are named
 * @returns {number} the side of a frame
 */
export function drawFrames(sheet, marks, side, line, color, shapes) {
  const whole = Math.ceil(side + 2 * line);
  [sheet.width, sheet.height] = [Math.max(1, whole * marks.length), whole];
  const context = sheet.getContext('2d');
  if (!context) return whole;
  const ground = color('--card');
  for (const [at, mark] of marks.entries()) {
    context.setTransform(1, 0, 0, 1, at * whole, 0);
    context.strokeStyle = color(colorOf(mark));
    // A plain frame is a hair line.
    context.lineWidth = mark < 0 ? line / 2 : line;
    context.setLineDash(isDashed(mark) ? [1.6 * line, 1.2 * line] : []);
    context.strokeRect(line / 2, line / 2, whole - line, whole - line);
    if (mark >= 0 && shapes) drawShape(context, mark, Math.max(4 * line, 0.34 * side), line, ground);
  }
  return whole;
}

/**
 * In the corner, on ground of the page's colour.
 * @param {OffscreenCanvasRenderingContext2D} context @param {number} mark @param {number} size @param {number} line @param {string} ground
 */
function drawShape(context, mark, size, line, ground) {
  const color = context.strokeStyle;
  context.fillStyle = ground;
  context.fillRect(line, line, size, size);
  context.fillStyle = color;
  context.beginPath();
  const [middle, reach] = [line + size / 2, 0.44 * size];
  for (const [x, y] of shapeOf(mark)) context.lineTo(middle + x * reach, middle + y * reach);
  context.fill();
}
