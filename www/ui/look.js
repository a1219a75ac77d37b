// How the page looks: light or dark, and large for a projector.
import { choose, chosenObject } from './choices.js';
import { Listening } from './listening.js';

const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
/** The system forces its colours on all pages, and says by the other whether they are dark. */
const forced = globalThis.matchMedia?.('(forced-colors: active)');

/** @typedef {'auto' | 'light' | 'dark'} Theme */

/** Fires `change`; what is drawn on a canvas has to be drawn anew. */
class Look extends EventTarget {
  /** What was chosen. @type {Theme} */ theme = 'auto';
  projector = false;
  /** Chosen here, and kept. @type {{ theme: Theme, projector: boolean }} */ #own;

  constructor() {
    super();
    const { theme, projector } = { ...chosenObject('look'), ...said() };
    if (theme === 'light' || theme === 'dark') this.theme = theme;
    this.projector = projector === true;
    this.#own = { theme: this.theme, projector: this.projector };
    for (const query of [dark, forced]) query?.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  get dark() {
    return this.theme === 'auto' || forced?.matches ? Boolean(dark?.matches) : this.theme === 'dark';
  }

  /** @param {{ theme?: Theme, projector?: boolean }} choice */
  use(choice) {
    Object.assign(this.#own, choice);
    choose('look', JSON.stringify(this.#own));
    this.lend(choice);
  }

  /** For this visit. @param {{ theme?: Theme, projector?: boolean }} choice */
  lend(choice) {
    Object.assign(this, choice);
    this.#apply();
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

/** What a page of others says of itself, in `<html data-theme="dark" data-projector>`. */
function said() {
  const root = globalThis.document?.documentElement;
  return { ...(root?.dataset.theme && { theme: root.dataset.theme }), ...(root?.hasAttribute('data-projector') && { projector: true }) };
}

/** Redraws a Lit element, or does what is said, when the look changes. */
export class Themed extends Listening {
  /** @param {import('lit').ReactiveControllerHost} host @param {() => void} [heard] */
  constructor(host, heard) {
    super(host, look, heard);
  }
}

/** A colour of the page for a canvas, which takes no variables. @param {CSSStyleDeclaration} style @param {string} name of the variable */
export function colorOf(style, name) {
  return style.getPropertyValue(name).trim() || 'gray';
}

/** Pixels of a rem, which a projector makes larger. */
export function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
