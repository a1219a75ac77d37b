import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, describe, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/** Of more, the copied list has all. */
const SHOWN = 200;

/**
 * Files that were not added, each with its reason, to be copied or dismissed.
 *
 * Fires `dismiss`.
 */
export class SkippedReport extends LitElement {
  static properties = { skipped: { attribute: false }, total: { type: Number }, copied: { state: true } };

  static styles = [
    shared,
    css`
      section { margin: .9rem 0; padding: .8rem .9rem; background: var(--warn); color: var(--warn-ink); border-radius: var(--radius); }
      ul { margin: .5rem 0; padding-inline-start: 1.2rem; max-height: 12rem; overflow: auto; overflow-wrap: anywhere; font-size: .92rem; }
      button { min-height: 2rem; padding: .1rem .7rem; background: none; color: inherit; border-color: currentcolor; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../engine/session.js').Skipped[]} */ this.skipped = [];
    this.total = 0;
    this.copied = false;
    new Localized(this);
  }

  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has('skipped')) this.copied = false;
  }

  render() {
    if (!this.skipped.length) return nothing;
    return html`<section aria-labelledby="title">
      <h3 id="title"><span role="alert">${this.#title()}</span></h3>
      <ul tabindex="0" aria-labelledby="title">
        ${this.skipped.slice(0, SHOWN).map(
          ({ name, ...why }) => html`<li><bdi><strong>${name}</strong></bdi>${t('list.colon')}${describe(why)}</li>`,
        )}
      </ul>
      ${this.skipped.length > SHOWN
        ? html`<p>${t('skipped.more', { count: this.skipped.length - SHOWN })}</p>`
        : nothing}
      <div class="row">
        <button @click=${this.#copy}>${t(this.copied ? 'skipped.copied' : 'skipped.copy')}</button>
        <button @click=${() => this.dispatchEvent(new CustomEvent('dismiss'))}>${t('notice.dismiss')}</button>
      </div>
    </section>`;
  }

  #title() {
    return t('skipped.title', { count: this.skipped.length, total: this.total });
  }

  async #copy() {
    const lines = this.skipped.map(({ name, ...why }) => `${name}${t('list.colon')}${describe(why)}`);
    try {
      await navigator.clipboard.writeText([this.#title(), ...lines].join('\n'));
      this.copied = true;
    } catch {
      // The clipboard is forbidden: the list is selected, to be copied by hand.
      const list = this.renderRoot.querySelector('ul');
      if (list) getSelection()?.selectAllChildren(list);
    }
  }
}

define('skipped-report', SkippedReport);
