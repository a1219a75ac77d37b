import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, large, number, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/** @typedef {import('contrastive-playground').ModelCost} ModelCost @typedef {import('contrastive-playground').Layer} Layer */

/**
 * The network of a model's cost, layer by layer, each with the shape of its output and its parameters: the encoder
 * up to the representation h, and the projection head up to z.
 */
export class NetworkDrawing extends LitElement {
  static properties = { cost: { attribute: false }, method: {} };

  static styles = [
    shared,
    css`
      .parts { display: flex; flex-wrap: wrap; gap: .8rem; align-items: stretch; }
      .part { flex: 1 1 auto; padding: .5rem .7rem .7rem; border: 1px solid var(--line); border-radius: var(--radius); }
      .head { border-style: dashed; }
      h4 { margin: 0 0 .4rem; font-size: .88rem; font-weight: 600; }
      :host { container-type: inline-size; }
      ol { display: grid; gap: .35rem; margin: 0; padding: 0; list-style: none; }
      /* From top to bottom where it is narrow, from left to right where there is room. */
      li { display: grid; grid-template-columns: 5.2rem 1fr; gap: 0 .7rem; align-items: center; font-size: .82rem; line-height: 1.3; }
      .block { grid-row: span 4; justify-self: center; }
      @container (min-width: 44rem) {
        ol { grid-auto-flow: column; justify-content: start; gap: 1.1rem; }
        li { position: relative; grid-template-columns: auto; grid-template-rows: 5rem repeat(4, auto); justify-items: center; align-content: start; text-align: center; }
        .block { grid-row: 1; align-self: end; }
        li:not(:last-child)::after { content: '→'; position: absolute; inset-inline-end: -1rem; top: 3.4rem; color: var(--faint); }
      }
      .block { border: var(--stroke, 2px) solid var(--accent); border-radius: 3px; background: color-mix(in srgb, var(--accent) 14%, transparent); }
      .head .block { border-color: var(--chance); border-style: dashed; background: none; }
      .kind { font-weight: 600; }
      .shape, .count { color: var(--faint); font-variant-numeric: tabular-nums; }
      p { margin-top: .5rem; font-size: .9rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {ModelCost | undefined} */ this.cost = undefined;
    this.method = '';
    new Localized(this);
  }

  render() {
    const { cost, method } = this;
    if (!cost) return nothing;
    const { layers, encoderParameters, headParameters, multiplyAdds, representation, projection } = cost;
    const [encoder, head] = [false, true].map((of) => layers.filter((layer) => layer.head === of));
    return html`
      <div class="parts">
        ${this.#part('encoder', encoder, t('network.h', { count: representation }))}
        ${head.length ? this.#part('head', head, t('network.z', { count: projection })) : nothing}
      </div>
      <p class="number">
        ${t('network.totals', {
          encoder: encoderParameters,
          head: headParameters,
          work: large(multiplyAdds),
        })}
      </p>
      <p>${t(method === 'moco' ? 'network.moco' : method === 'articleLoss' ? 'network.once' : 'network.twice')}</p>
    `;
  }

  /** @param {'encoder' | 'head'} name @param {Layer[]} layers @param {string} result */
  #part(name, layers, result) {
    return html`<div class="part ${name}">
      <h4 id=${name}>${t(`network.${name}`)}</h4>
      <ol aria-labelledby=${name}>
        ${layers.map((layer, index) => this.#layer(layer, index === layers.length - 1 ? result : ''))}
      </ol>
    </div>`;
  }

  /** @param {Layer} layer @param {string} result */
  #layer({ kind, kernel, shape, parameters }, result) {
    // Places are as high as they are many, channels as wide, by their logarithms.
    const places = shape.length === 3 ? shape[1] : shape.length === 2 ? Math.sqrt(shape[0]) : 1;
    const channels = shape.length === 3 ? shape[0] : shape[shape.length - 1];
    const [width, height] = [0.25 + 0.12 * Math.log2(channels), 0.5 + 0.75 * Math.log2(1 + places)];
    return html`<li>
      <span class="block" style="width: ${width}rem; height: ${height}rem" aria-hidden="true"></span>
      <span class="kind">${t(`network.kind.${kind}`, { size: kernel })}</span>
      <span class="shape">${shape.join(' × ')}</span>
      <span class="count">${parameters ? t('network.parameters', { count: number(parameters) }) : nothing}</span>
      ${result ? html`<strong>${result}</strong>` : nothing}
    </li>`;
  }
}

define('network-drawing', NetworkDrawing);
