import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, percent, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import { slider, sliderStyles } from './slider.js';

/**
 * Bars that are not measured yet, where they will stand: of several, the one that will be the longest is pressed; a
 * single one is drawn as long as somebody thinks that it will be. Those of several that are measured first (`share`) stand among the others.
 *
 *     <guess-bars .bars=${[{ value: 'sharp', name: 'τ = 0.05' }, { value: 'soft', name: 'τ = 5' }]} label="Which will be the longest?"></guess-bars>
 *     <guess-bars .bars=${[{ value: 'own', name: 'Trained encoder' }]} .guess=${0.4} label="How long will it be?"></guess-bars>
 *
 * Fires `guess` (detail: the bar's value, or the share from 0 to 1).
 */
export class GuessBars extends LitElement {
  static properties = { bars: { attribute: false }, guess: { attribute: false }, label: {}, disabled: { type: Boolean } };

  static styles = [
    shared,
    sliderStyles,
    css`
      :host { display: block; margin-bottom: .6rem; }
      fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
      label { display: grid; grid-template-columns: auto 1fr auto; gap: .1rem .5rem; align-items: center; padding: .3rem 0; border: 1px solid transparent; border-radius: 7px; cursor: pointer; }
      label:has([type='radio']) { padding-inline: .4rem; }
      label:has([type='radio']:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
      label:has(:disabled) { cursor: default; }
      [type='radio'] { min-height: 0; width: 1rem; height: 1rem; margin: 0; accent-color: var(--accent); }
      .value { grid-column: 3; font-weight: 600; }
      .track i { display: block; height: 100%; border-radius: 4px; background: var(--accent); }
      .track { grid-column: 1 / -1; height: 1.15rem; border-radius: 4px; background: color-mix(in srgb, var(--line) 55%, transparent); }
      .slider { grid-column: 1 / -1; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly { value: string | number, name: string, share?: number }[]} */ this.bars = [];
    /** @type {string | number | undefined} */ this.guess = undefined;
    /** The question. */ this.label = '';
    this.disabled = false;
    new Localized(this);
  }

  render() {
    const { bars } = this;
    return html`<fieldset ?disabled=${this.disabled} aria-label=${this.label}>${bars.map((bar) => (bars.length > 1 ? this.#longest(bar) : this.#length(bar)))}</fieldset>`;
  }

  /** @param {GuessBars['bars'][number]} bar */
  #longest({ value, name, share }) {
    return html`<label>
      <input type="radio" name="guess" value=${value} .checked=${this.guess === value} @change=${() => this.#tell(value)} />
      <span>${name}</span>
      ${share === undefined ? html`<span class="value" aria-hidden="true">?</span>` : html`<span class="value number">${percent(share)}</span>`}
      <span class="track">${share === undefined ? nothing : html`<i style="width: ${100 * share}%"></i>`}</span>
    </label>`;
  }

  /** @param {GuessBars['bars'][number]} bar */
  #length({ name }) {
    const share = this.guess === undefined ? undefined : Number(this.guess);
    const words = share === undefined ? t('lessons.unanswered') : percent(share);
    return html`<label>
      <span>${name}</span>
      <span class="value number">${share === undefined ? html`<span class="faint">${words}</span>` : words}</span>
      ${slider({ label: `${this.label} ${name}`, words, value: share && 100 * share }, (value) => this.#tell(value / 100))}
    </label>`;
  }

  /** @param {unknown} detail */
  #tell(detail) {
    this.dispatchEvent(new CustomEvent('guess', { detail }));
  }
}

define('guess-bars', GuessBars);
