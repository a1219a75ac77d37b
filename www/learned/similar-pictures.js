import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, decimals, t } from '../ui/i18n.js';
import '../ui/pixel-square.js';
import { shared } from '../ui/styles.js';
import './picture-file.js';

/**
 * @typedef {{ name: string, label?: string, side: number, rgb: Uint8Array }} Picture
 * @typedef {{ index: number } | { name: string, side: number, rgb: Uint8Array }} Query
 */

/** Pictures to begin with. */
const OFFERED = 24;

/**
 * The pictures whose representations are the most similar to one: of the set, or a new one.
 *
 * Fires `pick` with the index of a picture, and `search` with the files that were chosen or dropped.
 */
export class SimilarPictures extends LitElement {
  static properties = {
    pictures: { attribute: false },
    query: { attribute: false },
    neighbours: { attribute: false },
    refused: { attribute: false },
    working: { type: Boolean },
    disabled: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      .offered { display: grid; grid-template-columns: repeat(auto-fill, minmax(2.6rem, 1fr)); gap: .3rem; max-width: 48rem; margin: .4rem 0 1rem; padding: 0; list-style: none; }
      .offered button { width: 100%; min-height: 0; padding: 2px; border: 2px solid transparent; background: none; line-height: 0; }
      .offered pixel-square { width: 100%; }
      .found { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 1rem 1.6rem; margin-top: 1.2rem; }
      @media (max-width: 40rem) { .found { grid-template-columns: minmax(0, 1fr); } }
      .found h3 { margin-bottom: .4rem; }
      .query pixel-square { width: 8rem; padding: 3px; border: 3px solid var(--anchor); border-radius: 9px; }
      ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(5.2rem, 1fr)); gap: .6rem; margin: 0; padding: 0; list-style: none; }
      ol button { display: grid; gap: .1rem; width: 100%; height: 100%; align-content: start; padding: .35rem; text-align: start; font-size: .85rem; line-height: 1.35; }
      ol pixel-square { width: 100%; margin-bottom: .2rem; }
      .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .same { color: var(--positive); }
      .summary { min-height: 1.5rem; margin-top: .8rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly Picture[]} */ this.pictures = [];
    /** @type {Query | undefined} */ this.query = undefined;
    /** @type {import('contrastive-playground').Neighbour[] | undefined} */ this.neighbours = undefined;
    /** @type {import('../intake/intake.js').Skipped | undefined} */ this.refused = undefined;
    this.working = false;
    this.disabled = false;
    new Localized(this);
  }

  render() {
    return html`
      <p class="what">${t('similar.what')}</p>
      ${this.pictures.length ? this.#offered() : html`<p class="faint">${t('similar.none')}</p>`}
      ${this.#ways()}
      ${this.#asked ? this.#found(this.#asked) : nothing}
      <p class="summary" role="status">${this.working ? t('similar.searching') : this.#summary()}</p>
    `;
  }

  /** Evenly chosen, so that those of all kinds are among them. */
  #offered() {
    const count = Math.min(OFFERED, this.pictures.length);
    const indexes = Array.from({ length: count }, (_, place) => Math.floor((place * this.pictures.length) / count));
    return html`
      <h3 id="offered">${t('similar.choose')}</h3>
      <ul class="offered" role="list" aria-labelledby="offered">
        ${indexes.map((index) => html`<li>
          <button ?disabled=${this.#idle} @click=${() => this.#fire('pick', index)}>
            ${square(this.pictures[index], this.pictures[index].name)}
          </button>
        </li>`)}
      </ul>
    `;
  }

  #ways() {
    return html`<picture-file .refused=${this.refused} ?disabled=${this.#idle} @search=${(/** @type {CustomEvent} */ event) => this.#fire('search', event.detail)}>
      <button
        ?disabled=${this.#idle || !this.pictures.length}
        @click=${() => this.#fire('pick', Math.floor(Math.random() * this.pictures.length))}
      >
        ${t('similar.random')}
      </button>
    </picture-file>`;
  }

  /** @param {Picture} query */
  #found(query) {
    const others = this.#others;
    return html`<div class="found" aria-busy=${this.working}>
      <div class="query">
        <h3>${t('similar.query')}</h3>
        ${square(query, query.name)}
        <p class="cut" dir="auto">${query.name}</p>
        ${query.label === undefined ? nothing : html`<p class="cut faint" dir="auto">${query.label}</p>`}
      </div>
      <div>
        <h3 id="found">${t('similar.found')}</h3>
        ${this.neighbours && !others.length ? html`<p class="faint">${t('similar.alone')}</p>` : nothing}
        <ol role="list" aria-labelledby="found">${others.map((other) => this.#neighbour(other, query))}</ol>
      </div>
    </div>`;
  }

  /** @param {import('contrastive-playground').Neighbour} neighbour @param {Picture} query */
  #neighbour({ index, similarity }, query) {
    const picture = this.pictures[index];
    const same = picture.label !== undefined && picture.label === query.label;
    return html`<li>
      <button ?disabled=${this.#idle} title=${picture.name} @click=${() => this.#fire('pick', index)}>
        ${square(picture)}
        <span class="number">${t('similar.similarity', { value: decimals(similarity, 3) })}</span>
        <span class="cut" dir="auto">${picture.name}</span>
        ${picture.label === undefined
          ? nothing
          : html`<span dir="auto" class="cut ${same ? 'same' : 'faint'}">${same ? '✓ ' : ''}${picture.label}</span>`}
      </button>
    </li>`;
  }

  /** How many have the query's label; of a query without one, the label that most have. */
  #summary() {
    const labels = this.#others.map(({ index }) => this.pictures[index].label).filter((label) => label !== undefined);
    if (!this.#asked || !labels.length) return '';
    const times = (/** @type {string} */ label) => labels.filter((other) => other === label).length;
    const own = this.#asked.label;
    if (own !== undefined) return t('similar.same', { same: times(own), count: labels.length, label: own });
    const most = labels.reduce((best, label) => (times(label) > times(best) ? label : best));
    return t('similar.most', { same: times(most), count: labels.length, label: most });
  }

  get #idle() {
    return this.disabled || this.working;
  }

  /** @returns {Picture | undefined} */
  get #asked() {
    return this.query && ('index' in this.query ? this.pictures[this.query.index] : this.query);
  }

  /** The neighbours but for the query itself. */
  get #others() {
    const own = this.query && 'index' in this.query ? this.query.index : -1;
    return (this.neighbours ?? []).filter(({ index }) => index !== own && this.pictures[index]);
  }

  /** @param {string} type @param {unknown} detail */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {Picture} picture @param {string} [label] */
function square({ rgb, side }, label = '') {
  return html`<pixel-square .pixels=${rgb} .side=${side} label=${label}></pixel-square>`;
}

define('similar-pictures', SimilarPictures);
