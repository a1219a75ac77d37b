// The page while a lesson is on: the lesson, what it speaks of beside it, and a rail of lessons.
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { addressOf, pointsOf } from '../lessons/lesson.js';
import { reached } from '../lessons/reached.js';
import { t } from '../ui/i18n.js';
import { guideLinks } from './guide.js';
import { stage } from './stage.js';
import { station } from './stations.js';

/** @typedef {import('./playground.js').Playground} Page */

/** Stands for the list of lessons, where its name has no room. */
const ROWS = html`<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M0,1h12v2h-12zM0,5h12v2h-12zM0,9h12v2h-12z" /></svg>`;

/** @param {Page} page @param {ParentNode} root in which a lesson points at things */
export function lesson(page, root) {
  const { state, teaching } = page;
  const { step } = teaching;
  const { lectern } = state;
  if (!lectern) return nothing;
  if (!step) return html`<h1 class="said">${t('title')}</h1><lesson-list .course=${lectern.course} .reached=${reached()}>${guideLinks('index', 'glossary', 'questions', 'worksheet-1', 'workshop')}</lesson-list>`;
  return html`
    <h1 class="said">${t('title')}</h1>
    <lesson-panel .teaching=${teaching} .state=${state} @do=${page.attempts((task) => task())}></lesson-panel>
    ${keyed(`${lectern.number}.${lectern.step}`, beside(page, step))}
    <pointing-mark .path=${teaching.missing.length ? [] : pointsOf(step, teaching.context)} .when=${teaching.ran} .root=${root}></pointing-mark>
  `;
}

/** @param {Page} page @param {import('../lessons/lesson.js').Step} step */
function beside(page, step) {
  const { at = 'stage' } = step;
  const own = step.beside ? html`<div class="beside">${step.beside(page.teaching.context)}</div>` : nothing;
  if (at !== 'stage') return html`<div class="station">${own}${station(page, at)}</div>`;
  return html`<div class="stage" aria-label=${t('stage.title')} role="region">
    ${own}
    ${step.beside && !step.shows ? nothing : stage(page)}
  </div>`;
}

/** @param {Page} page */
export function lessonRail({ state }) {
  const { course = [], number } = state.lectern ?? {};
  return html`<nav aria-label=${t('lessons.title')}>
    <ol>
      <li><a href="#lesson" aria-current=${number === -1 ? 'page' : nothing}>${ROWS}<span class="name">${t('lessons.all')}</span></a></li>
      ${course.map(({ name }, index) => html`<li><a href=${addressOf(index)} title=${t(`lesson.${name}.title`)} aria-label=${t(`lesson.${name}.title`)} aria-current=${index === number ? 'page' : nothing}><span class="order">${index}</span></a></li>`)}
    </ol>
  </nav>`;
}
