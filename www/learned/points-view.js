import { LitElement, css, html, nothing, svg } from 'lit';
import { colorOf, outlineOf } from '../figures/marks.js';
import { define } from '../ui/define.js';
import { Localized, lossText, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import './point-plane.js';
import './score-bars.js';

/**
 * A run on points: the points, their h and their z in the plane, and of how many the nearest neighbours have the same
 * label: of those that are trained on, and of those held out. What it contains stands below the legend.
 *
 *     <points-view .report=${report of session.points()}></points-view>
 */
export class PointsView extends LitElement {
  static properties = { report: { attribute: false }, said: { attribute: false }, held: { type: Boolean } };

  static styles = [
    shared,
    css`
      :host { container-type: inline-size; min-width: 0; }
      .planes { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .4rem 1.1rem; }
      figure { position: relative; display: flex; flex-direction: column; margin: 0; min-width: 0; }
      figcaption { flex: 1; margin-bottom: .3rem; font-size: .92rem; line-height: 1.35; }
      figcaption small { display: block; color: var(--faint); font-size: var(--small); }
      h3 { margin-bottom: .35rem; }
      figure + figure::before { content: '→'; position: absolute; bottom: calc(50% - 1.6em); inset-inline-start: -1.1rem; width: 1.1rem; text-align: center; color: var(--faint); }
      .below { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: .6rem 1.6rem; margin-top: .6rem; }
      ul { display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin: 0; padding: 0; list-style: none; font-size: var(--small); }
      li, label { display: inline-flex; align-items: center; gap: .3rem; }
      li svg { width: 1.1rem; height: 1.1rem; flex: none; }
      input { min-height: 0; width: 1rem; height: 1rem; margin: 0; accent-color: var(--accent); }
      label { font-size: var(--small); }
      .state { margin: .3rem 0; }
      @container (max-width: 34rem) {
        .planes { gap: .4rem .9rem; }
        figcaption { font-size: var(--small); }
        figcaption small { display: none; }
        figure + figure::before { inset-inline-start: -.95rem; width: .95rem; }
        .below { grid-template-columns: minmax(0, 1fr); }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../engine/session.js').PointReport | undefined} */ this.report = undefined;
    /** How many of those held out somebody said that their neighbours would name. @type {number | undefined} */ this.said = undefined;
    /** Whether those held out are drawn. */ this.held = true;
    new Localized(this);
  }

  render() {
    const { report } = this;
    if (!report) return html`<p class="faint">${t('points.none')}</p>`;
    const [dimensions, representation, projection] = report.sight.sizes;
    const { inputs, h, z } = report.sight;
    return html`
      <div class="planes">
        ${this.#plane('inputs', inputs, dimensions, false)} ${this.#plane('h', h, representation, false)} ${this.#plane('z', z, projection, projection === 2)}
      </div>
      <div class="below">
        <div>${this.#legend()} ${this.#state(report)} <slot></slot></div>
        ${this.#bars(report)}
      </div>
    `;
  }

  /** @param {'inputs' | 'h' | 'z'} name @param {readonly number[]} places @param {number} size numbers in each @param {boolean} circle */
  #plane(name, places, size, circle) {
    const { labels, trained } = /** @type {import('../engine/session.js').PointReport} */ (this.report).sight;
    const shown = this.held ? labels : labels.slice(0, trained);
    const how = circle ? 'circle' : size === 2 ? 'plain' : name === 'z' ? 'sphere' : 'axes';
    const title = t(`points.${name}`, { size });
    return html`<figure>
      <figcaption>${title}<small>${t(`points.${how}`)}</small></figcaption>
      <point-plane .places=${places} .labels=${shown} .trained=${trained} .label="${title} ${t(`points.${how}`)}" ?circle=${circle}></point-plane>
    </figure>`;
  }

  #legend() {
    return html`<ul>
      ${[0, 1].map((label) => html`<li>${swatch(label, false)} ${t('points.label', { label })}</li>`)}
      <li>
        <label>
          <input type="checkbox" name="held" .checked=${this.held} @change=${(/** @type {any} */ event) => (this.held = event.target.checked)} />
          ${swatch(0, true)}${swatch(1, true)} ${t('points.held')}
        </label>
      </li>
    </ul>`;
  }

  /** @param {import('../engine/session.js').PointReport} report */
  #state({ epoch, losses, levels }) {
    const loss = losses.at(-1);
    const words = { epoch, chance: lossText(levels.chance), floor: lossText(levels.floor) };
    return html`<p class="state number">
      ${loss === undefined ? t('points.before', words) : t('points.state', { ...words, loss: lossText(loss) })}
    </p>`;
  }

  /** Those of random weights say so. @param {import('../engine/session.js').PointReport} report */
  #bars({ epoch, sight: { own, knn, knnOfInputs, chance, trained, labels } }) {
    const judges = labels.length - trained;
    const kind = epoch ? 'learned' : 'untrained';
    const named = (/** @type {string} */ name) => (epoch ? name : t('points.untrained', { name }));
    const bars = [
      { name: named(t('points.own', { count: trained })), share: own, kind, count: trained },
      { name: named(t('points.knn', { count: judges })), share: knn, kind, count: judges, said: this.said },
      { name: t('points.knnOfInputs'), share: knnOfInputs, kind: 'pixels', count: judges },
    ];
    return html`<div>
      <h3>${t('points.named')}</h3>
      <score-bars .bars=${bars} .chance=${chance}></score-bars>
    </div>`;
  }
}

/** @param {number} mark @param {boolean} held */
function swatch(mark, held) {
  const color = `var(${colorOf(mark)})`;
  return html`<svg viewBox="-9 -9 18 18" aria-hidden="true">
    ${svg`<path d="M0,0${outlineOf(mark, 6)}" fill=${held ? 'none' : color} stroke=${held ? color : nothing} stroke-width="1.6" />`}
  </svg>`;
}

define('points-view', PointsView);
