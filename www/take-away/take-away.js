import { LitElement, css, html, nothing } from 'lit';
import { Copying } from '../ui/copying.js';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import { touched } from '../ui/touched.js';

/** What can be had, in groups; all but the program needs a run. */
const GROUPS = {
  weights: ['weights', 'loader'],
  embeddings: ['csv', 'npy'],
  run: ['json', 'runCsv'],
  checkpoint: ['checkpoint'],
};
/** Needs no run. */
const ALWAYS = ['loader'];

/** @param {string} weights their file */
const program = (weights) => `from contrastive_playground import embed, load
model = load("${weights}")
h = embed(model, images)  # PIL images, or uint8 [n, side, side, 3]`;

/**
 * Everything that can be taken away: weights, embeddings, the run, a checkpoint that can be loaded again, and a link
 * with all settings.
 *
 * Fires `save` (`'weights'`, `'loader'`, `'csv'`, `'npy'`, `'json'`, `'runCsv'` or `'checkpoint'`) and `load` (a File).
 */
export class TakeAway extends LitElement {
  static properties = {
    link: {},
    pictures: { type: Number },
    weights: {},
    began: { type: Boolean },
    working: {},
    disabled: { type: Boolean },
    over: { state: true },
  };

  static styles = [
    shared,
    css`
      .groups { display: grid; gap: 1rem 1.6rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); }
      .groups p { margin: .15rem 0 .5rem; font-size: .9rem; }
      .drop { margin-top: .5rem; padding: .5rem .7rem; border: 2px dashed var(--line); border-radius: var(--radius); font-size: .9rem; }
      .drop.over { border-color: var(--accent); }
      .link { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .3rem; }
      .link input { flex: 1 1 14rem; min-width: 0; }
      section { margin-top: 1.2rem; }
      pre { margin: .4rem 0 0; padding: .7rem .9rem; overflow-x: auto; background: var(--paper); border-radius: 7px; font-size: .85rem; }
    `,
  ];

  constructor() {
    super();
    /** The address with all settings. */ this.link = '';
    this.pictures = 0;
    /** The name of the file that `weights` saves. */ this.weights = 'weights.safetensors';
    /** There is a run. */ this.began = false;
    /** What is being made. */ this.working = '';
    this.disabled = false;
    this.copying = new Copying(this);
    this.over = false;
    new Localized(this);
  }

  render() {
    return html`
      ${this.began ? nothing : html`<p class="what">${t('take.notYet')}</p>`}
      <div class="groups">${Object.entries(GROUPS).filter(([group]) => shows(`take.${group}`)).map(([group, files]) => this.#group(group, files))}</div>
      ${shows('take.link') ? this.#link() : nothing}
      ${shows('take.use')
        ? html`<section>
            <h3>${t('take.use')}</h3>
            <pre translate="no" tabindex="0" role="group" aria-label=${t('take.use')}>${program(this.weights)}</pre>
          </section>`
        : nothing}
    `;
  }

  #link() {
    return html`<section>
      <h3 id="link">${t('take.link')}</h3>
      <p class="faint">${t('take.link.what')}</p>
      <div class="link">
        <input readonly aria-labelledby="link" .value=${this.link} @focus=${(/** @type {any} */ event) => event.target.select()} />
        <button @click=${this.#copy}>${t(this.copying.said === 'copied' ? 'take.copied' : 'take.copy')}</button>
        <span role="status" class="faint">${this.copying.said && t(`take.${this.copying.said}`)}</span>
      </div>
    </section>`;
  }

  /** @param {string} group @param {string[]} files */
  #group(group, files) {
    return html`<div>
      <h3>${t(`take.${group}`)}</h3>
      <p class="faint">${t(`take.${group}.what`, { count: this.pictures })}</p>
      <div class="row">${files.map((file) => this.#button(file))}</div>
      ${group === 'checkpoint' ? this.#loading() : nothing}
    </div>`;
  }

  /** @param {string} file */
  #button(file) {
    const { began, working, disabled } = this;
    return html`<button
      name=${file}
      ?disabled=${disabled || Boolean(working) || !(began || ALWAYS.includes(file))}
      @click=${() => this.#fire('save', file)}
    >
      ${t(working === file ? 'take.working' : `take.save.${file}`)}
    </button>`;
  }

  #loading() {
    return html`<div
      class="drop ${this.over ? 'over' : ''}"
      @dragover=${this.#drag}
      @dragleave=${() => (this.over = false)}
      @drop=${this.#drop}
    >
      <button ?disabled=${this.disabled} @click=${this.#pick}>${t('take.load')}</button>
      ${touched() ? nothing : html`<span class="faint">${t('take.drop')}</span>`}
      <input type="file" accept=".safetensors" hidden @change=${this.#picked} />
    </div>`;
  }

  #pick() {
    /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('input[type=file]'))?.click();
  }

  /** @param {Event} event */
  #picked(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const [file] = input.files ?? [];
    input.value = '';
    if (file) this.#fire('load', file);
  }

  /** @param {DragEvent} event */
  #drag(event) {
    event.preventDefault();
    this.over = true;
  }

  /** Else the page would take it for a photo. @param {DragEvent} event */
  #drop(event) {
    event.preventDefault();
    event.stopPropagation();
    this.over = false;
    const [file] = event.dataTransfer?.files ?? [];
    if (file && !this.disabled) this.#fire('load', file);
    // The gallery ends its highlight.
    window.dispatchEvent(new DragEvent('dragleave'));
  }

  #copy() {
    this.copying.copy(this.link, () => /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('.link input'))?.focus());
  }

  /** @param {string} type @param {unknown} detail */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

define('take-away', TakeAway);
