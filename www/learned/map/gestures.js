// What a mouse, a pen or fingers do on the map.

/** Pixels that a press may move and still be a click. */
const STILL = 5;
/** What a wheel's step or a pinch on a touchpad zooms by, for each pixel. */
const WHEEL = 0.002;
const TOUCHPAD = 0.01;
/** Pixels of a line, for mice that count lines. */
const LINE = 16;

/**
 * @typedef {object} Actions points are in pixels of CSS from the element's corner
 * @property {(left: number, top: number) => void} pan by so much
 * @property {(factor: number, left: number, top: number) => boolean} zoom at a point; whether anything changed
 * @property {(left: number, top: number) => void} tap
 * @property {(at?: [left: number, top: number]) => void} hover nothing when the pointer has left
 * @property {() => boolean} wheels whether a wheel zooms without Ctrl
 */

export class Gestures {
  /** Where each finger or button that is down was last. @type {Map<number, { x: number, y: number }>} */
  #down = new Map();
  #moved = false;
  #start = { x: 0, y: 0 };

  /** @param {HTMLElement} element @param {Actions} actions */
  constructor(element, actions) {
    this.element = element;
    this.actions = actions;
    element.addEventListener('pointerdown', (event) => this.#press(event));
    element.addEventListener('pointermove', (event) => this.#move(event));
    element.addEventListener('pointerup', (event) => this.#release(event, !this.#moved));
    element.addEventListener('pointercancel', (event) => this.#release(event, false));
    element.addEventListener('pointerleave', () => actions.hover());
    element.addEventListener('dblclick', (event) => actions.zoom(2, ...this.#at(event)));
    element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    // One finger may scroll the page; two are the map's.
    for (const type of /** @type {const} */ (['touchstart', 'touchmove'])) {
      element.addEventListener(type, (event) => event.touches.length > 1 && event.cancelable && event.preventDefault(), {
        passive: false,
      });
    }
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button) return;
    const [x, y] = this.#at(event);
    if (!this.#down.size) {
      this.#moved = false;
      this.#start = { x, y };
    } else this.#moved = true;
    this.#down.set(event.pointerId, { x, y });
    this.element.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const [x, y] = this.#at(event);
    const before = this.#down.get(event.pointerId);
    if (!before) return event.pointerType === 'touch' ? undefined : this.actions.hover([x, y]);
    this.#moved ||= Math.hypot(x - this.#start.x, y - this.#start.y) > STILL;
    if (!this.#moved) return undefined;
    const other = [...this.#down].find(([id]) => id !== event.pointerId)?.[1];
    if (other) this.#pinch(before, { x, y }, other);
    else this.actions.pan(x - before.x, y - before.y);
    this.#down.set(event.pointerId, { x, y });
    return this.actions.hover();
  }

  /** @typedef {{ x: number, y: number }} Point @param {Point} before @param {Point} after @param {Point} other */
  #pinch(before, after, other) {
    const apart = (/** @type {Point} */ { x, y }) => Math.max(1, Math.hypot(x - other.x, y - other.y));
    this.actions.pan((after.x - before.x) / 2, (after.y - before.y) / 2);
    this.actions.zoom(apart(after) / apart(before), (after.x + other.x) / 2, (after.y + other.y) / 2);
  }

  /** @param {PointerEvent} event @param {boolean} tapped */
  #release(event, tapped) {
    if (this.#down.delete(event.pointerId) && tapped && !this.#down.size) this.actions.tap(...this.#at(event));
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    // A browser reports a pinch on a touchpad as a wheel with Ctrl.
    if (!event.ctrlKey && !this.actions.wheels()) return;
    const pixels = event.deltaY * (event.deltaMode ? LINE : 1);
    const touchpad = event.ctrlKey && Math.abs(pixels) < 40;
    const changed = this.actions.zoom(Math.exp(-pixels * (touchpad ? TOUCHPAD : WHEEL)), ...this.#at(event));
    // Where the whole map is seen already, the page scrolls on; though with Ctrl it would be enlarged.
    if (changed || event.ctrlKey) event.preventDefault();
  }

  /** @param {MouseEvent} event @returns {[left: number, top: number]} */
  #at({ clientX, clientY }) {
    const { left, top } = this.element.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }
}
