// The map on its canvas: what of it is seen, where its pictures are, and when it has to be drawn.
import { colorOf, look, rem } from '../../ui/look.js';
import { Atlas } from './atlas.js';
import { draw } from './drawing.js';
import { Motion } from './motion.js';
import { nearestTo, next } from './places.js';
import { WHOLE, panned, placeAt, scaleOf, showing, sideOf, spotAt, zoomed } from './view.js';

/** On a finer screen pixels cannot be told apart. */
const FINEST = 2;
/** Milliseconds: a drawing that took longer is coarse while more follow, and fine when none has for a while. */
const SLOW = 16;
const REST = 200;

/** @typedef {'pictures' | 'grouped' | 'named' | 'lit' | 'similar' | 'chosen' | 'hovered'} Shown */

export class Chart {
  /** @type {readonly import('../../engine/album.js').Square[]} */ pictures = [];
  /** @type {import('./drawing.js').Scene['grouped']} */ grouped = undefined;
  /** Whether each group's name stands in its middle. */ named = false;
  /** @type {ReadonlySet<number>} */ lit = new Set();
  /** @type {readonly number[]} */ similar = [];
  /** @type {number | undefined} */ chosen = undefined;
  /** @type {number | undefined} */ hovered = undefined;
  view = WHOLE;
  #motion = new Motion();
  /** @type {Atlas | undefined} */ #atlas = undefined;
  /** Whose thumbnails are known to be in the atlas. @type {Chart['pictures']} */ #held = [];
  /** @type {number | undefined} */ #frame = undefined;
  /** Values of CSS variables, which are slow to ask for. @type {Map<string, string>} */ #values = new Map();
  /** Of names, likewise. @type {ReturnType<typeof typeOf> | undefined} */ #type = undefined;
  /** Milliseconds that the last fine drawing took, and when the last of all was. */
  #cost = 0;
  #last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #rest = undefined;
  #width = 0;
  #height = 0;

