// Files that are dropped anywhere on the page, or pasted.
import { walk } from '../intake/walk.js';

/**
 * Hands on what is dropped on the window or pasted while its element is on the page: else a file that is dropped
 * would take the place of the page.
 */
export class Dropping {
  /**
   * @param {import('lit').ReactiveControllerHost} host
   * @param {object} heard
   * @param {(files: (File | import('../intake/sources.js').Source)[]) => void} heard.files
   * @param {(over: boolean) => void} heard.over files are held over the page, or no more
   */
  constructor(host, { files, over }) {
    this.files = files;
    this.over = over;
    host.addController(this);
  }

  hostConnected() {
    for (const [name, listener] of this.#listeners) window.addEventListener(name, /** @type {EventListener} */ (listener));
  }

  hostDisconnected() {
    for (const [name, listener] of this.#listeners) window.removeEventListener(name, /** @type {EventListener} */ (listener));
  }

  #listeners = Object.entries({
    dragover: (/** @type {DragEvent} */ event) => this.#drag(event),
    // Of the window, not of an element in it.
    dragleave: (/** @type {DragEvent} */ event) => event.relatedTarget || this.over(false),
    drop: (/** @type {DragEvent} */ event) => this.#drop(event),
    paste: (/** @type {ClipboardEvent} */ event) => this.#paste(event),
  });

  /** @param {DragEvent} event */
  #drag(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.over(true);
  }

  /** @param {DragEvent} event */
  async #drop(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.over(false);
    this.files(await walk(event.dataTransfer));
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) this.files(files);
  }
}
