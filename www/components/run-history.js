import { LitElement, css, html, nothing } from 'lit';
import { Localized, i18n, number, t } from '../i18n.js';
import { shared } from './styles.js';

/** The runs that were kept, the latest first. Fires `drop` with a run's id. */
export class RunHistory extends LitElement {
  static properties = { runs: { attribute: false } };

  static styles = [
    shared,
    css`
      .scroll { overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; font-size: .92rem; }
      th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: start; white-space: nowrap; }
      td.number, th.number { text-align: end; }
      button { min-height: 2rem; padding: .1rem .6rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../store.js').Run[]} */ this.runs = [];
    new Localized(this);
  }

  render() {
    if (!this.runs.length) return nothing;
    const columns = ['pictures', 'steps', 'batch', 'temperature', 'loss', 'chance'];
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${t('runs.title')}</h2>
      <p class="what">${t('runs.what')}</p>
      <div class="scroll" tabindex="0" role="group" aria-labelledby="title">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('runs.began')}</th>
              <th scope="col">${t('pictures.source')}</th>
              ${columns.map((column) => html`<th scope="col" class="number">${t(`runs.${column}`)}</th>`)}
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${this.runs.map((run) => this.#row(run))}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  /** @param {import('../store.js').Run} run */
  #row({ id, source, pictures, settings, losses, chance }) {
    const began = new Date(id).toLocaleString(i18n.tag, { dateStyle: 'medium', timeStyle: 'short' });
    const loss = losses.at(-1) ?? NaN;
    const values = [pictures, losses.length, Math.min(settings.batchSize, pictures), settings.temperature, loss, chance];
    return html`<tr>
      <th scope="row">${began}</th>
      <td>${t(`pictures.${source}`)}</td>
      ${values.map((value) => html`<td class="number">${number(value, { maximumFractionDigits: 3 })}</td>`)}
      <td>
        <button
          aria-label=${t('runs.dropOne', { began })}
          @click=${() => this.dispatchEvent(new CustomEvent('drop', { detail: id }))}
        >
          ${t('runs.drop')}
        </button>
      </td>
    </tr>`;
  }
}

customElements.define('run-history', RunHistory);