  /** @param {HTMLCanvasElement} canvas @param {() => void} onView what is seen of the map has changed */
  constructor(canvas, onView) {
    this.canvas = canvas;
    this.onView = onView;
    this.resized = new ResizeObserver(([{ contentRect }]) => this.#resize(contentRect));
    this.looked = () => {
      this.#values.clear();
      this.#type = undefined;
      this.later();
    };
  }

  /** Draws for as long as its element, whose controller it is, is on the page. */
  hostConnected() {
    this.resized.observe(this.canvas);
    look.addEventListener('change', this.looked);
  }

  hostDisconnected() {
    this.resized.disconnect();
    look.removeEventListener('change', this.looked);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    clearTimeout(this.#rest);
  }

  /** @param {Partial<Pick<Chart, Shown>>} what */
  show(what) {
    Object.assign(this, what);
    this.later();
  }

  /** @param {import('./places.js').Places} places @param {boolean} smoothly @param {number} [long] milliseconds */
  go(places, smoothly, long) {
    this.#motion.go(places, smoothly && this.#width > 0, long);
    this.later();
  }

  /** Draws when the screen is next drawn, and then as long as anything moves. */
  later() {
    if (this.#width) this.#frame ??= requestAnimationFrame((now) => this.#draw(now));
  }

  get size() {
    return { width: this.#width, height: this.#height, reach: this.#motion.reach };
  }

  /** Whether more can be seen than is. */
  get enlarged() {
    return this.view.zoom > 1.001;
  }

  whole() {
    this.#see(WHOLE);
  }

  /** @param {number} left @param {number} top */
  pan(left, top) {
    this.#see(panned(this.view, this.size, left, top));
  }

  /** @param {number} factor @param {number} [left] @param {number} [top] the middle if left out @returns {boolean} whether it changed */
  zoom(factor, left, top) {
    const before = this.view.zoom;
    this.#see(zoomed(this.view, this.size, factor, left, top));
    return this.view.zoom !== before;
  }

  /** Zooms at the chosen picture if it is seen, else at the one nearest to the middle, so as not to end up where nothing is. @param {number} factor */
  zoomAtPicture(factor) {
    const { places } = this.#motion;
    const spot = (/** @type {number | undefined} */ index) =>
      index === undefined ? undefined : spotAt(this.view, this.size, places[2 * index], places[2 * index + 1]);
    const { width, height } = this.size;
    const chosen = spot(this.chosen);
    const seen = chosen && chosen.left > 0 && chosen.left < width && chosen.top > 0 && chosen.top < height;
    const at = seen ? chosen : spot(nearestTo(places, this.view.x, this.view.y));
    this.zoom(factor, at?.left, at?.top);
    // Step by step it comes to the middle.
    if (at && factor > 1) this.pan((width / 2 - at.left) / 2, (height / 2 - at.top) / 2);
  }

  /** Brings a picture into sight. @param {number} index */
  reveal(index) {
    const [x, y] = this.#motion.places.subarray(2 * index, 2 * index + 2);
    if (this.#width && Number.isFinite(x + y)) this.#see(showing(this.view, this.size, x, y, this.#side));
  }

  /** The picture at a point of the canvas. @param {number} left @param {number} top */
  at(left, top) {
    const { x, y } = placeAt(this.view, this.size, left, top);
    // Small thumbnails would be hard to hit.
    const within = Math.max(8, this.#side / 2) / scaleOf(this.view, this.size);
    return nearestTo(this.#motion.places, x, y, within);
  }

  /** The next picture from the chosen one in a direction, or that in the middle. @param {[x: number, y: number]} direction */
  next(direction) {
    const { places } = this.#motion;
    const from = this.chosen;
    if (from === undefined || !Number.isFinite(places[2 * from])) return nearestTo(places, this.view.x, this.view.y);
    return next(places, from, direction);
  }

  /** @returns {Promise<Blob>} a PNG of what is seen */
  async snapshot() {
    if (this.#width) {
      await this.#thumbnails().ready;
      this.#last = -Infinity;
      this.#draw(performance.now());
    }
    return new Promise((resolve, reject) => {
      this.canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The map cannot be seen'))), 'image/png');
    });
  }

  get #side() {
    return sideOf(this.view.zoom, this.size, this.pictures.length);
  }

  /** @param {import('./view.js').View} view */
  #see(view) {
    this.view = view;
    this.later();
    this.onView();
  }

  /** @param {{ width: number, height: number }} size */
  #resize({ width, height }) {
    [this.#width, this.#height] = [width, height];
    // A projector's large type may have come, or another style.
    this.looked();
    this.#see(panned(this.view, this.size, 0, 0));
  }

  /** @param {number} now */
  #draw(now) {
    this.#frame = undefined;
    if (!this.#width || !this.#height) return;
    const moves = this.#motion.step(now);
    const coarse = this.#hurried(now);
    const ratio = Math.min(coarse ? 1 : FINEST, devicePixelRatio);
    const [width, height] = [Math.round(this.#width * ratio), Math.round(this.#height * ratio)];
    const { canvas, view, size, grouped, named, lit, similar, chosen, hovered } = this;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const color = (/** @type {string} */ variable) => this.#value(variable);
    const stroke = parseFloat(color('--stroke')) || 2;
    const { places } = this.#motion;
    const type = (this.#type ??= typeOf(canvas));
    draw(canvas, { places, atlas: this.#thumbnails(), view, size, ratio, coarse, grouped, named, lit, similar, chosen, hovered, color, type, stroke });
    if (!coarse) this.#cost = performance.now() - now;
    if (moves) this.later();
  }

  /** Whether there is no time for a fine drawing, which then follows. @param {number} now */
  #hurried(now) {
    const hurried = this.#cost > SLOW && now - this.#last < REST;
    this.#last = now;
    clearTimeout(this.#rest);
    if (hurried) this.#rest = setTimeout(() => this.later(), REST);
    return hurried;
  }

  /** Made only when they are to be seen, and kept when only labels have changed. */
  #thumbnails() {
    const { pictures } = this;
    if (!this.#atlas || (pictures !== this.#held && !this.#atlas.shows(pictures))) {
      this.#atlas?.stop();
      this.#atlas = new Atlas(pictures, () => this.later());
    }
    this.#held = pictures;
    return this.#atlas;
  }

  /** @param {string} variable */
  #value(variable) {
    let value = this.#values.get(variable);
    if (value === undefined) this.#values.set(variable, (value = colorOf(getComputedStyle(this.canvas), variable)));
    return value;
  }
}

/** @param {Element} element */
function typeOf(element) {
  return { family: getComputedStyle(element).fontFamily, rem: rem() };
}
