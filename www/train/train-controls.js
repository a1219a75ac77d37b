import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, number, t } from '../ui/i18n.js';
import { Keys, isNowhere } from '../ui/keys.js';
import { shared } from '../ui/styles.js';
import '../ui/sure-button.js';

/** With Ctrl, or ⌘: no letter alone, which would be in the way of typing and of screen readers. */
const SHORTCUTS = { train: 'Enter', step: 'Shift+Enter', reset: 'Shift+Backspace' };

/** Steps that are soon made again. */
const FEW = 50;

/**
 * What drives a run, and how far it is. Keys work wherever the focus is: Ctrl+Enter trains and pauses, as does the
 * space bar where nothing has the focus, Ctrl+Shift+Enter makes a step, Ctrl+Shift+Backspace starts anew, which is asked
 * about where that would cost more than a few steps.
 *
 * Fires `train`, `pause`, `step`, `reset`.
 */
export class TrainControls extends LitElement {
  static properties = {
    progress: { attribute: false },
    pace: { attribute: false },
    steps: { type: Number },
    batch: { type: Number },
    more: { type: Number },
    stopped: { type: Boolean },
    running: { type: Boolean },
    disabled: { type: Boolean },
    asks: { state: true },
  };

  static styles = [
    shared,
    css`
      /* Who places it says whether it stands in a line. */
      :host { display: flex; flex-flow: var(--flow, column); align-items: stretch; gap: .6rem 1.1rem; }
      .buttons { flex: 1 1 auto; flex-wrap: nowrap; gap: .4rem; }
      .how { flex: 3 1 0; min-width: 0; }
      .buttons button, sure-button::part(button) { min-height: 3rem; padding: .3rem .5rem; white-space: nowrap; }
      .buttons button { display: flex; align-items: center; justify-content: center; gap: .5rem; }
      .buttons.asks > button { display: none; }
      .buttons .primary, sure-button[primary]::part(button) { flex: 1; font-size: 1.15rem; }
      @media (max-width: 22rem) { .buttons button, sure-button::part(button) { padding-inline: .4rem; } }
      svg { width: .8em; height: .8em; fill: currentcolor; }
      progress { display: block; width: 100%; height: .35rem; margin-bottom: .35rem; accent-color: var(--accent); }
      #state { gap: 0 .9rem; font-size: var(--small); color: var(--faint); }
      #state strong { color: var(--ink); }
    `,
  ];

  constructor() {
    super();
    /** @type {{ done: number, steps: number, finished: boolean }} */
    this.progress = { done: 0, steps: 0, finished: false };
    /** Steps a second, and seconds left. @type {{ rate: number, left: number } | undefined} */ this.pace = undefined;
    /** Of a run that has not begun. */ this.steps = 0;
    /** Pictures a step. */ this.batch = 0;
    /** Steps that a run which is finished goes on for. */ this.more = 0;
    /** The run learns nothing any more: better begun anew than gone on with. */ this.stopped = false;
    this.running = false;
    this.disabled = false;
    /** Whether to start anew is meant. */ this.asks = false;
    new Localized(this);
    new Keys(this, (event) => this.#key(event));
  }

  render() {
    const { running, progress } = this;
    return html`
      <div class="row buttons ${this.asks ? 'asks' : ''}">
        ${running ? this.#button('pause', 'train', 'M1,0h4v14h-4zM9,0h4v14h-4z') : this.#button(progress.finished ? 'on' : 'train', 'train', 'M1,0L14,7L1,14z')}
        ${shows('stage.step') ? this.#button('step', 'step') : nothing} ${shows('stage.reset') ? this.#reset() : nothing}
      </div>
      <div class="how">
        <progress
          aria-label=${t('train.progressBar')}
          max=${progress.steps || 1}
          value=${Math.min(progress.done, progress.steps)}
        ></progress>
        <p class="row number" id="state">${this.#state()}</p>
      </div>
    `;
  }

  /** No step more helps. */
  get #leadsAnew() {
    return this.stopped && !this.running;
  }

