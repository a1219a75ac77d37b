// Which foldable parts of the page are open, remembered.

const STORED = 'opened';

/** @returns {Record<string, boolean>} */
function stored() {
  try {
    const found = JSON.parse(localStorage.getItem(STORED) ?? '{}');
    return typeof found === 'object' && found ? found : {};
  } catch {
    // Storage is forbidden, or holds something else.
    return {};
  }
}

/** @param {string} name @param {boolean} usual where nothing is remembered */
export function isOpen(name, usual) {
  return stored()[name] ?? usual;
}

/** @param {string} name @param {boolean} open */
export function remember(name, open) {
  try {
    localStorage.setItem(STORED, JSON.stringify({ ...stored(), [name]: open }));
  } catch {
    // Storage is forbidden: the choice lasts for this visit.
  }
}

export function forgetOpened() {
  try {
    localStorage.removeItem(STORED);
  } catch {
    // Storage is forbidden, and holds nothing.
  }
}
