import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import '../ui/pixel-square.js';
import { shared } from '../ui/styles.js';

/** Groups shown at first: more than a few are merged together or not at all. */
const SHOWN = 12;

/**
 * Pictures that look alike, in groups, to be merged or kept.
 *
 * Fires `merge` and `keep` with an array of groups.
 */
export class DuplicateList extends LitElement {
  static properties = { groups: { attribute: false } };

  static styles = [
    shared,
    css`
      section { margin: .9rem 0; padding: .8rem .9rem; border: 1px solid var(--line); border-radius: var(--radius); }
      ul { display: grid; gap: .5rem; margin: .6rem 0; padding: 0; list-style: none; max-height: 16rem; overflow: auto; }
      li { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem; }
      .group { display: flex; flex-wrap: wrap; gap: .25rem; flex: 1; }
      pixel-square { width: 3rem; }
      li button { min-height: 2rem; padding: .1rem .6rem; }
      @media (pointer: coarse) { li button { min-height: 2.5rem; } }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../engine/album.js').Picture[][]} */ this.groups = [];
    new Localized(this);
  }

  render() {
    const { groups } = this;
    if (!groups.length) return nothing;
    return html`<section aria-labelledby="title">
      <h3 id="title"><span role="status">${t('duplicates.title', { count: groups.length })}</span></h3>
      <p class="what">${t('duplicates.what')}</p>
      <div class="row">${this.#buttons(groups, 'All')}</div>
      <ul tabindex="0" aria-labelledby="title">
        ${groups.slice(0, SHOWN).map(
          (group) => html`<li>
            <div class="group">
              ${group.slice(0, 8).map(
                ({ rgb, side, name }) => html`<pixel-square .pixels=${rgb} .side=${side} label=${name} title=${name}></pixel-square>`,
              )}
              ${group.length > 8 ? html`<span class="faint">+${group.length - 8}</span>` : nothing}
            </div>
            ${groups.length > 1 ? this.#buttons([group], '') : nothing}
          </li>`,
        )}
      </ul>
      ${groups.length > SHOWN ? html`<p class="faint">${t('duplicates.more', { count: groups.length - SHOWN })}</p>` : nothing}
    </section>`;
  }

  /** @param {import('../engine/album.js').Picture[][]} groups @param {'All' | ''} all */
  #buttons(groups, all) {
    const button = (/** @type {'merge' | 'keep'} */ name) =>
      html`<button @click=${() => this.dispatchEvent(new CustomEvent(name, { detail: groups }))}>
        ${t(`duplicates.${name}${this.groups.length > 1 ? all : ''}`)}
      </button>`;
    return html`${button('merge')} ${button('keep')}`;
  }
}

define('duplicate-list', DuplicateList);
