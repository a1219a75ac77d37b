// Files that are dropped anywhere on the page, or pasted.
import { walk } from '../intake/walk.js';

/**
 * Hands on what is dropped on the window or pasted while its element is on the page: else a file that is dropped, or a
 * picture that is dragged from another page, would take the place of the page, in the middle of a run.
 */
export class Dropping {
  /**
   * @param {import('lit').ReactiveControllerHost} host
   * @param {object} heard
   * @param {(files: (File | import('../intake/sources.js').Source)[]) => void} heard.files
   * @param {(over: boolean) => void} heard.over files are held over the page, or no more
   * @param {() => void} heard.address what was dropped is only the address of something
   */
  constructor(host, { files, over, address }) {
    this.files = files;
    this.over = over;
    this.address = address;
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
    if (!isTaken(event)) return;
    event.preventDefault();
    this.over(isOfFiles(event));
  }

  /** @param {DragEvent} event */
  async #drop(event) {
    if (!event.dataTransfer || !isTaken(event)) return;
    event.preventDefault();
    this.over(false);
    if (isOfFiles(event)) this.files(await walk(event.dataTransfer));
    else this.address();
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) this.files(files);
  }
}

/** @param {DragEvent} event */
function isOfFiles({ dataTransfer }) {
  return Boolean(dataTransfer?.types.includes('Files'));
}

/** Files, or a picture or link of another page, from which the browser would go there; text for a field is not. @param {DragEvent} event */
function isTaken(event) {
  const field = event.composedPath()[0];
  const types = event.dataTransfer?.types ?? [];
  return isOfFiles(event) || (types.includes('text/uri-list') && !(field instanceof HTMLInputElement));
}
