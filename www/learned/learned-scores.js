import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, describe, listed, number, t } from '../ui/i18n.js';
import { judgedBy, told } from './judges.js';
import './score-bars.js';
import '../figures/figure-buttons.js';
import { shared } from '../ui/styles.js';

/**
 * @typedef {'knn' | 'probe' | 'few'} Measure
 * @typedef {{ bars: { name: string, share: number, kind: string }[], count: number, chance: number, told: import('./judges.js').Sentence[] }} Result
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
 * Fires `measure` with `{ what, seen }`: `knn`, `probe` or `few`, and whether pictures that were trained on may judge; and
 * `anew` where it is wished to train from the beginning.
 */
export class LearnedScores extends LitElement {
  static properties = {
    report: { attribute: false },
    few: { attribute: false },
    working: {},
    problem: { attribute: false },
    running: { type: Boolean },
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
      .verdict p, #k { margin-bottom: .4rem; }
      .about { display: grid; gap: .4rem; margin-top: 1.2rem; padding-top: .9rem; border-top: 1px solid var(--line); }
      .about p { max-width: 60rem; }
      .problem, .warn { margin-top: .9rem; padding: .5rem .8rem; border-radius: 7px; background: var(--warn); color: var(--warn-ink); }
      .warn { margin: 0; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('contrastive-playground').JudgedReport | undefined} */ this.report = undefined;
    /** @type {import('contrastive-playground').FewReport | undefined} */ this.few = undefined;
    /** What was asked for last. @type {Measure} */ this.asked = 'knn';
    this.running = false;
    /** What is being measured. @type {'' | Measure} */ this.working = '';
    /** @type {{ code?: string, details?: Record<string, any>, message?: string } | undefined} */ this.problem = undefined;
    this.disabled = false;
    new Localized(this);
  }

  render() {
    return html`
      <div class="measures">${MEASURES.filter((measure) => shows(`learned.${measure}`)).map((measure) => this.#measure(measure))}</div>
      <div role="status">${this.problem ? this.#problem(this.problem) : nothing}</div>
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
        aria-disabled=${this.#waits}
        @click=${() => this.#ask(measure)}
      >
        ${working ? t('scores.measuring') : t(`scores.${measure}.measure`)}
      </button>
      <div role="status" aria-busy=${working}>
        ${result
          ? html`
              <score-bars .bars=${result.bars} .count=${result.count} .chance=${result.chance}></score-bars>
              ${measure === 'knn' && this.report ? html`<p class="faint" id="k">${t('scores.k', { count: this.report.report.k })}</p>` : nothing}
              <div class="verdict">${verdict(result).map((sentence) => html`<p>${sentence}</p>`)}</div>
            `
          : nothing}
      </div>
    </div>`;
  }

  get #waits() {
    return this.disabled || Boolean(this.working);
  }

  /** @param {Measure} what @param {boolean} [seen] */
  #ask(what, seen = false) {
    if (this.#waits) return;
    this.asked = what;
    this.dispatchEvent(new CustomEvent('measure', { detail: { what, seen } }));
  }

  /** @param {NonNullable<LearnedScores['problem']>} problem */
  #problem(problem) {
    const blocked = this.running || this.#waits;
    // There are two ways on.
    const ways = html`<p class="row">
      <button name="anew" ?disabled=${blocked} @click=${() => this.dispatchEvent(new CustomEvent('anew'))}>${t('scores.anew')}</button>
      <button name="seen" ?disabled=${this.#waits} @click=${() => this.#ask(this.asked, true)}>${t('scores.bySeen')}</button>
    </p>`;
    return html`<div class="problem"><p>${describe(problem)}</p>${problem.code === 'tooFewUnseen' ? ways : nothing}</div>`;
  }

  /** The learned one first, and then what it has to beat. @param {Measure} measure @returns {Result | undefined} */
  #result(measure) {
    const { report, few } = this;
    if (measure === 'few') return few && fewLabels(few.result);
    const judged = report?.report[measure];
    if (!report || !judged) return undefined;
    const { accuracy: scores } = judged;
    const bar = (/** @type {'encoder' | 'untrained' | 'pixels'} */ kind) => ({
      name: t(`scores.${kind}`), share: scores[kind], kind: kind === 'encoder' ? 'learned' : kind,
    });
    return {
      bars: [bar('encoder'), bar('untrained'), bar('pixels')],
      count: report.report.heldOut,
      chance: report.report.chance,
      told: [told('againstUntrained', judged.againstUntrained), told('againstPixels', judged.againstPixels)],
    };
  }

  #about() {
    return html`<div class="about">
      ${this.report ? spread(this.report.report) : nothing}
      ${this.report ? html`<div id="judges"><p>${t('scores.counts', { train: this.report.report.train })}</p>${sentences(judgedBy(this.report.judges))}</div>` : nothing}
      ${this.few ? html`<div><p>${t('scores.few.counts', { count: this.few.result.labels, most: this.few.result.perClass })}</p>${sentences(judgedBy(this.few.judges))}</div>` : nothing}
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
    return scores({ groups, chance: (this.report?.report ?? this.few?.result)?.chance });
  };
}

/** @param {import('contrastive-playground').FineTuneResult} few @returns {Result} */
function fewLabels({ pretrained, scratch, pixels, againstScratch, againstPixels, heldOut, chance }) {
  return {
    bars: [
      { name: t('scores.pretrained'), share: pretrained, kind: 'learned' },
      { name: t('scores.scratch'), share: scratch, kind: 'untrained' },
      { name: t('scores.pixels'), share: pixels, kind: 'pixels' },
    ],
    count: heldOut,
    chance,
    told: [told('againstScratch', againstScratch), told('againstPixels', againstPixels)],
  };
}

/** What may be said of a result, honestly. @param {Result} result */
function verdict({ bars, count, told }) {
  if (!bars.every(({ share }) => Number.isFinite(share))) return [];
  return [...told.map(said), ...(count < FEW ? [t('scores.tooFew', { count })] : [])];
}

/** @param {import('./judges.js').Sentence[]} all */
function sentences(all) {
  return all.map((sentence) => html`<p>${said(sentence)}</p>`);
}

/** @param {import('./judges.js').Sentence} sentence */
function said({ key, values: { labels = [], p = NaN, ...values } }) {
  return t(key, { ...values, labels: listed(labels), p: p < 0.001 ? `< ${number(0.001)}` : `= ${number(p, { maximumSignificantDigits: 2 })}` });
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
