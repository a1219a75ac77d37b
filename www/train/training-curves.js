import { LitElement, css, html, nothing, unsafeCSS } from 'lit';
import '../ui/locale.js';
import plotStyles from 'uplot/dist/uPlot.min.css?text';
import { METRICS, NO_CURVES, NO_LEVELS, level, smoothed } from './curves.js';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, decimals, t } from '../ui/i18n.js';
import { Library } from '../ui/library.js';
import { shade } from './shade.js';
import { Themed, colorOf, rem } from '../ui/look.js';
import { DASHES, runColor } from '../figures/run-marks.js';
import '../figures/figure-buttons.js';
import { Resized } from '../ui/resized.js';
import { shared } from '../ui/styles.js';

/** Pixels, at the page's ordinary size of type. */
const HEIGHT = 280;
/** Steps are whole, so the marks of their axis are too. */
const WHOLE = [1, 10, 100, 1e3, 1e4, 1e5].flatMap((power) => [power, 2 * power, 5 * power]);
/** What a press of a key moves, as a share of the width. */
const NUDGE = 0.02;

/** @typedef {import('uplot')} uPlot */
/** @typedef {import('./curves.js').Metric} Metric @typedef {import('./curves.js').Curves} Curves */
/** @typedef {{ id: number, name: string, curves: Curves, mark: number }} Overlay an earlier run; `mark` is its colour and dash */

/**
 * Loss, contrastive top-1, alignment and uniformity of the run in hand, step by step, with the level of chance and
 * earlier runs behind it. Drag to zoom, double click for the whole; on the keyboard arrows, plus, minus and 0.
 */
export class TrainingCurves extends LitElement {
  static properties = {
    curves: { attribute: false },
    levels: { attribute: false },
    method: {},
    filling: { attribute: false },
    dimensions: { type: Number },
    overlays: { attribute: false },
    metric: { state: true },
    logarithmic: { state: true },
    smoothing: { state: true },
    zoomed: { state: true },
  };

