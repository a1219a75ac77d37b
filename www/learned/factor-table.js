import { LitElement, css, html, nothing } from 'lit';
import { CLEAR, NEAR, normalised, verdict } from './factors.js';
import { define } from '../ui/define.js';
import { Localized, decimals, number, percent, t } from '../ui/i18n.js';
import '../figures/figure-buttons.js';
import { saidLook } from '../ui/said.js';
import { shared } from '../ui/styles.js';

/** @typedef {import('contrastive-playground').FactorScore} FactorScore */

/** @type {('encoder' | 'untrained' | 'pixels')[]} */
const COLUMNS = ['encoder', 'untrained', 'pixels'];
const MARKS = { kept: '●', partly: '◐', discarded: '○', unseen: '–' };

/**
 * Which factors of the drawn pictures the representation tells apart, and which it has discarded.
 *
 * Fires `measure`. A lesson shows the table alone (`bare`), with another run's encoder in a column of its own (`beside`), and what
 * somebody said that the encoder would tell of a factor (`said`).
 */
export class FactorTable extends LitElement {
  static properties = { table: { attribute: false }, beside: { attribute: false }, said: { attribute: false }, bare: { type: Boolean }, working: { type: Boolean }, disabled: { type: Boolean } };

  static styles = [
    shared,
    css`
      :host { container-type: inline-size; }
      .scroll { overflow-x: auto; margin: 1rem 0 .8rem; }
      table { width: 100%; max-width: 52rem; border-collapse: collapse; font-size: .92rem; }
      caption { padding-bottom: .5rem; text-align: start; color: var(--faint); }
      th, td { padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
      th { font-weight: 600; }
      thead th { font-size: .85rem; vertical-align: bottom; }
      /* Bars of the same share are equally long in all columns. */
      thead th:not(:first-child, :last-child) { width: 17%; }
      th:last-child, td:last-child { padding-inline-end: 0; text-align: end; }
      .name { display: inline-block; min-width: 7rem; }
      .verdict { display: inline-block; font-weight: 400; white-space: nowrap; }
      .kept { color: var(--positive); }
      .discarded { color: var(--negative); }
      .bar { position: relative; min-width: 2rem; height: .45rem; margin-top: .2rem; border-radius: 3px; background: color-mix(in srgb, var(--line) 55%, transparent); }
      .bar i { position: absolute; top: 0; height: 100%; border-radius: 3px; }
      .bar .fill { left: 0; background: var(--faint); }
      .encoder .bar .fill { background: var(--accent); }
      .bar .chance { top: -.15rem; width: var(--stroke, 2px); height: .75rem; border-radius: 0; background: var(--chance); box-shadow: 0 0 0 1px var(--card); }
      .bar .said { top: -.2rem; height: .85rem; ${saidLook} }
      .rule { max-width: 60rem; margin-top: .4rem; font-size: .92rem; }
      :host([bare]) .scroll { margin: 0; }
      :host([bare]) :is(caption, th, td) { padding-block: .2rem; }
      @container (max-width: 30rem) {
        table { table-layout: fixed; font-size: .82rem; }
        thead th:first-child { width: 30%; }
        thead th:not(:first-child, :last-child) { width: auto; }
        thead th { font-size: .65rem; }
        th, td { padding-inline-end: .35rem; }
        .name { display: block; min-width: 0; }
        .verdict { white-space: normal; font-size: .75rem; }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {import('contrastive-playground').FactorTable | undefined} */ this.table = undefined;
    /** @type {{ name: string, scores: readonly FactorScore[] } | undefined} */ this.beside = undefined;
    /** @type {Partial<Record<import('contrastive-playground').Factor, number>>} */ this.said = {};
    this.bare = false;
    this.working = false;
    this.disabled = false;
    new Localized(this);
  }

  render() {
    if (this.bare) return this.table ? this.#table(this.table) : nothing;
    return html`
      <p class="what">${t('factors.what')}</p>
      <button
        aria-disabled=${this.disabled || this.working}
        @click=${() => this.disabled || this.working || this.dispatchEvent(new CustomEvent('measure'))}
      >
        ${this.working ? t('factors.measuring') : t('factors.measure')}
      </button>
      ${this.table ? html`${this.#table(this.table)}${this.#rules()}` : nothing}
    `;
  }

  #rules() {
    return html`<p class="rule">${t('factors.rule', { clear: number(CLEAR), near: number(NEAR) })}</p>
      <p class="rule faint">${t('factors.bins')}</p>
      <figure-buttons .figure=${this.#figure} name="factors" .label=${t('factors.title')}></figure-buttons>`;
  }

  /** @param {import('contrastive-playground').FactorTable} table */
  #table(table) {
    const count = Math.max(0, ...table.encoder.map((score) => score.count));
    return html`
      <div class="scroll" tabindex="0" role="group" aria-label=${t('factors.title')}>
        <table>
          <caption>${t('factors.caption', { count, k: neighbours(table.encoder) })}</caption>
          <thead>
            <tr>
              <th scope="col">${t('factors.factor')}</th>
              ${this.#columns(table).map(({ name }) => html`<th scope="col">${name}</th>`)}
              <th scope="col">${t('factors.chance')}</th>
            </tr>
          </thead>
          <tbody>${table.encoder.map((score) => this.#row(table, score))}</tbody>
        </table>
      </div>
    `;
  }

