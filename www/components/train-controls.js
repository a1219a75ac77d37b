import { LitElement, css, html, nothing } from 'lit';
import { Localized, number, t } from '../i18n.js';
import { shared } from './styles.js';

/** @typedef {import('../session.js').TrainSettings} TrainSettings @typedef {keyof typeof FIELDS} Setting */

/** Step of the field's arrows; any number can be typed. */
const FIELDS = { batchSize: 1, temperature: 0.1, learningRate: 0.001, steps: 10, seed: 1 };

/**
 * The settings of a run and what drives it.
 *
 * Fires `settings` (a part of the settings; an empty field is NaN), `train`, `pause`, `step`, `reset`.
 */
export class TrainControls extends LitElement {
  static properties = {
    settings: { attribute: false },
    progress: { attribute: false },
    pace: { attribute: false },
    pictures: { type: Number },
    wrong: {},
    running: { type: Boolean },
    disabled: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: .7rem; margin-bottom: 1rem; }
      label { display: grid; gap: .2rem; font-size: .88rem; }
      input { width: 100%; font-size: 1rem; }
      input[aria-invalid='true'] { border: 2px solid var(--negative); }
      .clamped { margin: -.4rem 0 .8rem; }
      .buttons button { min-width: 5.5rem; }
      progress { width: 100%; height: .6rem; margin: 1rem 0 .4rem; accent-color: var(--accent); }
    `,
  ];

  constructor() {
    super();
    /** @type {TrainSettings | undefined} */ this.settings = undefined;
    /** @type {{ done: number, steps: number, finished: boolean }} */
    this.progress = { done: 0, steps: 0, finished: false };
    /** @type {{ rate: number, left: number } | undefined} */ this.pace = undefined;
    /** How many there are: a batch is no larger. */ this.pictures = Infinity;
    /** The setting that was refused. @type {string | undefined} */ this.wrong = undefined;
    this.running = false;
    this.disabled = false;
    new Localized(this);
  }

  render() {
    const { running, disabled, progress } = this;
    const idle = disabled || running;
    const clamped = this.pictures >= 2 && (this.settings?.batchSize ?? 0) > this.pictures;
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${t('train.title')}</h2>
      <p class="what">${t('train.what')}</p>
      <div class="fields">
        ${Object.keys(FIELDS).map((name) => this.#field(/** @type {Setting} */ (name)))}
      </div>
      ${clamped ? html`<p class="faint clamped">${t('train.clamped', { count: this.pictures })}</p>` : nothing}
      <div class="row buttons">
        ${running
          ? this.#button('pause', false, 'primary')
          : this.#button('train', disabled || progress.finished, 'primary')}
        ${this.#button('step', idle || progress.finished)} ${this.#button('reset', disabled)}
      </div>
      <progress
        aria-label=${t('train.title')}
        max=${progress.steps || 1}
        value=${Math.min(progress.done, progress.steps)}
      ></progress>
      <p class="row number" id="state">${this.#state()}</p>
      ${progress.finished && !running ? html`<p class="faint">${t('train.more')}</p>` : nothing}
    </section>`;
  }

  /** @param {Setting} name */
  #field(name) {
    return html`<label>
      ${t(`setting.${name}`)}
      <input
        type="number"
        inputmode="decimal"
        name=${name}
        step="any"
        aria-invalid=${this.wrong === name}
        ?disabled=${this.disabled}
        .value=${String(this.settings?.[name] ?? '')}
        @change=${this.#changed}
        @keydown=${this.#nudge}
      />
    </label>`;
  }

  /** @param {'train' | 'pause' | 'step' | 'reset'} name @param {boolean} disabled @param {string} [style] */
  #button(name, disabled, style = '') {
    return html`<button class=${style} ?disabled=${disabled} @click=${() => this.dispatchEvent(new CustomEvent(name))}>
      ${t(`train.${name}`)}
    </button>`;
  }

  #state() {
    const { progress, pace, running, settings } = this;
    const word = running ? '' : progress.finished ? 'finished' : progress.done ? 'paused' : 'ready';
    const rate = (pace?.rate ?? 0) * Math.min(settings?.batchSize ?? 0, this.pictures);
    return html`
      ${word ? html`<strong>${t(`train.${word}`)}</strong>` : nothing}
      <span>${t('train.progress', { done: progress.done, steps: progress.steps || (settings?.steps ?? 0) })}</span>
      ${pace ? html`<span>${t('train.speed', { rate: number(rate, { maximumSignificantDigits: 3 }) })}</span>` : nothing}
      ${pace && running ? html`<span>${t('train.left', { time: duration(pace.left) })}</span>` : nothing}
    `;
  }

  /** @param {Event} event */
  #changed(event) {
    const { name, valueAsNumber } = /** @type {HTMLInputElement} */ (event.target);
    this.dispatchEvent(new CustomEvent('settings', { detail: { [name]: valueAsNumber } }));
  }

  /** The arrow keys go in useful steps, though the field takes any number. @param {KeyboardEvent} event */
  #nudge(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction || Number.isNaN(input.valueAsNumber)) return;
    event.preventDefault();
    const step = FIELDS[/** @type {Setting} */ (input.name)];
    input.value = String(Number((input.valueAsNumber + direction * step).toPrecision(12)));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

/** @param {number} seconds */
function duration(seconds) {
  const [unit, size] = seconds < 90 ? ['seconds', 1] : seconds < 5400 ? ['minutes', 60] : ['hours', 3600];
  return t(`train.${unit}`, { count: Math.ceil(seconds / Number(size)) });
}

customElements.define('train-controls', TrainControls);
