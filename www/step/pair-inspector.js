import { LitElement, css, html, nothing } from 'lit';
import { anchorOf } from '../engine/batch.js';
import { percent, viewName } from './cells.js';
import { define } from '../ui/define.js';
import { Localized, decimals, t } from '../ui/i18n.js';
import { ownTask } from '../ui/own-task.js';
import { squareOf } from '../ui/pixel-square.js';
import { shared } from '../ui/styles.js';

/** Negatives shown from either end. */
const ENDS = 5;

/** @typedef {import('../engine/session.js').Batch} Batch @typedef {import('../engine/batch.js').Candidate} Candidate */

/**
 * An anchor of a batch with its positives, its hardest and its easiest negatives, now and by the weights that the
 * run began with. Fires `cell` (`{ row, column }`) with the anchor that was chosen, and `compare` when the start is
 * asked for.
 */
export class PairInspector extends LitElement {
  static properties = {
    batch: { attribute: false },
    start: { attribute: false },
    row: { type: Number },
    disabled: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      .what { margin-top: .1rem; }
      .sides { display: grid; gap: 1.2rem 1.6rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
      h4 { margin: 0 0 .3rem; font-size: 1rem; }
      h5 { margin: .45rem 0 .25rem; font-size: .85rem; font-weight: 600; }
      .first { display: grid; grid-template-columns: 1fr ${ENDS - 1}fr; gap: .5rem; max-width: calc(4.6rem * ${ENDS} + .5rem * ${ENDS - 1}); }
      .first .group > div { grid-template-columns: repeat(auto-fill, minmax(3.2rem, 4.6rem)); }
      .group > div { display: grid; grid-template-columns: repeat(${ENDS}, minmax(0, 4.6rem)); gap: .5rem; }
      figure { margin: 0; }
      figure pixel-square { width: 100%; padding: 3px; border: 3px solid var(--line); border-radius: 9px; }
      .anchor pixel-square { border-color: var(--anchor); }
      .positive pixel-square { border-color: var(--positive); border-style: double; }
      .negatives pixel-square { border-color: var(--negative); border-style: dashed; }
      figure .key { margin: 0; font-size: .75rem; overflow-wrap: anywhere; }
      figcaption { font-size: .75rem; line-height: 1.3; }
      .bar { height: .4rem; margin: .25rem 0; background: var(--line); border-radius: 3px; overflow: hidden; }
      .bar i { display: block; height: 100%; background: var(--negative); }
      .positive .bar i { background: var(--positive); }
      #rest { margin-top: .5rem; font-size: .92rem; }
      .anchors { display: grid; grid-template-columns: repeat(auto-fill, minmax(2.6rem, 1fr)); gap: .3rem; margin-top: .5rem; max-height: 6.4rem; overflow: auto; padding: 4px; }
      .anchors button { min-height: 0; padding: 2px; border: 2px solid transparent; background: none; line-height: 0; }
      .anchors button[aria-pressed='true'] { border-color: var(--anchor); background: var(--anchor); }
      .anchors pixel-square { width: 100%; }
    `,
  ];

  constructor() {
    super();
    /** @type {Batch | undefined} */ this.batch = undefined;
    /** The same batch as the untrained network compares it; null where that cannot be had, or is the batch itself. @type {Batch | null | undefined} */ this.start = undefined;
    this.row = 0;
    this.disabled = false;
    new Localized(this);
  }

  async scheduleUpdate() {
    await ownTask();
    return super.scheduleUpdate();
  }

  render() {
    const { batch, start } = this;
    if (!batch || !batch.anchors) return html`<p class="faint">${t('pairs.none')}</p>`;
    const row = Math.min(this.row, batch.anchors - 1);
    return html`
      <h3>${t('pairs.title')}</h3>
      <p class="what">${t('pairs.what')}</p>
      <div class="sides">
        ${this.#side('now', t('pairs.now', { step: batch.step }), batch, row)}
        ${start ? this.#side('start', t('pairs.start'), start, row) : start === null ? nothing : this.#offer()}
      </div>
      <h3 style="margin-top: 1rem">${t('pairs.batch', { step: batch.step })}</h3>
      <div class="anchors">${Array.from({ length: batch.anchors }, (_, index) => this.#choice(index, index === row))}</div>
    `;
  }

  #offer() {
    return html`<div>
      <h4>${t('pairs.start')}</h4>
      <button ?disabled=${this.disabled} @click=${() => this.dispatchEvent(new CustomEvent('compare'))}>${t('pairs.compare')}</button>
    </div>`;
  }

  /** @param {string} id @param {string} title @param {Batch} batch @param {number} row */
  #side(id, title, batch, row) {
    const { positives, negatives, rest, loss } = anchorOf(batch, row);
    const easiest = negatives.slice(Math.max(ENDS, negatives.length - ENDS)).reverse();
    const share = negatives.reduce((sum, negative) => sum + negative.share, rest.share);
    return html`<div class="side" id=${id}>
      <h4>${title}</h4>
      <div class="first">
        <div class="group anchor">
          <h5>${t('pairs.anchor')}</h5>
          <div>${this.#figure(batch, { view: row })}</div>
        </div>
        ${this.#group(batch, 'positive', t('pairs.positive'), positives.slice(0, ENDS - 1))}
      </div>
      ${this.#group(batch, 'negatives hardest', t('pairs.negatives'), negatives.slice(0, ENDS))}
      ${easiest.length ? this.#group(batch, 'negatives easiest', t('pairs.easiest'), easiest) : nothing}
      <p class="number" id="rest">
        ${t('pairs.rest', { count: negatives.length + rest.count, share: percent(share), loss: decimals(loss) })}
      </p>
    </div>`;
  }

  /** @param {Batch} batch @param {string} style @param {string} title @param {Candidate[]} candidates */
  #group(batch, style, title, candidates) {
    return html`<div class="group ${style}">
      <h5>${title}</h5>
      <div>${candidates.map((candidate) => this.#figure(batch, candidate, candidate))}</div>
    </div>`;
  }

  /** @param {Batch} batch @param {{ view?: number, column?: number }} which @param {Candidate} [candidate] */
  #figure(batch, which, candidate) {
    const { view } = which;
    return html`<figure>
      ${view === undefined ? html`<p class="faint key">${viewName(batch, which)}</p>` : this.#square(view)}
      ${candidate
        ? html`<figcaption class="number">
            <div class="bar"><i style="width: ${candidate.share * 100}%"></i></div>
            ${t('pairs.similarity', { value: decimals(candidate.similarity) })}<br />
            ${t('pairs.share', { value: percent(candidate.share) })}
          </figcaption>`
        : nothing}
    </figure>`;
  }

  /** @param {number} row @param {boolean} chosen */
  #choice(row, chosen) {
    return html`<button
      aria-pressed=${chosen}
      ?disabled=${this.disabled}
      @click=${() => this.dispatchEvent(new CustomEvent('cell', { detail: { row } }))}
    >
      ${this.#square(row)}
    </button>`;
  }

  /** @param {number} view */
  #square(view) {
    const batch = /** @type {Batch} */ (this.batch);
    return html`<pixel-square
      .pixels=${squareOf(batch.pixels, batch.side, view)}
      .side=${batch.side}
      label=${viewName(batch, { view })}
    ></pixel-square>`;
  }
}

define('pair-inspector', PairInspector);
