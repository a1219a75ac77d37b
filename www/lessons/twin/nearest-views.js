import { LitElement, css, html } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { define } from '../../ui/define.js';
import { Localized, t } from '../../ui/i18n.js';
import { squareOf } from '../../ui/pixel-square.js';
import { shared } from '../../ui/styles.js';
import { SORTS, nearestOf, sampleOf } from './nearest.js';

/** @typedef {import('../../engine/session.js').Batch} Batch */

/** Anchors that are shown. */
const SHOWN = 12;
const SIGNS = { right: '✓', same: '≈', wrong: '✗' };

/**
 * Whom the encoder takes for whose twin: some anchors of a batch, each with the view that its projection is nearest to; of the twins,
 * and of other pictures of the same kind, as large a share as in the whole batch.
 *
 *     <nearest-views .batch=${batch} .kinds=${['circle', 'star']}></nearest-views>
 */
export class NearestViews extends LitElement {
  static properties = { batch: { attribute: false }, kinds: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { margin-top: .8rem; }
      ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(30%, 9.5rem), 1fr)); gap: .8rem; max-width: 52rem; margin: 0 0 .6rem; padding: 4px; list-style: none; }
      li { display: grid; grid-template-columns: 1fr 1fr 1.1rem; gap: .35rem; align-items: center; font-weight: 700; }
      pixel-square { width: 100%; border-radius: 5px; outline: 3px solid var(--anchor); }
      .right pixel-square + pixel-square { outline: 4px double var(--positive); }
      :is(.same, .wrong) pixel-square + pixel-square { outline: 2px dashed var(--negative); }
      .right span { color: var(--positive); }
      .wrong span { color: var(--negative); }
    `,
  ];

  constructor() {
    super();
    /** @type {Batch | undefined} */ this.batch = undefined;
    /** What each of the batch's pictures shows. @type {readonly (string | undefined)[]} */ this.kinds = [];
    new Localized(this);
  }

  render() {
    const { batch } = this;
    if (!batch) return html`<p class="faint">${t('lessons.pictures')}</p>`;
    const found = nearestOf(batch, this.kinds);
    const [right, same] = SORTS.map((sort) => found.filter((one) => one.sort === sort).length);
    const shown = sampleOf(found, SHOWN);
    return html`<ol>${shown.map(({ row, view, sort }) => html`<li class=${sort}>
        ${square(batch, row)} ${square(batch, view)} <span role="img" aria-label=${t(`lessons.${sort}`)}>${SIGNS[sort]}</span>
      </li>`)}</ol>
      <p class="number">${t(batch.step ? 'lessons.nearest' : 'lessons.nearestBefore', { step: batch.step, right, same, views: batch.anchors })}${t('lessons.sample', { shown: shown.length })}</p>`;
  }
}

/** @param {Batch} batch @param {number} view */
function square(batch, view) {
  return html`<pixel-square .pixels=${guard([batch, view], () => squareOf(batch.pixels, batch.side, view))} .side=${batch.side}></pixel-square>`;
}

define('nearest-views', NearestViews);
