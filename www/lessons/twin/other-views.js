import { LitElement, css, html } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { define } from '../../ui/define.js';
import { Localized, t } from '../../ui/i18n.js';
import { squareOf } from '../../ui/pixel-square.js';
import { shared } from '../../ui/styles.js';

/**
 * An anchor, its positive, and all its negatives; on request with a mark on those that show the same kind of thing.
 *
 *     <other-views .batch=${batch} .kinds=${['circle', 'star']} .row=${0} marked></other-views>
 */
export class OtherViews extends LitElement {
  static properties = { batch: { attribute: false }, kinds: { attribute: false }, row: { type: Number }, marked: { type: Boolean } };

  static styles = [
    shared,
    css`
      :host { margin-top: .8rem; }
      .pair { display: flex; gap: 1rem; margin: 0 0 .8rem; padding: 4px; }
      figure { margin: 0; width: 6rem; font-weight: 600; font-size: var(--small); }
      .anchor { color: var(--anchor); }
      .positive { color: var(--positive); }
      .anchor pixel-square { outline: 3px solid var(--anchor); }
      .positive pixel-square { outline: 4px double var(--positive); }
      pixel-square { width: 100%; border-radius: 5px; }
      .others { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(8%, 3rem), 1fr)); gap: .4rem; max-width: 46rem; padding: 4px; }
      .others .same { outline: 3px dashed var(--negative); outline-offset: 1px; }
      .marked .others :not(.same) { opacity: .45; }
      h3 { margin-bottom: .3rem; color: var(--negative); }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../../engine/session.js').Batch | undefined} */ this.batch = undefined;
    /** What each of the batch's pictures shows. @type {readonly (string | undefined)[]} */ this.kinds = [];
    this.row = 0;
    this.marked = false;
    new Localized(this);
  }

  render() {
    const { batch, row, kinds } = this;
    if (!batch) return html`<p class="faint">${t('lessons.pictures')}</p>`;
    const pictures = batch.pictures.length;
    const twin = (row + pictures) % (2 * pictures);
    const others = Array.from({ length: 2 * pictures }, (_, view) => view).filter((view) => view !== row && view !== twin);
    const square = (/** @type {number} */ view, /** @type {string} */ name) => html`<pixel-square
      class=${name} .pixels=${guard([batch, view], () => squareOf(batch.pixels, batch.side, view))} .side=${batch.side}></pixel-square>`;
    const same = (/** @type {number} */ view) => this.marked && kinds[view % pictures] === kinds[row % pictures];
    return html`<div class=${this.marked ? 'marked' : ''}>
      <div class="pair">
        <figure class="anchor">${square(row, '')}${t('lessons.anchor')}</figure>
        <figure class="positive">${square(twin, '')}${t('lessons.positive')}</figure>
      </div>
      <h3>${t('lessons.negatives', { count: others.length })}</h3>
      <div class="others">${others.map((view) => square(view, same(view) ? 'same' : ''))}</div>
    </div>`;
  }
}

define('other-views', OtherViews);
