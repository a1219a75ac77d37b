import { LitElement, css, html, nothing } from 'lit';
import { define } from '../../ui/define.js';
import { Localized, number, percent, t } from '../../ui/i18n.js';
import { saidLook } from '../../ui/said.js';
import { shared } from '../../ui/styles.js';
import { slider, sliderStyles } from '../slider.js';
import { sharesOf } from './push.js';

/** @typedef {import('./push.js').Group} Group */

/** The slider of τ goes in powers of ten, as τ counts. */
const POWERS = { min: -2, max: 1, step: 0.05 };

/**
 * How the push on the negatives is shared among them at a temperature: each has its share of their softmax. Somebody may draw the first bar
 * beforehand (`asked`), and sees it beside what it is.
 *
 *     <push-shares .groups=${[{ name: 'one at 0.8', cosines: [0.8] }, { name: '125 at 0', cosines: Array(125).fill(0) }]} .temperature=${0.1}></push-shares>
 *
 * Fires `temperature` (detail: τ) when it is changed, and `guess` (detail: the share from 0 to 1).
 */
export class PushShares extends LitElement {
  static properties = { groups: { attribute: false }, temperature: { type: Number }, asked: { type: Boolean }, guess: { type: Number }, label: {} };

  static styles = [
    shared,
    sliderStyles,
    css`
      :host { max-width: 46rem; }
      label { display: flex; align-items: center; gap: .9rem; margin-bottom: 1rem; font-weight: 600; }
      input { flex: 1; padding: 0; border: 0; background: none; accent-color: var(--accent); }
      output { min-width: 5rem; font-size: 1.15rem; }
      dl { display: grid; grid-template-columns: minmax(6rem, auto) minmax(4rem, 1fr) 4.5rem; gap: .7rem 1rem; align-items: center; margin: 0; }
      dt { font-weight: 600; color: var(--negative); }
      dd { margin: 0; }
      .track { position: relative; height: 1.6rem; background: linear-gradient(var(--line), var(--line)) 0 50% / 100% 1px no-repeat; }
      .track i { display: block; height: 100%; min-width: 1px; border-radius: 0 3px 3px 0; background: var(--negative); }
      .track .said { position: absolute; top: -.3rem; height: calc(100% + .6rem); ${saidLook} }
      small { display: block; font-weight: 400; }
      .slider { --bar: 1.6rem; }
      .value { font-size: 1.15rem; font-weight: 600; text-align: end; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly Group[]} */ this.groups = [];
    this.temperature = 0.1;
    /** Somebody is to draw the first bar. */ this.asked = false;
    /** As long as that. @type {number | undefined} */ this.guess = undefined;
    /** The question. */ this.label = '';
    new Localized(this);
  }

  render() {
    const { groups, temperature, asked, guess } = this;
    // What the first has not, the others have.
    const shares = asked ? groups.map((_, index) => (guess === undefined ? NaN : index ? 1 - guess : guess)) : sharesOf(groups, temperature);
    const said = guess === undefined || asked ? nothing : html`<small class="faint">${t('scores.said', { share: percent(guess) })}</small>`;
    return html`<label>τ
        <input type="range" min=${POWERS.min} max=${POWERS.max} step=${POWERS.step} aria-valuetext=${number(temperature)} ?disabled=${asked}
          .value=${String(Math.log10(temperature))} @input=${this.#slide} />
        <output class="number">${number(temperature)}</output>
      </label>
      <dl class="number">${shares.map((share, index) => html`<dt>${groups[index].name} ${index ? nothing : said}</dt>
        <dd>${asked && !index ? this.#slider() : this.#bar(share, index)}</dd>
        <dd class="value">${Number.isNaN(share) ? '?' : percent(share)}</dd>`)}</dl>
      <p class="faint">${t('lessons.push')}</p>`;
  }

  /** @param {number} share @param {number} index */
  #bar(share, index) {
    const { asked, guess } = this;
    return html`<div class="track" aria-hidden="true">
      ${Number.isNaN(share) ? nothing : html`<i style="width: ${100 * share}%"></i>`}
      ${asked || index || guess === undefined ? nothing : html`<i class="said" style="left: ${100 * guess}%"></i>`}
    </div>`;
  }

  #slider() {
    const { guess, label } = this;
    const words = guess === undefined ? t('lessons.unanswered') : percent(guess);
    return slider({ label, words, value: guess && 100 * guess }, (value) => this.dispatchEvent(new CustomEvent('guess', { detail: value / 100 })));
  }

  /** @param {any} event */
  #slide({ target }) {
    this.temperature = Number((10 ** target.valueAsNumber).toPrecision(2));
    this.dispatchEvent(new CustomEvent('temperature', { detail: this.temperature }));
  }
}

define('push-shares', PushShares);
