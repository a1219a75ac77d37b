import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, describe, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/**
 * @typedef {{ code?: string, details?: Record<string, any>, message?: string }} Problem
 * @typedef {{ id: number, key?: string, why?: string, values?: Record<string, string | number>, problem?: Problem, back?: boolean, of?: unknown }} Notice
 *   a string of the page, and another that says why or what else, or a problem, whether it leads back to what is kept, and of what it speaks
 */

/** What went wrong, to be read and dismissed. Fires `dismiss` with the notice's id, and `back`. */
export class NoticeList extends LitElement {
  static properties = { notices: { attribute: false } };

  static styles = [
    shared,
    css`
      section:not(:empty) { margin-top: 1rem; }
      .notice {
        display: flex; gap: .8rem; align-items: start; justify-content: space-between;
        margin-top: .5rem; padding: .7rem .9rem;
        background: var(--warn); color: var(--warn-ink); border-radius: var(--radius);
        overflow-wrap: anywhere;
      }
      .notice > div { min-width: 0; }
      .back { margin-top: .4rem; }
      button { flex: none; min-height: 2rem; padding: .1rem .6rem; background: none; color: inherit; border-color: currentcolor; }
    `,
  ];

  constructor() {
    super();
    /** @type {Notice[]} */ this.notices = [];
    new Localized(this);
  }

  render() {
    return html`<section role="alert">${this.notices.map((notice) => this.#notice(notice))}</section><slot></slot>`;
  }

  /** @param {Notice} notice */
  #notice({ id, key, why, values, problem, back }) {
    const dismiss = () => this.dispatchEvent(new CustomEvent('dismiss', { detail: id }));
    return html`<div class="notice">
      <div>
        ${[key, why].map((key) => (key ? html`<p>${t(key, values)}</p>` : nothing))}
        ${problem ? html`<p>${describe(problem)}</p>` : nothing}
        ${back ? html`<button class="back" @click=${() => this.dispatchEvent(new CustomEvent('back'))}>${t('notice.back')}</button>` : nothing}
      </div>
      <button @click=${dismiss}>${t('notice.dismiss')}</button>
    </div>`;
  }
}

define('notice-list', NoticeList);
