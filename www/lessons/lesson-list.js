import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import { addressOf } from './lesson.js';
import { minutesOf } from './minutes.js';

/**
 * All lessons: what each answers, how long it takes, and how far one has come.
 *
 *     <lesson-list .course=${COURSE} .reached=${{ first: 2 }}></lesson-list>
 */
export class LessonList extends LitElement {
  static properties = { course: { attribute: false }, reached: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { max-width: 46rem; margin: 0 auto; padding: 1.2rem 0 2rem; }
      h2 { font-size: 1.5rem; }
      .about { margin: .3rem 0 1.2rem; max-width: 40rem; }
      ol { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
      li { border-bottom: 1px solid var(--line); }
      li a { display: grid; grid-template-columns: 2.2rem minmax(0, 1fr) auto; gap: 0 .6rem; align-items: baseline; padding: .75rem .2rem; color: inherit; text-decoration: none; }
      li a:hover .title { color: var(--accent); text-decoration: underline; text-underline-offset: .2em; }
      .order { color: var(--faint); font-size: 1.2rem; font-variant-numeric: tabular-nums; }
      .title { font-size: 1.12rem; font-weight: 600; }
      .promise { grid-column: 2; color: var(--faint); }
      .far { color: var(--faint); font-size: var(--small); white-space: nowrap; }
      nav { display: flex; flex-wrap: wrap; gap: .3rem 1.3rem; margin: 1.2rem 0 0; }
      nav a, ::slotted(a) { display: inline-flex; align-items: center; min-height: 2rem; color: var(--accent); }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly import('./lesson.js').Lesson[]} */ this.course = [];
    /** The furthest step of each, by name. @type {Record<string, number>} */ this.reached = {};
    new Localized(this);
  }

  render() {
    const minutes = this.course.reduce((sum, lesson) => sum + minutesOf(lesson), 0);
    return html`<h2 tabindex="-1">${t('lessons.title')}</h2>
      <p class="about">${t('lessons.about', { minutes: Math.round(minutes) })}</p>
      <ol>
        ${this.course.map((lesson, number) => html`<li><a href=${addressOf(number)}>
          <span class="order" aria-hidden="true">${number}</span>
          <span class="title">${t(`lesson.${lesson.name}.title`)}</span>
          <span class="far number">${this.#far(lesson)}</span>
          <span class="promise">${t(`lesson.${lesson.name}.promise`)}</span>
        </a></li>`)}
      </ol>
      <nav aria-label=${t('lessons.beside')}><slot></slot><a href="#stage">${t('lessons.studio')}</a></nav>`;
  }

  /** @param {import('./lesson.js').Lesson} lesson */
  #far(lesson) {
    const { name, steps } = lesson;
    const reached = this.reached[name] ?? 0;
    if (!reached) return t('lessons.minutes', { minutes: Math.round(2 * minutesOf(lesson)) / 2 });
    return reached >= steps.length ? html`<span role="img" aria-label=${t('lessons.done')}>✓</span>` : t('lessons.step', { step: reached, steps: steps.length }) || nothing;
  }
}

define('lesson-list', LessonList);
