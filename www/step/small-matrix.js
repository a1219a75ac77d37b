import { LitElement, css, html } from 'lit';
import { partOf } from '../engine/batch.js';
import { define } from '../ui/define.js';
import { Localized, decimals, t } from '../ui/i18n.js';
import { Themed, colorOf } from '../ui/look.js';
import { ownTask } from '../ui/own-task.js';
import { shared } from '../ui/styles.js';
import { colorTable, heatImage, meansOf, scaleEnd, scaleWords } from './heat.js';

/** Keys of MoCo's queue that are drawn at most, so that each can be seen. */
const KEYS = 64;

/**
 * The similarities of a batch as a picture and nothing more: a pixel a cell, with the mean of positive and of
 * negative pairs beneath, or beside it with `--flow: row`. Where there is a queue, positives stand apart from its keys.
 */
export class SmallMatrix extends LitElement {
  static properties = { batch: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { --low: var(--anchor); --middle: var(--card); --high: var(--warm); display: flex; flex-flow: var(--flow, column); gap: .3rem .9rem; min-width: 0; min-height: 0; }
      canvas { flex: 0 1 auto; min-width: 0; min-height: 0; width: 100%; height: auto; object-fit: contain; object-position: left top; image-rendering: pixelated; }
      .queue { display: grid; flex: 0 1 auto; grid-template: auto minmax(0, calc(1.3rem * var(--rows))) / auto minmax(0, 1fr); gap: .2rem .6rem; min-height: 0; font-size: var(--small); line-height: 1.3; }
      .queue span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .queue canvas { height: 100%; object-fit: fill; }
      .queue canvas:not(#keys) { box-shadow: 0 0 0 2px var(--positive); }
      p { display: grid; flex: none; align-content: start; font-size: var(--small); line-height: 1.3; }
      .scale { display: inline-flex; align-items: center; gap: .35rem; color: var(--faint); }
      i { width: 3rem; height: .6rem; print-color-adjust: exact; border: 1px solid var(--line); background: linear-gradient(to right, var(--low), var(--middle), var(--high)); }
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
    const { measure, low, high } = scaleWords(batch);
    const words = `${t('small.matrix', { measure })} ${t('small.means', { positive: mean(positive), negative: mean(negative) })}`;
    return html`
      ${batch?.method === 'moco' ? this.#queue(batch, words) : html`<canvas width=${batch?.columns ?? 1} height=${batch?.anchors ?? 1} role="img" aria-label=${words}></canvas>`}
      <p class="number">
        <span class="scale">${measure} ${low}<i></i>${high}</span>
        <span class="positive">═ ${t('small.positive', { value: mean(positive) })}</span>
        <span class="negative">┄ ${t('small.negative', { value: mean(negative) })}</span>
      </p>
    `;
  }

  /** @param {import('./cells.js').Batch} batch @param {string} words */
  #queue(batch, words) {
    const [count, shown] = [batch.candidates - 1, keysOf(batch).length];
    return html`<div class="queue number" role="img" aria-label=${words} style="--rows: ${batch.anchors}">
      <span class="positive">${t('matrix.positives')}</span><span class="negative">${t(shown < count ? 'matrix.someKeys' : 'matrix.keys', { shown, count })}</span>
      <canvas width="1" height=${batch.anchors}></canvas><canvas id="keys" width=${shown} height=${batch.anchors}></canvas>
    </div>`;
  }

  updated() {
    this.#draw();
  }

  #draw() {
    const { batch } = this;
    if (!batch?.anchors || !batch.columns) return;
    const style = getComputedStyle(this);
    const table = colorTable(['--low', '--middle', '--high'].map((name) => colorOf(style, name)));
    const parts = batch.method === 'moco' ? [partOf(batch, [0]), partOf(batch, keysOf(batch))] : [batch];
    for (const [index, canvas] of this.renderRoot.querySelectorAll('canvas').entries()) {
      canvas.getContext('2d')?.putImageData(heatImage(parts[index], scaleEnd(batch), table), 0, 0);
    }
  }
}

/** The columns of the keys that are drawn, evenly from the whole queue. @param {import('./cells.js').Batch} batch */
function keysOf({ columns }) {
  const shown = Math.min(KEYS, columns - 1);
  return Array.from({ length: shown }, (_, index) => 1 + Math.floor((index * (columns - 1)) / shown));
}

define('small-matrix', SmallMatrix);
