import { LitElement, css, html } from 'lit';
import { Localized, t } from '../i18n.js';
import { squareOf } from './pixel-square.js';
import { shared } from './styles.js';

/** A few pictures, each with two views. Fires `draw` when new views are asked for. */
export class ViewPreview extends LitElement {
  static properties = {
    originals: { attribute: false },
    views: { attribute: false },
    side: { type: Number },
    disabled: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      table { width: 100%; max-width: 34rem; border-spacing: .3rem; margin: 0 -.3rem .6rem; table-layout: fixed; }
      th { width: 4.5rem; font-size: .85rem; font-weight: 600; text-align: start; }
      td { padding: 0; line-height: 0; }
      pixel-square { width: 100%; }
    `,
  ];

  constructor() {
    super();
    /** RGBA squares. @type {Uint8ClampedArray} */ this.originals = new Uint8ClampedArray();
    /** RGBA squares: every first view, then every second. @type {Uint8ClampedArray} */
    this.views = new Uint8ClampedArray();
    this.side = 32;
    this.disabled = false;
    new Localized(this);
  }

  render() {
    const count = Math.floor(this.views.length / (this.side * this.side * 8));
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${t('views.title')}</h2>
      <p class="what">${t('views.what')}</p>
      ${count
        ? html`<table>
            ${this.#row('views.original', this.originals, 0, count)}
            ${this.#row('views.first', this.views, 0, count)} ${this.#row('views.second', this.views, count, count)}
          </table>`
        : html`<p class="faint">${t('views.none')}</p>`}
      <button ?disabled=${this.disabled || !count} @click=${() => this.dispatchEvent(new CustomEvent('draw'))}>
        ${t('views.draw')}
      </button>
    </section>`;
  }

  /** @param {string} key @param {Uint8ClampedArray} pixels @param {number} start @param {number} count */
  #row(key, pixels, start, count) {
    return html`<tr>
      <th scope="row">${t(key)}</th>
      ${Array.from(
        { length: count },
        (_, index) => html`<td>
          <pixel-square
            .pixels=${squareOf(pixels, this.side, start + index)}
            .side=${this.side}
            label="${t('pictures.thumbnail', { number: index + 1 })}, ${t(key)}"
          ></pixel-square>
        </td>`,
      )}
    </tr>`;
  }
}

customElements.define('view-preview', ViewPreview);
