// How the page looks: light or dark, and large for a projector.

const STORED = 'look';
const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

/** @typedef {'auto' | 'light' | 'dark'} Theme */

/** Fires `change`; what is drawn on a canvas has to be drawn anew. */
class Look extends EventTarget {
  /** What was chosen. @type {Theme} */ theme = 'auto';
  projector = false;

  constructor() {
    super();
    try {
      const { theme, projector } = JSON.parse(localStorage.getItem(STORED) ?? '{}');
      if (theme === 'light' || theme === 'dark') this.theme = theme;
      this.projector = projector === true;
    } catch {
      // Storage is forbidden, or holds something else.
    }
    dark?.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  get dark() {
    return this.theme === 'auto' ? Boolean(dark?.matches) : this.theme === 'dark';
  }

  /** @param {{ theme?: Theme, projector?: boolean }} choice */
  use({ theme = this.theme, projector = this.projector }) {
    Object.assign(this, { theme, projector });
    try {
      localStorage.setItem(STORED, JSON.stringify({ theme, projector }));
    } catch {
      // Storage is forbidden: the choice lasts for this visit.
    }
    this.#apply();
  }

  /** The choice is forgotten; the page stays as it is until it is left. */
  forget() {
    try {
      localStorage.removeItem(STORED);
    } catch {
      // Storage is forbidden, and holds nothing.
    }
  }

  #apply() {
    const root = globalThis.document?.documentElement;
    if (root) {
      root.dataset.theme = this.dark ? 'dark' : 'light';
      root.toggleAttribute('data-projector', this.projector);
    }
    this.dispatchEvent(new Event('change'));
  }
}

export const look = new Look();

/** A colour of the page for a canvas, which takes no variables. @param {CSSStyleDeclaration} style @param {string} name of the variable */
export function colorOf(style, name) {
  return style.getPropertyValue(name).trim() || 'gray';
}
