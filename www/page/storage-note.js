import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/** Whether what the visitor does is kept, and the way to have it forgotten. Fires `forget`. */
export class StorageNote extends LitElement {
  static properties = { lost: {}, week: { type: Boolean }, asking: { state: true } };

  static styles = [
    shared,
    css`
      :host { margin-top: 1.4rem; }
      .row { justify-content: space-between; }
      p { max-width: 48rem; }
    `,
  ];

  constructor() {
    super();
    /** Why nothing is kept, if so. @type {string | undefined} */ this.lost = undefined;
    /** What is kept may be gone after a week without a visit. */ this.week = false;
    this.asking = false;
    new Localized(this);
  }

  render() {
    return html`<section class="row" aria-label=${t('storage.title')}>
      <p class="faint">${this.lost ? t(`storage.${this.lost}`) : t('storage.kept')}${this.week && !this.lost ? t('storage.week') : nothing}</p>
      ${this.asking
        ? html`<div class="row" role="alertdialog" aria-label=${t('storage.sure')}>
            <strong>${t('storage.sure')}</strong>
            <button id="sure" @click=${this.#forget}>${t('storage.forget')}</button>
            <button @click=${() => (this.asking = false)}>${t('pictures.cancel')}</button>
          </div>`
        : html`<button @click=${this.#ask}>${t('storage.forgetAll')}</button>`}
    </section>`;
  }

  async #ask() {
    this.asking = true;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('#sure'))?.focus();
  }

  #forget() {
    this.asking = false;
    this.dispatchEvent(new CustomEvent('forget'));
  }
}

define('storage-note', StorageNote);
