import { LitElement, css, html, unsafeCSS } from 'lit';
import uPlot from 'uplot';
import plotStyles from 'uplot/dist/uPlot.min.css?text';
import { Localized, number, t } from '../i18n.js';
import { shared } from './styles.js';

const HEIGHT = 260;
/** Steps are whole, so the marks of their axis are too. */
const WHOLE = [1, 10, 100, 1e3, 1e4, 1e5].flatMap((power) => [power, 2 * power, 5 * power]);

/** The loss of every step so far, with the chance level as a line. */
export class LossCurve extends LitElement {
  static properties = {
    losses: { attribute: false },
    chance: { type: Number },
  };

  static styles = [
    shared,
    unsafeCSS(plotStyles),
    css`
      #plot { min-height: ${HEIGHT}px; }
      .uplot { font: inherit; }
      .u-legend { font-size: .85rem; }
      #summary { margin-top: .4rem; }
    `,
  ];

  constructor() {
    super();
    /** One number a step, the first step first. @type {number[]} */ this.losses = [];
    /** ln(2N − 1). */ this.chance = NaN;
    /** @type {uPlot | undefined} */ this.plot = undefined;
    /** What the plot's words and colours were made for. */ this.drawn = '';
    this.theme = matchMedia('(prefers-color-scheme: dark)');
    this.resized = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width) this.plot?.setSize({ width: contentRect.width, height: HEIGHT });
    });
    this.themed = () => this.requestUpdate();
    new Localized(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.theme.addEventListener('change', this.themed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.theme.removeEventListener('change', this.themed);
    this.resized.disconnect();
  }

  render() {
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${t('loss.title')}</h2>
      <p class="what">${t('loss.what')}</p>
      <div id="plot" role="img" aria-label=${this.#summary()}></div>
      <p id="summary" class="number">${this.#summary()}</p>
    </section>`;
  }

  #summary() {
    const loss = this.losses.at(-1);
    if (loss === undefined) return t('loss.none');
    return t('loss.summary', { step: this.losses.length, loss: three(loss), chance: three(this.chance) });
  }

  firstUpdated() {
    this.resized.observe(this.#box);
  }

  updated() {
    const words = [t('loss.step'), this.theme.matches].join();
    if (this.drawn !== words) {
      this.plot?.destroy();
      this.plot = this.#create();
      this.drawn = words;
    }
    const steps = this.losses.map((_, index) => index + 1);
    const chance = steps.map(() => this.chance);
    this.plot?.setData([steps, this.losses, chance]);
  }

  get #box() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('#plot'));
  }

  #create() {
    const style = getComputedStyle(this);
    const color = (/** @type {string} */ name) => style.getPropertyValue(name).trim() || 'gray';
    const axis = { stroke: color('--faint'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line') } };
    const value = (/** @type {uPlot} */ _plot, /** @type {number | null} */ v) => (v == null ? '–' : three(v));
    return new uPlot(
      {
        width: this.#box.clientWidth || 300,
        height: HEIGHT,
        scales: { x: { time: false, range: (_plot, min, max) => [min ?? 0, Math.max(max ?? 0, (min ?? 0) + 10)] } },
        axes: [{ ...axis, incrs: WHOLE }, { ...axis, size: 56 }],
        series: [
          { label: t('loss.step') },
          { label: t('loss.loss'), stroke: color('--accent'), width: 2, value },
          { label: t('loss.chance'), stroke: color('--chance'), width: 2, dash: [8, 6], points: { show: false }, value },
        ],
      },
      [[], [], []],
      this.#box,
    );
  }
}

/** @param {number} value */
function three(value) {
  return number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

customElements.define('loss-curve', LossCurve);
