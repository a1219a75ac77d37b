import { pixelsOf } from '../../intake/pixels.js';

/** What a PNG in base64 shows, in RGBA. @param {string} image */
export async function drawnOf(image) {
  const drawn = new Image();
  drawn.src = `data:image/png;base64,${image}`;
  await drawn.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: drawn.width, height: drawn.height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.drawImage(drawn, 0, 0);
  return pixelsOf(context, 0, 0, drawn.width, drawn.height);
}
