import { LitElement, css, html, nothing } from 'lit';
import { Localized, number, t } from '../i18n.js';
import { squareOf } from './pixel-square.js';
import { shared } from './styles.js';

/**
 * An anchor of a batch with its positive and its hardest negatives: cosine similarities, and shares of
 * the softmax. Fires `anchor` with the row that was chosen.
 */
export class PairInspector extends LitElement {
  static properties = { batch: { attribute: false }, disabled: { type: Boolean } };

  static styles = [
    shared,
    css`
      .pairs { display: flex; flex-wrap: wrap; gap: 1rem 1.6rem; margin-bottom: .8rem; }
      .group > div { display: flex; flex-wrap: wrap; gap: .8rem; margin-top: .4rem; }
      figure { width: 6.2rem; margin: 0; }
      figure pixel-square { width: 6.2rem; padding: 3px; border: 3px solid var(--line); border-radius: 9px; }
      .anchor pixel-square { border-color: var(--anchor); }
      .positive pixel-square { border-color: var(--positive); border-style: double; }
      .negatives pixel-square { border-color: var(--negative); border-style: dashed; }
      figcaption { font-size: .82rem; line-height: 1.35; }
      .bar { height: 6px; margin: .25rem 0; background: var(--line); border-radius: 3px; overflow: hidden; }
      .bar i { display: block; height: 100%; background: var(--negative); }
      .positive .bar i { background: var(--positive); }
      .anchors { display: grid; grid-template-columns: repeat(auto-fill, minmax(2.6rem, 1fr)); gap: .3rem; margin-top: .5rem; max-height: 11.5rem; overflow: auto; padding: 4px; }
      .anchors button { min-height: 0; padding: 2px; border: 2px solid transparent; background: none; line-height: 0; }
      .anchors button[aria-pressed='true'] { border-color: var(--anchor); background: var(--anchor); }
      .anchors pixel-square { width: 100%; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../session.js').Batch | undefined} */ this.batch = undefined;
    this.disabled = false;
    new Localized(this);
  }

  render() {
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${t('pairs.title')}</h2>
      <p class="what">${t('pairs.what')}</p>
      ${this.batch ? this.#pairs(this.batch) : html`<p class="faint">${t('pairs.none')}</p>`}
    </section>`;
  }

  /** @param {import('../session.js').Batch} batch */
  #pairs({ step, anchors, anchor: { anchor, positives, negatives, negativesCount, negativesShare, loss } }) {
    return html`
      <div class="pairs">
        <div class="group anchor">
          <h3>${t('pairs.anchor')}</h3>
          <div>${this.#figure(anchor)}</div>
        </div>
        <div class="group positive">
          <h3>${t('pairs.positive')}</h3>
          <div>${positives.map((positive) => this.#figure(positive.view, positive))}</div>
        </div>
        <div class="group negatives">
          <h3>${t('pairs.negatives')}</h3>
          <div>${negatives.map((negative) => this.#figure(negative.view, negative))}</div>
        </div>
      </div>
      <p class="number" id="rest">
        ${t('pairs.rest', { count: negativesCount, share: percent(negativesShare), loss: decimals(loss) })}
      </p>
      <h3 style="margin-top: 1rem">${t('pairs.batch', { step })}</h3>
      <div class="anchors">
        ${Array.from({ length: anchors }, (_, row) => this.#choice(row, row === anchor))}
      </div>
    `;
  }

  /** @param {number | undefined} row none for a key of the queue @param {{ similarity: number, share: number }} [with_] */
  #figure(row, with_) {
    return html`<figure>
      ${row === undefined ? html`<p class="faint">${t('pairs.key')}</p>` : this.#square(row)}
      ${with_
        ? html`<figcaption class="number">
            <div class="bar"><i style="width: ${with_.share * 100}%"></i></div>
            ${t('pairs.similarity', { value: decimals(with_.similarity) })}<br />
            ${t('pairs.share', { value: percent(with_.share) })}
          </figcaption>`
        : nothing}
    </figure>`;
  }

  /** @param {number} row @param {boolean} chosen */
  #choice(row, chosen) {
    return html`<button
      aria-pressed=${chosen}
      ?disabled=${this.disabled}
      @click=${() => this.dispatchEvent(new CustomEvent('anchor', { detail: row }))}
    >
      ${this.#square(row)}
    </button>`;
  }

  /** @param {number} row */
  #square(row) {
    const { side, pixels, pictures } = /** @type {import('../session.js').Batch} */ (this.batch);
    const picture = pictures[row % pictures.length] + 1;
    return html`<pixel-square
      .pixels=${squareOf(pixels, side, row)}
      .side=${side}
      label=${t('pairs.view', { picture, view: row < pictures.length ? 1 : 2 })}
    ></pixel-square>`;
  }
}

/** @param {number} value */
function decimals(value) {
  return number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** @param {number} value */
function percent(value) {
  return number(value, { style: 'percent', maximumFractionDigits: 1 });
}

customElements.define('pair-inspector', PairInspector);
