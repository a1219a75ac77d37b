import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { define } from '../ui/define.js';
import { Localized, has, t } from '../ui/i18n.js';
import { single } from '../ui/single.js';
import { FIELDS } from './settings-fields.js';
import { shared } from '../ui/styles.js';

/** @typedef {import('./settings-fields.js').Setting} Setting @typedef {string | number | boolean} Value */

/**
 * One setting of a run: its name, its control, the usual range and, behind a button, what it does.
 *
 * Fires `value` with the new value; of an empty number field it is NaN.
 */
export class SettingField extends LitElement {
  static properties = {
    name: {},
    value: { attribute: false },
    usual: { attribute: false },
    current: { attribute: false },
    idle: {},
    wrong: { type: Boolean },
    disabled: { type: Boolean },
    explained: { state: true },
  };

  static styles = [
    shared,
    css`
      .head { display: flex; align-items: center; gap: .4rem; min-height: 1.8rem; }
      label { font-size: .88rem; }
      label.switch { display: flex; align-items: center; gap: .5rem; min-height: 1.8rem; }
      input:not([type='checkbox']), select { width: 100%; font-size: 1rem; }
      input[type='checkbox'] { min-height: 0; width: 1.15rem; height: 1.15rem; margin: 0; flex: none; accent-color: var(--accent); }
      input[aria-invalid='true'] { border: 2px solid var(--negative); }
      :is(input, select):disabled { opacity: .6; }
      button { flex: none; min-height: 0; width: 1.5rem; height: 1.5rem; margin-left: auto; padding: 0; border-radius: 50%; color: var(--faint); font-size: .82rem; line-height: 1; }
      button[aria-expanded='true'] { border-color: var(--accent); color: var(--accent); font-weight: 700; }
      @media (pointer: coarse) { button { width: 2.4rem; height: 2.4rem; } }
      .changed { width: .5rem; height: .5rem; flex: none; border-radius: 50%; background: var(--accent); }
      p { margin-top: .25rem; font-size: .82rem; line-height: 1.4; overflow-wrap: anywhere; }
      .help { padding: .5rem .7rem; border-left: 3px solid var(--accent); background: var(--paper); font-size: .86rem; line-height: 1.5; }
      a { color: var(--accent); }
    `,
  ];

  constructor() {
    super();
    /** @type {Setting} */ this.name = 'temperature';
    /** @type {Value | undefined} */ this.value = undefined;
    /** What it is if nothing is said. @type {Value | undefined} */ this.usual = undefined;
    /** What the run in hand goes on with, where that is another. @type {Value | undefined} */ this.current = undefined;
    /** Key of why it has no effect. @type {string | undefined} */ this.idle = undefined;
    /** It was refused. */ this.wrong = false;
    this.disabled = false;
    this.explained = false;
    new Localized(this);
  }

  render() {
    const { choices, step } = FIELDS[this.name];
    const label = t(`setting.${this.name}`);
    const boolean = !choices && step === undefined;
    const name = boolean
      ? html`<label class="switch">${this.#switch()} ${label}</label>`
      : html`<label for="control">${label}</label>`;
    return html`
      <div class="head">
        ${name} ${this.#changed ? html`<span class="changed"></span>` : nothing}
        <button
          type="button"
          aria-expanded=${this.explained}
          aria-controls="help"
          aria-label=${t('model.explain', { name: label })}
          @click=${() => (this.explained = !this.explained)}
        >?</button>
      </div>
      ${boolean ? nothing : choices ? this.#select() : this.#number()}
      <p class="faint" id="hint">${this.#hint()}</p>
      <p class="help" id="help" ?hidden=${!this.explained}>${withLinks(t(`help.${this.name}`))}</p>
    `;
  }

  get #changed() {
    return this.usual !== undefined && !Object.is(this.usual, this.value);
  }

  /** What has no effect can still be taken back. */
  get #disabled() {
    return this.disabled || (Boolean(this.idle) && !this.wrong && this.value !== true);
  }

  #switch() {
    return html`<input
      type="checkbox"
      name=${this.name}
      aria-describedby="hint"
      .checked=${live(this.value === true)}
      ?disabled=${this.#disabled}
      @change=${(/** @type {any} */ event) => this.#fire(event.target.checked)}
    />`;
  }

  #select() {
    const { choices = [], mistakes } = FIELDS[this.name];
    return html`<select
      id="control"
      name=${this.name}
      aria-describedby="hint"
      ?disabled=${this.#disabled}
      @change=${(/** @type {any} */ event) => this.#fire(event.target.value)}
    >
      ${mistakes
        ? html`<optgroup label=${t('model.methods')}>${this.#options(choices)}</optgroup>
            <optgroup label=${t('model.mistakes')}>${this.#options(mistakes)}</optgroup>`
        : this.#options(choices)}
    </select>`;
  }

  /** @param {readonly string[]} choices */
  #options(choices) {
    return choices.map(
      (choice) => html`<option value=${choice} .selected=${live(choice === this.value)}>
        ${t(`choice.${this.name}.${choice}`)}
      </option>`,
    );
  }

  #number() {
    return html`<input
      id="control"
      type="number"
      inputmode="decimal"
      name=${this.name}
      step="any"
      aria-invalid=${this.wrong}
      aria-describedby="hint"
      ?disabled=${this.#disabled}
      .value=${digits(this.value)}
      @change=${(/** @type {any} */ event) => this.#fire(event.target.valueAsNumber)}
      @keydown=${this.#nudge}
    />`;
  }

  /** The arrow keys go in useful steps, though the field takes any number. @param {KeyboardEvent} event */
  #nudge(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction || Number.isNaN(input.valueAsNumber)) return;
    event.preventDefault();
    const step = FIELDS[this.name].step ?? 1;
    input.value = String(Number((input.valueAsNumber + direction * step).toPrecision(12)));
    this.#fire(input.valueAsNumber);
  }

  #hint() {
    const usual = has(`usual.${this.name}`) ? t(`usual.${this.name}`) : '';
    const parts = [
      this.idle ? t(this.idle) : usual,
      this.#changed ? t('model.default', { value: this.#word(this.usual) }) : '',
      this.current === undefined ? '' : t('model.afterReset', { value: this.#word(this.current) }),
    ];
    return parts.filter(Boolean).join(t('model.then'));
  }

  /** A value in words. @param {Value | undefined} value */
  #word(value) {
    if (typeof value === 'boolean') return t(value ? 'model.on' : 'model.off');
    return typeof value === 'string' ? t(`choice.${this.name}.${value}`) : digits(value);
  }

  /** @param {Value} detail */
  #fire(detail) {
    this.dispatchEvent(new CustomEvent('value', { detail }));
  }
}

/** Of an emptied field there are none. @param {Value | undefined} value */
function digits(value) {
  return typeof value !== 'number' || Number.isNaN(value) ? '' : String(single(value));
}

/** Papers are links to arXiv. @param {string} text */
function withLinks(text) {
  return text.split(/(arXiv:\d{4}\.\d{5})/).map((part) =>
    part.startsWith('arXiv:')
      ? html`<a href="https://arxiv.org/abs/${part.slice(6)}" target="_blank" rel="noopener">${part}</a>`
      : part,
  );
}

define('setting-field', SettingField);
