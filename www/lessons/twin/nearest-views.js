import { LitElement, css, html } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { define } from '../../ui/define.js';
import { Localized, t } from '../../ui/i18n.js';
import { squareOf } from '../../ui/pixel-square.js';
import { shared } from '../../ui/styles.js';
import { nearestOf } from './nearest.js';

/** @typedef {import('../../engine/session.js').Batch} Batch */

/** Anchors that are shown. */
const SHOWN = 12;

/**
 * Whom the encoder takes for whose twin: some anchors of a batch, each with the view that its projection is nearest to.
 *
 *     <nearest-views .batch=${batch}></nearest-views>
 */
export class NearestViews extends LitElement {
  static properties = { batch: { attribute: false } };

  static styles = [
    shared,
    css`
      ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(30%, 9.5rem), 1fr)); gap: .8rem; max-width: 52rem; margin: 0 0 .6rem; padding: 4px; list-style: none; }
      li { display: grid; grid-template-columns: 1fr 1fr 1.1rem; gap: .35rem; align-items: center; font-weight: 700; }
      pixel-square { width: 100%; border-radius: 5px; outline: 3px solid var(--anchor); }
      .right pixel-square + pixel-square { outline: 4px double var(--positive); }
      .wrong pixel-square + pixel-square { outline: 2px dashed var(--negative); }
      .right span { color: var(--positive); }
      .wrong span { color: var(--negative); }
    `,
  ];

  constructor() {
    super();
    /** @type {Batch | undefined} */ this.batch = undefined;
    new Localized(this);
  }

  render() {
    const { batch } = this;
    if (!batch) return html`<p class="faint">${t('lessons.pictures')}</p>`;
    const found = nearestOf(batch);
    const right = found.filter(({ right }) => right).length;
    return html`<ol>${found.slice(0, SHOWN).map(({ view, right }, row) => html`<li class=${right ? 'right' : 'wrong'}>
        ${square(batch, row)} ${square(batch, view)} <span role="img" aria-label=${t(right ? 'lessons.right' : 'lessons.wrong')}>${right ? '✓' : '✗'}</span>
      </li>`)}</ol>
      <p class="number">${t(batch.step ? 'lessons.nearest' : 'lessons.nearestBefore', { step: batch.step, right, views: batch.anchors })}</p>`;
  }
}

/** @param {Batch} batch @param {number} view */
function square(batch, view) {
  return html`<pixel-square .pixels=${guard([batch, view], () => squareOf(batch.pixels, batch.side, view))} .side=${batch.side}></pixel-square>`;
}

define('nearest-views', NearestViews);
