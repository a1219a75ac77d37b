import { LitElement, css, html, nothing } from 'lit';
import { define } from './define.js';
import { Localized, t } from './i18n.js';
import { shared } from './styles.js';

/**
 * A button for what cannot be undone: it asks before it fires `sure`, and fires `asks` (detail: whether it does) meanwhile.
 * Without a question it does not ask.
 *
 *     <sure-button words=${t('pictures.clear')} question=${t('pictures.clearSure', { count })} @sure=${…}></sure-button>
 */
export class SureButton extends LitElement {
  static properties = { words: {}, question: {}, does: {}, keys: {}, primary: { type: Boolean, reflect: true }, disabled: { type: Boolean }, asking: { state: true } };

  static styles = [shared, css`:host { display: contents; }`];

  constructor() {
    super();
    /** On the button. */ this.words = '';
    /** What it asks. */ this.question = '';
    /** On the button that answers yes. */ this.does = '';
    /** That press it from elsewhere. @type {string | undefined} */ this.keys = undefined;
    /** Is it what is to be done next? */ this.primary = false;
    this.disabled = false;
    this.asking = false;
    new Localized(this);
  }

  render() {
    if (!this.asking) {
      const keys = this.keys?.replace('Ctrl', 'Control') ?? nothing;
      return html`<button part="button" class=${this.primary ? 'primary' : ''} ?disabled=${this.disabled} aria-keyshortcuts=${keys} title=${this.keys ?? nothing} @click=${this.ask}>${this.words}</button>`;
    }
    return html`<div class="row" role="alertdialog" aria-labelledby="question" @keydown=${this.#key}>
      <strong id="question">${this.question}</strong>
      <button id="sure" @click=${this.#sure}>${this.does || t('sure.delete')}</button>
      <button id="cancel" @click=${this.#cancel}>${t('pictures.cancel')}</button>
    </div>`;
  }

  async ask() {
    if (this.disabled) return;
    if (!this.question) return void this.dispatchEvent(new CustomEvent('sure'));
    this.#asks(true);
    await this.#focus('#cancel');
  }

  /** The key that asked may still be down, and is no answer either. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Escape') this.#close();
    else if (!event.repeat || event.key === 'Tab') return;
    event.preventDefault();
  }

  /** The second click of two is of who asked, and no answer. @param {MouseEvent} event */
  async #sure(event) {
    if (event.detail > 1) return;
    await this.#close();
    this.dispatchEvent(new CustomEvent('sure'));
  }

  /** Likewise. @param {MouseEvent} event */
  #cancel(event) {
    if (event.detail <= 1) this.#close();
  }

  async #close() {
    this.#asks(false);
    await this.#focus('button');
  }

  /** Takes the question back, without an answer. */
  withdraw() {
    if (this.asking) this.#asks(false);
  }

  updated() {
    // What it asked about is gone.
    if (!this.question || this.disabled) this.withdraw();
  }

  /** @param {boolean} asking */
  #asks(asking) {
    this.asking = asking;
    this.dispatchEvent(new CustomEvent('asks', { detail: asking }));
  }

  /** @param {string} selector */
  async #focus(selector) {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(selector))?.focus();
  }
}

define('sure-button', SureButton);
