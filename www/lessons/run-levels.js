import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, lossText, t } from '../ui/i18n.js';
import { saidLook } from '../ui/said.js';
import { shared } from '../ui/styles.js';
import { slider, sliderStyles } from './slider.js';

/** @typedef {{ name: string, chance: number, floor: number, loss: number, said?: number }} RunLevel `said`: where somebody thought that its loss would lie */

/**
 * Where the losses of some runs lie, each between its own floor and its own chance, all on one scale; of one to come (`asked`) it is said
 * there beforehand.
 *
 *     <run-levels .runs=${[{ name: 'τ = 0.1', chance: 4.55, floor: 0.003, loss: 3.6 }]} asked="τ = 1" label="Where will its loss lie?"></run-levels>
 *
 * Fires `guess` (detail: the loss).
 */
export class RunLevels extends LitElement {
  static properties = { runs: { attribute: false }, asked: {}, guess: { type: Number }, label: {}, disabled: { type: Boolean } };

  static styles = [
    shared,
    sliderStyles,
    css`
      :host { display: block; margin-bottom: 1rem; }
      ol { max-width: 46rem; margin: 0; padding: 0; list-style: none; }
      li { padding: .5rem 0 1.5rem; border-top: 1px solid var(--line); }
      .track { position: relative; height: 1.1rem; margin: 1.5rem 1.2rem 0; background: linear-gradient(var(--line), var(--line)) 0 50% / 100% 1px no-repeat; font-size: .82rem; }
      .track i { position: absolute; inset-block: 0; }
      .way { background: color-mix(in srgb, var(--accent) 16%, var(--card)); border-inline-start: 2px dotted var(--faint); border-inline-end: 2px dashed var(--chance); }
      .loss { width: 0; border-inline-start: var(--stroke) solid var(--accent); inset-block: -.2rem !important; }
      .loss::before { content: ''; position: absolute; left: -.45rem; top: .35rem; width: .9rem; height: .9rem; border-radius: 50%; background: var(--accent); }
      .said { ${saidLook} inset-block: -.3rem !important; }
      /* Its handle goes from end to end of the tracks above it; before an answer there is none. */
      .slider { width: calc(100% - 1.9rem); margin: .3rem .95rem 0; background: linear-gradient(var(--faint), var(--faint)) 50% / calc(100% - .5rem) 2px no-repeat; }
      .open::-webkit-slider-thumb { opacity: 0; }
      .open::-moz-range-thumb { opacity: 0; }
      .track span { position: absolute; top: 1.3rem; white-space: nowrap; }
      /* Above, where a floor that is near cannot reach it. */
      .track .chance { top: -1.5rem; color: var(--chance); }
      .track .floor { color: var(--faint); }
      .track span.leftward { translate: -100% 0; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly RunLevel[]} */ this.runs = [];
    /** The name of the run to come. @type {string | undefined} */ this.asked = undefined;
    /** @type {number | undefined} */ this.guess = undefined;
    /** The question. */ this.label = '';
    this.disabled = false;
    new Localized(this);
  }

  render() {
    const end = Math.max(...this.runs.flatMap(({ chance, loss }) => [chance, loss]));
    return html`<ol>${this.runs.map((run) => this.#run(run, end))}${this.asked ? this.#asked(this.asked, end) : nothing}</ol>`;
  }

  /** @param {RunLevel} run @param {number} end of the scale */
  #run({ name, chance, floor, loss, said }, end) {
    const at = (/** @type {number} */ value) => `${(100 * value) / end}%`;
    const leftward = (/** @type {number} */ value) => (value > 0.4 * end ? 'leftward' : '');
    return html`<li class="number">
      <b>${name}</b> · ${t('lessons.loss', { loss: lossText(loss) })}${said === undefined ? nothing : html` <span class="faint">· ${t('scores.said', { share: lossText(said) })}</span>`}
      <div class="track">
        <i class="way" style="left: ${at(floor)}; width: ${at(chance - floor)}"></i>
        <i class="loss" style="left: ${at(loss)}"></i>
        ${said === undefined ? nothing : html`<i class="said" style="left: ${at(said)}"></i>`}
        <span class="floor ${leftward(floor)}" style="left: ${at(floor)}">${t('curves.floor')} ${lossText(floor)}</span>
        <span class="chance ${leftward(chance)}" style="left: ${at(chance)}">${t('curves.chance')} ${lossText(chance)}</span>
      </div>
    </li>`;
  }

  /** @param {string} name @param {number} end */
  #asked(name, end) {
    const { guess, label } = this;
    const words = guess === undefined ? t('lessons.unanswered') : t('scores.said', { share: lossText(guess) });
    const tell = (/** @type {number} */ detail) => this.dispatchEvent(new CustomEvent('guess', { detail }));
    return html`<li class="number">
      <b>${name}</b> · <span class="faint">${words}</span>
      ${slider({ label: `${label} ${name}`, words, value: guess, start: end / 2, max: end, step: 0.05, disabled: this.disabled }, tell)}
    </li>`;
  }
}

define('run-levels', RunLevels);
