import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { COSINE, EXAMPLE, MOST, TEMPERATURE, anchorOf, within } from './by-hand.js';
import { decimal, exponential } from './formula.js';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, i18n, number, percent, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import './info-nce-formula.js';

/** @typedef {{ cosine: number, share: number, name: string, index?: number }} Row of the positive, or of a negative with its index */

/** The slider of τ goes in powers of ten, as τ counts. */
const POWERS = { min: -2, max: 1, step: 0.02 };

/**
 * InfoNCE by hand: one positive, a few negatives and a temperature, all to be changed, and each term on the way to the loss.
 *
 * Fires `change` with `{ positive, negatives, temperature, loss }` when the visitor has changed something.
 */
export class InfoNceCalculator extends LitElement {
  static properties = {
    positive: { type: Number },
    negatives: { type: Array },
    temperature: { type: Number },
  };

  static styles = [
    shared,
    css`
      :host { container-type: inline-size; }
      .line, .head { display: grid; grid-template-columns: 5.7rem minmax(2.5rem, 1fr) 5rem 2.5rem; gap: .1rem .4rem; align-items: center; }
      .head { display: none; }
      .line { padding: .35rem 0; border-top: 1px solid var(--line); }
      .name { font-weight: 600; white-space: nowrap; }
      .name.positive { color: var(--positive); }
      .name.negative { color: var(--negative); }
      input[type='number'] { width: 100%; padding: .3rem .4rem; text-align: end; }
      input[type='range'] { width: 100%; min-height: 2.5rem; padding: 0; border: 0; background: none; accent-color: var(--accent); }
      .line.positive input { accent-color: var(--positive); }
      .line.negative input { accent-color: var(--negative); }
      .drop { min-height: 2.5rem; padding: 0; }
      .terms { display: flex; grid-column: 1 / -1; flex-wrap: wrap; gap: .2rem .6rem; align-items: center; font-size: .9rem; }
      .terms small { color: var(--faint); font-size: .82rem; }
      .terms > span { white-space: nowrap; }
      .end { text-align: end; }
      .track { flex: 1 1 3rem; height: 1.1rem; background: linear-gradient(var(--line), var(--line)) 0 50% / 100% 1px no-repeat; }
      .track i { display: block; height: 100%; min-width: 1px; border-radius: 0 3px 3px 0; }
      .track .positive { background: repeating-linear-gradient(45deg, var(--positive) 0 .25rem, color-mix(in srgb, var(--positive) 55%, var(--card)) 0 .5rem); }
      .track .negative { background: var(--negative); }
      .below { display: flex; flex-wrap: wrap; gap: .6rem; margin: .6rem 0; }
      .loss { display: block; padding: .6rem 0 .2rem; border-top: 2px solid var(--ink); font-size: 1.1rem; }
      .loss strong { font-size: 1.35em; }
      info-nce-formula { margin-top: .6rem; }
      @container (min-width: 46rem) {
        .line, .head { grid-template-columns: 6.5rem minmax(5rem, 1fr) 5.2rem 2.5rem minmax(22rem, 2fr); column-gap: .8rem; }
        .line { border-top: 0; padding: .15rem 0; }
        .head { display: grid; font-size: .82rem; color: var(--faint); border-bottom: 1px solid var(--line); }
        .terms { display: grid; grid-column: auto; grid-template-columns: 3.4rem 7rem minmax(3rem, 1fr) 6.2rem; }
        .head .terms { font-size: 1em; }
        .terms > * { text-align: end; }
        .line .terms small { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      }
    `,
  ];

  /** What the page has put in; without anything, the article's example. */
  #start = { ...EXAMPLE };
  /** What the visitor has changed since it was drawn. @type {Set<string>} */ #own = new Set();

  constructor() {
    super();
    this.positive = EXAMPLE.positive;
    this.negatives = EXAMPLE.negatives;
    this.temperature = EXAMPLE.temperature;
    new Localized(this);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const put = [...changed.keys()].filter((name) => name in EXAMPLE && !this.#own.has(name));
    if (put.length) this.#start = { ...this.#start, ...Object.fromEntries(put.map((name) => [name, this.#given[/** @type {keyof typeof EXAMPLE} */ (name)]])) };
    this.#own.clear();
  }

  /** What is computed with: also where a page has put in what cannot be. */
  get #given() {
    const negatives = Array.isArray(this.negatives) ? this.negatives : EXAMPLE.negatives;
    return {
      positive: within(this.positive, COSINE, EXAMPLE.positive),
      negatives: negatives.slice(0, MOST).map((cosine) => within(cosine, COSINE, 0)),
      temperature: within(this.temperature, TEMPERATURE, EXAMPLE.temperature),
    };
  }

