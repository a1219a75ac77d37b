import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, describe, number, t } from '../ui/i18n.js';
import { compare, wilson } from '../figures/interval.js';
import './score-bars.js';
import '../figures/figure-buttons.js';
import { shared } from '../ui/styles.js';

/**
 * @typedef {'knn' | 'probe' | 'few'} Measure
 * @typedef {{ bars: { name: string, share: number, kind: string }[], count: number, chance: number }} Result
 */

/** @type {Measure[]} */
const MEASURES = ['knn', 'probe', 'few'];
/** Held-out pictures under which a percentage means little. */
const FEW = 30;
/** Dimensions under which the representations have as good as collapsed. */
const COLLAPSED = 2;

/**
 * How well labels can be guessed from what was learned, always beside the same with nothing learned.
 *
 * Fires `measure` with `knn`, `probe` or `few`.
 */
export class LearnedScores extends LitElement {
  static properties = {
    report: { attribute: false },
    few: { attribute: false },
    working: {},
    problem: { attribute: false },
    disabled: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      .measures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 1.6rem 2rem; }
      /* Side by side, the bars of all begin at the same height. */
      .measure { display: grid; grid-row: span 4; grid-template-rows: subgrid; row-gap: 0; align-items: start; }
      .measure button { justify-self: start; }
      score-bars { margin: 1rem 0 .4rem; }
      .verdict p { margin-bottom: .4rem; }
      .about { display: grid; gap: .4rem; margin-top: 1.2rem; padding-top: .9rem; border-top: 1px solid var(--line); }
      .about p { max-width: 60rem; }
      .problem, .warn { margin-top: .9rem; padding: .5rem .8rem; border-radius: 7px; background: var(--warn); color: var(--warn-ink); }
      .warn { margin: 0; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('contrastive-playground').Report | undefined} */ this.report = undefined;
    /** @type {import('contrastive-playground').FineTuneResult | undefined} */ this.few = undefined;
    /** What is being measured. @type {'' | Measure} */ this.working = '';
    /** @type {{ code?: string, details?: Record<string, any>, message?: string } | undefined} */ this.problem = undefined;
    this.disabled = false;
    new Localized(this);
  }

  render() {
    return html`
      <div class="measures">${MEASURES.filter((measure) => shows(`learned.${measure}`)).map((measure) => this.#measure(measure))}</div>
      <div role="status">${this.problem ? html`<p class="problem">${describe(this.problem)}</p>` : nothing}</div>
      ${this.report || this.few ? this.#about() : nothing}
    `;
  }

  /** @param {Measure} measure */
  #measure(measure) {
    const result = this.#result(measure);
    const working = this.working === measure;
    return html`<div class="measure" role="group" aria-labelledby=${measure}>
      <h3 id=${measure}>${t(`scores.${measure}`)}</h3>
      <p class="what">${t(`scores.${measure}.what`)}</p>
      <button
        name=${measure}
        ?disabled=${this.disabled || Boolean(this.working)}
        @click=${() => this.dispatchEvent(new CustomEvent('measure', { detail: measure }))}
      >
        ${working ? t('scores.measuring') : t(`scores.${measure}.measure`)}
      </button>
      <div role="status" aria-busy=${working}>
        ${result
          ? html`
              <score-bars .bars=${result.bars} .count=${result.count} .chance=${result.chance}></score-bars>
              <div class="verdict">${verdict(measure, result).map((sentence) => html`<p>${sentence}</p>`)}</div>
            `
          : nothing}
      </div>
    </div>`;
  }

  /** The learned one first, and then what it has to beat. @param {Measure} measure @returns {Result | undefined} */
  #result(measure) {
    const { report, few } = this;
    if (measure === 'few') return few && fewLabels(few, report);
    const scores = report?.[measure];
    if (!report || !scores) return undefined;
    const bar = (/** @type {'encoder' | 'untrained' | 'pixels'} */ kind) => ({
      name: t(`scores.${kind}`), share: scores[kind], kind: kind === 'encoder' ? 'learned' : kind,
    });
    return { bars: [bar('encoder'), bar('untrained'), bar('pixels')], count: report.heldOut, chance: report.chance };
  }

  #about() {
    return html`<div class="about">
      ${this.report ? spread(this.report) : nothing}
      ${this.report ? html`<p>${t('scores.counts', { heldOut: this.report.heldOut, train: this.report.train })}</p>` : nothing}
      ${this.few ? html`<p>${t('scores.few.counts', { heldOut: this.few.heldOut, count: this.few.labels })}</p>` : nothing}
      <p class="faint">${t('scores.whisker')}</p>
      <figure-buttons .figure=${this.#figure} name="scores" .label=${t('figure.accuracy')}></figure-buttons>
    </div>`;
  }

  #figure = async () => {
    const { scores } = await import('../figures/figures.js');
    const measured = MEASURES.map((measure) => ({ measure, result: this.#result(measure) })).filter(({ result }) => result);
    const groups = measured.map(({ measure, result }) => {
      const { bars, count } = /** @type {Result} */ (result);
      return { name: t(`scores.${measure}`), bars: bars.map(({ name, share }) => ({ name, value: share, count })) };
    });
    return scores({ groups, chance: this.report?.chance });
  };
}

/**
 * @param {import('contrastive-playground').FineTuneResult} few
 * @param {import('contrastive-playground').Report | undefined} report
 * @returns {Result}
 */
function fewLabels({ pretrained, scratch, heldOut }, report) {
  return {
    bars: [
      { name: t('scores.pretrained'), share: pretrained, kind: 'learned' },
      { name: t('scores.scratch'), share: scratch, kind: 'untrained' },
    ],
    count: heldOut,
    // Chance is that of the same pictures.
    chance: report?.heldOut === heldOut ? report.chance : NaN,
  };
}

/** What may be said of a result, honestly. @param {Measure} measure @param {Result} result */
function verdict(measure, { bars, count }) {
  if (!bars.every(({ share }) => Number.isFinite(share))) return [];
  const [learned, other, pixels] = bars.map(({ share }) => wilson(share, count));
  const found = compare(learned, other);
  const few = measure === 'few' ? 'few.' : '';
  return [
    t(`scores.${few}${found}`, { count }),
    ...(pixels && compare(pixels, learned) === 'above' ? [t('scores.pixelsBetter')] : []),
    ...(count < FEW ? [t('scores.tooFew', { count })] : []),
  ];
}

/** @param {import('contrastive-playground').Report} report */
function spread({ effectiveRank, representation }) {
  if (!Number.isFinite(effectiveRank)) return nothing;
  const rank = number(effectiveRank, { maximumFractionDigits: effectiveRank < 10 ? 1 : 0 });
  return html`
    <p id="rank">${t('scores.rank', { rank, all: representation })}</p>
    ${effectiveRank < COLLAPSED ? html`<p class="warn">${t('scores.collapsed')}</p>` : nothing}
  `;
}

define('learned-scores', LearnedScores);
