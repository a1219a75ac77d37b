import { LitElement, css, html, nothing } from 'lit';
import { define } from './define.js';

/**
 * One square of RGBA or RGB bytes, drawn pixel by pixel. Without a label it is an ornament.
 *
 *     <pixel-square .pixels=${bytes} .side=${32} label="Picture 1"></pixel-square>
 */
export class PixelSquare extends LitElement {
  static properties = {
    pixels: { attribute: false },
    side: { type: Number },
    label: {},
  };

  static styles = css`
    :host { display: inline-block; width: 4rem; aspect-ratio: 1; }
    canvas { display: block; width: 100%; height: 100%; image-rendering: pixelated; border-radius: 5px; }
  `;

  constructor() {
    super();
    /** @type {Uint8ClampedArray | Uint8Array | undefined} */ this.pixels = undefined;
    this.side = 0;
    this.label = '';
  }

  render() {
    const { side, label } = this;
    return html`<canvas
      width=${side}
      height=${side}
      role=${label ? 'img' : 'presentation'}
      aria-label=${label || nothing}
    ></canvas>`;
  }

  updated() {
    const { pixels, side } = this;
    const context = this.renderRoot.querySelector('canvas')?.getContext('2d');
    if (pixels && context) drawSquare(context, pixels, side, 0, side);
  }
}

/**
 * Draws a square of RGBA or RGB bytes; bytes that do not fill it are not drawn.
 * @param {CanvasRenderingContext2D} context
 * @param {Uint8ClampedArray | Uint8Array} pixels @param {number} side
 * @param {number} left @param {number} size of the drawing, in pixels
 */
export function drawSquare(context, pixels, side, left, size) {
  if (!side) return;
  const rgba = pixels.length === side * side * 3 ? opaque(pixels) : pixels;
  if (rgba.length !== side * side * 4) return;
  const image = new ImageData(/** @type {ImageDataArray} */ (rgba), side, side);
  if (side === size) return context.putImageData(image, left, 0);
  scratch ??= document.createElement('canvas');
  [scratch.width, scratch.height] = [side, side];
  scratch.getContext('2d')?.putImageData(image, 0, 0);
  // Far enlarged, pixels stay pixels.
  context.imageSmoothingEnabled = size < 1.5 * side;
  context.drawImage(scratch, left, 0, size, size);
}

/** Where a square is drawn that is then resized. @type {HTMLCanvasElement | undefined} */
let scratch;

/** RGB bytes with an alpha put in. @param {Uint8ClampedArray | Uint8Array} rgb */
function opaque(rgb) {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; to += 4) {
    rgba[to] = rgb[from++];
    rgba[to + 1] = rgb[from++];
    rgba[to + 2] = rgb[from++];
  }
  return rgba;
}

/**
 * The square number `index` of many that lie one after the other.
 * @param {Uint8ClampedArray} pixels @param {number} side @param {number} index
 */
export function squareOf(pixels, side, index) {
  const length = side * side * 4;
  return pixels.subarray(index * length, (index + 1) * length);
}

define('pixel-square', PixelSquare);
