import { LitElement, css, html, nothing, svg } from 'lit';
import { define } from '../ui/define.js';
import { Localized, number, t } from '../ui/i18n.js';
import { colorOf, isDashed, shapeOf } from '../figures/marks.js';
import { shared } from '../ui/styles.js';

/**
 * The groups of a map: a button for each, which makes it stand out from the others.
 *
 * Fires `light` with the Set of the groups that are to stand out, by index; with none, all are alike.
 */
export class MapLegend extends LitElement {
  static properties = { groups: { attribute: false }, lit: { attribute: false } };

  static styles = [
    shared,
    css`
      ul { display: flex; flex-wrap: wrap; gap: .35rem; margin: 0; padding: 0; list-style: none; }
      button { display: flex; align-items: center; gap: .45rem; max-width: 16rem; min-height: 2.2rem; padding: .2rem .6rem; font-size: .88rem; text-align: start; }
      button[aria-pressed='true'] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600; }
      .value { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      svg { flex: none; width: 1.1rem; height: 1.1rem; overflow: visible; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly import('../figures/groups.js').Group[]} */ this.groups = [];
    /** @type {ReadonlySet<number>} */ this.lit = new Set();
    new Localized(this);
  }

  render() {
    return html`<ul aria-label=${t('map.legend')}>
      ${this.groups.map((group, index) => (group.count ? html`<li>${this.#group(group, index)}</li>` : nothing))}
    </ul>`;
  }

  /** @param {import('../figures/groups.js').Group} group @param {number} index */
  #group({ kind, value, mark, count }, index) {
    const name = { value, other: t('map.other'), none: t('map.noValue') }[kind];
    return html`<button aria-pressed=${this.lit.has(index)} title=${name} @click=${() => this.#toggle(index)}>
      ${swatch(mark)}<span class="value">${name}</span><span class="faint number">${number(count)}</span>
    </button>`;
  }

  /** @param {number} index */
  #toggle(index) {
    const detail = new Set(this.lit);
    if (!detail.delete(index)) detail.add(index);
    this.dispatchEvent(new CustomEvent('light', { detail }));
  }
}

/** @param {number} mark */
function swatch(mark) {
  const color = `var(${colorOf(mark)})`;
  const points = shapeOf(mark).map((point) => point.map((value) => 5 * value).join()).join(' ');
  return html`<svg viewBox="-10 -10 20 20" aria-hidden="true">
    ${svg`<rect x="-9" y="-9" width="18" height="18" fill="none" stroke=${color}
      stroke-width=${mark < 0 ? 1 : 2} stroke-dasharray=${isDashed(mark) ? '3.5 2.5' : nothing} />
    <polygon points=${points} fill=${color} />`}
  </svg>`;
}

define('map-legend', MapLegend);
