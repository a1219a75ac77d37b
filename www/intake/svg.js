// SVG drawings, which browsers draw in an <img> alone: there they run no script and load nothing.
import { textOf } from './content.js';
import { failure, isFailure } from './failure.js';
import { KEPT_SIDE, LIMITS } from './limits.js';
import { squareOf } from './square.js';
import { shapesOf } from './svg-cost.js';

/** Drawn larger than it is kept, so that thin lines survive. */
const SIDE = 4 * KEPT_SIDE;
/** Of a drawing that says no size: what browsers take. */
const NO_SIZE = [300, 150];

/** @param {Blob} blob @returns {Promise<Uint8Array>} RGB bytes of the square */
export async function drawSvg(blob) {
  const { text, width, height, holdsHtml } = sized(silent(textOf(new Uint8Array(await blob.arrayBuffer()))));
  const image = new Image(width, height);
  try {
    // Of an address of a blob, Chromium lets nobody read what HTML was drawn.
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await image.decode();
    return await squareOf(image, width, height);
  } catch (error) {
    // The browser's own are about the drawing, which others than Chromium let nobody read where there is HTML in it.
    if (isFailure(error)) throw error;
    throw holdsHtml ? failure('htmlInSvg') : failure('cannotDecode', { type: 'image/svg+xml' });
  }
}

/** The page's policy asks for it: a drawing is read, and shown in an image alone, where nothing in it runs. */
const drawings = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('drawings', { createHTML: (/** @type {string} */ text) => text });

/** Without what would run on an event: nothing does here, but browsers report each that they come across. @param {string} text */
function silent(text) {
  return text.replace(/(\s)(on[a-z]+\s*=\s*["'])/gi, '$1data-$2');
}

/** The drawing with a size in pixels, without which some browsers draw nothing. @param {string} text */
function sized(text) {
  const root = new DOMParser().parseFromString(drawings?.createHTML(text) ?? text, 'image/svg+xml').documentElement;
  if (root.localName !== 'svg') throw failure('cannotDecode', { type: 'image/svg+xml' });
  const shapes = shapesOf(root);
  if (shapes > LIMITS.svgShapes) throw failure('complexSvg', { shapes, most: LIMITS.svgShapes });
  const number = (/** @type {string} */ name) => Number.parseFloat(root.getAttribute(name) ?? '');
  const box = (root.getAttribute('viewBox') ?? '').trim().split(/[\s,]+/).map(Number);
  const [boxWidth, boxHeight] = box.length === 4 && box[2] > 0 && box[3] > 0 ? box.slice(2) : NO_SIZE;
  const percent = ['width', 'height'].some((name) => root.getAttribute(name)?.includes('%'));
  let [width, height] = percent ? [NaN, NaN] : [number('width'), number('height')];
  if (!(width > 0 && height > 0)) [width, height] = [boxWidth, boxHeight];
  if (!root.hasAttribute('viewBox')) root.setAttribute('viewBox', `0 0 ${width} ${height}`);
  // Extreme shapes stay within what a browser draws.
  const scale = SIDE / Math.min(width, height);
  const side = (/** @type {number} */ length) => Math.min(Math.max(1, Math.round(length * scale)), 16 * SIDE);
  const size = { width: side(width), height: side(height) };
  root.setAttribute('width', String(size.width));
  root.setAttribute('height', String(size.height));
  const holdsHtml = root.getElementsByTagNameNS('*', 'foreignObject').length > 0;
  return { text: new XMLSerializer().serializeToString(root), holdsHtml, ...size };
}
