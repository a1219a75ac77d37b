import { LitElement, css, html, nothing } from 'lit';
import { advice } from './advice.js';
import { define } from '../ui/define.js';
import { narrowed, shows } from '../ui/hiding.js';
import { Localized, describe, t } from '../ui/i18n.js';
import { isOpen, remember } from '../ui/opened.js';
import { RECIPES } from './recipes.js';
import { FIELDS, GROUPS, settingsOf } from './settings-fields.js';
import './advice-list.js';
import './network-drawing.js';
import './setting-field.js';
import { shared } from '../ui/styles.js';

/** @typedef {import('contrastive-playground').TrainSettings} TrainSettings @typedef {import('./settings-fields.js').Setting} Setting */

const NAMES = /** @type {Setting[]} */ (Object.keys(FIELDS));

/**
 * All settings of a run but the recipe of its views: the basic ones at once, the others to be opened; what is
 * worth knowing of them before they are run; and the network that they make.
 *
 * Fires `settings` with a part of the settings, in which an empty number field is NaN, and `recipe` with a name.
 */
export class ModelSettings extends LitElement {
  static properties = {
    settings: { attribute: false },
    defaults: { attribute: false },
    recipe: {},
    current: { attribute: false },
    cost: { attribute: false },
    pictures: { type: Number },
    labelled: { type: Number },
    alone: { type: Number },
    problem: { attribute: false },
    wrong: {},
    running: { type: Boolean },
    began: { type: Boolean },
    disabled: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      :host { container-type: inline-size; }
      .problem:not(:empty) { margin-bottom: .8rem; padding: .7rem .9rem; border-radius: var(--radius); background: var(--warn); color: var(--warn-ink); }
      .recipe { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .7rem; margin-bottom: 1rem; }
      .groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); gap: .9rem 1.4rem; align-items: start; }
      fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
      legend { padding: 0 0 .2rem; font-size: .9rem; font-weight: 600; }
      .fields { display: grid; gap: .6rem; }
      .basic { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: .9rem 1.4rem; align-items: start; }
      .row { margin-top: .9rem; }
      .row > p { font-size: .88rem; }
      .reset { min-height: 2rem; padding: .1rem .7rem; margin-left: auto; font-size: .88rem; }
      details { margin-top: .9rem; border-top: 1px solid var(--line); }
      summary { padding: .7rem 0 .5rem; font-weight: 600; cursor: pointer; }
      summary h3 { display: inline; font-size: 1rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {TrainSettings | undefined} */ this.settings = undefined;
    /** @type {TrainSettings | undefined} */ this.defaults = undefined;
    /** The recipe that the settings are, if they are one. @type {import('./recipes.js').RecipeName | undefined} */ this.recipe = undefined;
    /** Those of the run in hand. @type {TrainSettings | undefined} */ this.current = undefined;
    /** @type {import('contrastive-playground').ModelCost | undefined} */ this.cost = undefined;
    /** How many there are to train on. */ this.pictures = Infinity;
    /** How many of them have a label. @type {number | undefined} */ this.labelled = undefined;
    /** The share of anchors that would have no positive. */ this.alone = 0;
    /** What the core refuses. @type {{ code?: string, details?: Record<string, any>, message?: string } | undefined} */
    this.problem = undefined;
    /** The setting that was refused. @type {string | undefined} */ this.wrong = undefined;
    this.running = false;
    this.began = false;
    this.disabled = false;
    new Localized(this);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    // What has to be mended has to be seen.
    const field = FIELDS[/** @type {Setting} */ (this.wrong)];
    if (changed.has('wrong') && field && !field.basic) remember('settings', true);
  }

  render() {
    const { settings, problem } = this;
    return html`
      <p class="problem" role="status">${problem ? describe(problem) : nothing}</p>
      ${settings ? this.#all(settings) : nothing}
    `;
  }

  /** @param {TrainSettings} settings */
  #all(settings) {
    const groups = this.#groups(settings);
    return html`
      ${shows('model.recipe') ? this.#recipes() : nothing}
      <div class="basic">${this.#basic(settings)}</div>
      ${this.#foot(settings)}
      ${shows('model.advice') ? html`<advice-list .advice=${this.#advice(settings)}></advice-list>` : nothing}
      ${groups.length ? this.#more(html`<div class="groups">${groups}</div>`) : nothing}
      ${this.cost && shows('model.network')
        ? this.#fold('network', false, html`<network-drawing .cost=${this.cost} .method=${settings.method}></network-drawing>`)
        : nothing}
    `;
  }

  #recipes() {
    const names = /** @type {import('./recipes.js').RecipeName[]} */ (Object.keys(RECIPES));
    return html`<label class="recipe">
      ${t('model.recipe')}
      <select name="recipe" ?disabled=${this.disabled || this.running} @change=${(/** @type {any} */ event) => this.#choose(event.target.value)}>
        ${names.map((name) => html`<option value=${name} ?selected=${name === this.recipe}>${t(`model.recipe.${name}`)}</option>`)}
        ${this.recipe ? nothing : html`<option value="" selected>${t('model.recipe.own')}</option>`}
      </select>
    </label>`;
  }

  /** @param {string} name */
  #choose(name) {
    if (name) this.dispatchEvent(new CustomEvent('recipe', { detail: name }));
  }

  /** Of few nothing is folded away. @param {unknown} groups */
  #more(groups) {
    return narrowed('model') ? html`<div class="row">${groups}</div>` : this.#fold('settings', false, groups);
  }

  /** @param {string} name @param {boolean} usual @param {unknown} content */
  #fold(name, usual, content) {
    return html`<details
      class=${name}
      ?open=${isOpen(name, usual)}
      @toggle=${(/** @type {any} */ event) => remember(name, event.target.open)}
    >
      <summary><h3>${t(`model.fold.${name}`)}</h3></summary>
      ${content}
    </details>`;
  }

  /** Those that matter most. @param {TrainSettings} settings */
  #basic(settings) {
    return GROUPS.flatMap((group) => settingsOf(group, true)).filter((name) => shows(`model.${name}`)).map((name) => this.#field(settings, name));
  }

  /** All others. @param {TrainSettings} settings */
  #groups(settings) {
    return GROUPS.flatMap((group) => {
      const names = settingsOf(group, false).filter((name) => shows(`model.${name}`)).filter((name) => this.wrong === name || (FIELDS[name].shown?.(settings) ?? true));
      if (!names.length) return [];
      return html`<fieldset class=${group}>
        <legend>${t(`model.group.${group}`)}</legend>
        <div class="fields">${names.map((name) => this.#field(settings, name))}</div>
      </fieldset>`;
    });
  }

  /** @param {TrainSettings} settings @param {Setting} name */
  #field(settings, name) {
    const { atReset, idle } = FIELDS[name];
    const current = this.began && atReset ? this.current?.[name] : undefined;
    return html`<setting-field
      name=${name}
      .value=${settings[name]}
      .usual=${this.defaults?.[name]}
      .current=${current === settings[name] ? undefined : current}
      .idle=${idle?.(settings)}
      .wrong=${this.wrong === name}
      .disabled=${this.disabled}
      @value=${(/** @type {CustomEvent} */ event) => this.#fire({ [name]: event.detail })}
    ></setting-field>`;
  }

  /** @param {TrainSettings} settings */
  #foot(settings) {
    const { defaults } = this;
    const changed = defaults && NAMES.some((name) => !Object.is(settings[name], defaults[name]));
    if (!this.running && !changed) return nothing;
    return html`<div class="row">
      ${this.running ? html`<p class="faint">${t('model.running')}</p>` : nothing}
      ${changed
        ? html`<button class="reset" ?disabled=${this.disabled} @click=${this.#reset}>${t('model.reset')}</button>`
        : nothing}
    </div>`;
  }

  /** @param {TrainSettings} settings */
  #advice(settings) {
    const all = advice(settings, { pictures: this.pictures, labelled: this.labelled, alone: this.alone });
    // What the core has refused is said already.
    return all.filter(({ key }) => key !== `advice.${this.problem?.code}`);
  }

  /** The recipe of the views is not shown here, and stays. */
  #reset() {
    const { policy, ...defaults } = /** @type {TrainSettings} */ (this.defaults);
    this.#fire(defaults);
  }

  /** @param {Partial<TrainSettings>} detail */
  #fire(detail) {
    this.dispatchEvent(new CustomEvent('settings', { detail }));
  }
}

define('model-settings', ModelSettings);