  #figure = async () => {
    const { scores } = await import('../figures/figures.js');
    const table = /** @type {import('contrastive-playground').FactorTable} */ (this.table);
    const groups = table.encoder.map(({ factor }) => ({
      name: t(`factors.of.${factor}`),
      bars: COLUMNS.flatMap((column) => {
        const score = table[column].find((score) => score.factor === factor);
        const name = t(`factors.${column}`).replaceAll('\u00ad', '');
        return score ? [{ name, value: score.accuracy, count: score.count }] : [];
      }),
    }));
    return scores({ groups });
  };

  /** The encoder, then what it is compared with. @param {import('contrastive-playground').FactorTable} table */
  #columns(table) {
    const [encoder, ...others] = COLUMNS.map((kind) => ({ kind, name: t(`factors.${kind}`), scores: table[kind] }));
    return [encoder, ...(this.beside ? [{ kind: 'beside', ...this.beside }] : []), ...others];
  }

  /** @param {import('contrastive-playground').FactorTable} table @param {FactorScore} encoder */
  #row(table, encoder) {
    const { factor, chance } = encoder;
    const said = this.said[factor];
    const of = (/** @type {readonly FactorScore[]} */ scores) => scores.find((score) => score.factor === factor);
    return html`<tr class=${factor}>
      <th scope="row"><span class="name">${t(`factors.of.${factor}`)}</span> ${words(encoder, of(table.untrained), of(table.pixels), of(this.beside?.scores ?? []))} ${said === undefined ? nothing : html`<span class="verdict number faint">${t('scores.said', { share: percent(said) })}</span>`}</th>
      ${this.#columns(table).map(({ kind, scores }) => html`<td class="number ${kind}">${cell(of(scores), kind === 'encoder' ? said : undefined)}</td>`)}
      <td class="number">${share(chance)}</td>
    </tr>`;
  }
}

/** @param {[encoder: FactorScore, untrained?: FactorScore, pixels?: FactorScore, other?: FactorScore]} scores */
function words(...scores) {
  const found = verdict(...scores);
  if (!found) return nothing;
  const score = decimals(normalised(scores[0]));
  return html`<span class="verdict number">
    <span class=${found}><span aria-hidden="true">${MARKS[found]}</span> ${t(`factors.${found}`)}</span> ${score}
  </span>`;
}

/** @param {FactorScore | undefined} score @param {number} [said] */
function cell(score, said) {
  if (!score || !Number.isFinite(score.accuracy)) return '–';
  return html`${share(score.accuracy)}
    <div class="bar" aria-hidden="true">
      <i class="fill" style="width: ${100 * score.accuracy}%"></i>
      <i class="chance" style="left: ${100 * score.chance}%"></i>
      ${said === undefined ? nothing : html`<i class="said" style="left: ${100 * said}%"></i>`}
    </div>`;
}

/** @param {number} value */
function share(value) {
  return Number.isFinite(value) ? percent(value) : '–';
}

/** How many vote, which depends on the smallest class of each factor. @param {FactorScore[]} scores */
function neighbours(scores) {
  const all = scores.map(({ k }) => k);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return least === most ? number(least) : `${number(least)}–${number(most)}`;
}

define('factor-table', FactorTable);
