// All thumbnails on one canvas, from which a map is drawn quickly.
import { drawSquare } from '../../ui/pixel-square.js';

/** Milliseconds of work at a time, between which the page stays alive. */
const SLICE = 8;
/** Pixels of the whole atlas: more than phones can hold, else. */
const MOST = 8e6;
const SIDES = { least: 8, most: 64 };

/** @typedef {readonly Pick<import('../../engine/album.js').Square, 'side' | 'rgb'>[]} Pictures */

export class Atlas {
  /** How many thumbnails are there by now, from the first on. */
  done = 0;
  #stopped = false;

  /** @param {Pictures} pictures @param {() => void} onSlice some more are there */
  constructor(pictures, onSlice) {
    const sides = pictures.reduce((most, { side }) => Math.max(most, side || 0), SIDES.least);
    const fair = Math.floor(Math.sqrt(MOST / Math.max(1, pictures.length)));
    this.side = Math.max(SIDES.least, Math.min(SIDES.most, sides, fair));
    this.columns = Math.max(1, Math.ceil(Math.sqrt(pictures.length)));
    this.pictures = pictures;
    const rows = Math.max(1, Math.ceil(pictures.length / this.columns));
    const canvas = new OffscreenCanvas(this.columns * this.side, rows * this.side);
    /** @type {OffscreenCanvas | ImageBitmap} */ this.image = canvas;
    /** When all thumbnails are there. */
    this.ready = this.#build(canvas, onSlice);
  }

  stop() {
    this.#stopped = true;
  }

  /** Whether its thumbnails are those of a list, whose labels may be others. @param {Pictures} pictures */
  shows(pictures) {
    return this.pictures.length === pictures.length && this.pictures.every(({ rgb }, index) => rgb === pictures[index].rgb);
  }

  /** @param {OffscreenCanvas} canvas @param {() => void} onSlice */
  async #build(canvas, onSlice) {
    const { pictures, columns, side } = this;
    const context = canvas.getContext('2d');
    // One row at a time is drawn in memory, as many small drawings on the graphics card are slow.
    const row = document.createElement('canvas');
    [row.width, row.height] = [canvas.width, side];
    const rowContext = row.getContext('2d', { willReadFrequently: true });
    let since = performance.now();
    for (let first = 0; first < pictures.length && context && rowContext; first += columns) {
      rowContext.clearRect(0, 0, row.width, side);
      for (const [at, picture] of pictures.slice(first, first + columns).entries()) {
        drawSquare(rowContext, picture.rgb, picture.side, at * side, side);
      }
      context.drawImage(row, 0, (first / columns) * side);
      this.done = Math.min(pictures.length, first + columns);
      if (performance.now() - since < SLICE && this.done < pictures.length) continue;
      // Drawn from more quickly than a canvas, which may change.
      if (this.done === pictures.length) this.image = canvas.transferToImageBitmap();
      onSlice();
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#stopped) return;
      since = performance.now();
    }
  }
}
