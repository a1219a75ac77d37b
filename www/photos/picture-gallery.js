import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Localized, t } from '../ui/i18n.js';
import { LIMITS } from '../intake/limits.js';
import { walk } from '../intake/walk.js';
import './duplicate-list.js';
import './picture-grid.js';
import './picture-tools.js';
import { shared } from '../ui/styles.js';
import './skipped-report.js';
import './webcam-capture.js';

/** What the picker offers first; phones then offer their photos. */
const ACCEPT = 'image/*,.heic,.heif,.zip,.tar,.gz,.tgz,.bin';
/** Sides that the article's encoder takes and that are quick to train on. */
const SIDES = [16, 32, 48, 64];
const SOURCES = /** @type {const} */ (['shapes', 'emoji', 'own']);
/** The sets that may be added to one's own. */
const BUILT_IN = /** @type {const} */ (['shapes', 'emoji']);
/** Below these numbers of pictures the page says what to expect. */
const EXPECTATIONS = /** @type {const} */ ([[2, 'one'], [20, 'few'], [100, 'some']]);

/** @typedef {typeof SOURCES[number]} Source */

/**
 * The pictures in use, and the ways to get others: files, folders, paste, the camera, the built-in sets.
 *
 * Fires `source`, `side`, `files` (an array of File or Source), `squares` (of the camera), `builtin` (a set's name), `cancel`,
 * `select`, `label`, `remove`, `clear`, `merge`, `keep`, `dismiss`, `problem`.
 */
