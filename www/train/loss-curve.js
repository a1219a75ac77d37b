import { LitElement, css, html, nothing, unsafeCSS } from 'lit';
import '../ui/locale.js';
import plotStyles from 'uplot/dist/uPlot.min.css?text';
import { NO_LEVELS } from './curves.js';
import { define } from '../ui/define.js';
import { Localized, lossText, t } from '../ui/i18n.js';
import { Library } from '../ui/library.js';
import { shade } from './shade.js';
import { PLACES, drawnAt } from './sketch.js';
import { Themed, colorOf, rem } from '../ui/look.js';
import { Resized } from '../ui/resized.js';
import { shared } from '../ui/styles.js';

/** @typedef {import('uplot')} uPlot */

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
    /** How somebody thinks that it will go. @type {readonly number[] | undefined} */ this.sketch = undefined;
    /** Whether that is drawn now. */ this.drawing = false;
    /** @type {uPlot | undefined} */ this.plot = undefined;
    this.library = new Library(this, () => import('uplot'));
    new Resized(this, (size) => this.#resize(size));
    new Localized(this);
    new Themed(this, () => this.#anew());
  }

  render() {
    const summary = this.#summary();
    return html`${this.library.missing ? html`<p class="faint">${t('library.missing')} ${summary}</p>` : nothing}
      <div id="plot" role="img" aria-label=${summary} ?hidden=${this.library.missing} @pointerdown=${this.#draw} @pointermove=${this.#draw}></div>`;
  }

  updated() {
    const library = this.library.ask();
    if (!library) return;
    this.plot ??= this.#create(library.default);
    const { chance, floor } = this.levels;
    const highest = Math.max(...[chance, ...this.loss.slice(0, 20)].filter(Number.isFinite), 0.1);
    const lowest = Math.min(0, ...[floor].filter(Number.isFinite));
    /** The levels are too near to each other for their names to stand between them. */
    this.narrow = chance - floor < 0.3 * highest;
    this.range = { y: [lowest - 0.04 * highest, (this.narrow ? 1.3 : 1.12) * highest], x: [0, Math.max(10, this.steps, this.loss.length)] };
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

  /** @param {PointerEvent} event */
  #draw(event) {
    if (!this.drawing || !this.plot || !event.buttons) return;
    const box = this.plot.over.getBoundingClientRect();
    const at = (event.clientX - box.left) / box.width;
    const value = Math.max(0, this.plot.posToVal(event.clientY - box.top, 'y'));
    const detail = drawnAt(this.sketch, at, value, this.levels.chance);
    this.dispatchEvent(new CustomEvent('sketch', { detail }));
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
        padding: [4, 16, 0, 0],
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

  /** The two levels, each with its name beside it. @param {uPlot} plot @param {(name: string) => string} color */
  #labels(plot, color) {
    const { ctx: context, bbox } = plot;
    const ratio = devicePixelRatio;
    const { chance, floor } = this.levels;
    context.save();
    context.font = `${Math.round(rem() * 0.78 * ratio)}px ${getComputedStyle(this).fontFamily}`;
    if (this.filling) {
      shade(plot, this.filling, color('--line'));
      context.fillStyle = color('--faint');
      context.textAlign = 'left';
      context.textBaseline = 'middle';
      context.fillText(t('curves.fills'), bbox.left + 6 * ratio, bbox.top + bbox.height / 2);
    }
    context.lineWidth = 1.5 * ratio;
    const level = (/** @type {number} */ value, /** @type {string} */ name, /** @type {string} */ ink, /** @type {number[]} */ dash, /** @type {number} */ side) => {
      if (!Number.isFinite(value)) return;
      const y = plot.valToPos(value, 'y', true);
      context.strokeStyle = context.fillStyle = color(ink);
      context.setLineDash(dash.map((length) => length * ratio));
      context.beginPath();
      context.moveTo(bbox.left, y);
      context.lineTo(bbox.left + bbox.width, y);
      context.stroke();
      context.textAlign = 'right';
      context.textBaseline = side < 0 ? 'bottom' : 'top';
      context.fillText(`${t(name)} ${lossText(value)}`, bbox.left + bbox.width, y + side * 5 * ratio);
    };
    this.#sketched(plot, color('--warm'));
    // Between the lines, where both names have room there.
    const side = this.narrow ? -1 : 1;
    level(chance, 'curves.chance', '--chance', [7, 5], side);
    level(floor, 'curves.floor', '--faint', [2, 4], -side);
    context.restore();
  }

  /** @param {uPlot} plot @param {string} ink */
  #sketched({ ctx: context, valToPos }, ink) {
    const { sketch, steps } = this;
    if (!sketch) return;
    const ratio = devicePixelRatio;
    const at = (/** @type {number} */ index) => /** @type {const} */ ([valToPos((index / (PLACES - 1)) * Math.max(10, steps), 'x', true), valToPos(sketch[index], 'y', true)]);
    context.strokeStyle = context.fillStyle = ink;
    context.lineWidth = 2.5 * ratio;
    context.setLineDash([3 * ratio, 4 * ratio]);
    context.beginPath();
    for (const index of sketch.keys()) context.lineTo(...at(index));
    context.stroke();
    context.textAlign = 'right';
    context.textBaseline = 'bottom';
    const [x, y] = at(PLACES - 1);
    context.fillText(t('curves.sketch'), x - 6 * ratio, y - 16 * ratio);
  }
}

define('loss-curve', LossCurve);
