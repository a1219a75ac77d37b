import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, describe, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import { touched } from '../ui/touched.js';

/**
 * Where a picture is chosen or dropped that is only looked for, and why it could not be. What stands in the element stands before its button.
 *
 *     <picture-file .refused=${skipped}><button>Random picture</button></picture-file>
 *
 * Fires `search` with the files that were chosen or dropped.
 */
export class PictureFile extends LitElement {
  static properties = { refused: { attribute: false }, disabled: { type: Boolean }, dragging: { state: true } };

  static styles = [
    shared,
    css`
      .drop { padding: .8rem; border: 2px dashed var(--line); border-radius: var(--radius); }
      .drop.over { border-color: var(--accent); background: color-mix(in srgb, var(--accent) 8%, transparent); }
      .problem:not(:empty) { margin-top: .9rem; padding: .5rem .8rem; border-radius: 7px; background: var(--warn); color: var(--warn-ink); overflow-wrap: anywhere; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../intake/intake.js').Skipped | undefined} */ this.refused = undefined;
    this.disabled = false;
    this.dragging = false;
    new Localized(this);
  }

  render() {
    return html`<div
        class="drop ${this.dragging ? 'over' : ''}"
        @dragover=${this.#drag}
        @dragleave=${() => (this.dragging = false)}
        @drop=${this.#drop}
      >
        <div class="row">
          <slot></slot>
          <button ?disabled=${this.disabled} @click=${() => this.#input.click()}>${t('similar.file')}</button>
          <span class="faint">${t(touched() ? 'similar.drop.touch' : 'similar.drop')}</span>
          <input type="file" accept="image/*,.heic,.heif" hidden @change=${this.#chosen} />
        </div>
      </div>
      <div class="problem" role="alert">${this.refused ? this.#why(this.refused) : nothing}</div>`;
  }

  /** @param {import('../intake/intake.js').Skipped} refused */
  #why({ name, ...why }) {
    return html`<bdi><strong>${name}</strong></bdi>${t('list.colon')}${describe(why)}`;
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.renderRoot.querySelector('input'));
  }

  #chosen() {
    this.#search(this.#input.files);
    // So that choosing the same file again is a change again.
    this.#input.value = '';
  }

  /** @param {DragEvent} event */
  #drag(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.stopPropagation();
    this.dragging = true;
  }

  /** @param {DragEvent} event */
  #drop(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    // The page takes what is dropped elsewhere into the set. It has seen the files come, and is told that they left.
    event.stopPropagation();
    window.dispatchEvent(new DragEvent('dragleave'));
    this.dragging = false;
    this.#search(event.dataTransfer.files);
  }

  /** @param {FileList | null} files */
  #search(files) {
    if (files?.length && !this.disabled) this.dispatchEvent(new CustomEvent('search', { detail: [...files] }));
  }
}

define('picture-file', PictureFile);
