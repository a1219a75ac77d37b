import { VirtualizerController } from '@tanstack/lit-virtual';
import { LitElement, css, html, nothing } from 'lit';
import { comparesDotProducts, percent, viewName } from './cells.js';
import { counting } from './formula.js';
import { define } from '../ui/define.js';
import { Localized, decimals, t } from '../ui/i18n.js';
import { Themed, rem } from '../ui/look.js';
import { squareOf } from '../ui/pixel-square.js';
import '../figures/figure-buttons.js';
import { shared } from '../ui/styles.js';

/** @typedef {import('../engine/batch.js').Candidate} Candidate @typedef {{ candidate: Candidate, positive: boolean, rank: number }} Item */

/** Candidates of each kind that are listed at once. */
const FIRST = 8;
/** The height of a bar's row, in rem. */
const ROW = 2.4;
/** Where the scale may end. */
const ENDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/**
 * The softmax of one anchor: a bar for every candidate, its positives first and then its negatives, the
 * hardest first, and a mark where all shares would be even.
 *
 * Fires `cell` (`{ row, column }`) when a bar is pressed.
 */
export class SoftmaxBars extends LitElement {
  static properties = {
    batch: { attribute: false },
    anchor: { attribute: false },
    column: { type: Number },
    disabled: { type: Boolean },
    all: { state: true },
  };

