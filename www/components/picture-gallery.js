import { fromEvent } from 'file-selector';
import { LitElement, css, html, nothing } from 'lit';
import { Localized, t } from '../i18n.js';
import { squareOf } from './pixel-square.js';
import { shared } from './styles.js';

/** Sides that the article's encoder takes and that are quick to train on. */
const SIDES = [16, 32, 48, 64];

/**
 * The pictures in use, and the ways to get others.
 *
 * Fires `source` ('shapes' or 'own'), `side` (a number), `files` (an array of File), `forget`, `more`.
 */
export class PictureGallery extends LitElement {
  static properties = {
    source: {},
    side: { type: Number },
    count: { type: Number },
    thumbnails: { attribute: false },
    adding: { attribute: false },
    disabled: { type: Boolean },
    dragging: { state: true },
  };

  static styles = [
    shared,
    css`
      fieldset { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; margin: 0; padding: 0; border: 0; }
      legend { float: left; margin-inline-end: .8rem; }
      fieldset label, .row > label { display: inline-flex; align-items: center; gap: .4rem; }
      input[type='radio'] { min-height: 0; width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--accent); }
      .drop { margin-top: .9rem; padding: 1rem; border: 2px dashed var(--line); border-radius: var(--radius); }
      .drop.over { border-color: var(--accent); }
      .state { margin: .9rem 0 .5rem; }
      ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(2.6rem, 1fr)); gap: .3rem; margin: 0 0 .8rem; padding: 0; list-style: none; max-height: 15rem; overflow: auto; }
      li { display: flex; }
      pixel-square { width: 100%; }
      progress { width: 100%; accent-color: var(--accent); }
    `,
  ];

  constructor() {
    super();
    /** @type {'shapes' | 'own'} */ this.source = 'shapes';
    this.side = 32;
    this.count = 0;
    /** RGBA squares of the first pictures. @type {Uint8ClampedArray} */
    this.thumbnails = new Uint8ClampedArray();
    /** @type {{ done: number, total: number } | undefined} */ this.adding = undefined;
    this.disabled = false;
    this.dragging = false;
    new Localized(this);
  }

  render() {
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${t('pictures.title')}</h2>
      <p class="what">${t('pictures.what')} ${t('private')}</p>
      <div class="row">
        <fieldset ?disabled=${this.disabled}>
          <legend>${t('pictures.source')}</legend>
          ${this.#source('shapes')} ${this.#source('own')}
        </fieldset>
        <label>
          ${t('pictures.side')}
          <select ?disabled=${this.disabled} @change=${this.#chooseSide}>
            ${SIDES.map(
              (side) => html`<option value=${side} ?selected=${side === this.side}>
                ${t('pictures.sideValue', { side })}
              </option>`,
            )}
          </select>
        </label>
      </div>
      ${this.#ways()} ${this.#pictures()}
    </section>`;
  }

  /** @param {'shapes' | 'own'} source */
  #source(source) {
    return html`<label>
      <input
        type="radio"
        name="source"
        value=${source}
        .checked=${source === this.source}
        @change=${() => this.#fire('source', source)}
      />
      ${t(`pictures.${source}`)}
    </label>`;
  }

  #ways() {
    return html`<div
      class="drop ${this.dragging ? 'over' : ''}"
      @dragover=${this.#drag}
      @dragleave=${() => (this.dragging = false)}
      @drop=${this.#drop}
    >
      <div class="row">
        <span>${t('pictures.drop')}</span>
        <button ?disabled=${this.disabled} @click=${() => this.#pick('files')}>${t('pictures.files')}</button>
        <button ?disabled=${this.disabled} @click=${() => this.#pick('folder')}>${t('pictures.folder')}</button>
        <input id="files" type="file" accept="image/*" multiple hidden @change=${this.#picked} />
        <input id="folder" type="file" webkitdirectory multiple hidden @change=${this.#picked} />
        ${this.source === 'own' && this.count
          ? html`<button ?disabled=${this.disabled} @click=${() => this.#fire('forget')}>${t('pictures.forget')}</button>`
          : nothing}
      </div>
    </div>`;
  }

  #pictures() {
    const square = this.side * this.side * 4;
    const shown = Math.floor(this.thumbnails.length / square);
    return html`
      <p class="state" role="status">
        ${this.adding
          ? t('pictures.adding', this.adding)
          : this.count
            ? t('pictures.count', { count: this.count })
            : t('pictures.none')}${shown < this.count && !this.adding
          ? html`, <span class="faint">${t('pictures.shown', { shown })}</span>`
          : nothing}
      </p>
      ${this.adding
        ? html`<progress
            aria-label=${t('pictures.adding', this.adding)}
            max=${this.adding.total}
            value=${this.adding.done}
          ></progress>`
        : nothing}
      ${shown
        ? html`<ul tabindex="0" aria-label=${t('pictures.title')}>
            ${Array.from(
              { length: shown },
              (_, index) => html`<li>
                <pixel-square
                  .pixels=${squareOf(this.thumbnails, this.side, index)}
                  .side=${this.side}
                  label=${t('pictures.thumbnail', { number: index + 1 })}
                ></pixel-square>
              </li>`,
            )}
          </ul>`
        : nothing}
      ${shown < this.count
        ? html`<button ?disabled=${this.disabled} @click=${() => this.#fire('more')}>${t('pictures.more')}</button>`
        : nothing}
    `;
  }

  /** @param {string} type @param {unknown} [detail] */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** @param {Event} event */
  #chooseSide(event) {
    this.#fire('side', Number(/** @type {HTMLSelectElement} */ (event.target).value));
  }

  /** @param {string} id */
  #pick(id) {
    /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector(`#${id}`))?.click();
  }

  /** @param {Event} event */
  #picked(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    this.#fire('files', [...(input.files ?? [])]);
    // So that choosing the same file again is a change again.
    input.value = '';
  }

  /** @param {DragEvent} event */
  #drag(event) {
    event.preventDefault();
    this.dragging = true;
  }

  /** @param {DragEvent} event */
  async #drop(event) {
    event.preventDefault();
    this.dragging = false;
    if (this.disabled) return;
    // Reads folders too, to their depths.
    const files = await fromEvent(event);
    this.#fire('files', files.filter((file) => file instanceof File));
  }
}

customElements.define('picture-gallery', PictureGallery);
