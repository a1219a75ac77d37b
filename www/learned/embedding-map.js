import { LitElement, css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, i18n, percent, t } from '../ui/i18n.js';
import { Chart } from './map/chart.js';
import { Gestures } from './map/gestures.js';
import { groupsOf } from '../figures/groups.js';
import { placesOf } from './map/places.js';
import '../figures/figure-buttons.js';
import { shared } from '../ui/styles.js';
import { touched } from '../ui/touched.js';
import './map-legend.js';
import '../ui/pixel-square.js';

/** @type {('pca' | 'umap')[]} */
const METHODS = ['pca', 'umap'];
/** Pixels that an arrow moves the map by, and what a press of + zooms by. */
const PAN = 60;
const ZOOM = 1.5;
/** @type {Record<string, [x: number, y: number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * All pictures as thumbnails, where the representation puts them in the plane: by PCA, or by UMAP.
 *
 * Fires `pick` (an index), `method` (`'pca'` or `'umap'`) and `cancel` (of a UMAP that is being computed).
 */
export class EmbeddingMap extends LitElement {
  static properties = {
    coordinates: { attribute: false },
    pictures: { attribute: false },
    groupings: { attribute: false },
    chosen: { type: Number },
    similar: { attribute: false },
    method: {},
    progress: { type: Number },
    explained: { attribute: false },
    disabled: { type: Boolean },
    grouping: { state: true },
    lit: { state: true },
    hovered: { state: true },
    enlarged: { state: true },
    said: { state: true },
  };

  static styles = [
    shared,
    css`
      :host { container-type: inline-size; }
      .tools { justify-content: space-between; gap: .6rem 1.4rem; margin-bottom: .6rem; }
      .methods button[aria-pressed='true'] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600; }
      label { display: inline-flex; align-items: center; gap: .5rem; min-width: 0; }
      select { min-width: 0; max-width: 14rem; }
      progress { width: 8rem; accent-color: var(--accent); }
      .note { min-height: 1.5em; margin-bottom: .6rem; color: var(--faint); font-size: .92rem; }
      .stage { position: relative; aspect-ratio: 1; width: 100%; max-height: 78vh; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
      @container (min-width: 36rem) { .stage { aspect-ratio: 3 / 2; } }
      canvas { position: absolute; inset: 0; width: 100%; height: 100%; border-radius: 7px; cursor: grab; touch-action: pan-x pan-y; }
      canvas:active { cursor: grabbing; }
      canvas.enlarged { touch-action: none; }
      canvas.over { cursor: pointer; }
      canvas:focus-visible { outline-offset: -3px; }
      .under { display: flex; flex-wrap: wrap-reverse; justify-content: space-between; align-items: start; gap: .6rem; margin: .6rem 0; }
      .zoom { display: flex; gap: .3rem; margin-inline-start: auto; }
      .zoom button { min-width: 2.5rem; }
      .readout { flex: 1 1 14rem; display: flex; align-items: center; gap: .8rem; min-height: 4.6rem; overflow-wrap: anywhere; }
      .readout pixel-square { flex: none; width: 3.6rem; }
      .readout strong { font-weight: 600; }
      .hint { margin-top: .6rem; font-size: .85rem; }
    `,
  ];

  constructor() {
    super();
    /** Two a picture. @type {Float32Array | undefined} */ this.coordinates = undefined;
    /** @type {readonly import('../engine/album.js').Square[]} */ this.pictures = [];
    /** What the pictures may be coloured by. @type {readonly import('../figures/groups.js').Grouping[]} */ this.groupings = [];
    /** @type {number | undefined} */ this.chosen = undefined;
    /** Those to be joined to the chosen one. @type {readonly number[]} */ this.similar = [];
    /** @type {'pca' | 'umap'} */ this.method = 'pca';
    /** Of a UMAP that is being computed, 0..1. @type {number | undefined} */ this.progress = undefined;
    /** Shares of the variance along the axes of the PCA. @type {readonly number[] | undefined} */ this.explained = undefined;
    this.disabled = false;
    /** The key of a grouping. */ this.grouping = '';
    /** @type {import('../figures/groups.js').Grouping | undefined} */ this.groupedBy = undefined;
    /** In which the groups are sorted. */ this.language = '';
    /** @type {ReadonlySet<number>} */ this.lit = new Set();
    /** @type {number | undefined} */ this.hovered = undefined;
    this.enlarged = false;
    this.said = '';
    new Localized(this);
  }

