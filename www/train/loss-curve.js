import { LitElement, css, html, nothing, unsafeCSS } from 'lit';
import '../ui/locale.js';
import plotStyles from 'uplot/dist/uPlot.min.css?text';
import { NO_LEVELS } from './curves.js';
import { define } from '../ui/define.js';
import { Localized, lossText, t } from '../ui/i18n.js';
import { Library } from '../ui/library.js';
import { placed } from './labels.js';
import { shade } from './shade.js';
import { PLACES, curveOf, strokeFrom, strokeTo } from './sketch.js';
import { Themed, colorOf, rem } from '../ui/look.js';
import { Resized } from '../ui/resized.js';
import { shared } from '../ui/styles.js';

/** Of the height that the levels and the first steps need, the most that is shown. */
const LEAP = 1.5;

/**
 * @typedef {import('uplot')} uPlot
 * @typedef {{ text: string, ink: string, y: number, line?: import('./labels.js').Line, right?: number }} Name what is written, and where its line is
 */

/**
 * The loss at a glance: step by step, between the level of a guess and the floor that it cannot fall below, each
 * labelled where it is drawn. Somebody may draw beforehand how it will go: fires `sketch` (detail: the values at even places).
 *
 *     <loss-curve .loss=${[4.2, 4.1]} .levels=${{ chance: 4.84, floor: 0.005 }} .steps=${300}></loss-curve>
 */
export class LossCurve extends LitElement {
  static properties = {
    loss: { attribute: false },
    levels: { attribute: false },
    filling: { attribute: false },
    steps: { type: Number },
    begins: { type: Number },
    sketch: { attribute: false },
    drawing: { type: Boolean, reflect: true },
  };

  static styles = [
    shared,
    unsafeCSS(plotStyles),
    css`
      :host { display: block; min-height: 6rem; }
      #plot { width: 100%; height: 100%; overflow: hidden; }
      .uplot { font: inherit; }
      :host([drawing]) #plot { cursor: crosshair; touch-action: none; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly number[]} */ this.loss = [];
    this.levels = NO_LEVELS;
    /** While MoCo's queue has random keys. @type {import('./filling.js').Filling | undefined} */ this.filling = undefined;
    /** Of the whole run. */ this.steps = 0;
    /** The first loss to come, where it is known. */ this.begins = NaN;
    /** How somebody thinks that it will go. @type {readonly number[] | undefined} */ this.sketch = undefined;
    /** Whether that is drawn now. */ this.drawing = false;
    /** @type {import('./sketch.js').Stroke | undefined} */ this.stroke = undefined;
    /** @type {uPlot | undefined} */ this.plot = undefined;
    /** Where names stand, in pixels of the canvas. @type {ReturnType<typeof placed>} */ this.names = [];
    this.library = new Library(this, () => import('uplot'));
    new Resized(this, (size) => this.#resize(size));
    new Localized(this);
    new Themed(this, () => this.#anew());
  }

  render() {
    const summary = this.#summary();
    return html`${this.library.missing ? html`<p class="faint">${t('library.missing')} ${summary}</p>` : nothing}
      <div id="plot" role="img" aria-label=${summary} ?hidden=${this.library.missing}
        @pointerdown=${this.#begin} @pointermove=${this.#go}></div>`;
  }

  updated() {
    const library = this.library.ask();
    if (!library) return;
    this.plot ??= this.#create(library.default);
    const { chance, floor } = this.levels;
    // A queue that fills lifts the loss.
    const begun = this.loss.slice(0, Math.max(20, this.filling?.to ?? 0));
    const usual = Math.max(...[chance, this.begins, ...begun].filter(Number.isFinite), 0.1);
    // What leaps higher later is seen to, but leaves the rest its room.
    // Who draws has room for a loss above chance; what was drawn there is seen afterwards too.
    const drawn = this.drawing ? 1.25 * usual : Math.max(0, ...(this.sketch ?? []));
    const leap = this.loss.reduce((most, value) => (value > most ? value : most), Math.max(usual, drawn));
    const highest = Math.min(leap, LEAP * usual);
    const lowest = Math.min(0, ...[floor].filter(Number.isFinite));
    // Above there is room for a name, and below too where levels are too near to each other for one between them.
    const narrow = chance - floor < 0.3 * highest;
    const name = 1.25 * rem();
    const room = ((highest - lowest) * name) / Math.max(2 * name, this.clientHeight - (narrow ? 4 : 3) * name);
    this.range = { y: [lowest - (narrow ? room : 0.04 * highest), highest + room], x: [0, Math.max(10, this.steps, this.loss.length)] };
    const steps = this.loss.map((_, index) => index + 1);
    const drawable = this.loss.map((value) => (Number.isFinite(value) ? value : null));
    // The scales are set together with the data, so that the lines of an empty run are drawn too.
    this.plot.setData(/** @type {any} */ ([steps.length ? steps : [0], steps.length ? drawable : [null]]), true);
  }

  #summary() {
    const { loss, levels } = this;
    const [value, chance] = [loss.at(-1) ?? NaN, levels.chance].map(lossText);
    const floor = Number.isFinite(levels.floor) ? t('curves.summary.floor', { floor: lossText(levels.floor) }) : '';
    if (!loss.length) return `${t('curves.none')} ${floor}`;
    const filling = this.filling ? t('curves.filling', this.filling) : '';
    return `${t('curves.summary', { metric: t('curves.loss'), step: loss.length, value, chance })} ${floor} ${filling}`.trim();
  }