  static styles = [
    shared,
    css`
      .key { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin-bottom: .5rem; font-size: .85rem; }
      .key span { display: inline-flex; align-items: center; gap: .4rem; }
      .key i { flex: none; width: 1.4rem; height: .8rem; border-radius: 3px; }
      .key i.even { width: 0; height: 1.1rem; border-radius: 0; }
      .head, button.bar { display: grid; grid-template-columns: 2.25rem minmax(3rem, 1fr) 3.2rem 4.6rem; gap: .6rem; align-items: center; }
      .head { padding: 0 .4rem; font-size: .82rem; color: var(--faint); }
      .head .ends { display: flex; justify-content: space-between; }
      .end { text-align: end; }
      [role='list'] { position: relative; }
      .scroll { max-height: 27rem; overflow: auto; overscroll-behavior: contain; }
      .placed { position: absolute; inset-inline: 0; }
      button.bar { width: 100%; height: ${ROW}rem; min-height: 0; padding: .1rem .4rem; border-color: transparent; background: none; text-align: start; }
      button.bar[aria-pressed='true'] { border-color: var(--ink); background: var(--paper); }
      pixel-square, .view { width: 2.25rem; }
      .view { font-size: .72rem; color: var(--faint); white-space: nowrap; }
      .track { position: relative; height: 1.1rem; background: linear-gradient(var(--line), var(--line)) 0 50% / 100% 1px no-repeat; }
      .track i { position: absolute; inset-block: 0; inset-inline-start: 0; }
      .share { min-width: 1px; border-radius: 0 3px 3px 0; }
      .positive { background: repeating-linear-gradient(45deg, var(--positive) 0 .25rem, color-mix(in srgb, var(--positive) 55%, var(--card)) 0 .5rem); }
      .negative { background: var(--negative); }
      .even { border-inline-start: var(--stroke, 2px) dashed var(--ink); }
      .track .even { inset-block: -.5rem; }
      .rest { padding: .3rem .4rem; font-size: .9rem; }
      button[aria-expanded] { margin-top: .5rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('./cells.js').Batch | undefined} */ this.batch = undefined;
    /** @type {import('../engine/batch.js').Anchor | undefined} */ this.anchor = undefined;
    /** The chosen candidate. @type {number | undefined} */ this.column = undefined;
    this.disabled = false;
    this.all = false;
    this.rows = new VirtualizerController(/** @type {any} */ (this), {
      getScrollElement: () => this.renderRoot?.querySelector('.scroll') ?? null,
      count: 0,
      estimateSize: () => ROW * rem(),
      overscan: 3,
    });
    new Localized(this);
    new Themed(this, () => this.rows.getVirtualizer().measure());
  }

  willUpdate() {
    const { positives = [], negatives = [], rest } = this.anchor ?? {};
    const items = [
      ...positives.map((candidate, rank) => ({ candidate, positive: true, rank })),
      ...negatives.map((candidate, rank) => ({ candidate, positive: false, rank })),
    ];
    /** @type {Item[]} */
    this.items = this.all ? items : items.filter(({ candidate, rank }) => rank < FIRST || candidate.column === this.column);
    this.more = items.length > this.items.length || this.all;
    const listed = new Set(this.items);
    const hidden = items.filter((item) => !listed.has(item)).map(({ candidate }) => candidate.share);
    this.rest = {
      count: hidden.length + (rest?.count ?? 0),
      share: hidden.reduce((sum, share) => sum + share, rest?.share ?? 0),
    };
    // Those whom the loss leaves out do not compete.
    this.counts = this.anchor ? counting(this.anchor) : () => false;
    const counted = items.filter(({ candidate }) => this.counts?.(candidate)).length + Math.max(0, rest?.count ?? 0);
    this.even = counted ? 1 / counted : 0;
    const most = items.reduce((most, { candidate }) => Math.max(most, candidate.share), this.even);
    this.end = ENDS.find((end) => end >= most) ?? 1;
    const rows = this.rows.getVirtualizer();
    rows.setOptions({ ...rows.options, count: this.all ? items.length : 0 });
  }

  render() {
    const { anchor, batch, items = [], even = 0, rest } = this;
    if (!anchor || !batch || !items.length) return html`<p class="faint">${t('softmax.none')}</p>`;
    const dot = comparesDotProducts(batch.method);
    return html`
      <div class="key number">
        <span><i class="positive"></i>${t('softmax.positive')}</span>
        <span><i class="negative"></i>${t('softmax.negative')}</span>
        <span><i class="even"></i>${t('softmax.even', { count: Math.round(1 / even), share: percent(even) })}</span>
      </div>
      <div class="head number" aria-hidden="true">
        <span></span>
        <span class="ends"><span>0</span><span>${percent(this.end ?? 1)}</span></span>
        <span class="end">${t(dot ? 'softmax.dot' : 'softmax.cosine')}</span>
        <span class="end">${t('softmax.share')}</span>
      </div>
      ${this.all ? this.#virtual(items) : html`<div role="list" aria-label=${t('softmax.list')}>${items.map((item, index) => this.#item(item, index))}</div>`}
      ${rest && rest.count > 0
        ? html`<p class="rest number">${t('softmax.more', { count: rest.count, share: percent(rest.share) })}</p>`
        : nothing}
      ${this.more
        ? html`<button aria-expanded=${this.all} @click=${() => (this.all = !this.all)}>
            ${this.all ? t('softmax.fewer') : t('softmax.all')}
          </button>`
        : nothing}
      <figure-buttons .figure=${this.#figure} name="softmax-${batch.step}-${anchor.row}" .label=${t('figure.share')}></figure-buttons>
    `;
  }

  #figure = async () => {
    const { softmax } = await import('../figures/figures.js');
    const [anchor, batch] = [/** @type {import('../engine/batch.js').Anchor} */ (this.anchor), /** @type {import('./cells.js').Batch} */ (this.batch)];
    const named = (/** @type {boolean} */ positive) => (/** @type {Candidate} */ { view, column, similarity, share }) => ({
      name: viewName(batch, { view, column }), similarity, share, positive,
    });
    return softmax({ candidates: [...anchor.positives.map(named(true)), ...anchor.negatives.map(named(false))] });
  };

  /** @param {Item[]} items */
  #virtual(items) {
    const rows = this.rows.getVirtualizer();
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${t('softmax.list')}>
      <div role="list" style="height: ${rows.getTotalSize()}px">
        ${rows.getVirtualItems().map(({ index, start }) => items[index] && this.#item(items[index], index, start))}
      </div>
    </div>`;
  }

  /** @param {Item} item @param {number} index @param {number} [start] where it is placed, if the list is virtual */
  #item({ candidate, positive, rank }, index, start) {
    const { end = 1, even = 0 } = this;
    const batch = /** @type {import('./cells.js').Batch} */ (this.batch);
    const { column, view, similarity, share } = candidate;
    const words = {
      rank: rank + 1,
      view: viewName(batch, candidate),
      similarity: decimals(similarity),
      share: percent(share),
      measure: t(comparesDotProducts(batch.method) ? 'softmax.dot' : 'softmax.cosine'),
    };
    return html`<div
      role="listitem"
      aria-setsize=${this.items?.length ?? 0}
      aria-posinset=${index + 1}
      class=${start === undefined ? '' : 'placed'}
      style=${start === undefined ? nothing : `top: ${start}px`}
    >
      <button
        class="bar number"
        aria-pressed=${column === this.column}
        aria-label=${t(positive ? 'softmax.positiveRow' : 'softmax.negativeRow', words)}
        title=${words.view}
        ?disabled=${this.disabled}
        @click=${() => this.#press(column)}
      >
        ${view === undefined
          ? html`<span class="view">${t('softmax.key')}</span>`
          : html`<pixel-square .pixels=${squareOf(batch.pixels, batch.side, view)} .side=${batch.side}></pixel-square>`}
        <span class="track">
          ${share > 0 ? html`<i class="share ${positive ? 'positive' : 'negative'}" style="width: ${(100 * share) / end}%"></i>` : nothing}
          <i class="even" style="inset-inline-start: ${(100 * even) / end}%"></i>
        </span>
        <span class="end">${words.similarity}</span>
        <span class="end">${this.counts?.(candidate) ? words.share : t('softmax.out')}</span>
      </button>
    </div>`;
  }

  /** @param {number} column */
  #press(column) {
    this.dispatchEvent(new CustomEvent('cell', { detail: { row: this.anchor?.row, column } }));
  }
}

define('softmax-bars', SoftmaxBars);