  /** @param {'train' | 'pause' | 'step' | 'reset'} name */
  #allowed(name) {
    const { disabled, running, progress } = this;
    if (name === 'pause') return running;
    if (name === 'reset') return !disabled;
    return !disabled && !running && !(name === 'step' && progress.finished);
  }

  /** @param {'train' | 'on' | 'pause' | 'step'} name @param {keyof typeof SHORTCUTS} shortcut @param {string} [sign] of the large one, a path */
  #button(name, shortcut, sign = '') {
    const keys = `Ctrl+${SHORTCUTS[shortcut]}`;
    const does = name === 'on' ? 'train' : name;
    const primary = sign && !this.#leadsAnew;
    const title = [name === 'on' && t('train.more', { count: this.more }), keys, sign && t('train.space')].filter(Boolean);
    return html`<button
      class=${primary ? 'primary' : ''}
      aria-disabled=${!this.#allowed(does)}
      aria-keyshortcuts=${keys.replace('Ctrl', 'Control')}
      title=${title.join(t('list.separator'))}
      @click=${() => this.#allowed(does) && this.#fire(does)}
    >
      ${sign ? html`<svg viewBox="0 0 14 14" aria-hidden="true"><path d=${sign} /></svg>` : nothing}${t(`train.${name}`)}
    </button>`;
  }

  #reset() {
    return html`<sure-button
      words=${t('train.reset')}
      question=${this.progress.done > FEW ? t('train.sure', { done: this.progress.done }) : ''}
      does=${t('train.reset')}
      keys="Ctrl+${SHORTCUTS.reset}"
      ?primary=${this.#leadsAnew}
      ?disabled=${!this.#allowed('reset')}
      @asks=${(/** @type {CustomEvent} */ event) => (this.asks = event.detail)}
      @sure=${() => this.#fire('reset')}
    ></sure-button>`;
  }

  /** None where it is hidden. @returns {import('../ui/sure-button.js').SureButton | null} */
  get #anew() {
    return this.renderRoot.querySelector('sure-button');
  }

  #state() {
    const { progress, pace, running } = this;
    const word = running ? 'running' : progress.finished ? 'finished' : progress.done ? 'paused' : 'ready';
    const rate = (pace?.rate ?? 0) * this.batch;
    // That it runs is seen anyway.
    return html`
      <strong role="status" class=${running ? 'spoken' : ''}>${t(`train.${word}`)}</strong>
      <span>${t('train.progress', { done: progress.done, steps: Math.max(progress.done, progress.steps || this.steps) })}</span>
      ${rate ? html`<span>${t('train.speed', { rate: number(rate, { maximumSignificantDigits: 3 }) })}</span>` : nothing}
      ${pace && running ? html`<span>${t('train.left', { time: duration(pace.left) })}</span>` : nothing}
    `;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === ' ' && isNowhere(event)) return this.#toggle(event);
    if (!event.ctrlKey && !event.metaKey) return;
    const pressed = (event.shiftKey ? 'Shift+' : '') + event.key;
    const shortcut = Object.entries(SHORTCUTS).find(([, keys]) => keys === pressed)?.[0];
    if (!shortcut) return;
    if (shortcut === 'train') return this.#toggle(event);
    event.preventDefault();
    const name = /** @type {'step' | 'reset'} */ (shortcut);
    // What is being typed into a field takes effect first.
    /** @type {any} */ (deepFocus())?.blur?.();
    const anew = this.#anew;
    if (name === 'reset' && anew) anew.ask();
    else if (this.#allowed(name)) this.#fire(name);
  }

  /** @param {KeyboardEvent} event */
  #toggle(event) {
    event.preventDefault();
    this.#anew?.withdraw();
    /** @type {any} */ (deepFocus())?.blur?.();
    const name = this.running ? 'pause' : 'train';
    if (this.#allowed(name)) this.#fire(name);
  }

  /** @param {string} name */
  #fire(name) {
    this.dispatchEvent(new CustomEvent(name));
  }
}

/** The field that has the focus, in whichever element it is. */
function deepFocus() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element?.tagName === 'INPUT' ? element : undefined;
}

/** @param {number} seconds */
function duration(seconds) {
  const [unit, size] = seconds < 90 ? ['seconds', 1] : seconds < 5400 ? ['minutes', 60] : ['hours', 3600];
  return t(`train.${unit}`, { count: Math.ceil(seconds / Number(size)) });
}

define('train-controls', TrainControls);
