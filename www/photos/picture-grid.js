import { VirtualizerController } from '@tanstack/lit-virtual';
import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, isolated, t } from '../ui/i18n.js';
import { drawSquare } from '../ui/pixel-square.js';
import { shared } from '../ui/styles.js';

/** The least side of a cell, and the space between two, in pixels. */
const CELL = 64;
const GAP = 8;
/** Milliseconds that a finger stays, before a browser takes it for its own menu. */
const HOLD = 450;

/** @typedef {import('../engine/album.js').Square & { id?: number }} Picture */

/**
 * Pictures as thumbnails, of which only those in view are drawn, however many there are. They may be
 * selected: by click (with Ctrl one more, with Shift all between), tap (held, all between), arrow keys (with Shift
 * all between), Space, Ctrl+A and Escape.
 *
 * Fires `select` (a Set of ids) and, for the Delete key, `remove`.
 */
export class PictureGrid extends LitElement {
  static properties = {
    pictures: { attribute: false },
    selected: { attribute: false },
    selectable: { type: Boolean },
    label: {},
    columns: { state: true },
    cell: { state: true },
    active: { state: true },
  };

  static styles = [
    shared,
    css`
      #scroll { height: 17rem; overflow: auto; overscroll-behavior: contain; border-radius: 6px; }
      @media (min-width: 62rem) { #scroll { height: 27rem; } }
      #all { position: relative; }
      .row { position: absolute; inset-inline: 0; display: flex; flex-wrap: nowrap; gap: ${GAP}px; }
      canvas { position: absolute; inset-inline-start: 0; top: 0; pointer-events: none; }
      .cell { position: relative; flex: none; border-radius: 4px; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
      [aria-selected='true'] { outline: 3px solid var(--accent); outline-offset: -1px; }
      [aria-selected='true']::after {
        content: '✓'; position: absolute; top: 2px; inset-inline-end: 2px; width: 1.15rem; height: 1.15rem;
        background: var(--accent); color: var(--on-accent); border-radius: 50%; font: 700 .8rem/1.15rem system-ui; text-align: center;
      }
      #scroll:focus-visible .active { box-shadow: 0 0 0 2px var(--card), 0 0 0 5px var(--ink); }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly Picture[]} */ this.pictures = [];
    /** @type {Set<number>} */ this.selected = new Set();
    this.selectable = false;
    this.label = '';
    this.columns = 1;
    this.cell = CELL;
    this.scale = devicePixelRatio;
    /** The cell that the keys are at, and the one from which Shift selects. */
    this.active = 0;
    this.from = 0;
    /** A finger that stays, and whether it has stayed long enough. @type {ReturnType<typeof setTimeout> | undefined} */ this.holding = undefined;
    this.held = false;
    this.rows = new VirtualizerController(/** @type {any} */ (this), {
      getScrollElement: () => this.#scroll,
      count: 0,
      estimateSize: () => this.cell + GAP,
      overscan: 3,
    });
    /** What each row's canvas shows. @type {WeakMap<HTMLCanvasElement, Uint8Array[]>} */ this.drawn = new WeakMap();
    this.resized = new ResizeObserver(([{ contentRect }]) => {
      // A canvas that changes its size is empty.
      this.drawn = new WeakMap();
      const width = contentRect.width + GAP;
      this.columns = Math.max(1, Math.floor(width / (CELL + GAP)));
      this.cell = Math.max(CELL, width / this.columns - GAP);
    });
    new Localized(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#lift();
    this.resized.disconnect();
  }

  firstUpdated() {
    this.resized.observe(/** @type {Element} */ (this.#scroll));
    this.requestUpdate();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    this.active = Math.max(0, Math.min(this.active, this.pictures.length - 1));
    const rows = this.rows.getVirtualizer();
    if (changed.has('cell')) rows.measure();
    rows.setOptions({ ...rows.options, count: Math.ceil(this.pictures.length / this.columns) });
  }

  get #scroll() {
    return this.renderRoot?.querySelector('#scroll') ?? null;
  }

  render() {
    const rows = this.rows.getVirtualizer();
    return html`<div
      id="scroll"
      tabindex="0"
      role=${this.selectable ? 'listbox' : 'list'}
      aria-label=${this.label}
      aria-multiselectable=${this.selectable ? 'true' : nothing}
      aria-activedescendant=${this.selectable ? `cell-${this.active}` : nothing}
      @keydown=${this.#key}
      @pointerup=${this.#lift}
      @pointercancel=${this.#lift}
      @contextmenu=${(/** @type {Event} */ event) => this.held && event.preventDefault()}
    >
      <div id="all" role="presentation" style="height: ${rows.getTotalSize()}px">
        ${rows.getVirtualItems().map(
          (row) => html`<div class="row" role="presentation" style="top: ${row.start}px">
            <canvas
              data-row=${row.index}
              width=${Math.round(this.columns * (this.cell + GAP) * this.scale)}
              height=${Math.round(this.cell * this.scale)}
              style="width: ${this.columns * (this.cell + GAP)}px; height: ${this.cell}px"
              role="presentation"
            ></canvas>
            ${this.#cells(row.index)}
          </div>`,
        )}
      </div>
    </div>`;
  }

  /** @param {number} row */
  #cells(row) {
    const first = row * this.columns;
    return this.pictures.slice(first, first + this.columns).map((picture, column) => {
      const index = first + column;
      const chosen = picture.id !== undefined && this.selected.has(picture.id);
      return html`<div
        id="cell-${index}"
        class="cell ${index === this.active ? 'active' : ''}"
        role=${this.selectable ? 'option' : 'listitem'}
        aria-selected=${this.selectable ? String(chosen) : nothing}
        aria-setsize=${this.pictures.length}
        aria-posinset=${index + 1}
        aria-label=${this.#words(picture)}
        title=${this.#words(picture)}
        style="width: ${this.cell}px; height: ${this.cell}px"
        @pointerdown=${(/** @type {PointerEvent} */ event) => this.#press(event, index)}
        @click=${(/** @type {PointerEvent} */ event) => this.#click(event, index)}
      ></div>`;
    });
  }

  /** One canvas a row: a few hundred elements of their own would make scrolling stutter. */
  updated() {
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) {
      const first = Number(canvas.dataset.row) * this.columns;
      const pictures = this.pictures.slice(first, first + this.columns);
      const before = this.drawn.get(canvas) ?? [];
      if (before.length === pictures.length && pictures.every(({ rgb }, column) => rgb === before[column])) continue;
      this.drawn.set(canvas, pictures.map(({ rgb }) => rgb));
      const context = canvas.getContext('2d');
      context?.clearRect(0, 0, canvas.width, canvas.height);
      const [step, size] = [(this.cell + GAP) * this.scale, this.cell * this.scale];
      pictures.forEach(({ rgb, side }, column) => context && drawSquare(context, rgb, side, column * step, size));
    }
  }

  /** @param {Picture} picture */
  #words({ name, label }) {
    return label ? t('pictures.named', { name: isolated(name), label: isolated(label) }) : isolated(name);
  }

  /** A finger has no Shift: one that stays takes all from the last that was tapped. @param {PointerEvent} event @param {number} index */
  #press({ pointerType }, index) {
    this.held = false;
    if (!this.selectable || pointerType !== 'touch') return;
    this.holding = setTimeout(() => {
      this.held = true;
      this.#selectTo(index, this.selected);
      this.active = this.from = index;
    }, HOLD);
  }

  #lift() {
    clearTimeout(this.holding);
  }

  /** @param {PointerEvent} event @param {number} index */
  #click(event, index) {
    // The click that ends a hold would undo it.
    if (!this.selectable || this.held) return;
    if (event.shiftKey) this.#selectTo(index);
    else if (event.ctrlKey || event.metaKey || event.pointerType === 'touch') this.#toggle(index);
    else this.#choose([index]);
    this.active = index;
    if (!event.shiftKey) this.from = index;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const move = this.#move(event.key);
    if (!this.selectable || !this.pictures.length) return;
    if (move !== undefined) {
      this.#go(this.active + move);
      if (event.shiftKey) this.#selectTo(this.active);
      else this.from = this.active;
    } else if (event.key === ' ') this.#toggle(this.active);
    else if (event.key === 'Escape') this.#choose([]);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.dispatchEvent(new CustomEvent('remove'));
    else if ((event.ctrlKey || event.metaKey) && event.key === 'a') this.#choose(this.pictures.keys());
    else return;
    event.preventDefault();
  }

  /** By how many cells a key moves. @param {string} key */
  #move(key) {
    const page = Math.max(1, Math.floor((this.#scroll?.clientHeight ?? 0) / (this.cell + GAP))) * this.columns;
    const { length } = this.pictures;
    return {
      ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns,
      PageUp: -page, PageDown: page, Home: -length, End: length,
    }[key];
  }

  /** @param {number} index */
  #go(index) {
    this.active = Math.max(0, Math.min(index, this.pictures.length - 1));
    this.rows.getVirtualizer().scrollToIndex(Math.floor(this.active / this.columns));
  }

  /** @param {number} index @param {Iterable<number>} [others] ids that stay selected */
  #selectTo(index, others) {
    const [start, end] = [Math.min(this.from, index), Math.max(this.from, index)];
    this.#choose(Array.from({ length: end - start + 1 }, (_, offset) => start + offset), others);
  }

  /** @param {number} index */
  #toggle(index) {
    const { id } = this.pictures[index];
    if (id === undefined) return;
    const selected = new Set(this.selected);
    if (!selected.delete(id)) selected.add(id);
    this.dispatchEvent(new CustomEvent('select', { detail: selected }));
  }

  /** @param {Iterable<number>} indices @param {Iterable<number>} [others] */
  #choose(indices, others = []) {
    const ids = [...indices].map((index) => this.pictures[index]?.id).filter((id) => id !== undefined);
    this.dispatchEvent(new CustomEvent('select', { detail: new Set([...others, ...ids]) }));
  }
}

define('picture-grid', PictureGrid);
