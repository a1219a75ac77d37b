// Two views each of eight pictures, to be printed and cut out. Drawn, in the manner of the page's crops, flips and colours.

const SIDE = 64;
const SHAPES = {
  circle: '<circle r="17"/>',
  square: '<rect x="-15" y="-15" width="30" height="30"/>',
  triangle: '<path d="M0-19 17 12H-17Z"/>',
  ring: '<circle r="13" class="ring"/>',
  star: '<path d="M0-20 5.5-6.5 20-6.2 8.5 2.8 12.4 16.2 0 8.2-12.4 16.2-8.5 2.8-20-6.2-5.5-6.5Z"/>',
  cross: '<path d="M-6-18H6V-6H18V6H6V18H-6V6H-18V-6H-6Z"/>',
};

/** What is on each picture; two of them show the same, and are still two pictures. */
const PICTURES = /** @type {const} */ ([
  { shape: 'circle', hue: 5, x: 28, y: 30 },
  { shape: 'circle', hue: 8, x: 36, y: 34 },
  { shape: 'square', hue: 215, x: 30, y: 34 },
  { shape: 'triangle', hue: 130, x: 34, y: 32 },
  { shape: 'ring', hue: 285, x: 32, y: 30 },
  { shape: 'star', hue: 45, x: 33, y: 34 },
  { shape: 'cross', hue: 25, x: 30, y: 31 },
  { shape: 'square', hue: 150, x: 35, y: 31 },
]);

const GROUNDS = ['hsl(45 45% 89%)', 'hsl(205 40% 89%)', 'hsl(110 25% 88%)', 'hsl(325 30% 91%)'];

/** Another for each view of a picture, and the same for views of others: it must not give a pair away. @param {number} picture @param {number} view */
const groundOf = (picture, view) => GROUNDS[(picture + view * (1 + (picture >> 2))) % GROUNDS.length];

/** The cards in the order in which they lie on the sheet: which picture each shows. */
function dealt() {
  const random = sequence(7);
  const deck = PICTURES.flatMap((_, picture) => [picture, picture]).map((picture) => ({ picture, place: random() }));
  return deck.sort((a, b) => a.place - b.place).map(({ picture }) => picture);
}

const letter = (/** @type {number} */ index) => String.fromCharCode(65 + index);

/** All cards of a sheet. @param {Record<string, string>} words */
export function cards(words) {
  const random = sequence(11);
  const deck = dealt();
  const figures = deck.map((picture, index) => {
    const label = words['guide.card'].replace('{letter}', letter(index));
    const ground = groundOf(picture, deck.indexOf(picture) === index ? 0 : 1);
    return `<figure>${view(PICTURES[picture], ground, random, label)}<figcaption>${letter(index)}</figcaption></figure>`;
  });
  return `<div class="cards">${figures.join('')}</div>`;
}

/** Which two cards are views of one picture. */
export function pairs() {
  return PICTURES.map((_, picture) => lettersOf(picture).join('–')).sort().join(', ');
}

/** The cards of the two pictures that show the same. */
export function alike() {
  return [0, 1].map((picture) => lettersOf(picture).join('–')).sort().join(', ');
}

/** @param {number} picture */
function lettersOf(picture) {
  return dealt().flatMap((other, index) => (other === picture ? [letter(index)] : []));
}

/** @param {typeof PICTURES[number]} picture @param {string} ground @param {() => number} random @param {string} label */
function view({ shape, hue, x, y }, ground, random, label) {
  const between = (/** @type {number} */ low, /** @type {number} */ high) => Math.round(low + (high - low) * random());
  const side = between(34, 58);
  const corner = (/** @type {number} */ centre) => Math.max(0, Math.min(SIDE - side, centre - Math.round(side / 2) + between(-9, 9)));
  const colour = `hsl(${hue + between(-12, 12)} ${between(45, 75)}% ${between(38, 58)}%)`;
  const flip = random() < 0.5 ? ' scale(-1 1)' : '';
  return `<svg viewBox="${corner(x)} ${corner(y)} ${side} ${side}" role="img" aria-label="${label}"><rect width="${SIDE}" height="${SIDE}" fill="${ground}"/><g transform="translate(${x} ${y})${flip} rotate(${between(-18, 18)})" fill="${colour}" stroke="${colour}">${SHAPES[shape]}</g></svg>`;
}

/** The same numbers every time (mulberry32), so that the solutions stay true. @param {number} seed @returns {() => number} */
function sequence(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
