import { LitElement, css, html, nothing } from 'lit';
import '../learned/score-bars.js';
import { define } from '../ui/define.js';
import { shared } from '../ui/styles.js';

/** @typedef {{ title: string, what?: string, bars: import('../learned/score-bars.js').ScoreBars['bars'], count: number, chance?: number }} Group */

/**
 * What several runs came to, beside one another: a group of bars for each thing that was measured.
 *
 *     <score-groups .groups=${[{ title: 'Colour', bars: [{ name: 'Crops alone', share: 0.8, kind: 'learned' }], count: 200, chance: 0.2 }]}></score-groups>
 */
export class ScoreGroups extends LitElement {
  static properties = { groups: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1.4rem 2.4rem; align-content: start; }
      h3 { margin-bottom: .3rem; }
      .what { margin-bottom: .6rem; color: var(--faint); }
      score-bars { display: block; margin-top: .6rem; }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly Group[]} */ this.groups = [];
  }

  render() {
    return this.groups.map(
      ({ title, what, bars, count, chance = NaN }) => html`<section>
        <h3>${title}</h3>
        ${what ? html`<p class="what">${what}</p>` : nothing}
        <score-bars .bars=${bars} .count=${count} .chance=${chance}></score-bars>
      </section>`,
    );
  }
}

define('score-groups', ScoreGroups);
