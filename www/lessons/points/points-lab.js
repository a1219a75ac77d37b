import { LitElement, css, html, nothing } from 'lit';
import { watchPoints } from '../../learned/points.js';
import '../../learned/points-form.js';
import '../../learned/points-view.js';
import '../../train/loss-curve.js';
import { define } from '../../ui/define.js';
import { Localized } from '../../ui/i18n.js';
import { shared } from '../../ui/styles.js';

/** @typedef {import('../../learned/points.js').Watched} Watched */

/**
 * A run on points, with its loss; before it has begun, the points as they are, and its loss may be drawn (`drawing`; fires `sketch`). With
 * `own`, the settings can be chosen and runs made here.
 *
 *     <points-lab .session=${session} .start=${{ epochs: 300 }} .watched=${watched}></points-lab>
 *     <points-lab own .session=${session} .start=${{ separation: 4 }}></points-lab>
 *
 * Fires `do` (detail: a function), for who tells what goes wrong.
 */
export class PointsLab extends LitElement {
  static properties = { session: { attribute: false }, start: { attribute: false }, watched: { attribute: false }, said: { attribute: false }, sketch: { attribute: false }, drawing: { type: Boolean }, own: { type: Boolean }, settings: { state: true }, begins: { state: true }, ends: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: grid; gap: 1rem; }
      loss-curve { height: 11rem; margin-top: .6rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../../engine/session.js').Session | undefined} */ this.session = undefined;
    /** The settings that it begins with. @type {Partial<import('../../engine/session.js').PointSettings>} */ this.start = {};
    /** @type {Watched | undefined} */ this.watched = undefined;
    /** How many of those held out somebody thinks that their neighbours name. @type {number | undefined} */ this.said = undefined;
    /** How somebody thinks that the loss will go. @type {readonly number[] | undefined} */ this.sketch = undefined;
    /** Whether that is drawn now. */ this.drawing = false;
    this.own = false;
    /** Those chosen by now. */ this.settings = this.start;
    /** The loss that they begin with. */ this.begins = NaN;
    /** Of the run under way. @type {AbortController | undefined} */ this.ends = undefined;
    new Localized(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.ends?.abort();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('start') || changed.has('session')) this.settings = { ...this.session?.pointSettings, ...this.start };
    if (changed.has('settings') && !this.watched) this.#do(() => this.#look());
  }

  render() {
    const { watched, settings, ends } = this;
    return html`
      ${this.own
        ? html`<points-form
            .settings=${settings}
            ?running=${Boolean(ends)}
            @settings=${(/** @type {CustomEvent} */ { detail }) => this.#choose(detail)}
            @train=${() => this.#do(() => this.#train())}
            @stop=${() => ends?.abort()}
          ></points-form>`
        : nothing}
      <points-view .report=${watched?.report} .said=${this.said}>
        ${watched
          ? html`<loss-curve .loss=${watched.losses} .levels=${watched.report.levels} .steps=${settings.epochs ?? 0} .begins=${this.begins} .sketch=${this.sketch} ?drawing=${this.drawing}
              @sketch=${(/** @type {CustomEvent} */ { detail }) => this.dispatchEvent(new CustomEvent('sketch', { detail }))}></loss-curve>`
          : nothing}
      </points-view>
    `;
  }

  /** @param {Partial<import('../../engine/session.js').PointSettings>} change */
  #choose(change) {
    this.settings = { ...this.settings, ...change };
    this.watched = undefined;
  }

  /** The points before any training, and what the first epoch's loss will be: random weights may cost far more than a guess. */
  async #look() {
    const { settings, session } = this;
    if (!session) return;
    for await (const report of session.points({ ...settings, every: 1 })) {
      // Meanwhile a run may have begun, or other settings been chosen.
      if (this.settings !== settings) break;
      this.begins = report.losses[0] ?? NaN;
      if (report.epoch) break;
      this.watched ??= { first: report, report, losses: [] };
    }
  }

  async #train() {
    const { session, settings } = this;
    if (!session) return;
    const ends = (this.ends = new AbortController());
    try {
      await watchPoints(session, settings, (watched) => (this.watched = watched), ends.signal);
    } finally {
      this.ends = undefined;
    }
  }

  /** @param {() => unknown} task */
  #do(task) {
    this.dispatchEvent(new CustomEvent('do', { detail: task }));
  }
}

define('points-lab', PointsLab);