  render() {
    const given = this.#given;
    const anchor = anchorOf(given);
    const [positive] = anchor.positives;
    return html`
      ${this.#temperature(given.temperature)}
      <div class="head" aria-hidden="true">
        <span></span><span></span><span class="end">${t('calculator.cosine')}</span><span></span>
        <span class="terms"><span>s / τ</span><span>e<sup>s / τ</sup></span><span></span><span>${t('calculator.share')}</span></span>
      </div>
      <div role="list" aria-label=${t('calculator.terms')}>
        ${this.#line({ cosine: given.positive, share: positive.share, name: t('calculator.positive') })}
        ${given.negatives.map((cosine, index) =>
          this.#line({ cosine, share: anchor.negatives[index].share, name: t('calculator.negative', { number: index + 1 }), index }),
        )}
      </div>
      <div class="below">
        <button id="add" ?disabled=${given.negatives.length >= MOST} @click=${this.#add}>${t('calculator.add')}</button>
        <button id="again" @click=${() => this.#set(this.#start)}>${t('calculator.again', this.#startText)}</button>
      </div>
      <output class="loss number">${t('calculator.loss')} −ln ${shareText(positive.share)} ≈ <strong id="loss">${tiny(anchor.loss) ?? decimal(anchor.loss)}</strong></output>
      <p class="faint number">${given.negatives.length ? t('calculator.chance', { count: given.negatives.length + 1, chance: decimal(Math.log1p(given.negatives.length)) }) : t('calculator.alone')}</p>
      ${shows('step.formula') ? html`<info-nce-formula method="infoNce" .anchor=${sorted(anchor)}></info-nce-formula>` : nothing}
    `;
  }

  /** @param {number} temperature */
  #temperature(temperature) {
    const label = t('calculator.temperature');
    const power = Math.log10(temperature);
    return html`<div class="line">
      <span class="name">τ</span>
      <input type="range" min=${POWERS.min} max=${POWERS.max} step=${POWERS.step} aria-label=${label} aria-valuetext=${number(temperature)}
        .value=${live(String(power))}
        @input=${(/** @type {any} */ { target }) => this.#set({ temperature: Number((10 ** target.valueAsNumber).toPrecision(2)) })} />
      ${this.#field(temperature, TEMPERATURE, label, (temperature) => this.#set({ temperature }))}
    </div>`;
  }

  /** @param {Row} row */
  #line({ cosine, share, name, index }) {
    const kind = index === undefined ? 'positive' : 'negative';
    const put = (/** @type {number} */ value) => this.#set(index === undefined ? { positive: value } : { negatives: this.#given.negatives.map((old, at) => (at === index ? value : old)) });
    const exponent = cosine / this.#given.temperature;
    const label = t('calculator.cosineOf', { name });
    return html`<div class="line ${kind}" role="listitem">
      <span class="name ${kind}">${name}</span>
      <input type="range" min="-1" max="1" step="0.01" aria-label=${label} .value=${live(String(cosine))} @input=${(/** @type {any} */ { target }) => put(target.valueAsNumber)} />
      ${this.#field(cosine, COSINE, label, put)}
      ${index === undefined
        ? html`<span></span>`
        : html`<button class="drop" aria-label=${t('calculator.drop', { name })} title=${t('calculator.drop', { name })} @click=${() => this.#drop(index)}>×</button>`}
      <span class="terms number">
        <span><small>s / τ = </small>${plain(exponent)}</span>
        <span><small>e<sup>s / τ</sup> = </small>${power(exponent)}</span>
        <span class="track" aria-hidden="true"><i class=${kind} style="width: ${100 * share}%"></i></span>
        <span class="end"><small>${t('calculator.share')} </small>${shareText(share)}</span>
      </span>
    </div>`;
  }

  /** Four digits have room; what cannot be is put right. @param {number} value @param {{ min: number, max: number }} range @param {string} label @param {(value: number) => void} put */
  #field(value, range, label, put) {
    return html`<input type="number" inputmode="decimal" step="0.01" min=${range.min} max=${range.max} aria-label=${label} .value=${live(String(Number(value.toPrecision(4))))}
      @change=${(/** @type {any} */ { target }) => put(within(target.valueAsNumber, range, value))} />`;
  }

  #add() {
    this.#set({ negatives: [...this.#given.negatives, 0] });
  }

  /** @param {number} index */
  async #drop(index) {
    this.#set({ negatives: this.#given.negatives.filter((_, at) => at !== index) });
    // What was focused is gone, and the other may have to be enabled first.
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('#add'))?.focus();
  }

  get #startText() {
    const { positive, negatives, temperature } = this.#start;
    return { positive: plain(positive), negatives: new Intl.ListFormat(i18n.tag).format(negatives.map(plain)), temperature };
  }

  /** @param {Partial<typeof EXAMPLE>} change */
  #set(change) {
    for (const name of Object.keys(change)) this.#own.add(name);
    Object.assign(this, change);
    // A field that was left with what cannot be is written anew, though nothing changed.
    this.requestUpdate();
    const given = this.#given;
    this.dispatchEvent(new CustomEvent('change', { detail: { ...given, loss: anchorOf(given).loss } }));
  }
}

/** As the formula wants them: the most similar first. @param {import('../engine/batch.js').Anchor} anchor */
function sorted(anchor) {
  return { ...anchor, negatives: [...anchor.negatives].sort((a, b) => b.similarity - a.similarity) };
}

/** Four digits that say something. @param {number} value */
function plain(value) {
  return number(value, { maximumSignificantDigits: 4 }).replace('-', '−');
}

/** e^x as the formula writes it, without TeX. @param {number} exponent */
function power(exponent) {
  const [factor, ten] = exponential(exponent).split(' \\times 10^');
  return ten ? html`${factor} × 10<sup>${ten.slice(1, -1).replace('-', '−')}</sup>` : factor;
}

/** What no decimals are enough for. @param {number} value */
function tiny(value) {
  return value > 0 && value < 1e-6 ? power(Math.log(value)) : undefined;
}

/** What is missing of a whole is shown too. @param {number} share */
function shareText(share) {
  return tiny(share) ?? percent(share, { maximumFractionDigits: share > 0.99 || share < 0.01 ? 4 : 2 });
}

define('info-nce-calculator', InfoNceCalculator);