  static styles = [
    shared,
    unsafeCSS(plotStyles),
    css`
      .controls { margin: .2rem 0 .6rem; gap: .4rem 1rem; }
      .controls label { display: inline-flex; align-items: center; gap: .4rem; min-height: 2rem; }
      fieldset { display: flex; flex-wrap: wrap; gap: .2rem .9rem; margin: 0; padding: 0; border: 0; }
      input { min-height: 0; accent-color: var(--accent); }
      input[type='checkbox'], input[type='radio'] { width: 1.1rem; height: 1.1rem; margin: 0; }
      input[type='range'] { width: 7rem; padding: 0; border: 0; }
      #plot { min-height: ${HEIGHT}px; border-radius: 6px; }
      .uplot { font: inherit; }
      .u-legend { font-size: .85rem; text-align: start; }
      .u-legend th { font-weight: 400; }
      .u-select { background: color-mix(in srgb, var(--accent) 20%, transparent); }
      #summary { margin-top: .4rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {Curves} */ this.curves = NO_CURVES;
    /** Between what the loss moves. */ this.levels = NO_LEVELS;
    /** @type {import('contrastive-playground').Method} */ this.method = 'simClr';
    /** While MoCo's queue has random keys. @type {import('./filling.js').Filling | undefined} */ this.filling = undefined;
    /** Numbers in the projection z. */ this.dimensions = 64;
    /** @type {Overlay[]} */ this.overlays = [];
    /** @type {Metric} */ this.metric = 'loss';
    this.logarithmic = false;
    this.smoothing = 0;
    this.zoomed = false;
    /** @type {uPlot | undefined} */ this.plot = undefined;
    this.library = new Library(this, () => import('uplot'));
    /** What the plot's words, colours and lines were made for. */ this.drawn = '';
    new Resized(this, () => this.#resize());
    new Localized(this);
    new Themed(this, () => ((this.drawn = ''), this.requestUpdate()));
  }

  render() {
    return html`
      <div class="row controls">
        <fieldset aria-label=${t('curves.metric')} ?hidden=${!shows('train.metric')}>
          ${METRICS.map(
            (metric) => html`<label>
              <input type="radio" name="metric" value=${metric} .checked=${metric === this.metric} @change=${() => this.#show(metric)} />
              ${t(`curves.${metric}`)}
            </label>`,
          )}
        </fieldset>
        <label ?hidden=${!shows('train.smoothing')}>
          ${t('curves.smoothing')}
          <input
            type="range" name="smoothing" min="0" max="0.98" step="0.02"
            .value=${String(this.smoothing)}
            @input=${(/** @type {any} */ event) => (this.smoothing = event.target.valueAsNumber)}
          />
        </label>
        <label ?hidden=${!shows('train.log')}>
          <input
            type="checkbox" name="log"
            .checked=${this.#log}
            ?disabled=${this.metric === 'uniformity'}
            @change=${(/** @type {any} */ event) => (this.logarithmic = event.target.checked)}
          />
          ${t('curves.log')}
        </label>
        ${this.zoomed ? html`<button @click=${this.#whole}>${t('curves.whole')}</button>` : nothing}
        <figure-buttons .figure=${this.#figure} name="curve-${this.metric}" .label=${t(`curves.${this.metric}`)}></figure-buttons>
      </div>
      <p class="faint">${t(`curves.${this.metric}.what`)}</p>
      ${this.metric === 'loss' ? html`<p class="faint">${t(`curves.floor.${this.method}`)}</p>` : nothing}
      ${this.metric === 'loss' && this.filling ? html`<p class="faint" id="filling">${t('curves.filling', this.filling)}</p>` : nothing}
      ${this.library.missing ? html`<p class="faint">${t('library.missing')}</p>` : nothing}
      <div
        id="plot" translate="no" role="group" ?hidden=${this.library.missing} tabindex="0" aria-roledescription=${t('curves.chart')}
        aria-label="${this.#summary()} ${t('curves.keys')}"
        @keydown=${this.#key}
      ></div>
      <p id="summary" class="number">${this.#summary()}</p>
    `;
  }

  get #log() {
    return this.logarithmic && this.metric !== 'uniformity';
  }

  get #level() {
    return level(this.metric, this.levels, this.dimensions);
  }

  /** What the loss cannot fall below; of the others nothing is drawn. */
  get #floor() {
    return this.metric === 'loss' ? this.levels.floor : NaN;
  }

  #summary() {
    const values = this.curves[this.metric];
    const value = values.at(-1);
    if (value === undefined) return t('curves.none');
    const words = { metric: t(`curves.${this.metric}`), step: values.length, value: three(value), chance: three(this.#level) };
    const floor = this.#floor;
    return `${t('curves.summary', words)}${Number.isFinite(floor) ? ` ${t('curves.summary.floor', { floor: three(floor) })}` : ''}`;
  }

  updated() {
    const library = this.library.ask();
    if (!library) return;
    const made = [t('curves.step'), this.metric, this.#log, this.smoothing > 0, ...this.overlays.map(({ id, name, mark }) => `${id}${name}${mark}`)].join();
    const anew = this.drawn !== made;
    if (anew) {
      this.plot?.destroy();
      this.plot = this.#create(library.default);
      this.drawn = made;
      this.zoomed = false;
    }
    this.plot?.setData(/** @type {any} */ (this.#data()), anew || !this.zoomed);
    if (this.zoomed) this.plot?.redraw();
  }

  #data() {
    const log = this.#log;
    const drawable = (/** @type {number} */ value) => (Number.isFinite(value) && !(log && value <= 0) ? value : null);
    const own = this.curves[this.metric];
    const lines = [own, ...(this.smoothing ? [smoothed(own, this.smoothing)] : [])];
    for (const { curves } of this.overlays) lines.push(smoothed(curves[this.metric], this.smoothing));
    const steps = Array.from({ length: Math.max(...lines.map(({ length }) => length)) }, (_, index) => index + 1);
    const padded = (/** @type {number[]} */ line) => steps.map((_, index) => (index < line.length ? drawable(line[index]) : null));
    // What a guess makes of the other two does not depend on settings.
    const from = ['loss', 'top1'].includes(this.metric) ? (this.levels.from ?? 0) : 0;
    const level = (/** @type {number} */ value) => steps.map((step) => (step > from ? drawable(value) : null));
    return [steps, ...lines.map(padded), level(this.#level), level(this.#floor)];
  }

  get #box() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('#plot'));
  }

  #resize() {
    const width = this.#box.clientWidth;
    if (width && this.plot && width !== this.plot.width) this.plot.setSize({ width, height: this.#height() });
  }

  #height() {
    return Math.round((HEIGHT * rem()) / 16);
  }

  /** @param {typeof import('uplot')} uPlot */
  #create(uPlot) {
    const style = getComputedStyle(this);
    const color = (/** @type {string} */ name) => colorOf(style, name);
    const stroke = parseFloat(style.getPropertyValue('--stroke')) || 2;
    const font = `${Math.round(rem() * 0.75)}px ${style.fontFamily}`;
    const axis = { stroke: color('--faint'), font, grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line') } };
    const value = (/** @type {uPlot} */ _plot, /** @type {number | null} */ v) => (v == null ? '–' : three(v));
    const line = { width: stroke, value, points: { show: false } };
    const accent = color('--accent');
    const own = this.smoothing
      ? [{ ...line, label: t('curves.raw'), stroke: accent, alpha: 0.3 }, { ...line, label: t('curves.smoothed'), stroke: accent }]
      : [{ ...line, label: t(`curves.${this.metric}`), stroke: accent, points: undefined }];
    const earlier = this.overlays.map(({ name, mark }) => ({
      ...line, label: name, stroke: color(runColor(mark)), dash: DASHES[mark % DASHES.length],
    }));
    return new uPlot(
      {
        width: this.#box.clientWidth || 300,
        height: this.#height(),
        scales: {
          x: { time: false, range: (_plot, min, max) => [min ?? 0, Math.max(max ?? 0, (min ?? 0) + 10)] },
          y: this.#log ? { distr: 3 } : {},
        },
        axes: [{ ...axis, incrs: WHOLE, size: rem() * 2.6 }, { ...axis, size: rem() * 3.6 }],
        series: [
          { label: t('curves.step') },
          ...own,
          ...earlier,
          { ...line, label: t('curves.chance'), stroke: color('--chance'), dash: [8, 6] },
          { ...line, label: t('curves.floor'), stroke: color('--faint'), dash: [2, 5], show: this.metric === 'loss' },
        ],
        hooks: {
          setSelect: [({ select }) => (this.zoomed ||= select.width > 0)],
          draw: [(plot) => this.metric === 'loss' && this.filling && shade(plot, this.filling, color('--line'))],
        },
        cursor: { bind: { dblclick: () => () => (this.#whole(), null) } },
      },
      [[], ...own.map(() => []), ...earlier.map(() => []), [], []],
      this.#box,
    );
  }

  /** @param {Metric} metric */
  #show(metric) {
    this.metric = metric;
  }

  #whole() {
    this.zoomed = false;
    this.requestUpdate();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { plot } = this;
    if (!plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const width = plot.over.clientWidth;
    const left = Math.max(0, plot.cursor.left ?? 0);
    const move = { ArrowLeft: -NUDGE, ArrowRight: NUDGE, Home: -1, End: 1 }[event.key];
    if (move) plot.setCursor({ left: Math.min(width - 1, Math.max(0, left + move * width)), top: plot.over.clientHeight / 2 });
    else if (event.key === '+' || event.key === '=') this.#zoom(0.5, plot.posToVal(left, 'x'));
    else if (event.key === '-') this.#zoom(2, plot.posToVal(left, 'x'));
    else if (event.key === '0') this.#whole();
    else return;
    event.preventDefault();
  }

  /** Keeps a step in its place. @param {number} factor of the width @param {number} step */
  #zoom(factor, step) {
    const { min = 0, max = 1 } = /** @type {uPlot} */ (this.plot).scales.x;
    const last = Math.max(10, this.plot?.data[0].length ?? 0);
    const from = Math.max(0, step - (step - Number(min)) * factor);
    const to = Math.min(last, step + (Number(max) - step) * factor);
    if (from <= 1 && to >= last) return this.#whole();
    this.zoomed = true;
    this.plot?.setScale('x', { min: from, max: Math.max(to, from + 2) });
  }

  #figure = async () => {
    const { curves } = await import('../figures/figures.js');
    const own = { name: t('curves.current'), values: smoothed(this.curves[this.metric], this.smoothing) };
    const earlier = this.overlays.map(({ name, mark, curves }) => ({ name, mark, values: smoothed(curves[this.metric], this.smoothing) }));
    return curves({ metric: this.metric, series: [own, ...earlier], chance: this.#level, floor: this.#floor, log: this.#log });
  };
}

/** @param {number} value */
function three(value) {
  return Number.isFinite(value) ? decimals(value, 3) : '–';
}

define('training-curves', TrainingCurves);
