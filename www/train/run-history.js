import { LitElement, css, html, nothing, svg } from 'lit';
import { define } from '../ui/define.js';
import { Localized, number, percent, t } from '../ui/i18n.js';
import { DASHES, MARKS, runColor } from '../figures/run-marks.js';
import { runName } from './run-words.js';
import { shared } from '../ui/styles.js';

/** @typedef {import('./run-words.js').Run} Run */

/** Numbers that runs are compared by, which stand first, and those that explain them. */
const COMPARED = /** @type {const} */ (['knn', 'loss', 'chance', 'temperature', 'batch', 'steps']);
const OTHERS = /** @type {const} */ (['rate', 'pictures']);

/**
 * Earlier runs with their settings, the latest first: each can be drawn behind the curves, named and deleted.
 *
 * Fires `change` (detail: a run's id and what changes, `{ id, name? , shown? }`) and `drop` (an id).
 */
export class RunHistory extends LitElement {
  static properties = { runs: { attribute: false }, current: { type: Number } };

  static styles = [
    shared,
    css`
      h3 { margin-top: 1.2rem; }
      .scroll { overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; font-size: .9rem; }
      th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: start; white-space: nowrap; font-weight: 400; }
      thead th { font-weight: 600; }
      td.number, th.number { text-align: end; }
      input[type='text'] { width: 14rem; min-height: 2.1rem; padding: .1rem .5rem; font-size: .95rem; }
      label { display: inline-flex; align-items: center; gap: .4rem; min-height: 2rem; }
      input[type='checkbox'] { min-height: 0; width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--accent); }
      svg { width: 2.6rem; height: 1rem; }
      line { stroke-width: var(--stroke, 2px); }
      button { min-height: 2rem; padding: .1rem .6rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {Run[]} */ this.runs = [];
    /** Id of the run in hand, which the curves show in any case. @type {number | undefined} */
    this.current = undefined;
    new Localized(this);
  }

  render() {
    if (!this.runs.length) return nothing;
    return html`
      <h3 id="title">${t('runs.title')}</h3>
      <p class="what">${t('runs.what')} ${this.runs.every((run) => Number.isFinite(knnOf(run))) ? nothing : t('runs.unmeasured')}</p>
      <div class="scroll" tabindex="0" role="group" aria-labelledby="title">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('runs.shown')}</th>
              <th scope="col">${t('runs.name')}</th>
              ${COMPARED.map(numeric)}
              <th scope="col">${t('runs.method')}</th>
              <th scope="col">${t('runs.source')}</th>
              ${OTHERS.map(numeric)}
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${this.runs.map((run) => this.#row(run))}
          </tbody>
        </table>
      </div>
    `;
  }

  /** @param {Run} run */
  #row(run) {
    const { id, source, elsewhere, settings, curves, chance } = run;
    const name = runName(run);
    const pictures = elsewhere ?? run.pictures;
    const loss = curves.loss.at(-1) ?? NaN;
    const { batchSize, learningRate, temperature } = settings;
    const values = { knn: knnOf(run), loss, chance, temperature, batch: Math.min(batchSize, pictures), steps: curves.loss.length, rate: learningRate, pictures };
    const written = (/** @type {number} */ value) => number(value, { maximumSignificantDigits: 4 });
    const cells = (/** @type {readonly (keyof typeof values)[]} */ columns) => columns.map((column) => {
      const write = column === 'knn' ? percent : written;
      return html`<td class="number">${Number.isFinite(values[column]) ? write(values[column]) : '–'}</td>`;
    });
    return html`<tr>
      <td>${id === this.current ? t('runs.current') : this.#shown(run, name)}</td>
      <th scope="row">
        <input
          type="text"
          maxlength="60"
          aria-label=${t('runs.rename', { name })}
          .value=${name}
          @change=${(/** @type {any} */ event) => this.#fire('change', { id, name: event.target.value.trim() || undefined })}
        />
      </th>
      ${cells(COMPARED)}
      <td>${t(`choice.method.${settings.method}`)} · ${t(`choice.encoder.${settings.encoder}`)}</td>
      <td>${elsewhere === undefined ? t(`pictures.${source}`) : '–'}</td>
      ${cells(OTHERS)}
      <td>
        <button aria-label=${t('runs.dropOne', { name })} @click=${() => this.#fire('drop', id)}>${t('runs.drop')}</button>
      </td>
    </tr>`;
  }

  /** @param {Run} run @param {string} name */
  #shown({ id, shown, mark }, name) {
    return html`<label>
      <input
        type="checkbox"
        aria-label=${t('runs.show', { name })}
        .checked=${shown}
        @change=${(/** @type {any} */ event) => this.#fire('change', { id, shown: event.target.checked })}
      />
      <svg viewBox="0 0 42 16" aria-hidden="true">
        ${svg`<line x1="0" y1="8" x2="42" y2="8" stroke="var(${runColor(mark)})" stroke-dasharray=${DASHES[mark % MARKS].join(' ')} />`}
      </svg>
    </label>`;
  }

  /** @param {string} type @param {unknown} detail */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** How often the nearest neighbours were right at the run's end, where that was measured, by whichever version of the page. @param {Run} run */
function knnOf({ measured, curves }) {
  return measured?.step === curves.loss.length ? (measured.report?.report?.knn?.accuracy?.encoder ?? NaN) : NaN;
}

/** The head of a column of numbers. @param {string} column */
function numeric(column) {
  return html`<th scope="col" class="number">${t(`runs.${column}`)}</th>`;
}

define('run-history', RunHistory);
