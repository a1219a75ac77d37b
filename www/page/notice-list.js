import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, describe, t } from '../ui/i18n.js';
import { Resized } from '../ui/resized.js';
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
      section:not(:empty) { padding: .5rem 0 .8rem; }
      .notice {
        display: flex; gap: .8rem; align-items: start; justify-content: space-between;
        margin-top: .5rem; padding: .7rem .9rem;
        background: var(--warn); color: var(--warn-ink); border-radius: var(--radius);
        overflow-wrap: anywhere;
      }
      .notice > div { min-width: 0; }
      .back { margin-top: .4rem; }
      button { flex: none; min-height: 2rem; padding: .1rem .6rem; background: none; color: inherit; border-color: currentcolor; }
      /* Of a narrow screen the words have nearly all. */
      @media (max-width: 43.99rem) {
        .notice { gap: .5rem; padding: .5rem .5rem .5rem .8rem; font-size: .95rem; line-height: 1.4; }
        .dismiss { min-width: 2.4rem; min-height: 2.4rem; padding: 0; border: 0; }
        .words { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .dismiss::after { content: '✕'; content: '✕' / ''; }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Notice[]} */ this.notices = [];
    new Localized(this);
    // Where it lies over the page, what is below leaves it so much room.
    new Resized(this, ({ height }) => this.parentElement?.style.setProperty('--notices', `${height}px`));
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
      <button class="dismiss" @click=${dismiss}><span class="words">${t('notice.dismiss')}</span></button>
    </div>`;
  }
}

define('notice-list', NoticeList);
