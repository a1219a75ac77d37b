import { LitElement, css, html, nothing } from 'lit';
import { define } from '../../ui/define.js';
import { Localized, decimals, t } from '../../ui/i18n.js';
import { shared } from '../../ui/styles.js';
import '../picture-row.js';

/** @typedef {import('../lesson.js').Shown} Shown @typedef {import('contrastive-playground').Neighbour} Neighbour */

/** Photos that are offered, evenly chosen. */
const OFFERED = 8;

/**
 * The set searched by one of the visitor's own photos, which are only looked at.
 *
 *     <photo-search .photos=${photos} .pictures=${pictures} .search=${(photo) => session.nearestTo(photo)}></photo-search>
 */
export class PhotoSearch extends LitElement {
  static properties = { photos: { attribute: false }, pictures: { attribute: false }, search: { attribute: false }, disabled: { type: Boolean }, found: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: block; margin-top: 1rem; }
      ul { display: flex; flex-wrap: wrap; gap: .3rem; margin: .4rem 0 1rem; padding: 0; list-style: none; }
      button { min-height: 0; padding: 2px; border: 2px solid transparent; background: none; line-height: 0; }
      button[aria-pressed='true'] { border-color: var(--anchor); }
      ul pixel-square { width: 3.2rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly Shown[]} */ this.photos = [];
    /** That are searched. @type {readonly Shown[]} */ this.pictures = [];
    /** @type {((photo: any) => Promise<readonly Neighbour[] | undefined>) | undefined} */ this.search = undefined;
    this.disabled = false;
    /** @type {{ photo: Shown, near: readonly Neighbour[] } | undefined} */ this.found = undefined;
    new Localized(this);
  }

  render() {
    const { photos, found } = this;
    if (!photos.length) return html`<p class="faint">${t('lesson.judging.photos.none')}</p>`;
    const count = Math.min(OFFERED, photos.length);
    const offered = Array.from({ length: count }, (_, place) => photos[Math.floor((place * photos.length) / count)]);
    return html`<h3 id="photos">${t('lesson.judging.photos')}</h3>
      <ul role="list" aria-labelledby="photos">${offered.map((photo) => html`<li>
        <button ?disabled=${this.disabled} aria-pressed=${photo === found?.photo} @click=${() => this.#ask(photo)}>
          <pixel-square .pixels=${photo.rgb} .side=${photo.side} label=${photo.name}></pixel-square>
        </button>
      </li>`)}</ul>
      <div role="status">${found ? this.#found(found) : nothing}</div>`;
  }

  /** @param {Shown} photo */
  async #ask(photo) {
    const near = await this.search?.(photo);
    if (near) this.found = { photo, near };
  }

  /** @param {{ photo: Shown, near: readonly Neighbour[] }} found */
  #found({ photo, near }) {
    const others = near.map(({ index, similarity }) => ({ ...this.pictures[index], said: decimals(similarity) }));
    return html`<picture-row .pictures=${[{ ...photo, said: t('lesson.judging.query') }, ...others]}></picture-row>`;
  }
}

define('photo-search', PhotoSearch);
