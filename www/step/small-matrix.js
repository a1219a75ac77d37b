import { LitElement, css, html } from 'lit';
import { define } from '../ui/define.js';
import { Localized, decimals, t } from '../ui/i18n.js';
import { Themed, colorOf } from '../ui/look.js';
import { ownTask } from '../ui/own-task.js';
import { shared } from '../ui/styles.js';
import { colorTable, heatImage, meansOf, scaleEnd } from './heat.js';

/**
 * The similarities of a batch as a picture and nothing more: a pixel a cell, with the mean of positive and of
 * negative pairs beneath.
 */
export class SmallMatrix extends LitElement {
  static properties = { batch: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { --low: var(--anchor); --middle: var(--card); --high: var(--warm); display: flex; flex-direction: column; gap: .3rem; min-width: 0; min-height: 0; }
      canvas { flex: 0 1 auto; min-height: 0; width: 100%; height: auto; object-fit: contain; object-position: left top; image-rendering: pixelated; }
      p { display: grid; font-size: var(--small); line-height: 1.3; }
      .scale { display: inline-flex; align-items: center; gap: .35rem; color: var(--faint); }
      i { width: 3rem; height: .6rem; border: 1px solid var(--line); background: linear-gradient(to right, var(--low), var(--middle), var(--high)); }
      .positive { color: var(--positive); }
      .negative { color: var(--negative); }
    `,
  ];

  constructor() {
    super();
    /** @type {import('./cells.js').Batch | undefined} */ this.batch = undefined;
    new Localized(this);
    new Themed(this, () => this.#draw());
  }

  async scheduleUpdate() {
    await ownTask();
    return super.scheduleUpdate();
  }

  render() {
    const { batch } = this;
    const { positive, negative } = batch ? meansOf(batch) : { positive: NaN, negative: NaN };
    const mean = (/** @type {number} */ value) => (Number.isFinite(value) ? decimals(value) : '–');
    const words = t('small.means', { positive: mean(positive), negative: mean(negative) });
    return html`
      <canvas width=${batch?.columns ?? 1} height=${batch?.anchors ?? 1} role="img" aria-label="${t('small.matrix')} ${words}"></canvas>
      <p class="number">
        <span class="scale">${t('matrix.cosine')} −1<i></i>1</span>
        <span class="positive">═ ${t('small.positive', { value: mean(positive) })}</span>
        <span class="negative">┄ ${t('small.negative', { value: mean(negative) })}</span>
      </p>
    `;
  }

  updated() {
    this.#draw();
  }

  #draw() {
    const { batch } = this;
    const context = this.renderRoot.querySelector('canvas')?.getContext('2d');
    if (!batch?.anchors || !batch.columns || !context) return;
    const style = getComputedStyle(this);
    const table = colorTable(['--low', '--middle', '--high'].map((name) => colorOf(style, name)));
    context.putImageData(heatImage(batch, scaleEnd(batch), table), 0, 0);
  }
}

define('small-matrix', SmallMatrix);
