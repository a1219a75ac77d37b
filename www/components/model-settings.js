import { LitElement, css, html, nothing } from 'lit';
import { advice } from '../advice.js';
import { Localized, describe, t } from '../i18n.js';
import { FIELDS, GROUPS, settingsOf } from '../settings-fields.js';
import './network-drawing.js';
import './setting-field.js';
import { shared } from './styles.js';

/** @typedef {import('../session.js').TrainSettings} TrainSettings @typedef {import('../settings-fields.js').Setting} Setting */

/**
 * The settings of a run, all but the recipe of the views: each with its usual range and an explanation, what cannot be
 * run or is not worth it, and a drawing of the network. Fires `settings` with a part of the settings.
 */
export class ModelSettings extends LitElement {
  static properties = {
    settings: { attribute: false },
    defaults: { attribute: false },
    current: { attribute: false },
    cost: { attribute: false },
    pictures: { type: Number },
    labelled: { type: Number },
    wrong: {},
    problem: { attribute: false },
    began: { type: Boolean },
    disabled: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 10.5rem), 1fr)); gap: .7rem 1rem; align-items: start; }
      details { margin: .9rem 0; }
      summary { min-height: 2rem; cursor: pointer; font-weight: 600; }
      h3 { margin: .9rem 0 .4rem; }
      .refused, .advice { margin: .8rem 0 0; padding: .5rem .8rem; border-inline-start: 4px solid var(--chance); background: var(--paper); font-size: .92rem; }
      .refused { border-color: var(--negative); }
      .advice { list-style: none; }
      .advice li + li { margin-top: .3rem; }
      network-drawing { margin-top: 1.2rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {TrainSettings | undefined} */ this.settings = undefined;
    /** @type {TrainSettings | undefined} */ this.defaults = undefined;
    /** Those of the run in hand. @type {TrainSettings | undefined} */ this.current = undefined;
    /** @type {import('contrastive-playground').ModelCost | undefined} */ this.cost = undefined;
    /** How many are trained on: a batch is no larger. */ this.pictures = Infinity;
    /** How many have a label. */ this.labelled = 0;
    /** The setting that was refused. @type {string | undefined} */ this.wrong = undefined;
    /** Why it cannot be trained like this. @type {{ code?: string, message?: string } | undefined} */ this.problem = undefined;
    /** The run in hand has steps. */ this.began = false;
    this.disabled = false;
    new Localized(this);
  }

  render() {
    const { settings, cost, problem } = this;
    if (!settings) return nothing;
    return html`
      <div class="fields">${GROUPS.flatMap((group) => this.#fields(group, true))}</div>
      <details>
        <summary>${t('model.more')}</summary>
        ${GROUPS.map((group) => html`<h3>${t(`model.group.${group}`)}</h3><div class="fields">${this.#fields(group, false)}</div>`)}
      </details>
      ${this.#anew() ? html`<button ?disabled=${this.disabled} @click=${this.#reset}>${t('model.defaults')}</button>` : nothing}
      <div role="status">
        ${problem ? html`<p class="refused">${describe(problem)}</p>` : nothing} ${this.#advice(settings)}
      </div>
      <network-drawing .cost=${cost} .method=${settings.method}></network-drawing>
    `;
  }

  /** @param {TrainSettings} settings */
  #advice(settings) {
    const found = advice(settings, { pictures: this.pictures, labelled: this.labelled });
    if (!found.length) return nothing;
    return html`<ul class="advice">
      ${found.map(({ key, values }) => html`<li>${t(key, values)}</li>`)}
    </ul>`;
  }

  /** @param {string} group @param {boolean} basic */
  #fields(group, basic) {
    const settings = /** @type {TrainSettings} */ (this.settings);
    const shown = settingsOf(group, basic).filter((name) => FIELDS[name].shown?.(settings) ?? true);
    return shown.map((name) => {
      const later = this.began && FIELDS[name].atReset && this.current && this.current[name] !== settings[name];
      return html`<setting-field
        .name=${name}
        .value=${settings[name]}
        .idle=${FIELDS[name].idle?.(settings)}
        ?changed=${this.#differs(name)}
        ?wrong=${this.wrong === name}
        ?later=${later}
        ?disabled=${this.disabled}
        @settings=${this.#pass}
      ></setting-field>`;
    });
  }

  /** @param {Setting} name */
  #differs(name) {
    return Boolean(this.defaults && this.settings && this.defaults[name] !== this.settings[name]);
  }

  #anew() {
    return /** @type {Setting[]} */ (Object.keys(FIELDS)).some((name) => this.#differs(name));
  }

  #reset() {
    const { policy, ...defaults } = /** @type {TrainSettings} */ (this.defaults);
    this.dispatchEvent(new CustomEvent('settings', { detail: defaults }));
  }

  /** @param {CustomEvent} event */
  #pass({ detail }) {
    this.dispatchEvent(new CustomEvent('settings', { detail }));
  }
}

customElements.define('model-settings', ModelSettings);
