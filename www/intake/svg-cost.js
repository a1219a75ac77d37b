// What an SVG draws. The page's own thread has to draw it, and nothing can break that off: what is too much is refused before.

/** A filter's primitive is taken for so many shapes: over the whole drawing it takes longer, and most are over little. */
const PRIMITIVE = 200;
const PRIMITIVES = /^fe(?!MergeNode$|Func[RGBA]$|\w+Light$)[A-Z]/;
/** What these consist of is drawn where somebody asks for it. */
const ONLY_USED = ['defs', 'symbol', 'filter', 'pattern', 'marker', 'mask', 'clipPath', 'linearGradient', 'radialGradient'];
/** There is no need to know more. */
const MOST = 1e9;

/**
 * How many shapes take as long as it does: what is used, and what a pattern, marker, mask or filter consists of, counts as often as it is
 * asked for.
 * @param {Element} root
 */
export function shapesOf(root) {
  // Of equal names the first counts.
  const named = new Map([...root.querySelectorAll('[id]')].reverse().map((element) => [element.id, element]));
  /** @type {Map<Element, Element[]>} */ const parts = new Map();
  /** @type {Map<Element, number>} */ const shapes = new Map();
  // Parts before what they are parts of, however deep; what is a part of itself is not drawn.
  for (const open = [root]; open.length; ) {
    const element = open[open.length - 1];
    const found = parts.get(element);
    if (!found) {
      const its = partsOf(element, named);
      parts.set(element, its);
      for (const part of its) if (!parts.has(part)) open.push(part);
    } else {
      open.pop();
      const own = PRIMITIVES.test(element.localName) ? PRIMITIVE : 1;
      shapes.set(element, Math.min(MOST, found.reduce((sum, part) => sum + (shapes.get(part) ?? 0), own)));
    }
  }
  return shapes.get(root) ?? 0;
}

/** @param {Element} element @param {Map<string, Element>} named */
function partsOf(element, named) {
  const within = [...element.children].filter(({ localName }) => !ONLY_USED.includes(localName));
  return [...within, ...references(element).flatMap((name) => named.get(name) ?? [])];
}

/** The names of what an element asks for. @param {Element} element */
function references({ attributes }) {
  return [...attributes].flatMap(({ localName, value }) => {
    if (localName === 'href') return value.startsWith('#') ? [value.slice(1)] : [];
    return [...value.matchAll(/url\(\s*["']?#([^"')]+)/g)].map(([, name]) => name);
  });
}
