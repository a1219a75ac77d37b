import { LitElement, css, html, nothing, svg } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { anchorOf } from '../engine/batch.js';
import { define } from '../ui/define.js';
import { Localized, decimals, t } from '../ui/i18n.js';
import { Themed, look, rem } from '../ui/look.js';
import { squareOf } from '../ui/pixel-square.js';
import { Resized } from '../ui/resized.js';
import { shared } from '../ui/styles.js';
import { comparesDotProducts } from './cells.js';
import { NEGATIVES, dialOf, planOf } from './idea-plan.js';

/** @typedef {import('../engine/session.js').Batch} Batch @typedef {import('./idea-plan.js').Place} Place */

/**
 * The idea of contrastive learning with a real anchor of a real batch: one picture, its two views, one encoder for
 * both, and where their projections lie: the angle between two is that whose cosine their similarity is. The
 * positive is pulled towards the anchor, negatives are pushed away, each by its share of the softmax.
 *
 *     <pair-idea .batch=${batch} .row=${0} .picture=${square}></pair-idea>
 */
export class PairIdea extends LitElement {
  static properties = {
    batch: { attribute: false },
    row: { type: Number },
    picture: { attribute: false },
    size: { state: true },
  };

  static styles = [
    shared,
    css`
      :host { display: block; position: relative; min-width: 0; min-height: 11rem; }
      svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
      text { font-size: var(--type); fill: var(--ink); }
      text.faint { fill: var(--faint); }
      text.encoder { font-weight: 600; }
      .words { pointer-events: none; }
      .words text { paint-order: stroke; stroke: var(--card); stroke-width: .4em; stroke-linejoin: round; }
      .way { fill: none; stroke: var(--faint); stroke-width: 1.5; }
      .anchor { --kind: var(--anchor); }
      .positive { --kind: var(--positive); --dash: 1 0; }
      .negative { --kind: var(--negative); --dash: 5 4; }
      .spoke { stroke: var(--kind); stroke-width: 1.5; stroke-dasharray: var(--dash, none); fill: none; }
      .force { stroke: var(--kind); fill: none; }
      .tip { fill: var(--kind); }
      text.anchor, text.positive, text.negative { fill: var(--kind); font-weight: 600; }
      .box { fill: var(--card); stroke: var(--ink); stroke-width: 1.5; }
      .sphere { fill: none; stroke: var(--line); stroke-width: 1.5; }
      .dot { fill: var(--kind); }
      pixel-square { position: absolute; transform: translate(-50%, -50%); transition: left .35s, top .35s; }
      pixel-square.anchor { outline: 3px solid var(--anchor); border-radius: 5px; }
      pixel-square.positive { outline: 4px double var(--positive); border-radius: 5px; }
      pixel-square.negative { outline: 2px dashed var(--negative); border-radius: 5px; }
      @media (prefers-reduced-motion: reduce) { pixel-square { transition: none; } }
    `,
  ];

  constructor() {
    super();
    /** @type {Batch | undefined} */ this.batch = undefined;
    /** The anchor. */ this.row = 0;
    /** The picture that the anchor is a view of. @type {import('../intake/square.js').Square | undefined} */ this.picture = undefined;
    this.size = { width: 0, height: 0 };
    new Resized(this, (size) => (this.size = size));
    new Localized(this);
    new Themed(this);
  }

  render() {
    const { batch, size } = this;
    if (!batch?.anchors || !size.width) return html`<p class="faint">${t('idea.none')}</p>`;
    const row = Math.min(this.row, batch.anchors - 1);
    const { positives, negatives, rest } = anchorOf(batch, row);
    const plan = planOf(size, typesOf());
    const positive = positives.find(({ view }) => view !== undefined && view !== row);
    const few = chosen(negatives.filter(({ view }) => view !== undefined));
    const dial = dialOf(plan, positive, few);
    // Of several positives none has a place of its own, and of what is not listed nobody knows it.
    const place = positives.length === 1 && positive && !rest.count ? placeOf(positive, negatives) : undefined;
    const cosine = !comparesDotProducts(batch.method);
    return html`
      <svg viewBox="0 0 ${size.width} ${size.height}" style="--type: ${plan.type}px" role="img" aria-label=${this.#said(positive, few)}>
        ${this.#ways(plan, positive !== undefined)} ${this.#dial(dial)}
      </svg>
      ${this.picture?.rgb ? this.#square(this.picture.rgb, this.picture.side, plan.picture) : nothing}
      ${this.#view(row, plan.first, 'anchor')} ${positive ? this.#view(positive.view, plan.second, 'positive') : nothing}
      ${this.#view(row, dial.anchor, 'anchor')} ${positive && dial.positive ? this.#view(positive.view, dial.positive, 'positive') : nothing}
      ${few.map(({ view }, index) => this.#view(view, dial.negatives[index], 'negative'))}
      ${cosine ? this.#words(dial, plan, size, place) : nothing}
    `;
  }

