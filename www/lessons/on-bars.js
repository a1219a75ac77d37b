// Predictions that are made on bars beside a lesson, and these bars once they are measured.
import { html } from 'lit';

/** @typedef {import('./lesson.js').Context} Context */

/** Bars that are to be predicted. @param {Context} context @param {string} question @param {import('./guess-bars.js').GuessBars['bars']} bars @param {string} [title] what they are of, where nothing above says it */
export function asked({ guess, choose, state }, question, bars, title) {
  return html`${title ? html`<h3>${title}</h3>` : ''}
    <guess-bars .bars=${bars} .guess=${guess} label=${question} ?disabled=${Boolean(state.lectern?.running)}
      @guess=${(/** @type {CustomEvent} */ { detail }) => choose(detail)}></guess-bars>`;
}

/** What it came to, the first of them beside what was said of it. @param {Context} context @param {import('./score-groups.js').Group} group */
export function measured({ guess }, { bars: [first, ...others], ...group }) {
  return html`<score-groups .groups=${[{ ...group, bars: [{ ...first, said: guess }, ...others] }]}></score-groups>`;
}
