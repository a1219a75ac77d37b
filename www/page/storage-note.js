import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import '../ui/sure-button.js';

/** Whether what the visitor does is kept, and the way to have it forgotten. Fires `forget`. */
export class StorageNote extends LitElement {
  static properties = { lost: {}, week: { type: Boolean } };

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
    new Localized(this);
  }

  render() {
    return html`<section class="row" aria-label=${t('storage.title')}>
      <p class="faint">${this.lost ? t(`storage.${this.lost}`) : t('storage.kept')}${this.week && !this.lost ? t('storage.week') : nothing}</p>
      <sure-button
        words=${t('storage.forgetAll')}
        question=${t('storage.sure')}
        ?disabled=${this.lost === 'otherTab'}
        @sure=${() => this.dispatchEvent(new CustomEvent('forget'))}
      ></sure-button>
    </section>`;
  }
}

define('storage-note', StorageNote);