  firstUpdated() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector('canvas'));
    const chart = (this.chart = new Chart(canvas, () => (this.enlarged = chart.enlarged)));
    this.addController(chart);
    new Gestures(canvas, {
      pan: (left, top) => chart.pan(left, top),
      zoom: (factor, left, top) => chart.zoom(factor, left, top),
      tap: (left, top) => this.#pick(chart.at(left, top)),
      hover: (at) => (this.hovered = at && chart.at(...at)),
      wheels: () => this.renderRoot.querySelector(':focus') === canvas,
    });
  }

  /** A PNG of what is seen of the map. @returns {Promise<Blob>} */
  snapshot() {
    return this.chart?.snapshot() ?? Promise.reject(new Error('The map cannot be seen'));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('pictures') || changed.has('coordinates')) this.hovered = undefined;
    if (changed.get('coordinates')) this.said = this.#label;
    const language = i18n.tag;
    if (!['pictures', 'groupings', 'grouping'].some((name) => changed.has(name)) && language === this.language) return;
    this.language = language;
    this.groupedBy = this.groupings.find(({ key }) => key === this.grouping);
    this.grouped = this.groupedBy && groupsOf(this.groupedBy.values, this.pictures.length, language, this.groupedBy.order);
    if (changed.has('grouping')) this.lit = new Set();
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const { chart, pictures, coordinates, grouped, lit, similar, chosen, hovered } = this;
    if (!chart) return;
    if (changed.has('method')) chart.whole();
    if (changed.has('coordinates') || changed.has('pictures')) {
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      chart.go(placesOf(coordinates ?? new Float32Array(), pictures.length), !still && !!changed.get('coordinates'));
    }
    if (changed.has('chosen') && chosen !== undefined && chart.enlarged) chart.reveal(chosen);
    // What UMAP reports many times a second leaves the drawing as it is.
    if (![...changed.keys()].every((name) => name === 'progress')) chart.show({ pictures, grouped, lit, similar, chosen, hovered });
  }

  render() {
    const ready = Boolean(this.pictures.length && this.coordinates?.length);
    return html`
      <div class="row tools">
        ${shows('learned.method') ? this.#methods() : nothing} ${shows('learned.color') ? this.#choice() : nothing}
      </div>
      <p class="note number" id="note">${ready ? this.#note() : t('map.none')}</p>
      <div class="stage" ?hidden=${!ready}>
        <canvas
          class="${this.enlarged ? 'enlarged' : ''} ${this.hovered === undefined ? '' : 'over'}"
          role="application"
          tabindex="0"
          aria-roledescription=${t('map.role')}
          aria-label=${this.#label}
          aria-describedby="note readout hint"
          @keydown=${this.#key}
        ></canvas>
      </div>
      ${ready ? this.#below() : nothing}
      ${ready ? html`<figure-buttons .figure=${this.#figure} name="map" .label=${t('map.role')}></figure-buttons>` : nothing}
      <p class="spoken" role="status">${this.said}</p>
    `;
  }

  get #label() {
    return t('map.label', { count: this.pictures.length, method: t(`map.${this.method}`) });
  }

  #figure = async () => {
    const { map } = await import('../figures/figures.js');
    const { pictures, groupedBy } = this;
    return map({ coordinates: this.coordinates ?? new Float32Array(), groups: groupedBy, pictures });
  };

  #methods() {
    const { progress } = this;
    return html`<div class="row methods" role="group" aria-label=${t('map.method')}>
      ${METHODS.map((method) => {
        const waits = this.disabled || (method === 'umap' && progress !== undefined);
        return html`<button
          aria-pressed=${method === this.method}
          aria-disabled=${waits}
          @click=${() => waits || this.#fire('method', method)}
        >${t(`map.${method}`)}</button>`;
      })}
      ${progress === undefined
        ? nothing
        : html`<progress aria-label=${t('map.running')} max="1" value=${progress}></progress>
            <span class="number">${percent(Math.floor(progress * 100) / 100)}</span>
            <button @click=${() => this.#fire('cancel')}>${t('map.cancel')}</button>`}
    </div>`;
  }

  #choice() {
    if (!this.groupings.length) return nothing;
    return html`<label>
      ${t('map.color')}
      <select .value=${live(this.groupedBy?.key ?? '')} @change=${(/** @type {any} */ event) => (this.grouping = event.target.value)}>
        <option value="">${t('map.nothing')}</option>
        ${this.groupings.map(({ key, name }) => html`<option value=${key}>${name}</option>`)}
      </select>
    </label>`;
  }

  #note() {
    if (this.method === 'umap') return t('map.aboutUmap');
    const [first, second] = (this.explained ?? []).map((share) => (Number.isFinite(share) ? percent(share) : '–'));
    return second === undefined ? t('map.aboutPca') : t('map.explained', { first, second });
  }

  #zooms() {
    const button = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {() => void} */ press, disabled = false) =>
      html`<button aria-label=${t(name)} title=${t(name)} ?disabled=${disabled} @click=${press}>${sign}</button>`;
    return [
      button('+', 'map.in', () => this.chart?.zoomAtPicture(ZOOM)),
      button('−', 'map.out', () => this.chart?.zoomAtPicture(1 / ZOOM), !this.enlarged),
      html`<button ?disabled=${!this.enlarged} @click=${() => this.chart?.whole()}>${t('map.whole')}</button>`,
    ];
  }

  #below() {
    const index = this.hovered ?? this.chosen;
    const picture = index === undefined ? undefined : this.pictures[index];
    return html`
      <div class="under">
        <div class="readout" id="readout">
          ${picture && index !== undefined
            ? html`<pixel-square .pixels=${picture.rgb} .side=${picture.side}></pixel-square>
                <span><strong>${this.#name(index)}</strong>${this.#facts(index).map((fact) => html`<br />${fact}`)}</span>`
            : html`<span class="faint">${t(touched() ? 'map.choose.touch' : 'map.choose')}</span>`}
        </div>
        <div class="zoom" role="group" aria-label=${t('map.zoom')}>${this.#zooms()}</div>
      </div>
      ${this.grouped
        ? html`<map-legend
            .groups=${this.grouped.groups}
            .lit=${this.lit}
            @light=${(/** @type {CustomEvent} */ { detail }) => (this.lit = detail)}
          ></map-legend>`
        : nothing}
      <p class="hint faint" id="hint">${t(touched() ? 'map.hint.touch' : 'map.hint')}</p>
    `;
  }

  /** @param {number} index */
  #name(index) {
    return this.pictures[index].name || t('pictures.thumbnail', { number: index + 1 });
  }

  /** What is known of a picture but for its name. @param {number} index @returns {string[]} */
  #facts(index) {
    const { label } = this.pictures[index];
    const grouping = this.groupedBy;
    const value = grouping?.values[index];
    return [
      label,
      grouping && value !== undefined && value !== label ? t('map.value', { name: grouping.name, value }) : undefined,
      index === this.chosen && this.similar.length ? t('map.joined', { count: this.similar.length }) : undefined,
    ].filter((fact) => fact !== undefined);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { chart } = this;
    if (!chart || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) chart.pan(-PAN * arrow[0], -PAN * arrow[1]);
    else if (arrow) this.#pick(chart.next(arrow), true);
    else if (event.key === '+' || event.key === '=') chart.zoomAtPicture(ZOOM);
    else if (event.key === '-') chart.zoomAtPicture(1 / ZOOM);
    else if (event.key === '0') chart.whole();
    else return;
    event.preventDefault();
  }

  /** @param {number | undefined} index @param {boolean} [aloud] */
  #pick(index, aloud = false) {
    if (index === undefined || this.disabled || !this.pictures[index]) return;
    if (aloud) {
      this.hovered = undefined;
      this.said = [this.#name(index), ...this.#facts(index)].join(', ');
    }
    this.#fire('pick', index);
  }

  /** @param {string} type @param {unknown} [detail] */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

define('embedding-map', EmbeddingMap);