  /** @param {import('../engine/batch.js').Candidate | undefined} positive @param {import('../engine/batch.js').Candidate[]} few */
  #said(positive, few) {
    const of = (/** @type {import('../engine/batch.js').Candidate | undefined} */ one) => (one ? decimals(one.similarity) : '–');
    return t('idea.said', { positive: of(positive), negative: of(few[0]) });
  }

  /** From the picture through the encoder. @param {ReturnType<typeof planOf>} plan @param {boolean} two */
  #ways(plan, two) {
    const { picture, first, second, encoder, out, named, type } = plan;
    const below = (/** @type {Place} */ { y, side }) => y + side / 2 + 1.5 * type;
    const middle = { x: encoder.x + encoder.width / 2, y: encoder.y + encoder.height / 2 };
    const arrow = (/** @type {number} */ x1, /** @type {number} */ y1, /** @type {number} */ x2, /** @type {number} */ y2) => {
      const middle = (x1 + x2) / 2;
      return svg`<path class="way" d="M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}" />
        <path d="M${x2},${y2}l-6,-3.5v7z" fill="var(--faint)" />`;
    };
    const half = (/** @type {Place} */ { side }) => side / 2 + 5;
    const views = two ? [first, second] : [first];
    return svg`
      ${views.map((view) => svg`
        ${arrow(picture.x + half(picture), picture.y, view.x - half(view), view.y)}
        ${arrow(view.x + half(view), view.y, encoder.x, view.y)}
        ${arrow(encoder.x + encoder.width, view.y, out.x, view.y)}
        <text class=${view === first ? 'anchor' : 'positive'} x=${out.x + 0.3 * type} y=${view.y + 0.3 * type}>z</text>`)}
      <rect class="box" x=${encoder.x} y=${encoder.y} width=${encoder.width} height=${encoder.height} rx="8" />
      <text class="encoder" text-anchor="middle" x=${middle.x} y=${middle.y - 0.3 * type}>${t('idea.one')}</text>
      <text class="encoder" text-anchor="middle" x=${middle.x} y=${middle.y + type}>${t('idea.encoder')}</text>
      <text class="faint" text-anchor="middle" x=${picture.x} y=${below(picture)}>${t('idea.picture')}</text>
      <text class="anchor" text-anchor="middle" x=${named} y=${first.y - first.side / 2 - 0.6 * type}>${t('idea.first')}</text>
      ${two ? svg`<text class="positive" text-anchor="middle" x=${named} y=${below(second)}>${t('idea.second')}</text>` : nothing}
    `;
  }

  /** @param {ReturnType<typeof dialOf>} dial */
  #dial({ center, radius, spokes }) {
    return svg`
      <circle class="sphere" cx=${center.x} cy=${center.y} r=${radius} />
      ${spokes.map(({ kind, from, to, force }) => svg`<g class=${kind}>
        <line class="spoke" x1=${center.x} y1=${center.y} x2=${to.x} y2=${to.y} />
        <circle class="dot" cx=${from.x} cy=${from.y} r="4" />
        ${force ? svg`<path class="force" stroke-width=${force.width} d=${force.path} /><path class="tip" d=${force.tip} />` : nothing}
      </g>`)}
    `;
  }

  /**
   * The cosines, below the squares.
   * @param {ReturnType<typeof dialOf>} dial @param {ReturnType<typeof planOf>} plan @param {{ width: number, height: number }} size
   * @param {{ place: number, count: number } | undefined} place of the positive
   */
  #words({ words }, { type }, { width, height }, place) {
    return html`<svg class="words" viewBox="0 0 ${width} ${height}" style="--type: ${type}px" aria-hidden="true">
      ${words.map(({ kind, x, y, value }) => svg`<text class="number ${kind}" text-anchor="end" x=${x} y=${y}>${t(`idea.${kind === 'positive' && place ? 'placed' : kind}`, { value: decimals(value), ...place })}</text>`)}
    </svg>`;
  }

  /** @param {number | undefined} view @param {Place} place @param {string} kind */
  #view(view, place, kind) {
    const batch = /** @type {Batch} */ (this.batch);
    return view === undefined ? nothing : this.#square(squareOf(batch.pixels, batch.side, view), batch.side, place, kind);
  }

  /** @param {Uint8ClampedArray | Uint8Array} pixels @param {number} side @param {Place} place @param {string} [kind] */
  #square(pixels, side, { x, y, side: width }, kind = '') {
    const style = `left: ${x}px; top: ${y}px; width: ${width}px`;
    return html`<pixel-square class=${kind} style=${style} .pixels=${guard([this.batch, this.row, kind, x, y], () => pixels)} .side=${side}></pixel-square>`;
  }
}

/** The least and the largest type, in pixels: who is far from a projector's picture reads no small one. */
function typesOf() {
  return { least: (look.projector ? 0.8 : 0.66) * rem(), most: 0.94 * rem() };
}

/** In which place the positive is among all candidates, the most similar first. @param {import('../engine/batch.js').Candidate} positive @param {readonly import('../engine/batch.js').Candidate[]} negatives */
function placeOf({ similarity }, negatives) {
  return { place: 1 + negatives.filter((negative) => negative.similarity > similarity).length, count: negatives.length + 1 };
}

/** The hardest, the easiest, and those between. @template T @param {T[]} negatives @returns {T[]} */
function chosen(negatives) {
  const last = negatives.length - 1;
  const places = new Set(Array.from({ length: Math.min(NEGATIVES, negatives.length) }, (_, index) => Math.round((index * last) / Math.max(1, NEGATIVES - 1))));
  return [...places].map((place) => negatives[place]);
}

define('pair-idea', PairIdea);
