import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { address } from '../files/files.js';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import '../ui/pixel-square.js';
import { shared } from '../ui/styles.js';
import { touched } from '../ui/touched.js';

const SOURCES = /** @type {const} */ (['shapes', 'emoji', 'own']);
/** What the picker offers first; phones then offer their photos. */
export const ACCEPT = 'image/*,.heic,.heif,.zip,.tar,.gz,.tgz,.bin';
/** Pictures on a card. */
const SHOWN = 4;

/** @typedef {typeof SOURCES[number]} Source @typedef {import('../intake/square.js').Square} Square */

/**
 * What is trained on: the built-in shapes, the emoji, or one's own photos, each with a few of its pictures.
 *
 * Fires `source` (the one chosen), and `files` (an array of File), which it asks for where there are no photos yet.
 */
export class PictureChoice extends LitElement {
  static properties = {
    source: {},
    shapes: { attribute: false },
    photos: { attribute: false },
    adding: { attribute: false },
    skipped: { type: Number },
    over: { type: Boolean },
    picks: { type: Boolean },
    more: {},
    disabled: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      :host { container-type: inline-size; }
      fieldset { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .5rem; min-width: 0; margin: 0; padding: 0; border: 0; }
      legend { padding: 0 0 .35rem; font-size: var(--small); font-weight: 600; line-height: 1.3; color: var(--faint); }
      legend a { color: inherit; text-decoration: none; }
      legend a:hover { color: var(--accent); text-decoration: underline; text-underline-offset: .2em; }
      .card {
        display: grid; gap: .3rem; align-content: start; justify-items: center; height: auto; min-width: 0; padding: .45rem .3rem;
        border: 1px solid transparent; border-radius: var(--radius); background: none; font-size: var(--small); line-height: 1.25; text-align: center; cursor: pointer;
      }
      .card:hover { border-color: var(--line); }
      .chosen { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
      .card:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
      .card:focus-within:not(:has(:focus-visible)) { outline: none; }
      .card { position: relative; }
      input[type='radio'] { position: absolute; inset: 0; width: 100%; height: 100%; min-height: 0; margin: 0; opacity: 0; cursor: pointer; }
      .few { display: grid; grid-template-columns: 1fr 1fr; gap: 2px; width: 100%; max-width: 4.2rem; aspect-ratio: 1; }
      .few pixel-square { width: 100%; }
      .few img { grid-area: 1 / 1 / 3 / 3; width: 100%; height: auto; }
      .drop { place-items: center; grid-template-columns: 1fr; border: 2px dashed var(--faint); border-radius: var(--radius); font-size: 1.4rem; color: var(--faint); }
      .over .drop { border-color: var(--accent); color: var(--accent); background: color-mix(in srgb, var(--accent) 12%, transparent); }
      progress { width: 100%; max-width: 4.2rem; height: .5rem; accent-color: var(--accent); }
      small { color: var(--faint); font-size: .75rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {Source} */ this.source = 'shapes';
    /** A few of them. @type {readonly Square[]} */ this.shapes = [];
    /** The visitor's. @type {readonly Square[]} */ this.photos = [];
    /** @type {import('../intake/intake.js').Count | undefined} */ this.adding = undefined;
    /** Files that could not be read. */ this.skipped = 0;
    /** Files are held over the page. */ this.over = false;
    /** Where all of them are to be seen. */ this.more = '';
    /** Where there are no photos yet, they are asked for, and only then chosen. */ this.picks = false;
    this.disabled = false;
    /** Chosen, and not there yet. @type {Source | undefined} */ this.wanted = undefined;
    /** An arrow key is down. */ this.arrow = false;
    new Localized(this);
  }

  /** What was wanted has come, or could not. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('disabled') && !this.disabled) this.wanted = undefined;
  }

  render() {
    const arrow = (/** @type {KeyboardEvent} */ event) => (this.arrow = event.key.startsWith('Arrow'));
    return html`<fieldset class=${this.over ? 'over' : ''} aria-disabled=${this.disabled} @keydown=${arrow} @keyup=${() => (this.arrow = false)}>
      <legend>${this.more ? html`<a href=${this.more}>${t('choice.pictures')}<span aria-hidden="true"> ›</span></a>` : t('choice.pictures')}</legend>
      ${SOURCES.map((source) => this.#card(source))}
      <input type="file" accept=${ACCEPT} multiple hidden @change=${this.#picked} />
    </fieldset>`;
  }

  /** @param {Source} source */
  #card(source) {
    const chosen = source === (this.wanted ?? this.source);
    return html`<label class="card ${source} ${chosen ? 'chosen' : ''}">
      <input
        type="radio" name="source" value=${source}
        .checked=${live(chosen)}
        @change=${() => this.#want(source)}
        @click=${(/** @type {Event} */ event) => source === 'own' && this.picks && !this.photos.length && this.#pick(event)}
      />
      ${this.#few(source)}
      <span>${t(`pictures.${source}`)}${source === 'own' ? this.#own() : nothing}</span>
    </label>`;
  }

  /** @param {Source} source */
  #few(source) {
    if (source === 'emoji') {
      return html`<span class="few"><img src=${address('emoji/sample.webp')} alt="" width="128" height="128" /></span>`;
    }
    const squares = source === 'shapes' ? this.shapes : this.photos;
    if (source === 'own' && (this.over || !squares.length)) return html`<span class="few drop" aria-hidden="true">＋</span>`;
    return html`<span class="few">${squares.slice(0, SHOWN).map(({ rgb, side }) => html`<pixel-square .pixels=${rgb} .side=${side}></pixel-square>`)}</span>`;
  }

  #own() {
    const { adding, photos, skipped } = this;
    if (adding) return html`<br /><progress aria-label=${t('pictures.adding', adding)} max=${adding.total || 1} value=${adding.done}></progress>`;
    const words = photos.length ? t('pictures.count', { count: photos.length }) : t(touched() ? 'choice.pick' : 'choice.drop');
    return html`<br /><small>${words}${skipped ? html`<br />${t('pictures.skipped', { count: skipped })}` : nothing}</small>`;
  }

  /** The choice stays as it is until there are files. Arrow keys, which click on what they go to, do not ask for them. @param {Event} event */
  #pick(event) {
    event.preventDefault();
    if (this.arrow || this.disabled) return;
    /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('input[type=file]'))?.click();
  }

  /** @param {Event} event */
  #picked(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    this.#fire('files', [...(input.files ?? [])]);
    // So that choosing the same file again is a change again.
    input.value = '';
  }

  /** @param {Source} source */
  #want(source) {
    // What is on its way is chosen; the focus stays where the visitor put it.
    if (this.disabled) return this.requestUpdate();
    this.wanted = source;
    this.#fire('source', source);
  }

  /** @param {string} type @param {unknown} [detail] */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

define('picture-choice', PictureChoice);
