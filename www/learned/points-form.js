import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, number, percent, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/** @typedef {import('../engine/session.js').PointSettings} PointSettings */

/** What can be chosen: few of what the engine takes, each to see something by. @type {Partial<Record<keyof PointSettings, readonly (number | string)[]>>} */
const CHOICES = {
  separation: [0, 2, 4],
  samples: [12, 20, 50, 100, 400],
  dimensions: [2, 10, 50],
  ones: [0.5, 0.45, 0.1],
  loss: ['supCon', 'ntXent', 'article'],
  noise: [0.1, 0.3, 1],
  temperature: [0.05, 0.1, 0.5, 1],
  projection: [10, 2],
  epochs: [10, 100, 300, 1000],
  seed: [0, 1, 2, 3, 4],
};

/**
 * What a run on points is made of, and its button.
 *
 *     <points-form .settings=${{ samples: 20, seed: 1 }}></points-form>
 *
 * Fires `settings` (detail: what was changed), `train` and `stop`.
 */
export class PointsForm extends LitElement {
  static properties = { settings: { attribute: false }, names: { attribute: false }, running: { type: Boolean } };

  static styles = [
    shared,
    css`
      .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: .5rem .8rem; margin-bottom: .7rem; }
      label { display: block; font-size: .88rem; }
      select { width: 100%; padding-inline: .5rem; font-size: 1rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {Partial<PointSettings>} */ this.settings = {};
    /** Those that are offered. */ this.names = /** @type {readonly (keyof PointSettings)[]} */ (Object.keys(CHOICES));
    this.running = false;
    new Localized(this);
  }

  render() {
    const { running } = this;
    return html`
      <div class="fields">${this.names.map((name) => (name === 'noise' && this.settings.loss !== 'ntXent' ? nothing : this.#field(name)))}</div>
      <button class="primary" @click=${() => this.dispatchEvent(new Event(running ? 'stop' : 'train'))}>${t(running ? 'points.stop' : 'points.train')}</button>
    `;
  }

  /** @param {keyof PointSettings} name */
  #field(name) {
    const value = this.settings[name];
    const known = CHOICES[name] ?? [];
    const offered = value === undefined || known.includes(value) ? known : [...known, value];
    return html`<label>
      ${t(`setting.${name}`)}
      <select name=${name} ?disabled=${this.running} @change=${(/** @type {any} */ event) => this.#choose(name, offered[event.target.selectedIndex])}>
        ${offered.map((option) => html`<option ?selected=${option === value}>${words(name, option)}</option>`)}
      </select>
    </label>`;
  }

  /** @param {keyof PointSettings} name @param {number | string} value */
  #choose(name, value) {
    this.settings = { ...this.settings, [name]: value };
    this.dispatchEvent(new CustomEvent('settings', { detail: { [name]: value } }));
  }
}

/** @param {string} name @param {number | string} value */
function words(name, value) {
  if (typeof value === 'string') return t(`points.loss.${value}`);
  if (name === 'separation') return value ? t('points.clusters', { value }) : t('points.byLot');
  return name === 'ones' ? percent(value) : number(value);
}

define('points-form', PointsForm);
