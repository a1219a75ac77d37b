import { LitElement, css, html, nothing } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { cellOf, comparesDotProducts, percent, viewName } from './cells.js';
import { colorTable, heatImage, leftOut, meansOf, scaleEnd, scaleWords } from './heat.js';
import { define } from '../ui/define.js';
import { Localized, decimals, t } from '../ui/i18n.js';
import { Themed, colorOf } from '../ui/look.js';
import { drawEdges, drawMarks } from './matrix-drawing.js';
import { columnAt, layoutOf, placeOf } from './matrix-layout.js';
import { squareOf } from '../ui/pixel-square.js';
import { touched } from '../ui/touched.js';
import '../figures/figure-buttons.js';
import { shared } from '../ui/styles.js';

/** By how many rows the page keys move. */
const PAGE = 8;

/**
 * The similarities of a batch as a heat map, anchors from top to bottom, and what its chosen cell says.
 *
 * Fires `cell` (`{ row, column }`) when a cell is pointed at, pressed, or reached by arrow keys. A press pins
 * the cell: pointing does nothing until the next press, or Escape.
 */
export class SimilarityMatrix extends LitElement {
  static properties = {
    batch: { attribute: false },
    row: { type: Number },
    column: { type: Number },
    disabled: { type: Boolean },
    unmarked: { type: Boolean },
    width: { state: true },
    pinned: { state: true },
    said: { state: true },
  };

