import { LitElement, css, html, nothing } from 'lit';
import { watchPoints } from '../../learned/points.js';
import '../../learned/points-form.js';
import '../../learned/points-view.js';
import '../../train/loss-curve.js';
import { define } from '../../ui/define.js';
import { Localized, t } from '../../ui/i18n.js';
import { shared } from '../../ui/styles.js';

/**
 * A run on points, with its loss; and where there is a session, the settings and the button for runs of one's own.
 *
 *     <points-lab .watched=${watched} epochs="10"></points-lab>
 *     <points-lab .session=${session} .start=${{ separation: 4 }}></points-lab>
 *
 * Fires `do` (detail: a function), for who tells what goes wrong.
 */
export class PointsLab extends LitElement {
  static properties = { watched: { attribute: false }, session: { attribute: false }, start: { attribute: false }, epochs: { type: Number }, settings: { state: true }, ends: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: grid; gap: 1rem; }
      loss-curve { height: 9rem; }
      h3 { margin-bottom: .2rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../../learned/points.js').Watched | undefined} */ this.watched = undefined;
    /** @type {import('../../engine/session.js').Session | undefined} */ this.session = undefined;
    /** The settings that it begins with. @type {Partial<import('../../engine/session.js').PointSettings>} */ this.start = {};
    /** Those chosen by now. */ this.settings = this.start;
    /** Of the whole run. */ this.epochs = 0;
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
  }

  render() {
    const { watched, session, settings, ends } = this;
    return html`
      ${session
        ? html`<points-form
            .settings=${settings}
            ?running=${Boolean(ends)}
            @settings=${(/** @type {CustomEvent} */ event) => (this.settings = { ...settings, ...event.detail })}
            @train=${() => this.dispatchEvent(new CustomEvent('do', { detail: () => this.#train(session) }))}
            @stop=${() => ends?.abort()}
          ></points-form>`
        : nothing}
      <points-view .report=${watched?.report}></points-view>
      ${watched
        ? html`<div>
            <h3>${t('curves.loss')}</h3>
            <loss-curve .loss=${watched.losses} .levels=${watched.report.levels} .steps=${session ? (settings.epochs ?? 0) : this.epochs}></loss-curve>
          </div>`
        : nothing}
    `;
  }

  /** @param {import('../../engine/session.js').Session} session */
  async #train(session) {
    const ends = (this.ends = new AbortController());
    try {
      await watchPoints(session, this.settings, (watched) => (this.watched = watched), ends.signal);
    } finally {
      this.ends = undefined;
    }
  }
}

define('points-lab', PointsLab);