  /** One finger draws, the first, from here to where it is lifted, be that beside the chart. @param {PointerEvent} event */
  #begin(event) {
    if (!this.drawing || !this.plot || !event.isPrimary || event.button) return;
    this.#box.setPointerCapture(event.pointerId);
    this.#draw(strokeFrom(this.sketch, ...spotOf(this.plot, event)));
  }

  /** @param {PointerEvent} event */
  #go(event) {
    if (this.drawing && this.plot && this.stroke && this.#box.hasPointerCapture(event.pointerId)) this.#draw(strokeTo(this.stroke, ...spotOf(this.plot, event)));
  }

  /** @param {import('./sketch.js').Stroke} stroke */
  #draw(stroke) {
    this.stroke = stroke;
    this.dispatchEvent(new CustomEvent('sketch', { detail: curveOf(stroke) }));
  }

  get #box() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('#plot'));
  }

  /** @param {{ width: number, height: number }} size */
  #resize({ width, height }) {
    if (this.plot && width && height) this.plot.setSize({ width, height });
  }

  #anew() {
    this.plot?.destroy();
    this.plot = undefined;
    this.requestUpdate();
  }

  /** @param {typeof import('uplot')} uPlot */
  #create(uPlot) {
    const style = getComputedStyle(this);
    const color = (/** @type {string} */ name) => colorOf(style, name);
    const type = rem();
    const font = `${Math.round(type * 0.75)}px ${style.fontFamily}`;
    const axis = { stroke: color('--faint'), font, grid: { show: false }, ticks: { stroke: color('--line'), size: 4 }, gap: 2 };
    return new uPlot(
      {
        width: this.clientWidth || 300,
        height: this.clientHeight || 120,
        legend: { show: false },
        cursor: { show: false },
        padding: [type * 0.4, 16, 0, 0],
        scales: {
          x: { time: false, range: () => /** @type {[number, number]} */ (this.range?.x ?? [0, 10]) },
          y: { range: () => /** @type {[number, number]} */ (this.range?.y ?? [0, 1]) },
        },
        axes: [{ ...axis, size: type * 1.5, space: 60, incrs: [1, 5, 10, 50, 100, 200, 500, 1e3, 1e4, 1e5] }, { ...axis, size: type * 2.3, space: 34 }],
        series: [{}, { stroke: color('--accent'), width: (parseFloat(style.getPropertyValue('--stroke')) || 2), points: { show: false } }],
        hooks: { draw: [(plot) => this.#labels(plot, color)] },
      },
      [[], []],
      this.#box,
    );
  }

  /** The two levels and the sketch, each with its name beside it. @param {uPlot} plot @param {(name: string) => string} color */
  #labels(plot, color) {
    const { ctx: context, bbox } = plot;
    const ratio = devicePixelRatio;
    const area = { left: bbox.left, top: bbox.top, right: bbox.left + bbox.width, bottom: bbox.top + bbox.height };
    const { chance, floor, from = 0 } = this.levels;
    const place = (/** @type {number} */ value) => plot.valToPos(value, 'y', true);
    const levels = [
      { text: `${t('curves.chance')} ${lossText(chance)}`, ink: '--chance', dash: [7, 5], y: place(chance) },
      { text: `${t('curves.floor')} ${lossText(floor)}`, ink: '--faint', dash: [2, 4], y: place(floor) },
    ].filter(({ y }) => Number.isFinite(y));
    context.save();
    if (this.filling) shade(plot, this.filling, color('--line'));
    const sketch = this.#sketched(plot);
    line(context, sketch, color('--warm'), 2.5 * ratio, [3 * ratio, 4 * ratio]);
    const begin = from ? plot.valToPos(from, 'x', true) : area.left;
    const ends = levels.map(({ y }) => /** @type {import('./labels.js').Line} */ ([[begin, y], [area.right, y]]));
    for (const [index, { ink, dash }] of levels.entries()) line(context, ends[index], color(ink), 1.5 * ratio, dash.map((length) => length * ratio));
    /** @type {Name[]} */
    const names = [...levels];
    if (sketch.length) names.push({ text: t('curves.sketch'), ink: '--warm', y: sketch[PLACES - 1][1], line: sketch });
    if (this.filling) names.push({ text: t('curves.fills'), ink: '--faint', y: area.top + bbox.height / 2, right: plot.valToPos(this.filling.to, 'x', true) });
    this.#name(context, names, [...ends, sketch, this.#run(plot)], area, color);
    context.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} context @param {Name[]} names
   * @param {import('./labels.js').Line[]} lines that they stand clear of @param {import('./labels.js').Box} area @param {(name: string) => string} color
   */
  #name(context, names, lines, area, color) {
    const ratio = devicePixelRatio;
    const height = Math.round(rem() * 0.78 * ratio);
    context.font = `${height}px ${getComputedStyle(this).fontFamily}`;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    const labels = names.map(({ text, y, line, right }, index) => ({ y, line, right, height, width: context.measureText(text).width, spot: this.names[index]?.spot }));
    this.names = placed(labels, lines, area, 4 * ratio);
    context.setLineDash([]);
    context.lineJoin = 'round';
    context.lineWidth = 4 * ratio;
    context.strokeStyle = color('--paper');
    for (const [index, { text, ink }] of names.entries()) {
      const { left, top } = this.names[index];
      context.fillStyle = color(ink);
      context.strokeText(text, left, top + height / 2);
      context.fillText(text, left, top + height / 2);
    }
  }

  /** Where the curve runs on the canvas; of a long run not every step. @param {uPlot} plot @returns {import('./labels.js').Line} */
  #run({ valToPos }) {
    const { loss } = this;
    const every = Math.ceil(loss.length / 400);
    return loss.flatMap((value, index) => (index % every === 0 && Number.isFinite(value) ? [/** @type {const} */ ([valToPos(index + 1, 'x', true), valToPos(value, 'y', true)])] : []));
  }

  /** Likewise the sketch. @param {uPlot} plot @returns {import('./labels.js').Line} */
  #sketched({ valToPos }) {
    const { sketch = [], steps } = this;
    return sketch.map((value, index) => [valToPos((index / (PLACES - 1)) * Math.max(10, steps), 'x', true), valToPos(value, 'y', true)]);
  }
}

/** At what share of the run a finger is, and at which loss that the chart has. @param {uPlot} plot @param {PointerEvent} event @returns {[at: number, loss: number]} */
function spotOf({ over, posToVal }, { clientX, clientY }) {
  const { left, top, width, height } = over.getBoundingClientRect();
  return [(clientX - left) / width, Math.max(0, posToVal(Math.min(height, Math.max(0, clientY - top)), 'y'))];
}

/** @param {CanvasRenderingContext2D} context @param {import('./labels.js').Line} places @param {string} ink @param {number} width @param {number[]} dash */
function line(context, places, ink, width, dash) {
  context.strokeStyle = ink;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.beginPath();
  for (const place of places) context.lineTo(...place);
  context.stroke();
}

define('loss-curve', LossCurve);
