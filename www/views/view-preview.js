import { LitElement, css, html } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { viewWords } from './view-words.js';
import { squareOf } from '../ui/pixel-square.js';
import { shared } from '../ui/styles.js';
import './view-policy.js';

/**
 * A few pictures, each with two views and what was done to them, and the recipe of the views; what it holds stands between.
 *
 * Fires `draw` when new views are asked for, and what `view-policy` fires.
 */
export class ViewPreview extends LitElement {
  static properties = {
    originals: { attribute: false },
    views: { attribute: false },
    parameters: { attribute: false },
    policy: { attribute: false },
    side: { type: Number },
    disabled: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      .pairs { max-width: 44rem; display: grid; grid-template-columns: 4rem minmax(0, 1fr) minmax(0, 1fr); gap: .5rem .8rem; align-items: start; }
      .head { font-size: .85rem; font-weight: 600; }
      .view { display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: start; }
      /* Chinese, too, breaks between two changes and not within one. */
      .words { flex: 1 1 5.5rem; word-break: keep-all; font-size: .82rem; line-height: 1.35; color: var(--faint); }
      .row { margin-bottom: .8rem; }
      pixel-square { width: 4rem; }
      @media (max-width: 26rem) { .pairs { grid-template-columns: 3rem minmax(0, 1fr) minmax(0, 1fr); } .pairs > pixel-square { width: 3rem; } }
    `,
  ];

  constructor() {
    super();
    /** RGBA squares. @type {Uint8ClampedArray} */ this.originals = new Uint8ClampedArray();
    /** RGBA squares: every first view, then every second. @type {Uint8ClampedArray} */
    this.views = new Uint8ClampedArray();
    /** What was done to each view. @type {import('contrastive-playground').ViewParameters[]} */
    this.parameters = [];
    /** @type {import('contrastive-playground').Policy | undefined} */ this.policy = undefined;
    this.side = 32;
    this.disabled = false;
    new Localized(this);
  }

  render() {
    const count = Math.floor(this.views.length / (this.side * this.side * 8));
    return html`
      <view-policy .policy=${this.policy} ?disabled=${this.disabled} @policy=${this.#pass} @preset=${this.#pass}></view-policy>
      <slot></slot>
      <div class="row">
        <button ?disabled=${this.disabled || !count} @click=${() => this.dispatchEvent(new CustomEvent('draw'))}>
          ${t('views.draw')}
        </button>
      </div>
      ${count ? this.#pairs(count) : html`<p class="faint">${t('views.none')}</p>`}
    `;
  }

  /** @param {number} count */
  #pairs(count) {
    return html`<div class="pairs">
      ${['original', 'first', 'second'].map((column) => html`<span class="head">${t(`views.${column}`)}</span>`)}
      ${Array.from({ length: count }, (_, index) => {
        const picture = t('pictures.thumbnail', { number: index + 1 });
        return html`
          <pixel-square .pixels=${squareOf(this.originals, this.side, index)} .side=${this.side} label=${picture}></pixel-square>
          ${this.#view(index, `${picture}, ${t('views.first')}`)} ${this.#view(count + index, `${picture}, ${t('views.second')}`)}
        `;
      })}
    </div>`;
  }

  /** @param {number} view @param {string} label */
  #view(view, label) {
    const parameters = this.parameters[view];
    return html`<div class="view">
      <pixel-square .pixels=${squareOf(this.views, this.side, view)} .side=${this.side} label=${label}></pixel-square>
      <span class="words">${parameters ? viewWords(parameters, this.side) : ''}</span>
    </div>`;
  }

  /** @param {CustomEvent} event */
  #pass({ type, detail }) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

define('view-preview', ViewPreview);
