import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, large, listed, t } from '../ui/i18n.js';
import { LIMITS } from '../intake/limits.js';
import './duplicate-list.js';
import { ACCEPT } from './picture-choice.js';
import './picture-grid.js';
import './picture-tools.js';
import { shared } from '../ui/styles.js';
import '../ui/sure-button.js';
import { touched } from '../ui/touched.js';
import './skipped-report.js';
import './webcam-capture.js';

/** Sides that the article's encoder takes and that are quick to train on. */
const SIDES = [16, 32, 48, 64];
/** The sets that may be added to one's own. */
const BUILT_IN = /** @type {const} */ (['shapes', 'emoji']);
/** Below these numbers of pictures the page says what to expect. */
const EXPECTATIONS = /** @type {const} */ ([[2, 'one'], [20, 'few'], [100, 'some']]);

/** @typedef {import('./picture-choice.js').Source} Source */

/**
 * The pictures in use, and the ways to get others: files, folders, paste, the camera, the built-in sets.
 *
 * Fires `side`, `files` (an array of File or Source), `squares` (of the camera), `builtin` (a set's name), `cancel`,
 * `select`, `label`, `remove`, `clear`, `merge`, `keep`, `dismiss`, `problem`.
 */
export class PictureGallery extends LitElement {
  static properties = {
    source: {},
    side: { type: Number },
    pictures: { attribute: false },
    heldOut: { type: Number },
    unjudged: { attribute: false },
    selected: { attribute: false },
    adding: { attribute: false },
    waiting: { type: Boolean },
    skipped: { attribute: false },
    duplicates: { attribute: false },
    disabled: { type: Boolean },
    over: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      .side { display: inline-flex; align-items: center; gap: .5rem; }
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
    /** Labels of which none is. @type {readonly string[]} */ this.unjudged = [];
    /** @type {Set<number>} */ this.selected = new Set();
    /** @type {import('../intake/intake.js').Count | undefined} */ this.adding = undefined;
    /** Changes wait for the epoch in hand to end. */ this.waiting = false;
    /** @type {{ files: import('../engine/session.js').Skipped[], total: number }} */ this.skipped = { files: [], total: 0 };
    /** @type {import('../engine/album.js').Picture[][]} */ this.duplicates = [];
    this.disabled = false;
    /** Files are held over the page. */ this.over = false;
    new Localized(this);
  }

  render() {
    const own = this.source === 'own';
    return html`
      ${shows('photos.side')
        ? html`<label class="side">
            ${t('pictures.side')}
            <select name="side" ?disabled=${this.disabled} @change=${this.#chooseSide}>
              ${SIDES.map(
                (side) => html`<option value=${side} ?selected=${side === this.side}>
                  ${t('pictures.sideValue', { side })}
                </option>`,
              )}
            </select>
          </label>`
        : nothing}
      ${this.#ways()} ${this.#state()}
      <skipped-report
        .skipped=${this.skipped.files}
        .total=${this.skipped.total}
        @dismiss=${() => this.#fire('dismiss')}
      ></skipped-report>
      ${own && this.pictures.length && shows('photos.tools')
        ? html`<picture-tools
            .pictures=${this.pictures}
            .selected=${this.selected}
            @select=${this.#pass}
            @label=${this.#pass}
            @remove=${this.#remove}
          ></picture-tools>`
        : nothing}
      ${this.pictures.length
        ? html`<picture-grid
            .pictures=${this.pictures}
            .selected=${this.selected}
            label=${t('pictures.title')}
            ?selectable=${own}
            @select=${this.#pass}
            @remove=${this.#remove}
          ></picture-grid>`
        : nothing}
      <duplicate-list .groups=${this.duplicates} @merge=${this.#pass} @keep=${this.#pass}></duplicate-list>
      ${this.#help()}
    `;
  }

  #ways() {
    const own = this.source === 'own';
    return html`<div class="drop ${this.over ? 'over' : ''}">
      <div class="row">
        ${touched() ? nothing : html`<span>${t('pictures.drop')}</span>`}
        ${shows('photos.files') ? html`<button @click=${() => this.pick('files')}>${t('pictures.files')}</button>` : nothing}
        ${shows('photos.folder') ? html`<button @click=${() => this.pick('folder')}>${t('pictures.folder')}</button>` : nothing}
        <input id="files" type="file" accept=${ACCEPT} multiple hidden @change=${this.#picked} />
        <input id="folder" type="file" webkitdirectory multiple hidden @change=${this.#picked} />
        ${shows('photos.camera')
          ? html`<webcam-capture
              @pictures=${(/** @type {CustomEvent} */ event) => this.#fire('squares', event.detail)}
              @problem=${this.#pass}
            ></webcam-capture>`
          : nothing}
      </div>
      ${own
        ? html`<div class="row">
            ${BUILT_IN.filter(() => shows('photos.builtIn')).map(
              (set) => html`<button ?disabled=${this.disabled} @click=${() => this.#fire('builtin', set)}>
                ${t(`pictures.add.${set}`)}
              </button>`,
            )}
            ${this.pictures.length
              ? html`<sure-button
                  words=${t('pictures.clear')}
                  question=${t('pictures.clearSure', { count: this.pictures.length })}
                  @sure=${() => this.#fire('clear')}
                ></sure-button>`
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
      ${this.heldOut && this.unjudged?.length ? html`<p class="faint" id="unjudged">${t('pictures.unjudged', { labels: listed(this.unjudged) })}</p>` : nothing}
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
      pixels: large(LIMITS.pixels),
      seconds: LIMITS.seconds,
      kept: Math.floor(LIMITS.keptBytes / (64 * 64 * 3) / 1000) * 1000,
    };
    const points = ['formats', 'folders', 'square', 'alpha', 'limits', touched() ? 'touch' : 'keys', 'heif'];
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

  /** All of several at once is asked about, as by the button for it. */
  #remove() {
    const { pictures, selected } = this;
    if (selected.size < 2 || selected.size < pictures.length) return this.#fire('remove');
    /** @type {import('../ui/sure-button.js').SureButton | null} */ (this.renderRoot.querySelector('sure-button'))?.ask();
  }

  /** @param {Event} event */
  #chooseSide(event) {
    this.#fire('side', Number(/** @type {HTMLSelectElement} */ (event.target).value));
  }

  /** Opens the picker of files or of folders. @param {string} [id] */
  pick(id = 'files') {
    /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector(`#${id}`))?.click();
  }

  /** @param {Event} event */
  #picked(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    this.#fire('files', [...(input.files ?? [])]);
    // So that choosing the same file again is a change again.
    input.value = '';
  }
}

define('picture-gallery', PictureGallery);
