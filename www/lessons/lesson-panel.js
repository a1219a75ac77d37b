import { LitElement, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { NO_LEVELS } from '../train/curves.js';
import { define } from '../ui/define.js';
import { Localized, has, t } from '../ui/i18n.js';
import { Keys, isNowhere } from '../ui/keys.js';
import { shared } from '../ui/styles.js';
import './check-question.js';
import './guess-field.js';
import { addressOf } from './lesson.js';
import { panelStyles } from './panel-styles.js';
import { paragraphs, rich, whole } from './rich.js';

/**
 * A step of a lesson: what it says, the prediction, the run, what came of it, and why; with one question while it
 * trains. Enter does what comes next, the arrow keys turn the pages.
 *
 *     <lesson-panel .teaching=${teaching} .state=${page.state}></lesson-panel>
 *
 * Fires `do` (detail: a function), for who tells what goes wrong.
 */
export class LessonPanel extends LitElement {
  static properties = { teaching: { attribute: false }, state: { attribute: false }, pictures: { state: true }, levels: { state: true } };

  static styles = [shared, panelStyles];

  constructor() {
    super();
    /** @type {import('./teaching.js').Teaching | undefined} */ this.teaching = undefined;
    /** @type {import('./lesson.js').Page['state'] | undefined} */ this.state = undefined;
    /** That can be chosen from, of this step. @type {{ query?: import('./lesson.js').Shown, options: readonly import('./lesson.js').Shown[] } | undefined} */
    this.pictures = undefined;
    /** Between which its curve is drawn. @type {import('contrastive-playground').Levels | undefined} */ this.levels = undefined;
    /** The step that is shown, that whose pictures or levels were asked for, and whether what came of it is shown. */ this.shown = '';
    this.asked = '';
    this.found = false;
    /** What was answered, or that it is asked just now. */ this.question = '';
    /** Where the text ends, and who watches whether it is in sight. @type {Element | null} */ this.end = null;
    /** @type {IntersectionObserver | undefined} */ this.watch = undefined;
    new Localized(this);
    new Keys(this, (event) => this.#key(event));
  }

  get #words() {
    const { lesson } = /** @type {import('./teaching.js').Teaching} */ (this.teaching);
    return `lesson.${lesson?.name}.s${this.state?.lectern?.step}`;
  }

  render() {
    const { teaching, state } = this;
    const [lesson, step, lectern] = [teaching?.lesson, teaching?.step, state?.lectern];
    if (!teaching || !lesson || !step || !lectern) return nothing;
    return html`<section aria-labelledby="title">
      <header>
        <p class="name">${t('lessons.number', { number: lectern.number })} · ${t(`lesson.${lesson.name}.title`)}</p>
        <a class="studio" href="#stage"><span class="words">${t('lessons.studio')}</span> <span aria-hidden="true">✕</span></a>
        ${keyed(this.#words, html`<h2 id="title" tabindex="-1">${t(`${this.#words}.title`)}</h2>`)}
      </header>
      <div class="body">
        ${keyed(this.#words, html`
          ${this.#said(step)}
          ${step.guess ? this.#guess(step) : nothing}
          ${step.widget?.(teaching.context) ?? nothing}
          ${teaching.recorded && step.run ? html`<p class="faint">${t('lessons.recorded')}</p>` : nothing}
          ${this.#act(step)}
          ${this.#found(step)}
          ${step.check && (teaching.ran || teaching.begun) ? this.#check(step.check) : nothing}
        `)}
        <i class="end"></i>
      </div>
      <svg class="more" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 8l8 8 8-8" /></svg>
      ${this.#footer()}
    </section>`;
  }

  /** Has something come of the step? What has neither a run nor a task says all it has to say at once. @param {import('./lesson.js').Step} step */
  #came(step) {
    return this.teaching?.done && (step.run || step.task || step.beside || step.widget) && has(`${this.#words}.notice`);
  }

  /** What is to be done: folded away once something came of it, so that no more is in sight than can be read at a time. @param {import('./lesson.js').Step} step */
  #said(step) {
    const said = html`<div class="say">${paragraphs(this.#say('say'))}</div>`;
    if (!this.#came(step)) return said;
    return html`<details>
      <summary>${t('lessons.before')}</summary>
      ${said}
      ${step.guess ? html`<p class="say asked">${t(`${this.#words}.guess`, this.#values)}</p>` : nothing}
    </details>`;
  }

  /** A text of the step with its numbers. @param {string} name */
  #say(name) {
    const ran = this.teaching?.ran;
    const text = t(`${this.#words}.${name}`, ran || name === 'say' ? this.#values : {});
    // What is still to be run has no numbers yet.
    return ran ? text.replace(/\{\w+\}/g, '…') : whole(text);
  }

  /** Numbers for the step's words: those of runs, once what it needs is there. */
  get #values() {
    const { context, step, missing } = /** @type {import('./teaching.js').Teaching} */ (this.teaching);
    return { ...step?.given?.(context), ...(missing.length ? {} : step?.values?.(context)) };
  }

  /** @param {import('./lesson.js').Step} step */
  #guess({ guess }) {
    const { teaching, state } = /** @type {{ teaching: import('./teaching.js').Teaching, state: any }} */ (this);
    // As long as a run is missing there is nothing to predict by.
    if (teaching.missing.length) return nothing;
    return html`<guess-field
      .guess=${guess}
      .words=${this.#words}
      .values=${this.#values}
      .value=${teaching.context.guess}
      .pictures=${this.pictures}
      .levels=${(guess?.levels ? this.levels : state.levels) ?? NO_LEVELS}
      ?disabled=${teaching.begun}
      ?settled=${teaching.ran}
      @guess=${(/** @type {CustomEvent} */ event) => teaching.guess(event.detail)}
    ></guess-field>`;
  }

  /** The button that runs what the step runs, and how far it is. @param {import('./lesson.js').Step} step */
  #act(step) {
    const { teaching, state } = /** @type {{ teaching: import('./teaching.js').Teaching, state: import('./lesson.js').Page['state'] }} */ (this);
    if (teaching.running) return this.#progress();
    if (teaching.ran) return nothing;
    if (state.lectern?.runsFor) return html`<p class="faint">${t('lessons.ending')}</p>`;
    if (!teaching.trains) return html`<p class="faint">${t(state.busy ? 'loading' : 'lessons.untrained')}</p>`;
    const waits = step.guess && teaching.context.guess === undefined && !teaching.missing.length && !teaching.begun;
    const words = teaching.paused ? t('lessons.goOn') : teaching.missing.length ? t('lessons.make') : t(`${this.#words}.run`);
    const why = teaching.lost ? t('lessons.lost') : teaching.missing.length ? t(teaching.paused ? 'lessons.left' : 'lessons.missing') : '';
    return html`${why ? html`<p class="faint">${why}</p>` : nothing}
      <button class="primary act" ?disabled=${waits || state.busy} @click=${this.#do(() => teaching.run())}>${words}</button>
      ${waits ? html`<p class="faint">${t('lessons.guessFirst')}</p>` : nothing}`;
  }

  #progress() {
    const { progress, running, points } = /** @type {import('./lesson.js').Page['state']} */ (this.state);
    const [done, steps] = points ? [points.report.epoch, points.epochs ?? NaN] : [running ? progress.done : progress.steps, progress.steps];
    const words = points ? t('lessons.epoch', { done, steps }) : running ? t('lessons.training', progress) : t('lessons.measuring');
    return html`<div class="progress">
      <progress aria-label=${t('train.progressBar')} max=${steps || 1} .value=${done}></progress>
      <p class="row number">
        ${words} ${(running || points) && !this.teaching?.recorded ? html`<button @click=${() => this.teaching?.pause()}>${t('train.pause')}</button>` : nothing}
      </p>
    </div>`;
  }

  /** @param {NonNullable<import('./lesson.js').Step['check']>} check */
  #check(check) {
    const { teaching, state } = /** @type {{ teaching: import('./teaching.js').Teaching, state: any }} */ (this);
    return html`<check-question
      .check=${check}
      .words="${this.#words}.check"
      .values=${this.#values}
      .answer=${state.lectern.answers[state.lectern.step]}
      @answer=${(/** @type {CustomEvent} */ event) => teaching.answer(event.detail)}
    ></check-question>`;
  }

  /** The question comes into sight, or what is said of its answer. */
  async #reveal() {
    const check = /** @type {LitElement | null} */ (this.renderRoot.querySelector('check-question'));
    await check?.updateComplete;
    (check?.renderRoot.querySelector('.so') ?? check)?.scrollIntoView({ block: 'nearest' });
  }

  /** What came of it, beside what was predicted; and why. @param {import('./lesson.js').Step} step */
  #found(step) {
    const teaching = /** @type {import('./teaching.js').Teaching} */ (this.teaching);
    const words = this.#words;
    const came = this.#came(step);
    const verdict = came && step.verdict && teaching.context.guess !== undefined ? step.verdict(teaching.context) : '';
    return html`<div class="found" role="status" ?hidden=${!came}>
      ${came
        ? html`
            ${verdict ? html`<p class="verdict">${rich(this.#say(`verdict.${verdict}`))}</p>` : nothing}
            <div class="notice">${paragraphs(this.#say('notice'))}</div>
            ${has(`${words}.why`) ? html`<div class="why">${paragraphs(this.#say('why'))}</div>` : nothing}
          `
        : nothing}
    </div>`;
  }

  #footer() {
    const { teaching, state } = /** @type {{ teaching: import('./teaching.js').Teaching, state: any }} */ (this);
    const { number, step, runsFor } = state.lectern;
    const steps = teaching.lesson?.steps ?? [];
    const on = teaching.beside(1);
    const last = step === steps.length;
    const words = last && on === '#lesson' ? t('lessons.all') : last ? t('lessons.number', { number: number + 1 }) : t('lessons.next');
    const stuck = teaching.trains && !teaching.done && !runsFor && (teaching.step?.help || teaching.step?.run);
    return html`<footer>
      ${step > 1 ? html`<a class="turn" href=${teaching.beside(-1)}>${t('lessons.back')}</a>` : html`<a class="turn" href="#lesson">${t('lessons.all')}</a>`}
      <ol class="dots" aria-label=${t('lessons.steps')}>
        ${steps.map((_, index) => html`<li><a href=${addressOf(number, index + 1)} data-at="${index + 1}/${steps.length}" aria-label=${t('lessons.step', { step: index + 1, steps: steps.length })} aria-current=${index + 1 === step ? 'step' : nothing}></a></li>`)}
      </ol>
      ${stuck ? html`<button class="help" ?disabled=${state.busy} @click=${this.#do(() => teaching.help())}>${t('lessons.help')}</button>` : nothing}
      <a class="turn ${teaching.done ? 'primary' : ''}" href=${on}>${words}</a>
    </footer>`;
  }

  updated() {
    const { teaching, state } = this;
    const shown = teaching?.lesson ? this.#words : '';
    if (!teaching || !state?.lectern) return;
    const found = this.renderRoot.querySelector('.found:not([hidden])');
    // What came of it is what one waits for. The page itself stays where it is.
    const body = this.renderRoot.querySelector('.body');
    if (body && found && !this.found) body.scrollBy({ top: found.getBoundingClientRect().top - body.getBoundingClientRect().top });
    this.found = Boolean(found);
    const { answers, step } = state.lectern;
    const question = answers[step] ?? (teaching.running ? 'asked' : '');
    if (question && question !== this.question && shown === this.shown) this.#reveal();
    this.question = question;
    if (shown !== this.shown) {
      // Another step speaks of something else, which begins at the top.
      window.scrollTo({ top: 0 });
      [this.shown, this.asked, this.pictures, this.levels] = [shown, '', undefined, undefined];
      body?.scrollTo({ top: 0 });
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('h2'))?.focus({ preventScroll: true });
    }
    this.#hint(body);
    this.#ask(teaching);
  }

  /** Until the end of the text is reached, a mark says that there is more. @param {Element | null} body */
  #hint(body) {
    const end = this.renderRoot.querySelector('.end');
    if (end === this.end) return;
    this.end = end;
    this.watch?.disconnect();
    if (!body || !end) return;
    this.watch = new IntersectionObserver((seen) => body.toggleAttribute('data-more', !seen.at(-1)?.isIntersecting), { root: body });
    this.watch.observe(end);
  }

  /** Fetches the pictures that can be chosen from, once there is what they are found by, or the levels of the chart that is drawn on. @param {import('./teaching.js').Teaching} teaching */
  #ask(teaching) {
    const { shown } = this;
    const { pictures: choice, levels: between } = teaching.step?.guess ?? {};
    if (!(choice ?? between) || this.asked === shown || teaching.missing.length || !teaching.trains) return;
    this.asked = shown;
    this.#do(async () => {
      const [pictures, levels] = [await choice?.(teaching.context), await between?.(teaching.context)];
      if (this.shown === shown) [this.pictures, this.levels] = [pictures, levels];
    })();
  }

  /** @param {() => unknown} task */
  #do(task) {
    return () => this.dispatchEvent(new CustomEvent('do', { detail: task }));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { teaching } = this;
    if (!teaching?.lesson || !isNowhere(event)) return;
    const act = /** @type {HTMLButtonElement | null} */ (this.renderRoot.querySelector('.act'));
    if (event.key === 'Enter' && act) act.click();
    else if (event.key === 'Enter' && !teaching.done) return;
    else if (event.key === 'ArrowRight' || event.key === 'Enter') location.hash = teaching.beside(1);
    else if (event.key === 'ArrowLeft') location.hash = teaching.beside(-1);
    else return;
    event.preventDefault();
  }
}

define('lesson-panel', LessonPanel);
