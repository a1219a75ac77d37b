import { LitElement, css, html, nothing } from 'lit';
import { define } from '../../ui/define.js';
import { Localized, t } from '../../ui/i18n.js';
import { squareOf } from '../../ui/pixel-square.js';
import { shared } from '../../ui/styles.js';
import { isPair } from './pairs.js';

/** @typedef {{ pixels: Uint8ClampedArray, side: number, pictures: number }} Views every first view, then every second */

/**
 * Printed views, shuffled, to be put into pairs: one presses two that belong together; a pair that is pressed comes apart
 * again. When all are paired, it shows which are right; where all are, they stay so.
 *
 *     <sort-pairs .ask=${() => views} .pairs=${[[0, 6]]}></sort-pairs>
 *
 * Fires `pairs` (detail: the pairs so far, by numbers of the views).
 */
export class SortPairs extends LitElement {
  static properties = { ask: { attribute: false }, pairs: { attribute: false }, views: { state: true }, first: { state: true } };

  static styles = [
    shared,
    css`
      ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22%, 8.5rem), 1fr)); gap: .7rem; max-width: 44rem; margin: 0; padding: 4px; list-style: none; }
      /* Of a low window all are seen at once. */
      @media (max-height: 30rem) { ol { grid-template-columns: repeat(6, minmax(0, 1fr)); } }
      button { position: relative; display: block; width: 100%; min-height: 0; padding: .35rem; line-height: 0; }
      button[aria-pressed='true'] { outline: 3px solid var(--anchor); outline-offset: 1px; }
      pixel-square { width: 100%; }
      .pair { position: absolute; inset: .1rem auto auto .1rem; min-width: 1.7rem; padding: .1rem .35rem; border-radius: 5px; background: var(--card); border: 1px solid var(--ink); font-weight: 700; line-height: 1.4; }
      .right { border: 4px double var(--positive); }
      .wrong { border: 2px dashed var(--negative); }
      .right .pair::after { content: ' ✓'; color: var(--positive); }
      .wrong .pair::after { content: ' ✗'; color: var(--negative); }
    `,
  ];

  constructor() {
    super();
    /** Prints them. @type {(() => Promise<Views | undefined>) | undefined} */ this.ask = undefined;
    /** @type {readonly [number, number][]} */ this.pairs = [];
    /** @type {Views | undefined} */ this.views = undefined;
    /** The view that waits for its twin. @type {number | undefined} */ this.first = undefined;
    new Localized(this);
  }

  async firstUpdated() {
    this.views = await this.ask?.();
  }

  render() {
    const { views, pairs } = this;
    if (!views) return html`<p class="faint">${t('lessons.pictures')}</p>`;
    return html`<ol aria-label=${t('lessons.pairs')}>${shuffled(2 * views.pictures).map((view, place) => this.#view(views, view, place))}</ol>
      <p class="faint number" role="status">${this.#solved ? nothing : t('lessons.paired', { pairs: pairs.length, pictures: views.pictures })}</p>`;
  }

  get #solved() {
    const { pairs, views } = this;
    return views && pairs.length === views.pictures && pairs.every((pair) => isPair(pair, views.pictures));
  }

  /** @param {Views} views @param {number} view @param {number} place */
  #view({ pixels, side, pictures }, view, place) {
    const pair = this.pairs.findIndex((pair) => pair.includes(view));
    const ended = this.pairs.length === pictures;
    const right = ended && isPair(this.pairs[pair], pictures);
    const letter = pair < 0 ? '' : String.fromCharCode(65 + pair);
    const judged = ended ? t(right ? 'lessons.right' : 'lessons.wrong') : '';
    return html`<li><button
      class=${ended ? (right ? 'right' : 'wrong') : ''}
      aria-pressed=${this.first === view}
      aria-label="${t('lessons.view', { view: place + 1 })} ${letter && t('lessons.ofPair', { letter })} ${judged}"
      @click=${() => this.#press(view)}
    >
      <pixel-square .pixels=${squareOf(pixels, side, view)} .side=${side}></pixel-square>
      ${letter ? html`<span class="pair" aria-hidden="true">${letter}</span>` : nothing}
    </button></li>`;
  }

  /** @param {number} view */
  #press(view) {
    if (this.#solved) return;
    const { first } = this;
    this.first = undefined;
    const apart = this.pairs.filter((pair) => !pair.includes(view));
    if (apart.length < this.pairs.length) this.#tell(apart);
    else if (first === undefined) this.first = view;
    else if (first !== view) this.#tell([...this.pairs, [Math.min(first, view), Math.max(first, view)]]);
  }

  /** @param {readonly [number, number][]} detail */
  #tell(detail) {
    this.dispatchEvent(new CustomEvent('pairs', { detail }));
  }
}

/** The numbers below one in an order that is always the same and has no pair side by side. @param {number} count */
function shuffled(count) {
  return Array.from({ length: count }, (_, place) => place).sort((a, b) => scattered(a) - scattered(b));
}

/** @param {number} value */
const scattered = (value) => ((value + 3) * 0.618034 * 7) % 1;

define('sort-pairs', SortPairs);
