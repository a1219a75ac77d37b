import { LitElement, css, html, nothing } from 'lit';
import { define } from '../../ui/define.js';
import '../../learned/picture-file.js';
import { Localized, decimals, t } from '../../ui/i18n.js';
import '../../ui/pixel-square.js';
import { shared } from '../../ui/styles.js';
import '../picture-row.js';

/**
 * @typedef {import('../lesson.js').Shown} Shown
 * @typedef {{ photo?: Shown, near?: readonly import('contrastive-playground').Neighbour[], refused?: import('../../intake/intake.js').Skipped }} Found by a photo; or why what was brought is none
 */

/** Photos that are offered, evenly chosen. */
const OFFERED = 8;

/**
 * The set searched by one of the visitor's own photos, or by one that is brought: they are only looked at.
 *
 *     <photo-search .photos=${photos} .pictures=${pictures} .search=${async (photo) => ({ photo, near: (await session.nearestTo(photo)).neighbours })}></photo-search>
 */
export class PhotoSearch extends LitElement {
  static properties = { photos: { attribute: false }, pictures: { attribute: false }, search: { attribute: false }, disabled: { type: Boolean }, found: { state: true }, searching: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: block; margin-top: 1rem; }
      ul { display: flex; flex-wrap: wrap; gap: .3rem; margin: 0; padding: 0; list-style: none; }
      li button { min-height: 0; padding: 2px; border: 2px solid transparent; background: none; line-height: 0; }
      button[aria-pressed='true'] { border-color: var(--anchor); }
      ul pixel-square { width: 3.2rem; }
      ul, picture-file, picture-row { margin-top: .6rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly Shown[]} */ this.photos = [];
    /** That are searched. @type {readonly Shown[]} */ this.pictures = [];
    /** By a photo, or by what files show. @type {((asked: any) => Promise<Found | undefined>) | undefined} */ this.search = undefined;
    this.disabled = false;
    /** @type {Found | undefined} */ this.found = undefined;
    this.searching = false;
    new Localized(this);
  }

  render() {
    return html`<h3 id="photos">${t('lesson.judging.photos')}</h3>
      ${this.photos.length ? this.#offered() : nothing}
      <picture-file .refused=${this.found?.refused} ?disabled=${this.disabled} @search=${(/** @type {CustomEvent} */ event) => this.#ask(event.detail)}></picture-file>
      <div role="status">${this.searching ? t('similar.searching') : this.#found()}</div>`;
  }

  #offered() {
    const { photos, found } = this;
    const count = Math.min(OFFERED, photos.length);
    const offered = Array.from({ length: count }, (_, place) => photos[Math.floor((place * photos.length) / count)]);
    return html`<ul role="list" aria-labelledby="photos">${offered.map((photo) => html`<li>
      <button ?disabled=${this.disabled} aria-pressed=${photo === found?.photo} @click=${() => this.#ask(photo)}>
        <pixel-square .pixels=${photo.rgb} .side=${photo.side} label=${photo.name}></pixel-square>
      </button>
    </li>`)}</ul>`;
  }

  /** @param {Shown | readonly File[]} asked */
  async #ask(asked) {
    if (this.searching) return;
    this.searching = true;
    this.found = await this.search?.(asked);
    this.searching = false;
  }

  #found() {
    const { photo, near = [] } = this.found ?? {};
    if (!photo) return nothing;
    const others = near.map(({ index, similarity }) => ({ ...this.pictures[index], said: decimals(similarity) }));
    return html`<picture-row .pictures=${[{ ...photo, said: t('lesson.judging.query') }, ...others]}></picture-row>`;
  }
}

define('photo-search', PhotoSearch);
