import { LitElement, css, html } from 'lit';

/**
 * One square of RGBA bytes, drawn pixel by pixel.
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
    /** @type {Uint8ClampedArray | undefined} */ this.pixels = undefined;
    this.side = 0;
    this.label = '';
  }

  render() {
    return html`<canvas width=${this.side} height=${this.side} role="img" aria-label=${this.label}></canvas>`;
  }

  updated() {
    const { pixels, side } = this;
    if (!pixels || !side || pixels.length !== side * side * 4) return;
    const context = this.renderRoot.querySelector('canvas')?.getContext('2d');
    context?.putImageData(new ImageData(/** @type {ImageDataArray} */ (pixels), side, side), 0, 0);
  }
}

/**
 * The square number `index` of many that lie one after the other.
 * @param {Uint8ClampedArray} pixels @param {number} side @param {number} index
 */
export function squareOf(pixels, side, index) {
  const length = side * side * 4;
  return pixels.subarray(index * length, (index + 1) * length);
}

customElements.define('pixel-square', PixelSquare);
