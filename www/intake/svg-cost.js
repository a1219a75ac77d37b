// What an SVG draws. The page's own thread has to draw it, and nothing can break that off: what is too much is refused before.

/** A filter’s primitive is taken for so many shapes: over the whole drawing it takes longer, and most are over little. */
const PRIMITIVE = 500;

/**
 * How many shapes are drawn: what is used, and what a pattern, marker, mask or filter consists of, as often as it is asked for.
 * @param {Element} root
 */
export function shapesOf(root) {
  const named = new Map([...root.querySelectorAll('[id]')].map((element) => [element.id, element]));
  /** @type {Map<Element, number>} */ const known = new Map();
  /** @param {Element} element @returns {number} */
  const count = (element) => {
    const before = known.get(element);
    if (before !== undefined) return before;
    // What is a part of itself is not drawn.
    known.set(element, 0);
    const parts = [element, ...element.querySelectorAll('*')];
    const own = parts.reduce((sum, { localName }) => sum + (/^fe[A-Z]/.test(localName) ? PRIMITIVE : 1), 0);
    const used = parts.flatMap(references).flatMap((id) => named.get(id) ?? []);
    const shapes = used.reduce((sum, part) => sum + count(part), own);
    known.set(element, shapes);
    return shapes;
  };
  return count(root);
}

/** The names of what an element asks for. @param {Element} element */
function references(element) {
  return [...element.attributes].flatMap(({ localName, value }) =>
    localName === 'href' ? (value.startsWith('#') ? [value.slice(1)] : []) : [...value.matchAll(/url\(\s*["']?#([^"')]+)/g)].map(([, id]) => id),
  );
}
