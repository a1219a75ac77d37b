import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Localized, has, t } from '../i18n.js';
import { FIELDS } from '../settings-fields.js';
import { shared } from './styles.js';

/** @typedef {import('../settings-fields.js').Setting} Setting @typedef {import('../settings-fields.js').Field} Field */

/**
 * One setting of a run: its name, a control, its usual range, and an explanation on request. Fires `settings` with a
 * part of the settings; an empty field is NaN.
 */
export class SettingField extends LitElement {
  static properties = {
    name: {},
    value: { attribute: false },
    changed: { type: Boolean },
    wrong: { type: Boolean },
    idle: {},
    later: { type: Boolean },
    disabled: { type: Boolean },
    explained: { state: true },
  };

  static styles = [
    shared,
    css`
      .head { display: flex; align-items: center; justify-content: space-between; gap: .3rem; min-height: 1.9rem; font-size: .9rem; }
      label { font-weight: 500; }
      .changed label::after { content: ' •'; color: var(--accent); font-weight: 700; }
      .why { flex: none; width: 1.7rem; min-height: 1.7rem; padding: 0; border-radius: 50%; font-size: .85rem; }
      .why[aria-expanded='true'] { background: var(--accent); color: var(--on-accent); }
      input:not([type='checkbox']), select { width: 100%; font-size: 1rem; }
      input[type='checkbox'] { min-height: 0; width: 1.3rem; height: 1.3rem; margin: .5rem 0; accent-color: var(--accent); }
      input[aria-invalid='true'] { border: 2px solid var(--negative); }
      small { display: block; margin-top: .15rem; color: var(--faint); font-size: .8rem; line-height: 1.35; }
      small.later { color: var(--ink); }
      .help { margin-top: .3rem; padding: .4rem .6rem; border-inline-start: 3px solid var(--accent); background: var(--paper); font-size: .88rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {Setting} */ this.name = 'temperature';
    /** @type {unknown} */ this.value = undefined;
    /** It is not the default. */ this.changed = false;
    this.wrong = false;
    /** Why it has no effect; a string of the page. @type {string | undefined} */ this.idle = undefined;
    /** The run in hand began with another. */ this.later = false;
    this.disabled = false;
    this.explained = false;
    new Localized(this);
  }

  render() {
    const { name, idle, later, explained } = this;
    return html`<div class=${this.changed ? 'changed' : ''}>
      <div class="head">
        <label for="control">${t(`setting.${name}`)}</label>
        <button
          class="why"
          aria-label=${t('model.explain', { name: t(`setting.${name}`) })}
          aria-expanded=${explained}
          aria-controls="help"
          @click=${() => (this.explained = !explained)}
        >
          ?
        </button>
      </div>
      ${this.#control(FIELDS[name])}
      ${later ? html`<small class="later">${t('model.later')}</small>` : nothing}
      ${idle ? html`<small>${t(idle)}</small>` : has(`usual.${name}`) ? html`<small>${t(`usual.${name}`)}</small>` : nothing}
      <p class="help" id="help" ?hidden=${!explained}>${t(`help.${name}`)}</p>
    </div>`;
  }

  /** @param {Field} field */
  #control({ choices, mistakes, step }) {
    if (choices) return this.#menu(choices, mistakes);
    if (step !== undefined) return this.#number();
    return html`<input
      id="control"
      type="checkbox"
      name=${this.name}
      .checked=${live(Boolean(this.value))}
      ?disabled=${this.disabled}
      @change=${(/** @type {any} */ event) => this.#fire(event.target.checked)}
    />`;
  }

  /** @param {readonly string[]} choices @param {readonly string[]} [mistakes] */
  #menu(choices, mistakes) {
    const option = (/** @type {string} */ choice) =>
      html`<option value=${choice} ?selected=${choice === this.value}>${t(`choice.${this.name}.${choice}`)}</option>`;
    return html`<select
      id="control"
      name=${this.name}
      .value=${live(String(this.value ?? ''))}
      ?disabled=${this.disabled}
      @change=${(/** @type {any} */ event) => this.#fire(event.target.value)}
    >
      ${choices.map(option)}
      ${mistakes ? html`<optgroup label=${t('model.mistakes')}>${mistakes.map(option)}</optgroup>` : nothing}
    </select>`;
  }

  #number() {
    return html`<input
      id="control"
      type="number"
      inputmode="decimal"
      name=${this.name}
      step="any"
      aria-invalid=${this.wrong}
      ?disabled=${this.disabled}
      .value=${shown(this.value)}
      @change=${(/** @type {any} */ event) => this.#fire(event.target.valueAsNumber)}
      @keydown=${this.#nudge}
    />`;
  }

  /** The arrow keys go in useful steps, though the field takes any number. @param {KeyboardEvent} event */
  #nudge(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const { step } = FIELDS[this.name];
    if (!direction || !step || Number.isNaN(input.valueAsNumber)) return;
    event.preventDefault();
    input.value = String(Number((input.valueAsNumber + direction * step).toPrecision(12)));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** @param {unknown} value */
  #fire(value) {
    this.dispatchEvent(new CustomEvent('settings', { detail: { [this.name]: value } }));
  }
}

/** Some numbers have seven digits only. @param {unknown} value */
function shown(value) {
  if (typeof value !== 'number') return '';
  return Number.isNaN(value) ? '' : String(Number.isInteger(value) ? value : Number(value.toPrecision(7)));
}

customElements.define('setting-field', SettingField);
