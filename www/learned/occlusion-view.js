import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, decimals, number, t } from '../ui/i18n.js';
import { Themed, colorOf } from '../ui/look.js';
import { dropOfPixels, range, strongest } from './occlusion.js';
import '../ui/pixel-square.js';
import '../figures/figure-buttons.js';
import { shared } from '../ui/styles.js';

/** @typedef {{ name: string, side: number, rgb: Uint8Array | Uint8ClampedArray }} Picture RGB or RGBA */

/** A change of the similarity that is as good as none. */
const LEAST = 0.0005;
/** How much of the picture the strongest colour hides. */
const OPAQUE = 0.85;

/**
 * Which parts of a picture make it similar to another: how far the similarity falls with each part hidden.
 *
 * Fires `measure`.
 */
export class OcclusionView extends LitElement {
  static properties = {
    map: { attribute: false },
    picture: { attribute: false },
    other: { attribute: false },
    working: { type: Boolean },
    disabled: { type: Boolean },
    shown: { state: true },
  };

  static styles = [
    shared,
    css`
      .row label { display: inline-flex; align-items: center; gap: .5rem; }
      input { min-height: 0; width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); }
      .figures { display: grid; grid-template-columns: repeat(3, minmax(0, 15rem)); gap: 1rem; margin: 1rem 0 .8rem; }
      @media (max-width: 30rem) { .figures { grid-template-columns: 1fr 1fr; } }
      figure { margin: 0; min-width: 0; }
      figcaption { overflow-wrap: anywhere; font-size: .85rem; }
      pixel-square { display: block; width: 100%; }
      .stack { position: relative; overflow: hidden; border-radius: 5px; }
      .stack canvas { position: absolute; inset: 0; width: 100%; height: 100%; image-rendering: pixelated; }
      /* Under the map, where its colours, and much black or white, would mix with those of the map. */
      .grey { filter: grayscale(1) contrast(.5); }
      .box { position: absolute; border: var(--stroke, 2px) dashed var(--ink); outline: var(--stroke, 2px) solid var(--card); outline-offset: 0; }
      .scale { max-width: 24rem; margin-bottom: .8rem; font-size: .85rem; }
      .colors { height: 1rem; background: color-mix(in srgb, var(--ink) 50%, var(--card)); border: 1px solid var(--line); border-radius: 4px; }
      .ticks { position: relative; height: 1.4rem; }
      .ticks span { position: absolute; white-space: nowrap; }
      .summary p { max-width: 60rem; margin-bottom: .3rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('contrastive-playground').OcclusionMap | undefined} */ this.map = undefined;
    /** The one whose parts are hidden. @type {Picture | undefined} */ this.picture = undefined;
    /** @type {Picture | undefined} */ this.other = undefined;
    this.working = false;
    this.disabled = false;
    /** The map lies over the picture. */ this.shown = true;
    new Localized(this);
    new Themed(this);
  }

  render() {
    const { map, picture, other } = this;
    return html`
      <p class="what">${t('occlusion.what')}</p>
      <div class="row">
        <button
          ?disabled=${!picture || !other}
          aria-disabled=${this.disabled || this.working}
          @click=${() => this.disabled || this.working || this.dispatchEvent(new CustomEvent('measure'))}
        >
          ${this.working ? t('occlusion.measuring') : t('occlusion.measure')}
        </button>
        ${map
          ? html`<label>
              <input type="checkbox" role="switch" .checked=${this.shown} @change=${this.#switch} />
              ${t('occlusion.show')}
            </label>`
          : nothing}
      </div>
      ${picture || other ? this.#figures() : html`<p class="faint">${t('occlusion.none')}</p>`}
      ${map && picture ? scale(range(dropOfPixels(map, picture.side))) : nothing}
      <div class="summary" role="status">${map && picture ? this.#about(map, picture) : nothing}</div>
      ${map && picture
        ? html`<figure-buttons .figure=${this.#figure} name="occlusion" .label=${t('occlusion.map')}></figure-buttons>`
        : nothing}
    `;
  }

  #figure = async () => {
    const { occlusion } = await import('../figures/figures.js');
    const [map, picture] = [/** @type {import('contrastive-playground').OcclusionMap} */ (this.map), /** @type {Picture} */ (this.picture)];
    return occlusion({ drops: dropOfPixels(map, picture.side), picture, similarity: map.similarity });
  };

  #figures() {
    const { map, picture, other } = this;
    return html`<div class="figures">
      ${picture ? html`<figure>${square(picture)}<figcaption>${picture.name}</figcaption></figure>` : nothing}
      ${map && picture
        ? html`<figure>
            <div class="stack" role="img" aria-label=${t(this.shown ? 'occlusion.over' : 'occlusion.off', { name: picture.name })}>
              <pixel-square class=${this.shown ? 'grey' : ''} .pixels=${picture.rgb} .side=${picture.side}></pixel-square>
              <canvas ?hidden=${!this.shown} aria-hidden="true"></canvas>
              ${this.shown ? this.#box(map, picture) : nothing}
            </div>
            <figcaption>${t('occlusion.map')}</figcaption>
          </figure>`
        : nothing}
      ${other ? html`<figure>${square(other)}<figcaption>${other.name}</figcaption></figure>` : nothing}
    </div>`;
  }

  /** Where hiding costs the most. @param {import('contrastive-playground').OcclusionMap} map @param {Picture} picture */
  #box(map, picture) {
    const most = strongest(map, picture.side);
    if (!most || most.drop < LEAST) return nothing;
    const { left, top, size } = most.box;
    return html`<div
      class="box"
      style="left: ${100 * left}%; top: ${100 * top}%; width: ${100 * size}%; height: ${100 * size}%"
    ></div>`;
  }

  /** @param {import('contrastive-playground').OcclusionMap} map @param {Picture} picture */
  #about(map, picture) {
    const [most, least] = [strongest(map, picture.side), strongest(map, picture.side, -1)];
    if (!most) return nothing;
    const words = (/** @type {typeof most} */ { region, from, to }) => ({
      where: t(`occlusion.at.${region}`), from: decimals(from, 3, 4), to: decimals(to, 3, 4),
    });
    return html`
      <p>${t('occlusion.similarity', { value: decimals(map.similarity, 3, 4) })}</p>
      <p>${most.drop >= LEAST ? t('occlusion.most', words(most)) : t('occlusion.nowhere')}</p>
      ${least && least.drop <= -LEAST ? html`<p>${t('occlusion.gain', words(least))}</p>` : nothing}
    `;
  }

  updated() {
    const canvas = this.renderRoot.querySelector('canvas');
    if (canvas && this.map && this.picture) this.#draw(canvas, dropOfPixels(this.map, this.picture.side), this.picture.side);
  }

  /** @param {HTMLCanvasElement} canvas @param {Float32Array} drops @param {number} side */
  #draw(canvas, drops, side) {
    [canvas.width, canvas.height] = [side, side];
    const context = canvas.getContext('2d');
    const [low, high] = range(drops);
    const strongestDrop = Math.max(-low, high);
    if (!context || strongestDrop < LEAST) return;
    const style = getComputedStyle(this);
    const [gain, loss] = ['--accent', '--negative'].map((name) => colorOf(style, name));
    drops.forEach((drop, pixel) => {
      if (!drop) return;
      context.globalAlpha = (OPAQUE * Math.abs(drop)) / strongestDrop;
      context.fillStyle = drop > 0 ? loss : gain;
      context.fillRect(pixel % side, Math.floor(pixel / side), 1, 1);
    });
  }

  /** @param {Event} event */
  #switch(event) {
    this.shown = /** @type {HTMLInputElement} */ (event.target).checked;
  }
}

/** @param {Picture} picture */
function square({ name, side, rgb }) {
  return html`<pixel-square .pixels=${rgb} .side=${side} label=${name}></pixel-square>`;
}

/** The colours of the map with their numbers. @param {[number, number]} range */
function scale([low, high]) {
  const strongestDrop = Math.max(-low, high);
  if (strongestDrop < LEAST) return nothing;
  const place = (/** @type {number} */ value) => (100 * (value - low)) / (high - low);
  const color = (/** @type {number} */ value) =>
    `color-mix(in srgb, var(${value > 0 ? '--negative' : '--accent'}) ${(100 * OPAQUE * Math.abs(value)) / strongestDrop}%, transparent)`;
  // An end too near to 0 would write its number over it.
  const ticks = [low, 0, high].filter((value) => value === 0 || Math.abs(value) > 0.2 * strongestDrop);
  return html`<div class="scale">
    <p>${t('occlusion.scale')}</p>
    <div
      class="colors"
      aria-hidden="true"
      style="background-image: linear-gradient(to right, ${color(low)}, transparent ${place(0)}%, ${color(high)})"
    ></div>
    <div class="ticks number">
      ${ticks.map((value) => html`<span style="left: ${place(value)}%; transform: translateX(-${place(value)}%)">${number(value, { maximumSignificantDigits: 2 })}</span>`)}
    </div>
  </div>`;
}

define('occlusion-view', OcclusionView);