  static styles = [
    shared,
    css`
      :host { --low: var(--anchor); --middle: var(--card); --high: var(--warm); }
      .all { display: flex; flex-wrap: wrap; gap: 1rem 1.6rem; align-items: flex-start; }
      /* What there is of width is for the cells, which a finger has to meet. */
      .picture { flex: 9 1 32rem; min-width: 0; max-width: 44rem; }
      .edges { display: grid; justify-content: start; }
      .scroll { overflow-x: auto; padding: 4px; margin: -4px; }
      .scroll #left { position: sticky; left: 0; z-index: 1; background: var(--paper); }
      .scroll #cells:focus-visible { outline-offset: 0; }
      .edges > .names { grid-area: 1 / 2; display: flex; gap: .8rem; font-size: .82rem; white-space: nowrap; }
      .names span:last-child { position: sticky; left: 4rem; }
      .edges > * { display: block; width: 100%; height: 100%; }
      #cells { position: relative; grid-area: 2 / 2; background: var(--paper); box-shadow: 0 0 0 1px var(--line); cursor: crosshair; touch-action: manipulation; }
      #cells[aria-disabled='true'] { cursor: default; }
      #cells > * { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
      #cells > .band { inset: auto; border: 1px solid var(--anchor); }
      #cells > .cursor { inset: auto; outline: var(--stroke, 2px) solid var(--ink); box-shadow: 0 0 0 calc(2 * var(--stroke, 2px)) var(--card); }
      #heat, #own { image-rendering: pixelated; }
      #heat.fine { image-rendering: auto; }
      .legend { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; margin-top: .7rem; font-size: .85rem; }
      .legend span { display: inline-flex; align-items: center; gap: .4rem; }
      .scale i { width: 7rem; height: .8rem; print-color-adjust: exact; border: 1px solid var(--line); background: linear-gradient(to right, var(--low), var(--middle), var(--high)); }
      .mark { width: .9rem; height: .9rem; border: var(--stroke, 2px) solid var(--positive); }
      .mark.self { border: 1px solid var(--line); background: linear-gradient(to bottom right, transparent calc(50% - 1px), var(--faint) 0 calc(50% + 1px), transparent 0); }
      .readout { flex: 1 1 13rem; max-width: 22rem; }
      .pair { display: flex; gap: .8rem; margin: .4rem 0; }
      figure { width: 5.5rem; margin: 0; font-size: .82rem; line-height: 1.3; }
      figure pixel-square { width: 100%; padding: 3px; border: 3px solid var(--anchor); border-radius: 9px; }
      .key { display: grid; place-items: center; aspect-ratio: 1; border: 3px solid; border-radius: 9px; text-align: center; }
      .names .positive { color: var(--positive); }
      .positive { --kind: var(--positive); --border: double; }
      .negative { --kind: var(--negative); --border: dashed; }
      .self { --kind: var(--line); --border: solid; }
      figure.other pixel-square, figure.other .key { border-color: var(--kind); border-style: var(--border); }
      dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .8rem; margin: 0; }
      dd { margin: 0; font-weight: 600; }
      .hint { margin-top: .5rem; font-size: .85rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('./cells.js').Batch | undefined} */ this.batch = undefined;
    /** @type {number | undefined} */ this.row = undefined;
    /** @type {number | undefined} */ this.column = undefined;
    this.disabled = false;
    /** Who belongs together is to be found: a cell is chosen by a press alone, and nothing says what it is. */ this.unmarked = false;
    this.width = 0;
    this.pinned = false;
    /** What is said aloud of the cell that was chosen; a new batch says nothing. */ this.said = '';
    this.resized = new ResizeObserver(([{ contentRect }]) => (this.width = Math.floor(contentRect.width)));
    new Localized(this);
    new Themed(this, () => this.#draw());
  }

  connectedCallback() {
    super.connectedCallback();
    const picture = this.renderRoot.querySelector('.picture');
    if (picture) this.resized.observe(picture);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  firstUpdated() {
    this.resized.observe(/** @type {Element} */ (this.renderRoot.querySelector('.picture')));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('batch') || !this.batch) return;
    this.end = scaleEnd(this.batch);
    this.means = meansOf(this.batch);
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (['batch', 'width', 'unmarked'].some((name) => changed.has(name))) this.#draw();
    if (changed.has('column')) this.#follow();
  }

  render() {
    const { batch } = this;
    return html`<div class="all">
      <div class="picture">${batch?.anchors && batch.columns ? this.#picture(batch) : html`<p class="faint">${t('matrix.none')}</p>`}</div>
      ${batch ? html`<div class="readout">${this.#readout(batch)}</div>` : nothing}
      <p class="spoken" role="status">${this.said}</p>
    </div>`;
  }

  /** @param {import('./cells.js').Batch} batch */
  #picture(batch) {
    const layout = layoutOf(batch, this.width);
    const { left, top, width, height, cell, row, own, gap } = layout;
    const chosen = cellOf(batch, this.row, this.column);
    const box = (/** @type {number[]} */ [x, y, w, h]) =>
      styleMap({ left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
    const y = (this.row ?? 0) * row;
    const { x, width: across } = placeOf(layout, this.column ?? 0);
    const queue = styleMap(own ? { left: `${own + gap}px`, width: `${width - own - gap}px` } : {});
    return html`
      <div class="edges ${own ? 'scroll' : ''}" style=${styleMap({ 'grid-template': `${top}px ${height}px / ${left}px ${width}px` })}>
        <canvas id="top" style="grid-area: 1 / 2" role="presentation" ?hidden=${own}></canvas>
        ${own ? this.#names(batch) : nothing}
        <canvas id="left" style="grid-area: 2 / 1" role="presentation"></canvas>
        <div
          id="cells"
          role="application"
          tabindex="0"
          aria-roledescription=${t('matrix.role')}
          aria-label=${t('matrix.label', { step: batch.step, rows: batch.anchors, columns: batch.columns })}
          aria-describedby="means hint"
          aria-disabled=${this.disabled}
          @pointermove=${this.#point}
          @click=${this.#press}
          @keydown=${this.#key}
        >
          <canvas id="heat" class=${cell * devicePixelRatio < 1 ? 'fine' : ''} style=${queue} role="presentation"></canvas>
          <canvas id="own" style="width: ${own}px" role="presentation" ?hidden=${!own}></canvas>
          <canvas id="marks" role="presentation"></canvas>
          ${this.row !== undefined && this.row < batch.anchors ? html`<i class="band" style=${box([0, y, width, row])}></i>` : nothing}
          ${chosen ? html`<i class="band" style=${box([x, 0, across, height])}></i><i class="cursor" style=${box([x, y, across, row])}></i>` : nothing}
        </div>
      </div>
      ${this.#legend(batch)}
      <figure-buttons .figure=${this.#figure} name="similarities-${batch.step}" .label=${t('figure.cosine')}></figure-buttons>
    `;
  }

  /** Of MoCo's positives and its queue. @param {import('./cells.js').Batch} batch */
  #names({ columns, candidates }) {
    const [shown, count] = [columns - 1, candidates - 1];
    return html`<div class="names number"><span class="positive">${t('matrix.positives')}</span><span>${t(shown < count ? 'matrix.someKeys' : 'matrix.keys', { shown, count })}</span></div>`;
  }

  #figure = async () => {
    const { matrix } = await import('../figures/figures.js');
    const batch = /** @type {import('./cells.js').Batch} */ (this.batch);
    const { anchors: rows, columns, similarities, positives } = batch;
    const layoutIn = (/** @type {number} */ room) => {
      const layout = layoutOf(batch, room);
      return { ...layout, apart: layout.own > 0, place: (/** @type {number} */ column) => placeOf(layout, column) };
    };
    return matrix({ similarities, rows, columns, positives, layoutIn });
  };

  /** @param {import('./cells.js').Batch} batch */
  #legend(batch) {
    const { measure, low, high } = scaleWords(batch);
    return html`<div class="legend number">
      <span class="scale">${measure} ${low}<i></i>${high}</span>
      ${this.unmarked ? nothing : html`<span><i class="mark"></i>${t('matrix.positive')}</span>`}
      ${leftOut(batch).length ? html`<span><i class="mark self"></i>${t('matrix.self')}</span>` : nothing}
    </div>`;
  }

  /** @param {import('./cells.js').Batch} batch */
  #readout(batch) {
    const { row, column, means, unmarked } = this;
    const cell = cellOf(batch, row, column);
    const mean = (/** @type {number | undefined} */ value) => (Number.isFinite(value) ? decimals(Number(value)) : '–');
    return html`
      ${cell ? this.#cell(batch, /** @type {number} */ (row), cell) : unmarked ? nothing : html`<p>${t(touched() ? 'matrix.choose.touch' : 'matrix.choose')}</p>`}
      <p class="hint number" id="means" ?hidden=${unmarked}>
        ${t('matrix.means', { positive: mean(means?.positive), negative: mean(means?.negative) })}
      </p>
      <p class="hint faint" id="hint">${this.#hint()}</p>
    `;
  }

  /** A finger only taps: it neither points nor pins. */
  #hint() {
    if (this.unmarked) return t(touched() ? 'matrix.search.touch' : 'matrix.search');
    return touched() ? nothing : t(this.pinned ? 'matrix.pinned' : 'matrix.hint');
  }

  /** @param {import('./cells.js').Batch} batch @param {number} row @param {import('./cells.js').Cell} cell */
  #cell(batch, row, cell) {
    const { unmarked } = this;
    const { kind, view, similarity, share } = cell;
    const square = (/** @type {number} */ index) => html`<pixel-square
      .pixels=${squareOf(batch.pixels, batch.side, index)}
      .side=${batch.side}
    ></pixel-square>`;
    return html`
      ${unmarked ? nothing : html`<h3>${t(`matrix.${kind}`)}</h3>`}
      <div class="pair ${unmarked ? '' : kind}">
        <figure>${square(row)}${unmarked ? nothing : html`<figcaption>${viewName(batch, { view: row })}</figcaption>`}</figure>
        <figure class="other">
          ${view === undefined ? html`<div class="key">${t('matrix.key')}</div>` : square(view)}
          ${unmarked ? nothing : html`<figcaption>${viewName(batch, cell)}</figcaption>`}
        </figure>
      </div>
      <dl class="number">
        <dt>${this.#measure(batch)}</dt><dd>${decimals(similarity)}</dd>
        ${unmarked ? nothing : html`<dt>${t('matrix.share')}</dt><dd>${kind === 'self' ? t('matrix.noShare') : percent(share)}</dd>`}
      </dl>
    `;
  }

  /** @param {import('./cells.js').Batch} batch */
  #measure({ method }) {
    return t(comparesDotProducts(method) ? 'matrix.dot' : 'matrix.cosine');
  }

  #draw() {
    const { batch, width, end = 1 } = this;
    const canvas = (/** @type {string} */ id) => /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector(id));
    const [heat, own, marks, left, top] = ['#heat', '#own', '#marks', '#left', '#top'].map(canvas);
    if (!batch || !width || !heat || !own || !marks || !left || !top) return;
    const style = getComputedStyle(this);
    const value = (/** @type {string} */ name) => colorOf(style, name);
    const table = colorTable(['--low', '--middle', '--high'].map(value));
    const layout = layoutOf(batch, width);
    const image = heatImage(batch, end, table);
    const apart = Number(layout.own > 0);
    [heat.width, heat.height] = [batch.columns - apart, batch.anchors];
    [own.width, own.height] = [1, batch.anchors];
    heat.getContext('2d')?.putImageData(image, -apart, 0);
    own.getContext('2d')?.putImageData(image, 0, 0);
    const stroke = parseFloat(value('--stroke')) || 2;
    // Those who search see no marks.
    const shown = this.unmarked ? { ...batch, positives: batch.positives.map(() => 0) } : batch;
    drawMarks(marks, shown, layout, { positive: value('--positive'), ground: value('--card'), faint: value('--faint'), stroke });
    drawEdges(left, top, batch, layout);
  }

  /** A queue that is wider than there is room scrolls to the chosen cell; the page stays where it is. */
  #follow() {
    const [scroll, cursor, left] = ['.scroll', '.cursor', '#left'].map((selector) => this.renderRoot.querySelector(selector));
    if (!scroll || !cursor || !left) return;
    const [outer, cell] = [scroll, cursor].map((element) => element.getBoundingClientRect());
    const least = left.getBoundingClientRect().right;
    if (cell.left < least) scroll.scrollLeft -= least - cell.left + cell.width;
    else if (cell.right > outer.right) scroll.scrollLeft += cell.right - outer.right + cell.width;
  }

  /** @param {PointerEvent} event */
  #point(event) {
    // A finger that moves scrolls the page.
    if (!this.pinned && !this.unmarked && event.pointerType !== 'touch') this.#choose(...this.#at(event), false);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (this.disabled) return;
    this.pinned = !this.unmarked && !this.pinned;
    this.#choose(...this.#at(event), true);
  }

  /** @param {PointerEvent} event @returns {[row: number, column: number]} */
  #at({ clientX, clientY, currentTarget }) {
    const box = /** @type {Element} */ (currentTarget).getBoundingClientRect();
    const batch = /** @type {import('./cells.js').Batch} */ (this.batch);
    const layout = layoutOf(batch, this.width);
    return [Math.floor(((clientY - box.top) / box.height) * batch.anchors), columnAt(layout, ((clientX - box.left) / box.width) * layout.width)];
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { anchors = 0, columns = 0 } = this.batch ?? {};
    if (event.key === 'Escape') this.pinned = false;
    const move = {
      ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
      PageUp: [-PAGE, 0], PageDown: [PAGE, 0], Home: [0, -columns], End: [0, columns],
    }[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const within = (/** @type {number} */ value, /** @type {number} */ count) => Math.max(0, Math.min(value, count - 1));
    this.#choose(within((this.row ?? 0) + move[0], anchors), within((this.column ?? 0) + move[1], columns), true);
  }

  /** @param {number} row @param {number} column @param {boolean} aloud */
  #choose(row, column, aloud) {
    const cell = cellOf(this.batch, row, column);
    if (this.disabled || !this.batch || !cell) return;
    if (aloud) {
      this.said = t('matrix.said', {
        anchor: viewName(this.batch, { view: row }),
        other: viewName(this.batch, cell),
        kind: this.unmarked ? t('matrix.pair') : t(`matrix.${cell.kind}`),
        measure: this.#measure(this.batch),
        similarity: decimals(cell.similarity),
        share: percent(cell.share),
      });
    }
    if (row === this.row && column === this.column) return;
    this.dispatchEvent(new CustomEvent('cell', { detail: { row, column } }));
  }
}

define('similarity-matrix', SimilarityMatrix);
