import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, number, percent, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import { AUGMENTATIONS } from './augmentations.js';

/** @typedef {import('contrastive-playground').Policy} Policy @typedef {import('contrastive-playground').Preset} Preset */

/** @type {Preset[]} */
const PRESETS = ['simClr', 'mocoV2', 'strong', 'cropOnly', 'colorOnly', 'none'];

const pixels = (/** @type {number} */ value) => t('policy.pixels', { value: number(value, { maximumFractionDigits: 1 }) });

/**
 * Each augmentation by the one number that is its strength; `of` is undefined where it does not happen.
 * SimCLR's strength s of the colour jitter is 0.8 s of brightness, contrast and saturation, and 0.2 s of hue.
 * @type {{ name: typeof AUGMENTATIONS[number], max: number, step: number, usual: number, of: (policy: Policy) => number | undefined,
 *   with: (policy: Policy, strength: number | undefined) => Policy, words: (strength: number) => string }[]}
 */
const SWITCHES = [
  {
    name: 'crop', max: 0.95, step: 0.01, usual: 0.92,
    of: ({ crop }) => crop?.area && 1 - crop.area[0],
    with: (policy, s) => ({ ...policy, crop: s === undefined ? undefined : { ...policy.crop, area: [1 - s, 1] } }),
    words: (s) => t('policy.atLeast', { share: percent(1 - s) }),
  },
  chance('flip', 'flipProbability', 0.5),
  {
    name: 'rotation', max: 180, step: 5, usual: 30,
    of: ({ rotation }) => rotation?.degrees,
    with: (policy, degrees) => ({ ...policy, rotation: degrees === undefined ? undefined : { ...policy.rotation, degrees } }),
    words: (degrees) => `±${number(degrees, { maximumFractionDigits: 0 })}°`,
  },
  {
    name: 'jitter', max: 2, step: 0.05, usual: 0.5,
    of: ({ jitter }) => jitter?.brightness !== undefined ? jitter.brightness / 0.8 : undefined,
    with: (policy, s) => ({
      ...policy,
      jitter: s === undefined
        ? undefined
        : { ...policy.jitter, brightness: 0.8 * s, contrast: 0.8 * s, saturation: 0.8 * s, hue: Math.min(0.5, 0.2 * s) },
    }),
    words: (s) => number(s, { maximumFractionDigits: 2 }),
  },
  chance('grayscale', 'grayscaleProbability', 0.2),
  {
    name: 'blur', max: 5, step: 0.1, usual: 2,
    of: ({ blur }) => blur?.sigma?.[1],
    with: (policy, sigma) => ({ ...policy, blur: sigma === undefined ? undefined : { ...policy.blur, sigma: [Math.min(0.1, sigma), sigma] } }),
    words: pixels,
  },
  {
    name: 'solarize', max: 1, step: 0.05, usual: 0.2,
    of: ({ solarize }) => solarize?.probability,
    with: (policy, probability) => ({ ...policy, solarize: probability === undefined ? undefined : { ...policy.solarize, probability } }),
    words: (probability) => percent(probability),
  },
];

/** One whose strength is how often it happens. @param {'flip' | 'grayscale'} name @param {'flipProbability' | 'grayscaleProbability'} field @param {number} usual */
function chance(name, field, usual) {
  return {
    name, max: 1, step: 0.05, usual,
    of: (/** @type {Policy} */ policy) => policy[field] || undefined,
    with: (/** @type {Policy} */ policy, /** @type {number | undefined} */ probability) => ({ ...policy, [field]: probability ?? 0 }),
    words: (/** @type {number} */ probability) => percent(probability),
  };
}

/**
 * The recipe of the views: a switch and a strength for every augmentation, and recipes with a name.
 *
 * Fires `policy` (the recipe as it is to be) and `preset` (a name).
 */
export class ViewPolicy extends LitElement {
  static properties = { policy: { attribute: false }, disabled: { type: Boolean } };

  static styles = [
    shared,
    css`
      :host { margin: .2rem 0 1rem; }
      .all { display: grid; grid-template-columns: minmax(0, auto) minmax(2.5rem, 1fr) minmax(0, auto); gap: .15rem .8rem; align-items: center; margin-top: .6rem; }
      label { display: inline-flex; align-items: center; gap: .5rem; min-height: 2rem; }
      input[type='checkbox'] { min-height: 0; width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); }
      input[type='range'] { min-height: 1.6rem; width: 100%; padding: 0; border: 0; accent-color: var(--accent); }
      output { font-size: .9rem; text-align: end; }
      @media (pointer: coarse) { input[type='range'] { min-height: 2.5rem; } }
    `,
  ];

  constructor() {
    super();
    /** @type {Policy | undefined} */ this.policy = undefined;
    this.disabled = false;
    new Localized(this);
  }

  render() {
    return html`<div role="group" aria-label=${t('policy.title')}>
      ${shows('views.preset') ? this.#presets() : nothing}
      <div class="all">${AUGMENTATIONS.filter((name) => shows(`views.${name}`)).map((name) => this.#row(name))}</div>
    </div>`;
  }

  #presets() {
    return html`<label>
      ${t('policy.preset')}
      <select ?disabled=${this.disabled} @change=${this.#preset}>
        <option value="">${t('policy.choose')}</option>
        ${PRESETS.map((preset) => html`<option value=${preset}>${t(`policy.preset.${preset}`)}</option>`)}
      </select>
    </label>`;
  }

  /** @param {typeof AUGMENTATIONS[number]} name */
  #row(name) {
    const { max, step, usual, of, with: change, words } = /** @type {typeof SWITCHES[number]} */ (SWITCHES.find((one) => one.name === name));
    const policy = this.policy ?? {};
    const strength = of(policy);
    const fire = (/** @type {number | undefined} */ value) => this.#fire('policy', change(policy, value));
    const word = t(`policy.${name}`);
    return html`
      <label>
        <input
          type="checkbox"
          name=${name}
          .checked=${live(strength !== undefined)}
          ?disabled=${this.disabled}
          @change=${(/** @type {any} */ event) => fire(event.target.checked ? usual : undefined)}
        />
        ${word}
      </label>
      <input
        type="range"
        name="${name}-strength"
        aria-label="${word}: ${t(`policy.${name}.strength`)}"
        aria-valuetext=${strength === undefined ? t('policy.off') : words(strength)}
        min=${step}
        max=${max}
        step=${step}
        .value=${live(String(strength ?? usual))}
        ?disabled=${this.disabled || strength === undefined}
        @input=${(/** @type {any} */ event) => fire(event.target.valueAsNumber)}
      />
      <output class="number">${strength === undefined ? t('policy.off') : words(strength)}</output>
    `;
  }

  /** @param {Event} event */
  #preset(event) {
    const menu = /** @type {HTMLSelectElement} */ (event.target);
    if (menu.value) this.#fire('preset', menu.value);
    // A recipe is where one starts from: what is chosen stays in the switches, not in the menu.
    menu.value = '';
  }

  /** @param {string} type @param {unknown} detail */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

define('view-policy', ViewPolicy);
