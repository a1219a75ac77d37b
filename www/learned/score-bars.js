import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, number, percent, t } from '../ui/i18n.js';
import { wilson } from '../figures/interval.js';
import { saidLook } from '../ui/said.js';
import { shared } from '../ui/styles.js';

/**
 * Shares side by side, each with its 95 % interval as a whisker and in words, and a line at the chance level. Where pictures have shares of
 * their own, as of their neighbours, it is as wide as it can be. Of what is no count of pictures (`count` 0) there is none. What somebody
 * said that a share would be (`said`) has a mark of its own.
 *
 * `kind` of a bar is how it is filled: `learned`, `untrained` or `pixels`.
 */
export class ScoreBars extends LitElement {
  static properties = { bars: { attribute: false }, count: { type: Number }, chance: { type: Number } };

  static styles = [
    shared,
    css`
      ul { margin: 0; padding: 0; list-style: none; }
      li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .1rem .8rem; margin-bottom: .45rem; font-size: .92rem; }
      b { display: inline-block; min-width: 2.6rem; text-align: end; }
      .value { margin-inline-start: auto; }
      .track { position: relative; flex: 0 0 100%; height: 1.15rem; border-radius: 4px; background: color-mix(in srgb, var(--line) 55%, transparent); }
      .track i { position: absolute; top: 0; height: 100%; }
      .fill { left: 0; border-radius: 4px; }
      .learned { background: var(--accent); }
      .untrained { background: repeating-linear-gradient(135deg, var(--faint) 0 4px, color-mix(in srgb, var(--faint) 45%, var(--card)) 4px 8px); }
      .pixels { border: var(--stroke, 2px) solid var(--faint); }
      .track .whisker { top: 20%; height: 60%; border: solid var(--ink); border-width: 0 var(--stroke, 2px); filter: drop-shadow(0 0 1px var(--card)) drop-shadow(0 0 1px var(--card)); }
      .whisker::before { content: ''; position: absolute; inset: calc(50% - var(--stroke, 2px) / 2) 0 auto; border-top: var(--stroke, 2px) solid var(--ink); }
      /* Seen on every filling: its gaps are light where the dashes are dark. */
      .track .chance { top: -.1rem; width: var(--stroke, 2px); height: calc(100% + .2rem); background: repeating-linear-gradient(var(--chance) 0 4px, var(--card) 4px 7px); }
      .track .said { top: -.3rem; height: calc(100% + .6rem); ${saidLook} }
      .level { position: relative; height: 1.3rem; font-size: .82rem; color: var(--chance); }
      .level span { position: absolute; white-space: nowrap; }
    `,
  ];

  constructor() {
    super();
    /** @type {{ name: string, share: number, kind: string, count?: number, said?: number }[]} */ this.bars = [];
    /** How many were judged, of a bar that does not say so itself. */ this.count = 0;
    /** None where it is not known. */ this.chance = NaN;
    new Localized(this);
  }

  render() {
    return html`
      <ul role="list">${this.bars.map((bar) => this.#bar(bar))}</ul>
      ${Number.isFinite(this.chance) ? this.#level() : nothing}
    `;
  }

  /** @param {ScoreBars['bars'][number]} bar */
  #bar({ name, share, kind, count = this.count, said }) {
    const [low, high] = wilson(share, count);
    const shown = Number.isFinite(share);
    const sure = shown && count > 0;
    return html`<li>
      <span>${name}</span>
      <span class="value number">
        <b>${shown ? percent(share) : '–'}</b>
        ${sure ? html`<span class="faint">${interval(low, high)}</span>` : nothing}
        ${said === undefined ? nothing : html`<span class="faint">· ${t('scores.said', { share: percent(said) })}</span>`}
      </span>
      <div class="track" aria-hidden="true">
        ${shown ? html`<i class="fill ${kind}" style="width: ${100 * share}%"></i>` : nothing}
        ${Number.isFinite(this.chance) ? html`<i class="chance" style="left: ${100 * this.chance}%"></i>` : nothing}
        ${sure ? html`<i class="whisker" style="left: ${100 * low}%; width: ${100 * (high - low)}%"></i>` : nothing}
        ${said === undefined ? nothing : html`<i class="said" style="left: ${100 * said}%"></i>`}
      </div>
    </li>`;
  }

  /** The words stand at the line, and never beyond the ends. */
  #level() {
    const place = 100 * this.chance;
    return html`<p class="level number">
      <span style="left: ${place}%; transform: translateX(-${place}%)">${t('scores.chance', { share: percent(this.chance) })}</span>
    </p>`;
  }
}

/** @param {number} low @param {number} high */
function interval(low, high) {
  const whole = (/** @type {number} */ share) => number(100 * share, { maximumFractionDigits: 0 });
  return t('scores.interval', { low: whole(low), high: whole(high) });
}

define('score-bars', ScoreBars);