export class PictureGallery extends LitElement {
  static properties = {
    source: {},
    side: { type: Number },
    pictures: { attribute: false },
    heldOut: { type: Number },
    selected: { attribute: false },
    adding: { attribute: false },
    waiting: { type: Boolean },
    skipped: { attribute: false },
    duplicates: { attribute: false },
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
      .drop { display: grid; gap: .7rem; margin-top: .9rem; padding: 1rem; border: 2px dashed var(--line); border-radius: var(--radius); }
      .drop.over { border-color: var(--accent); background: color-mix(in srgb, var(--accent) 8%, transparent); }
      .state { margin: .9rem 0 .5rem; }
      .note { margin: .5rem 0; padding-inline-start: .7rem; border-inline-start: 3px solid var(--chance); }
      progress { flex: 1; min-width: 8rem; accent-color: var(--accent); }
      details { margin-top: .8rem; font-size: .92rem; }
      summary { cursor: pointer; min-height: 2rem; }
      details ul { margin: .2rem 0; padding-inline-start: 1.2rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {Source} */ this.source = 'shapes';
    this.side = 32;
    /** @type {readonly import('./picture-grid.js').Picture[]} */ this.pictures = [];
    /** How many of them are kept out of training. */ this.heldOut = 0;
    /** @type {Set<number>} */ this.selected = new Set();
    /** @type {import('../intake/intake.js').Count | undefined} */ this.adding = undefined;
    /** Changes wait for the epoch in hand to end. */ this.waiting = false;
    /** @type {{ files: import('../engine/session.js').Skipped[], total: number }} */ this.skipped = { files: [], total: 0 };
    /** @type {import('../engine/album.js').Picture[][]} */ this.duplicates = [];
    this.disabled = false;
    this.dragging = false;
    /** Chosen, and not there yet. @type {Source | undefined} */ this.wanted = undefined;
    new Localized(this);
  }

  // A file that is dropped beside the zone would otherwise take the place of the page.
  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('dragover', this.#drag);
    window.addEventListener('dragleave', this.#leave);
    window.addEventListener('drop', this.#drop);
    window.addEventListener('paste', this.#paste);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('dragover', this.#drag);
    window.removeEventListener('dragleave', this.#leave);
    window.removeEventListener('drop', this.#drop);
    window.removeEventListener('paste', this.#paste);
  }

  /** What was wanted has come, or could not. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('disabled') && !this.disabled) this.wanted = undefined;
  }

  render() {
    const own = this.source === 'own';
    return html`
      <div class="row">
        <fieldset ?disabled=${this.disabled}>
          <legend>${t('pictures.source')}</legend>
          ${SOURCES.map((source) => this.#source(source))}
        </fieldset>
        <label>
          ${t('pictures.side')}
          <select name="side" ?disabled=${this.disabled} @change=${this.#chooseSide}>
            ${SIDES.map(
              (side) => html`<option value=${side} ?selected=${side === this.side}>
                ${t('pictures.sideValue', { side })}
              </option>`,
            )}
          </select>
        </label>
      </div>
      ${this.#ways()} ${this.#state()}
      <skipped-report
        .skipped=${this.skipped.files}
        .total=${this.skipped.total}
        @dismiss=${() => this.#fire('dismiss')}
      ></skipped-report>
      ${own && this.pictures.length
        ? html`<picture-tools
            .pictures=${this.pictures}
            .selected=${this.selected}
            @select=${this.#pass}
            @label=${this.#pass}
            @remove=${this.#pass}
          ></picture-tools>`
        : nothing}
      ${this.pictures.length
        ? html`<picture-grid
            .pictures=${this.pictures}
            .selected=${this.selected}
            label=${t('pictures.title')}
            ?selectable=${own}
            @select=${this.#pass}
            @remove=${this.#pass}
          ></picture-grid>`
        : nothing}
      <duplicate-list .groups=${this.duplicates} @merge=${this.#pass} @keep=${this.#pass}></duplicate-list>
      ${this.#help()}
    `;
  }

  /** @param {Source} source */
  #source(source) {
    return html`<label>
      <input
        type="radio"
        name="source"
        value=${source}
        .checked=${live(source === (this.wanted ?? this.source))}
        @change=${() => this.#want(source)}
      />
      ${t(`pictures.${source}`)}
    </label>`;
  }

  #ways() {
    const own = this.source === 'own';
    return html`<div class="drop ${this.dragging ? 'over' : ''}">
      <div class="row">
        <span>${t('pictures.drop')}</span>
        <button @click=${() => this.#pick('files')}>${t('pictures.files')}</button>
        <button @click=${() => this.#pick('folder')}>${t('pictures.folder')}</button>
        <input id="files" type="file" accept=${ACCEPT} multiple hidden @change=${this.#picked} />
        <input id="folder" type="file" webkitdirectory multiple hidden @change=${this.#picked} />
        <webcam-capture
          @pictures=${(/** @type {CustomEvent} */ event) => this.#fire('squares', event.detail)}
          @problem=${this.#pass}
        ></webcam-capture>
      </div>
      ${own
        ? html`<div class="row">
            ${BUILT_IN.map(
              (set) => html`<button ?disabled=${this.disabled} @click=${() => this.#fire('builtin', set)}>
                ${t(`pictures.add.${set}`)}
              </button>`,
            )}
            ${this.pictures.length
              ? html`<button @click=${() => this.#fire('clear')}>${t('pictures.clear')}</button>`
              : nothing}
          </div>`
        : nothing}
    </div>`;
  }

  #state() {
    const { adding, pictures, source } = this;
    const count = pictures.length;
    const labels = new Set(pictures.map(({ label }) => label).filter((label) => label !== undefined)).size;
    const expectation = source === 'own' && !adding ? EXPECTATIONS.find(([limit]) => count && count < limit) : undefined;
    return html`
      <p class="state" role="status">
        ${[
          count ? t('pictures.count', { count }) : t('pictures.none'),
          labels && t('pictures.labels', { count: labels }),
          this.heldOut && t('pictures.heldOut', { count: this.heldOut }),
          this.waiting && t('pictures.waiting'),
        ].filter(Boolean).join(' · ')}
      </p>
      ${adding
        ? html`<div class="row" id="adding">
            <progress aria-label=${t('pictures.adding', adding)} max=${adding.total || 1} value=${adding.done}></progress>
            <span class="number">${t('pictures.adding', adding)}${adding.skipped
              ? html`, ${t('pictures.skipped', { count: adding.skipped })}`
              : nothing}</span>
            <button @click=${() => this.#fire('cancel')}>${t('pictures.cancel')}</button>
          </div>`
        : nothing}
      ${source === 'emoji' ? html`<p class="faint">${t('pictures.credit')}</p>` : nothing}
      ${expectation ? html`<p class="note">${t(`pictures.expect.${expectation[1]}`)}</p>` : nothing}
    `;
  }

  #help() {
    const limits = {
      megabytes: LIMITS.bytes / 1e6,
      megapixels: LIMITS.pixels / 1e6,
      seconds: LIMITS.seconds,
      kept: Math.floor(LIMITS.keptBytes / (64 * 64 * 3) / 1000) * 1000,
    };
    const points = ['formats', 'folders', 'square', 'alpha', 'limits', 'keys', 'heif'];
    return html`<details>
      <summary>${t('pictures.help')}</summary>
      <ul>
        ${points.map((point) => html`<li>${t(`pictures.help.${point}`, limits)}</li>`)}
      </ul>
    </details>`;
  }

  /** @param {string} type @param {unknown} [detail] */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** What a part fires, the whole fires. @param {CustomEvent} event */
  #pass({ type, detail }) {
    this.#fire(type, detail);
  }

  /** @param {Source} source */
  #want(source) {
    this.wanted = source;
    this.#fire('source', source);
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
  #drag = (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dragging = true;
  };

  /** Of the window, not of an element in it. @param {DragEvent} event */
  #leave = (event) => {
    if (!event.relatedTarget) this.dragging = false;
  };

  /** @param {DragEvent} event */
  #drop = async (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dragging = false;
    this.#fire('files', await walk(event.dataTransfer));
  };

  /** @param {ClipboardEvent} event */
  #paste = (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) this.#fire('files', files);
  };
}

customElements.define('picture-gallery', PictureGallery);
