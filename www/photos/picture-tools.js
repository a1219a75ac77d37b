import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { labelOf } from '../intake/sources.js';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import { touched } from '../ui/touched.js';

/** @typedef {import('../engine/album.js').Picture} Picture */

/**
 * Select, label and remove pictures.
 *
 * Fires `select` (a Set of ids), `label` (a string; an empty one takes labels away) and `remove`.
 */
export class PictureTools extends LitElement {
  static properties = { pictures: { attribute: false }, selected: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { margin: .6rem 0; }
      .row { gap: .4rem .6rem; }
      select { max-width: 11rem; }
      input { width: 9rem; }
      form { display: flex; gap: .4rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly Picture[]} */ this.pictures = [];
    /** @type {Set<number>} */ this.selected = new Set();
    new Localized(this);
  }

  render() {
    const none = this.selected.size === 0;
    const labels = this.#labels();
    return html`<div class="row" role="group" aria-label=${t('tools.title')}>
      <select aria-label=${t('tools.select')} @change=${this.#choose}>
        <option value="">${t('tools.select')}</option>
        <option value="all">${t('tools.all')}</option>
        <option value="none">${t('tools.none')}</option>
        ${labels.length ? html`<option value="unlabelled">${t('tools.unlabelled')}</option>` : ''}
        ${labels.map((label) => html`<option value="label:${label}">${label}</option>`)}
      </select>
      <span class="faint number" role="status">${t('tools.selected', { count: this.selected.size })}${this.selected.size === 1 && touched() ? html` · ${t('tools.hold')}` : ''}</span>
      <form @submit=${this.#label}>
        <input
          list="labels"
          name="label"
          aria-label=${t('tools.label')}
          placeholder=${t('tools.label')}
          maxlength="80"
          autocomplete="off"
          ?disabled=${none}
        />
        <datalist id="labels">${labels.map((label) => html`<option value=${label}></option>`)}</datalist>
        <button ?disabled=${none}>${t('tools.setLabel')}</button>
      </form>
      ${labels.length
        ? html`<button ?disabled=${!this.#labelled} @click=${() => this.#give('')}>${t('tools.noLabel')}</button>`
        : nothing}
      <button ?disabled=${none} @click=${() => this.dispatchEvent(new CustomEvent('remove'))}>
        ${t('tools.remove')}
      </button>
    </div>`;
  }

  /** Has one of the selected a label? */
  get #labelled() {
    return this.pictures.some(({ id, label }) => label !== undefined && this.selected.has(id));
  }

  #labels() {
    const labels = new Set(this.pictures.map(({ label }) => label));
    return [...labels].filter((label) => label !== undefined).sort();
  }

  /** @param {Event} event */
  #choose(event) {
    const menu = /** @type {HTMLSelectElement} */ (event.target);
    const { value } = menu;
    // It is a menu of things to do, and shows its own name again when one is done.
    menu.value = '';
    const chosen = this.pictures.filter(({ label }) => {
      if (value === 'all') return true;
      return value === 'unlabelled' ? label === undefined : value === `label:${label}`;
    });
    this.dispatchEvent(new CustomEvent('select', { detail: new Set(chosen.map(({ id }) => id)) }));
  }

  /** @param {SubmitEvent} event */
  #label(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const label = labelOf(String(new FormData(form).get('label')));
    // Who presses twice has an empty field the second time, and means the label to stay.
    if (!label) return form.querySelector('input')?.focus();
    form.reset();
    this.#give(label);
  }

  /** @param {string} label */
  #give(label) {
    this.dispatchEvent(new CustomEvent('label', { detail: label }));
  }
}

define('picture-tools', PictureTools);
