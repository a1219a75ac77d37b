import { LitElement, css, html, nothing } from 'lit';
import { groupsOf } from '../figures/groups.js';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, i18n, kindName, percent, shapeNames, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import { Chart } from './map/chart.js';
import { placesOf } from './map/places.js';

/** Milliseconds that the pictures move for: each frame costs a run without a graphics card a little. */
const MOVES = 260;

/**
 * The pictures where the encoder puts them just now, moving as it learns, with the names of their kinds at the middle
 * of each; and in words how many neighbours are of one kind. The names are for who looks on: the encoder is told none.
 *
 *     <live-map .sight=${sight}></live-map>
 */
export class LiveMap extends LitElement {
  static properties = { sight: { attribute: false }, builtIn: { type: Boolean }, few: { type: Boolean }, refused: { type: Boolean }, running: { type: Boolean }, late: { type: Boolean }, named: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: flex; flex-direction: column; gap: .35rem; min-width: 0; min-height: 0; }
      .map { position: relative; flex: 1; min-height: 6rem; }
      canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
      .row { justify-content: space-between; gap: .2rem 1rem; }
      label { display: inline-flex; align-items: center; gap: .4rem; font-size: var(--small); color: var(--faint); }
      input { min-height: 0; width: 1rem; height: 1rem; margin: 0; accent-color: var(--accent); }
      .kinds { font-size: 1rem; line-height: 1.35; }
      .shares { font-size: 1.25rem; white-space: nowrap; }
      .beside { font-size: var(--small); color: var(--faint); }
    `,
  ];

  constructor() {
    super();
    /** @type {import('./watching.js').Seen | undefined} */ this.sight = undefined;
    /** The labels are those of a built-in set. */ this.builtIn = false;
    /** There are too few pictures for a map. */ this.few = false;
    /** What is set cannot be trained with. */ this.refused = false;
    /** More is to come every few seconds. */ this.running = false;
    /** What is seen is not of the run's last step, which is still to be looked at. */ this.late = false;
    /** Whether the kinds are told. */ this.named = true;
    /** Those that the groups were made of. @type {readonly (string | undefined)[] | undefined} */ this.labels = undefined;
    /** @type {ReturnType<typeof groupsOf> | undefined} */ this.grouped = undefined;
    new Localized(this);
  }

  firstUpdated() {
    this.chart = new Chart(/** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector('canvas')), () => {});
    this.addController(this.chart);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const { sight } = this;
    if (!sight) [this.labels, this.grouped] = [undefined, undefined];
    // Each time the same groups would be drawn anew.
    if (!sight || (sight.labels === this.labels && changed.has('sight'))) return;
    this.labels = sight.labels;
    const names = this.builtIn ? sight.labels.map((label) => label && kindName(label)) : sight.labels;
    const known = names.some((name) => name !== undefined);
    this.grouped = known ? groupsOf(names, names.length, i18n.tag, this.builtIn ? shapeNames() : []) : undefined;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const { chart, sight, grouped, named } = this;
    if (!chart) return;
    if (!sight) return chart.show({ pictures: [], grouped: undefined });
    const { pictures, coordinates } = sight;
    if (changed.has('sight')) {
      const before = /** @type {typeof sight | undefined} */ (changed.get('sight'));
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      chart.go(placesOf(coordinates, pictures.length), !still && before?.pictures === pictures, MOVES);
    }
    // Before the first step there is nothing to be pointed out.
    chart.show({ pictures, grouped: named && sight.step ? grouped : undefined, named });
  }

  render() {
    const { sight, grouped } = this;
    const count = sight?.pictures.length ?? 0;
    return html`
      <div class="map"><canvas role="img" aria-label="${t('live.map', { count, step: sight?.step ?? 0 })} ${this.#kinds(true)}"></canvas></div>
      <div class="row">
        <p class="kinds number" role="status" aria-live=${this.running || this.late ? 'off' : 'polite'}>${shows('stage.shares') ? this.#kinds() : nothing}</p>
        ${grouped && shows('stage.kinds')
          ? html`<label @click=${(/** @type {Event} */ event) => event.stopPropagation()}>
              <input type="checkbox" name="named" .checked=${this.named} @change=${(/** @type {any} */ event) => (this.named = event.target.checked)} />
              ${t('live.named')}
            </label>`
          : nothing}
      </div>
    `;
  }

  /** How well neighbours share their kind, beside those who have learned nothing. @param {boolean} [plain] as text alone */
  #kinds(plain = false) {
    const kinds = this.sight?.kinds;
    if (!this.sight) return plain ? '' : t(`live.${this.few ? 'few' : this.refused ? 'refused' : 'none'}`);
    if (!kinds) return plain ? '' : t('live.unlabelled');
    const { encoder, untrained, pixels } = kinds.precision;
    const words = { count: kinds.neighbours, share: percent(encoder) };
    const others = { untrained: percent(untrained), pixels: percent(pixels), chance: percent(kinds.chance) };
    if (plain) return `${t('live.kinds', words)} ${t('live.beside', others)}`;
    const { step } = this.sight;
    const shares = step ? html`${others.untrained} → <b class=${this.late ? 'faint' : ''}>${words.share}</b>` : html`<b>${words.share}</b>`;
    const beside = !step ? 'besideBefore' : this.late ? 'besideStep' : 'besideNow';
    // Where in the sentence they stand is the language's.
    const [before, after] = t('live.share', words).split('{shares}');
    return html`${before}<span class="shares">${shares}</span>${after}<br />
      <span class="beside">${t(`live.${beside}`, { ...others, step })}</span>`;
  }
}

define('live-map', LiveMap);
