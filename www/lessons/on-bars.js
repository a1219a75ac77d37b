// Predictions that are made on bars beside a lesson, and these bars once they are measured.
import { html } from 'lit';
import { t } from '../ui/i18n.js';
import { kindsOf } from './outcomes.js';

/** @typedef {import('./lesson.js').Context} Context @typedef {import('./lesson.js').Result} Result */

/** Bars that are to be predicted. @param {Context} context @param {string} question @param {import('./guess-bars.js').GuessBars['bars']} bars @param {string} [title] what they are of, where nothing above says it */
export function asked({ guess, choose, begun }, question, bars, title) {
  return html`${title ? html`<h3>${title}</h3>` : ''}
    <guess-bars .bars=${bars} .guess=${guess} label=${question} ?disabled=${begun}
      @guess=${(/** @type {CustomEvent} */ { detail }) => choose(detail)}></guess-bars>`;
}

/**
 * A bar that is drawn until its share is there, and then stands beside what was said of it. It is no count of pictures.
 * @param {Context} context @param {string} question
 * @param {{ title: string, name: string, share?: number, others?: import('../learned/score-bars.js').ScoreBars['bars'], chance?: number }} bar and what was there before
 */
export function foretold(context, question, { title, name, share, others = [], chance }) {
  if (share === undefined) return asked(context, question, [{ value: 'share', name }], title);
  const bars = [{ name, share, kind: 'learned', said: context.guess }, ...others];
  return html`<score-groups .groups=${[{ title, bars, count: 0, chance }]}></score-groups>`;
}

/** The name of a bar, which may be the one that was said to be the longest. @param {string} name @param {boolean} yours */
export function named(name, yours) {
  return yours ? `${name} · ${t('lessons.yours')}` : name;
}

/**
 * How many neighbours share the kind: after those runs that there are, and without learning.
 * @param {Context} context @param {readonly { name: string, run?: Result }[]} runs @param {string} [question] the first is to be predicted until it is there
 */
export function kindBars(context, runs, question) {
  const [own] = runs;
  const made = runs.flatMap(({ name, run }) => (run ? [{ name, run }] : []));
  const kinds = made[0]?.run.kinds ?? context.state.sight?.kinds;
  const bars = made.map(({ name, run }) => ({ name, share: kindsOf(run), kind: 'learned', said: question && run === own.run ? context.guess : undefined }));
  return html`${question && !own.run ? asked(context, question, [{ value: 'own', name: own.name }]) : ''}
    ${kinds ? beside(kinds, bars) : ''}`;
}

/** @param {import('contrastive-playground').Kinds} kinds @param {import('../learned/score-bars.js').ScoreBars['bars']} bars */
function beside({ precision: { untrained, pixels }, judged, chance }, bars) {
  const others = [{ name: t('scores.untrained'), share: untrained, kind: 'untrained' }, { name: t('scores.pixels'), share: pixels, kind: 'pixels' }];
  return html`<score-bars style="display: block; margin-bottom: .8rem" .bars=${[...bars, ...others]} .count=${judged} .chance=${chance}></score-bars>`;
}
