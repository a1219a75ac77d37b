// The visitor's pictures: small squares, with names and labels.

/**
 * @typedef {import('../intake/square.js').Square} Square
 * @typedef {Square & { id: number }} Picture
 *
 * @typedef {{ kind: 'add', pictures: Picture[] }
 *   | { kind: 'remove', indices: number[], ids: number[] }
 *   | { kind: 'label', indices: number[], pictures: Picture[], label?: string }} Change
 */

/** Fires `change` with a {@link Change}, whose indices are those from before it. */
export class Album extends EventTarget {
  /** In the order of their ids. @type {readonly Picture[]} */
  pictures = [];
  bytes = 0;
  #next = 1;

  /** @param {(Square & { id?: number })[]} squares those that were here before still have their ids */
  add(squares) {
    const pictures = squares.map((square) => ({ ...square, id: square.id ?? this.#next++ }));
    for (const { id, rgb } of pictures) {
      this.#next = Math.max(this.#next, id + 1);
      this.bytes += rgb.length;
    }
    this.pictures = [...this.pictures, ...pictures];
    if (pictures.length) this.#changed({ kind: 'add', pictures });
    this.#labelFolders();
    return pictures;
  }

  /** @param {Iterable<number>} ids */
  remove(ids) {
    const { indices, pictures } = this.#find(ids);
    if (!indices.length) return;
    const gone = new Set(pictures);
    this.pictures = this.pictures.filter((picture) => !gone.has(picture));
    this.bytes -= pictures.reduce((sum, { rgb }) => sum + rgb.length, 0);
    this.#changed({ kind: 'remove', indices, ids: pictures.map(({ id }) => id) });
  }

  /** @param {Iterable<number>} ids @param {string} [label] none takes theirs away */
  label(ids, label) {
    const { indices, pictures } = this.#find(ids);
    if (!indices.length) return;
    const chosen = new Set(pictures);
    this.pictures = this.pictures.map((picture) => (chosen.has(picture) ? { ...picture, label, folder: undefined } : picture));
    this.#changed({ kind: 'label', indices, label, pictures: indices.map((index) => this.pictures[index]) });
  }

  clear() {
    this.remove(this.pictures.map(({ id }) => id));
  }

  /** A folder that came alone says nothing by its name, until there is another, or a label. */
  #labelFolders() {
    const names = new Set(this.pictures.map(({ label, folder }) => label ?? folder));
    names.delete(undefined);
    if (names.size < 2) return;
    const waiting = this.pictures.filter(({ label, folder }) => label === undefined && folder !== undefined);
    for (const name of new Set(waiting.map(({ folder }) => folder))) {
      this.label(waiting.filter(({ folder }) => folder === name).map(({ id }) => id), name);
    }
  }

  /** @param {Iterable<number>} ids */
  #find(ids) {
    const wanted = new Set(ids);
    const indices = this.pictures.flatMap(({ id }, index) => (wanted.has(id) ? [index] : []));
    return { indices, pictures: indices.map((index) => this.pictures[index]) };
  }

  /** @param {Change} detail */
  #changed(detail) {
    this.dispatchEvent(new CustomEvent('change', { detail }));
  }
}
