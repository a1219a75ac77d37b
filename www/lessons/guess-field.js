import { LitElement, css, html, nothing, unsafeCSS } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { SHAPE_NAMES, sketchOf } from '../train/sketch.js';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import '../ui/pixel-square.js';
import { shared } from '../ui/styles.js';
import { SMALL } from '../ui/windows.js';

/** @typedef {import('./lesson.js').Guess} Guess @typedef {import('./lesson.js').Shown} Shown */

/**
 * Where a prediction is made that is not made on the stage: one of several sentences, or of several pictures; of a curve,
 * which can be drawn on the chart, the ways that it may go.
 *
 *     <guess-field .guess=${{ kind: 'choice', options: ['up', 'down'] }} words="lesson.first.s2" .value=${'up'}></guess-field>
 *
 * Fires `guess` (detail: the option's name, the picture's number, or the curve).
 */
export class GuessField extends LitElement {
  static properties = {
    guess: { attribute: false },
    words: {},
    values: { attribute: false },
    value: { attribute: false },
    pictures: { attribute: false },
    levels: { attribute: false },
    disabled: { type: Boolean },
    settled: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
      legend { padding: 0 0 .4rem; font-weight: 600; }
      label { display: flex; gap: .55rem; align-items: baseline; padding: .38rem .6rem; border: 1px solid var(--line); border-radius: 7px; background: var(--card); cursor: pointer; line-height: 1.35; }
      .predicted { padding: 0; font-size: var(--small); font-weight: 400; color: var(--faint); }
      .options { display: flex; flex-direction: column; gap: .35rem; }
      label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
      label:has(:disabled) { cursor: default; }
      input[type='radio'] { min-height: 0; width: 1rem; height: 1rem; margin: 0; flex: none; accent-color: var(--accent); transform: translateY(.1rem); }
      @media ${unsafeCSS(SMALL)} {
        legend { padding-bottom: .2rem; line-height: 1.3; }
        .options { flex-flow: row wrap; }
        .options label { flex: 1 1 auto; padding: .3rem .5rem; }
      }
      .pictures { display: flex; flex-wrap: wrap; gap: .5rem; }
      .pictures label { display: block; margin: 0; padding: .3rem; text-align: center; }
      .pictures input { position: absolute; opacity: 0; }
      .pictures label:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
      .pictures .number { display: block; color: var(--faint); font-size: var(--small); line-height: 1.2; }
      pixel-square { width: 3.6rem; }
      .query { align-self: center; margin: 0 .8rem 0 3px; border-radius: 5px; outline: 3px solid var(--anchor); line-height: 0; }
    `,
  ];

  constructor() {
    super();
    /** @type {Guess} */ this.guess = { kind: 'choice', options: [] };
    /** The key under which the step's words are. */ this.words = '';
    /** @type {Record<string, string | number>} That the question is filled with. */ this.values = {};
    /** @type {any} */ this.value = undefined;
    /** @type {{ query?: Shown, options: readonly Shown[] } | undefined} */ this.pictures = undefined;
    /** Of the loss, for a curve. */ this.levels = { chance: NaN, floor: NaN };
    this.disabled = false;
    /** It was put to the test: only what was predicted is left of it. */ this.settled = false;
    new Localized(this);
  }

  render() {
    const { guess, words, settled } = this;
    // What was drawn or chosen beside it is seen there.
    if (settled && (this.value === undefined || guess.kind === 'curve' || guess.kind === 'beside')) return nothing;
    const question = t(`${words}.guess`, this.values);
    const field = { choice: () => this.#choice(), curve: () => this.#curve(), picture: () => this.#picture(), beside: () => nothing }[guess.kind];
    // Between levels that are not known nothing can be drawn.
    const unknown = guess.kind === 'curve' && !Number.isFinite(this.levels.chance);
    return html`<fieldset ?disabled=${this.disabled || unknown}>
      <legend class=${settled ? 'predicted' : ''}>${settled ? html`${t('lessons.predicted')}<span class="spoken">${t('list.colon')}${question}</span>` : question}</legend>
      ${field()}
    </fieldset>`;
  }

  #choice() {
    const { guess, words, value } = this;
    return html`<div class="options">${(guess.options ?? []).map((name) => this.#radio(name, t(`${words}.option.${name}`), value === name, name))}</div>`;
  }

  #curve() {
    const { levels, value, words } = this;
    const same = (/** @type {readonly number[]} */ sketch) => sketch.every((height, place) => height === value?.[place]);
    return html`<div class="options">${(this.guess.options ?? SHAPE_NAMES).map((name) => {
      const sketch = sketchOf(/** @type {import('../train/sketch.js').Shape} */ (name), levels);
      return this.#radio(name, t(this.guess.options ? `${words}.option.${name}` : `lessons.curve.${name}`), same(sketch), sketch);
    })}</div>`;
  }

  #picture() {
    const { pictures, value } = this;
    if (!pictures) return html`<p class="faint">${t('lessons.pictures')}</p>`;
    return html`<div class="pictures">
      ${pictures.query ? html`<span class="query">${square(pictures.query)}</span>` : nothing}
      ${pictures.options.map(
        (picture, index) => html`<label>
          <input type="radio" name="guess" .checked=${value === index} @change=${() => this.#tell(index)} />
          ${square(picture)}
          <span class="number">${index + 1}</span>
        </label>`,
      )}
    </div>`;
  }

  /** @param {string} name @param {string} words @param {boolean} checked @param {unknown} value */
  #radio(name, words, checked, value) {
    return html`<label ?hidden=${this.settled && !checked}>
      <input type="radio" name="guess" value=${name} .checked=${checked} @change=${() => this.#tell(value)} />
      <span>${words}</span>
    </label>`;
  }

  /** @param {unknown} detail */
  #tell(detail) {
    this.dispatchEvent(new CustomEvent('guess', { detail }));
  }
}

/** @param {Shown} picture */
function square({ rgb, side, name }) {
  return html`<pixel-square .pixels=${guard([rgb], () => rgb)} .side=${side} label=${name}></pixel-square>`;
}

define('guess-field', GuessField);
