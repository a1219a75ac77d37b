// Three loss curves between chance and floor, to be read on paper. They are drawn; the two levels are computed.

/** What the drawing is of. */
const [PICTURES, TEMPERATURE] = [64, 0.5];
const [WIDTH, HEIGHT, LEFT, BOTTOM] = [640, 300, 44, 34];
const TOP_LOSS = 5.5;

/** Chance and floor of NT-Xent: each of 2N views against 2N − 1 others; all negatives at −1/(N − 1). @param {number} pictures @param {number} temperature */
export function levels(pictures, temperature) {
  const negatives = 2 * pictures - 2;
  return {
    chance: Math.log(2 * pictures - 1),
    floor: Math.log1p(negatives * Math.exp((-1 / (pictures - 1) - 1) / temperature)),
  };
}

/** As uneven as a loss from batch to batch, and the same every time. @param {number} index */
const noise = (index) => (Math.sin(index * 12.9898) * 43758.5453) % 1;

const x = (/** @type {number} */ share) => LEFT + share * (WIDTH - LEFT - 90);
const y = (/** @type {number} */ loss) => (1 - loss / TOP_LOSS) * (HEIGHT - BOTTOM);

/** @param {Record<string, string>} words */
export function curves(words) {
  const { chance, floor } = levels(PICTURES, TEMPERATURE);
  const runs = {
    A: () => chance - 0.06,
    B: (/** @type {number} */ share) => floor + 0.2 + (chance - floor - 0.2) * Math.exp(-5 * share),
    C: (/** @type {number} */ share) => 0.05 + chance * Math.exp(-14 * share),
  };
  const lines = Object.entries(runs).map(([name, run]) => {
    const points = Array.from({ length: 121 }, (_, index) => [x(index / 120), y(run(index / 120) + 0.06 * noise(index))]);
    const line = points.map((point) => point.map((at) => at.toFixed(1)).join(',')).join(' ');
    return `<polyline class="run" points="${line}"/><text class="name" x="${x(0.94)}" y="${y(run(1)) + (name === 'A' ? 24 : -10)}">${name}</text>`;
  });
  const level = (/** @type {string} */ key, /** @type {number} */ loss) =>
    `<path class="level" d="M${LEFT} ${y(loss)}H${x(1)}"/><text x="${x(1) + 8}" y="${y(loss) - 4}">${words[`curves.${key}`]} ${loss.toFixed(2)}</text>`;
  const ticks = [0, 1, 2, 3, 4, 5].map((loss) => `<text x="${LEFT - 10}" y="${y(loss) + 4}" text-anchor="end">${loss}</text>`);
  return `<figure class="curves"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words['guide.curves']}"><path class="axis" d="M${LEFT} 0V${y(0)}H${x(1)}"/>${ticks.join('')}<text x="${LEFT - 34}" y="12">${words['curves.loss']}</text><text x="${x(1)}" y="${HEIGHT - 8}" text-anchor="end">${words['curves.step']}</text>${level('chance', chance)}${level('floor', floor)}${lines.join('')}</svg></figure>`;
}
