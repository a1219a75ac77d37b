// On paper a panel keeps the size in which it was drawn for the screen, or is made smaller as a whole: a browser prints
// at once, without asking for other drawings.

/** Pixels across a sheet within its margins, of A4 or Letter, whichever has fewer. */
const PAPER = 680;

/** A controller of Lit’s. */
export class Printing {
  #host;

  /** @param {import('lit').LitElement} host of panels */
  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {
    addEventListener('beforeprint', this.#hold);
    addEventListener('afterprint', this.#free);
  }

  hostDisconnected() {
    removeEventListener('beforeprint', this.#hold);
    removeEventListener('afterprint', this.#free);
  }

  get #panels() {
    return /** @type {NodeListOf<HTMLElement>} */ (this.#host.renderRoot.querySelectorAll('.panel'));
  }

  #hold = () => {
    const drawn = [...this.#panels].map((panel) => ({ panel, width: panel.offsetWidth, height: panel.offsetHeight }));
    for (const { panel, width, height } of drawn) {
      Object.assign(panel.style, { width: `${width}px`, height: `${height}px`, zoom: Math.min(1, PAPER / width) });
    }
  };

  #free = () => this.#panels.forEach((panel) => panel.removeAttribute('style'));
}
