import { LitElement, css, html } from 'lit';
import { define } from '../../ui/define.js';
import { Localized, number, percent, t } from '../../ui/i18n.js';
import { shared } from '../../ui/styles.js';
import { sharesOf } from './push.js';

/** @typedef {import('./push.js').Group} Group */

/** The slider of τ goes in powers of ten, as τ counts. */
const POWERS = { min: -2, max: 1, step: 0.05 };

/**
 * How the push on the negatives is shared among them at a temperature: each has its share of their softmax.
 *
 *     <push-shares .groups=${[{ name: 'one at 0.8', cosines: [0.8] }, { name: '125 at 0', cosines: Array(125).fill(0) }]} .temperature=${0.1}></push-shares>
 *
 * Fires `temperature` (detail: τ) when it is changed.
 */
export class PushShares extends LitElement {
  static properties = { groups: { attribute: false }, temperature: { type: Number }, covered: { type: Boolean } };

  static styles = [
    shared,
    css`
      :host { max-width: 46rem; }
      label { display: flex; align-items: center; gap: .9rem; margin-bottom: 1rem; font-weight: 600; }
      input { flex: 1; padding: 0; border: 0; background: none; accent-color: var(--accent); }
      output { min-width: 5rem; font-size: 1.15rem; }
      dl { display: grid; grid-template-columns: minmax(6rem, auto) minmax(4rem, 1fr) 4.5rem; gap: .7rem 1rem; align-items: center; margin: 0; }
      dt { font-weight: 600; color: var(--negative); }
      dd { margin: 0; }
      .track { height: 1.6rem; background: linear-gradient(var(--line), var(--line)) 0 50% / 100% 1px no-repeat; }
      .track i { display: block; height: 100%; min-width: 1px; border-radius: 0 3px 3px 0; background: var(--negative); }
      .value { font-size: 1.15rem; font-weight: 600; text-align: end; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly Group[]} */ this.groups = [];
    this.temperature = 0.1;
    /** Somebody is to guess first. */ this.covered = false;
    new Localized(this);
  }

  render() {
    const { groups, temperature, covered } = this;
    return html`<label>τ
        <input type="range" min=${POWERS.min} max=${POWERS.max} step=${POWERS.step} aria-valuetext=${number(temperature)} ?disabled=${covered}
          .value=${String(Math.log10(temperature))} @input=${this.#slide} />
        <output class="number">${number(temperature)}</output>
      </label>
      <dl class="number">${sharesOf(groups, temperature).map((share, index) => html`<dt>${groups[index].name}</dt>
        <dd class="track" aria-hidden="true">${covered ? '' : html`<i style="width: ${100 * share}%"></i>`}</dd>
        <dd class="value">${covered ? '?' : percent(share)}</dd>`)}</dl>
      <p class="faint">${t('lessons.push')}</p>`;
  }

  /** @param {any} event */
  #slide({ target }) {
    this.temperature = Number((10 ** target.valueAsNumber).toPrecision(2));
    this.dispatchEvent(new CustomEvent('temperature', { detail: this.temperature }));
  }
}

define('push-shares', PushShares);
