// What the page does with views: draws those of a few pictures, by the recipe that training will use.

/** Pictures in the preview. */
const PREVIEWED = 6;

export const NO_VIEWS = {
  /** RGBA squares: of the pictures, and of every first view, then of every second. */
  originals: /** @type {Uint8ClampedArray} */ (new Uint8ClampedArray()),
  views: /** @type {Uint8ClampedArray} */ (new Uint8ClampedArray()),
  /** What was done to each view. */
  parameters: /** @type {import('contrastive-playground').ViewParameters[]} */ ([]),
};

/**
 * @typedef {object} Page what is needed of it
 * @property {import('../engine/session.js').Session} engine
 * @property {{ draw: number, side: number, settings?: import('../engine/session.js').TrainSettings }} state
 * @property {(change: Partial<typeof NO_VIEWS> & { draw: number, set: import('../engine/session.js').SetReport }) => void} set
 * @property {(change: Partial<import('../engine/session.js').TrainSettings>) => void} settings
 */

export class Views {
  #page;
  /** Views are being drawn, and are to be drawn again. */
  #drawing = false;
  #again = false;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** Draws views of the first pictures in use. @param {number} [draw] another number, other chances */
  async draw(draw = this.#page.state.draw + 1) {
    const { engine } = this.#page;
    const set = await engine.set();
    const { count, side } = set;
    const pictures = Array.from({ length: Math.min(PREVIEWED, count) }, (_, index) => index);
    const policy = this.#page.state.settings?.policy;
    const shown = await engine.preview(pictures, { draw, policy }).catch((error) => {
      // Meanwhile some were removed, after which they are drawn anew.
      if (error.code !== 'noSuch') throw error;
    });
    if (!shown) return;
    const { pixels, parameters } = shown;
    const originals = await engine.thumbnails(0, pictures.length);
    if (side === this.#page.state.side) this.#page.set({ draw, views: pixels, parameters, originals, set });
  }

  /** Takes another recipe, and shows what it makes of the same chances. @param {import('../engine/session.js').Policy} policy */
  async use(policy) {
    this.#page.settings({ policy });
    // A slider moves faster than views are drawn: of those that follow, only the latest is.
    this.#again = true;
    if (this.#drawing) return;
    this.#drawing = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.draw(this.#page.state.draw);
      }
    } finally {
      this.#drawing = false;
    }
  }
}
