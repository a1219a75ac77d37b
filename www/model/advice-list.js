import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/** What is worth knowing of settings before they are run, beside what it is mended with; nothing where there is nothing. */
export class AdviceList extends LitElement {
  static properties = { advice: { attribute: false } };

  static styles = [
    shared,
    css`
      .advice { margin-block: .9rem; padding: .6rem .9rem .7rem; border: 1px solid var(--line); border-left: 4px solid var(--chance); border-radius: 7px; }
      ul { margin: .25rem 0 0; padding-left: 1.1rem; font-size: .9rem; line-height: 1.5; }
      li + li { margin-top: .3rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('./advice.js').Advice[]} */ this.advice = [];
    new Localized(this);
  }

  render() {
    return html`<div role="status">${this.advice.length ? this.#list() : nothing}</div>`;
  }

  #list() {
    return html`<div class="advice">
      <h3>${t('model.advice')}</h3>
      <ul>
        ${this.advice.map(({ key, values }) => html`<li>${t(key, values)}</li>`)}
      </ul>
    </div>`;
  }
}

define('advice-list', AdviceList);
