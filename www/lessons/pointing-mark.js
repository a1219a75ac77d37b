import { LitElement, css, html } from 'lit';
import { define } from '../ui/define.js';
import { SHEET } from '../ui/windows.js';

/** On a small screen the lesson is a sheet over what is lower than this share of it. */
const FREE = 0.58;
/** Pixels that are no more than rounding. */
const MOVED = 4;
/** Milliseconds until all of a step has come. */
const SETTLING = 3000;

/**
 * Points at what a lesson speaks of: an outline around it, and an arrow that beckons where nothing else stands beside it,
 * unless motion is to be reduced.
 *
 *     <pointing-mark .path=${['model-settings', 'input[name=temperature]']} .root=${root}></pointing-mark>
 */
export class PointingMark extends LitElement {
  static properties = { path: { attribute: false, hasChanged: (/** @type {unknown} */ now, /** @type {unknown} */ before) => String(now) !== String(before) }, when: { attribute: false } };

  static styles = css`
    :host { position: fixed; z-index: 3; pointer-events: none; border: 3px solid var(--accent); border-radius: 9px; }
    :host([hidden]) { display: none; }
    svg { --away: -.5rem; position: absolute; right: 100%; top: 50%; width: 2rem; margin: -1rem .1rem 0; fill: var(--accent); stroke: var(--paper); animation: beckon 1.1s ease-in-out 6 alternate; }
    :host([side='right']) svg { --away: .5rem; right: auto; left: 100%; rotate: 180deg; }
    :host([side='none']) svg { display: none; }
    @keyframes beckon { to { translate: var(--away) 0; } }
    @media (prefers-reduced-motion: reduce) { svg { display: none; } }
    @media print { :host { display: none; } }
  `;

  constructor() {
    super();
    /** A selector in the root, and then each in the shadow of what the one before found. @type {readonly string[]} */ this.path = [];
    /** When this is another, it is brought into sight once more, as when results have come. @type {unknown} */ this.when = undefined;
    /** @type {ParentNode | undefined} */ this.root = undefined;
    /** @type {Element | undefined} */ this.target = undefined;
    this.hidden = true;
    this.frame = 0;
    /** Where it lies on the whole page. */ this.place = NaN;
    /** When all that belongs to the step is laid out. */ this.settled = 0;
    /** Where it was brought to last. @type {ScrollLogicalPosition} */ this.block = 'nearest';
  }

  connectedCallback() {
    super.connectedCallback();
    this.setAttribute('aria-hidden', 'true');
    this.frame = requestAnimationFrame(this.#follow);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    cancelAnimationFrame(this.frame);
  }

  render() {
    return html`<svg viewBox="0 0 24 24"><path d="M2 9h11V4l9 8-9 8v-5H2z" /></svg>`;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('path') || changed.has('when')) this.target = undefined;
  }

  /** Where it is, frame by frame: what is above it may grow, and it may come later. */
  #follow = () => {
    this.frame = requestAnimationFrame(this.#follow);
    // What is drawn anew may make of the same element another setting's.
    if (!this.target?.isConnected || !this.target.matches(this.path.at(-1) ?? '*')) this.#find();
    const box = this.target?.getBoundingClientRect();
    this.hidden = !box?.width;
    if (!box?.width) return;
    this.#stayInSight(box.top + scrollY);
    const [left, top, width, height] = [box.left - 4, box.top - 4, box.width + 8, box.height + 8].map(Math.round);
    const style = `left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
    if (this.style.cssText === style) return;
    this.style.cssText = style;
    this.setAttribute('side', this.#side(left, left + width, top + height / 2));
  };

  /** On which side there is room for an arrow, and nothing that it would cover, such as the words of the label that a field stands in. @param {number} left @param {number} right @param {number} y */
  #side(left, right, y) {
    const bare = (/** @type {Element | null} */ seen) => surrounds(seen, this.target) && !seen?.matches('label');
    const free = (/** @type {number[]} */ ...places) => places.every((x) => x > 2 && x < innerWidth - 2 && bare(deepest(x, y)));
    return free(left - 8, left - 22) ? 'left' : free(right + 8, right + 22) ? 'right' : 'none';
  }

  #find() {
    const found = this.path.reduce((root, selector) => root && (root.shadowRoot ?? root).querySelector(selector), /** @type {any} */ (this.root));
    this.target = this.path.length ? (found ?? undefined) : undefined;
    this.place = NaN;
    this.settled = performance.now() + SETTLING;
    this.block = 'nearest';
    this.#reveal();
  }

  /** What came above it may have moved it under the sheet, or, while the step is being laid out, out of the window. @param {number} place */
  #stayInSight(place) {
    const moved = Math.abs(place - this.place) > MOVED;
    this.place = place;
    const settling = performance.now() < this.settled;
    // A scroll that is on its way would end where it was.
    if (moved && (this.#covered || (settling && (this.#out || this.block === 'start')))) this.#reveal();
  }

  get #out() {
    const box = this.target?.getBoundingClientRect();
    return box && (box.top > innerHeight || box.bottom < 0);
  }

  get #covered() {
    return matchMedia(SHEET).matches && Number(this.target?.getBoundingClientRect().bottom) > innerHeight * FREE;
  }

  #reveal() {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    // With its heading, and room for the outline.
    if (this.target instanceof HTMLElement) this.target.style.scrollMarginTop = '3rem';
    if (this.#covered) this.block = 'start';
    this.target?.scrollIntoView({ block: this.block, behavior: still ? 'auto' : 'smooth' });
  }
}

/** What is seen at a point, in whichever shadow. @param {number} x @param {number} y */
function deepest(x, y) {
  let [found, root] = [/** @type {Element | null} */ (null), /** @type {DocumentOrShadowRoot | null} */ (document)];
  while (root) {
    const next = root.elementFromPoint(x, y);
    if (!next || next === found) break;
    [found, root] = [next, next.shadowRoot];
  }
  return found;
}

/** @param {Element | null} outer @param {Element | undefined} inner */
function surrounds(outer, inner) {
  for (let node = /** @type {any} */ (inner); node; node = node.assignedSlot ?? node.parentNode ?? node.host) if (node === outer) return true;
  return false;
}

define('pointing-mark', PointingMark);
