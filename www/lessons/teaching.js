// Teaches: opens lessons on the page's own engine, runs what they run, and gives the page back as it was.
import { narrow } from '../ui/hiding.js';
import { giveBack, putAside } from './aside.js';
import { addressed, runsOf } from './lesson.js';
import { reach, reached } from './reached.js';
import { NOTHING_DONE, begun, beside, latest, lessonOf, lost, missing, pausedIn, ran, running, stepOf } from './standing.js';

/** @typedef {import('./lesson.js').Lesson} Lesson @typedef {import('./lesson.js').Step} Step @typedef {import('./lesson.js').Result} Result @typedef {import('./standing.js').Lectern} Lectern */

export const NO_LECTERN = { lectern: /** @type {Lectern | undefined} */ (undefined) };

export class Teaching {
  #page;
  /** The lessons and what runs them, once one was asked for. @type {typeof import('./course.js') | undefined} */ #school;
  /** What the studio was doing. @type {import('./aside.js').Aside | undefined} */ #aside;
  /** Lessons that were left, by their names. @type {Map<string, Lectern>} */
  #left = new Map();
  /** What the engine has: a run, or a lesson or step that begins with nothing learned. @type {Result | Lesson | Step | undefined} */
  #shown;
  /** What was asked for before. @type {Promise<unknown>} */
  #opening = Promise.resolve();
  /** Ends what a step makes, or a recording, once the step is left or paused. @type {AbortController | undefined} */ #ends;
  /** Ends what a lesson trains, once that is left. @type {AbortController | undefined} */ #leaves;
  /** What a step runs. @type {Promise<void> | undefined} */ #performing;
  /** Runs of the first lessons as they once were. @type {import('./recorded/recording.js').Recording | undefined} */
  #recordings;
  /** How far one had come before the page was loaded. */
  #before = reached();
  /** What the page showed before a recording. @type {object | undefined} */
  #blank;

  /** @param {import('./lesson.js').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** What stands in for the engine, where there is none. */
  get #recording() {
    return this.#page.session ? undefined : this.#recordings;
  }

  get #lectern() {
    return /** @type {Lectern} */ (this.#page.state.lectern);
  }

  /** @param {Partial<Lectern>} change */
  #change(change) {
    // It may have been left meanwhile.
    if (this.#page.state.lectern) this.#page.set({ lectern: { ...this.#lectern, ...change } });
  }

  /** The lesson that is taught. */
  get lesson() {
    const { lectern } = this.#page.state;
    return lectern && lessonOf(lectern);
  }

  get step() {
    const { lectern } = this.#page.state;
    return lectern && stepOf(lectern);
  }

  /** What the functions of the step are handed. @returns {import('./lesson.js').Context} */
  get context() {
    const { results, guesses, step } = this.#lectern;
    const page = this.#page;
    const engine = /** @type {import('./lesson.js').Context['engine']} */ (this.#recording ?? page.session);
    return { page, engine, state: page.state, results, paused: this.paused, begun: this.begun, signal: this.#ends?.signal, guess: guesses[step], guessed: (step) => guesses[step], choose: (guess) => this.guess(guess) };
  }

  /** Opens what the address asks for, or the studio, once what was asked for before is open. @param {string} hash */
  open(hash) {
    this.#ends?.abort();
    const opened = this.#opening.then(() => this.#open(hash));
    this.#opening = opened.catch(() => {});
    return opened;
  }

  /** @param {string} hash */
  async #open(hash) {
    const address = addressed(hash);
    if (!address) return this.leave();
    [this.#school] = await Promise.all([import('./course.js'), this.#page.started]);
    const { COURSE } = this.#school;
    if (!this.#page.session) this.#recordings ??= await this.#school.recording();
    // Meanwhile the address may be another.
    if (location.hash !== hash) return;
    const number = address.lesson !== undefined && COURSE[address.lesson] ? address.lesson : -1;
    const step = Math.min(address.step, COURSE[number]?.steps.length ?? 1);
    if (this.#page.state.lectern?.number !== number) await this.#enter(COURSE, number, step);
    this.#arrive(step);
    await this.#show();
  }

  /** @param {readonly Lesson[]} course @param {number} number @param {number} step */
  async #enter(course, number, step) {
    const page = this.#page;
    if (this.lesson) await this.halt();
    if (!this.#aside && course[number] && page.session) this.#aside = await putAside(page);
    this.#putDown();
    page.set({ lectern: { ...NOTHING_DONE, ...this.#left.get(course[number]?.name), course, number, step, runsFor: 0 } });
  }

  /** What the step speaks of is to be seen: the last run that was made up to it, or else nothing learned. */
  async #show() {
    const { lesson, step } = this;
    if (!lesson || !step || this.#lectern.runsFor) return;
    const { paused } = this;
    const before = latest(this.#lectern);
    // A chart on which a curve is drawn, or nothing yet, is empty, between the levels of the run to come.
    const training = this.ran ? undefined : runsOf(step).find((run) => 'steps' in run);
    const coming = step.guess?.kind === 'curve' || (!before && training?.settings) ? training : undefined;
    const shown = paused && 'curves' in paused ? paused : (step.anew || coming ? step : (before ?? lesson));
    // Where the engine was started again it has nothing any more.
    const there = shown === this.#shown && (!('curves' in shown) || shown.curves === this.#page.state.curves);
    if (!there) {
      this.#shown = shown;
      await ('curves' in shown ? this.#takeUp(shown) : this.#begin(lesson, coming));
    }
    const cell = step.cell?.(this.context);
    if (cell) this.#page.set({ cell });
  }

  /** Has a run that was made in hand again. @param {Result} run */
  async #takeUp(run) {
    const page = this.#page;
    const { source, side, settings, levels, curves, batch, steps, file } = run;
    if (!file) return page.set({ settings, levels, curves, batch, progress: { done: steps, steps, finished: true } });
    await page.begin(source, side, settings);
    await page.running.goOn({ ...run, file });
  }

  /** The lesson's own pictures and settings, or a run's, and nothing learned. @param {Lesson} lesson @param {import('./lesson.js').Training} [run] */
  async #begin(lesson, run) {
    if (!this.#page.session) return this.#lay(lesson);
    if (!this.#school) return;
    await this.#page.running.halt();
    const { source, side, settings } = this.#school.beginning(this.#page, lesson.start, /** @type {Partial<import('./lesson.js').Start>} */ (run));
    await this.#page.begin(source, side, run ? { ...settings, steps: run.steps } : settings);
  }

  /** What was recorded of a lesson, before it is begun; of none, and the page is as it was. @param {Lesson} [lesson] */
  async #lay(lesson) {
    await this.#page.running.halt();
    const { state } = this.#page;
    const shown = lesson && this.#recording?.beginning(lesson.name);
    if (shown) this.#blank ??= Object.fromEntries(Object.keys(shown).map((name) => [name, /** @type {any} */ (state)[name]]));
    this.#page.set(shown ?? this.#blank ?? {});
    if (!lesson) [this.#blank, this.#shown] = [undefined, undefined];
  }

  /** @param {number} step */
  #arrive(step) {
    // What the step that is left trains is paused, and gone on with where it belongs.
    if (this.#lectern.runsFor && step !== this.#lectern.step) {
      this.#ends?.abort();
      this.#page.running.pause();
    }
    this.#change({ step });
    const { at = 'stage', shows = [] } = this.step ?? {};
    narrow(shows);
    this.#page.visit(this.lesson && at !== 'stage' ? at : '');
    // What the step before did not show may be in sight now.
    this.#page.watching.look();
    if (this.lesson) reach(this.lesson.name, step);
  }

  /** What the lesson has come to is there for who comes back. */
  #putDown() {
    if (this.lesson) this.#left.set(this.lesson.name, this.#lectern);
  }

  /** Back to the studio, as it was. */
  async leave() {
    const page = this.#page;
    if (this.lesson) await this.halt();
    this.#putDown();
    narrow([]);
    page.set(NO_LECTERN);
    if (this.#blank) await this.#lay();
    const aside = this.#aside;
    [this.#aside, this.#shown] = [undefined, undefined];
    if (aside) await giveBack(page, aside);
  }

  /** Nothing was run, predicted or answered; and the studio, where it waits, did nothing. */
  async forget() {
    this.#left.clear();
    [this.#shown, this.#before] = [undefined, {}];
    if (this.#aside) this.#aside = { source: 'shapes', ...this.#page.usual('shapes') };
    this.#change(NOTHING_DONE);
    await this.#show();
  }

  /** What the lesson runs has ended, whatever it was at: a run that is only being prepared would go on elsewhere. */
  async halt() {
    this.#ends?.abort();
    this.#leaves?.abort();
    await this.#page.running.halt();
    await this.#performing?.catch(() => {});
  }

  /** @param {any} guess */
  guess(guess) {
    this.#change({ guesses: { ...this.#lectern.guesses, [this.#lectern.step]: guess } });
  }

  /** @param {string} answer */
  answer(answer) {
    this.#change({ answers: { ...this.#lectern.answers, [this.#lectern.step]: answer } });
  }

  /** Runs what the step runs; or, for who came by a link, what it needs first. @param {boolean} [all] both, without a prediction */
  async run(all = false) {
    const { step } = this;
    if (!step || this.#lectern.runsFor) return;
    this.#change({ runsFor: this.#lectern.step });
    // The page may still be turning to this step.
    await this.#opening;
    if (this.step !== step) return this.#change({ runsFor: 0 });
    this.#performing = this.#perform(step, all);
    await this.#performing;
    // The page may have been turned meanwhile; and what was missing is not what the step shows.
    if (this.step !== step) await this.open(location.hash);
    else await this.#show();
  }

  /** @param {Step} step @param {boolean} all */
  async #perform(step, all) {
    [this.#ends, this.#leaves] = [new AbortController(), new AbortController()];
    const [{ signal: ends }, { signal }] = [this.#ends, this.#leaves];
    try {
      // What is missing is made first, so that there is something to predict by.
      const predicts = !all && step.guess && this.context.guess === undefined;
      const steps = this.missing.length && predicts ? this.missing : [...this.missing, step];
      for (const run of steps.flatMap(runsOf)) {
        if (run.as in this.#lectern.results) continue;
        if (!(await this.#run(run, signal)) || signal.aborted || ends.aborted) break;
      }
    } finally {
      this.#change({ runsFor: 0 });
    }
  }

  /** @param {import('./lesson.js').Training | import('./lesson.js').Making} run @param {AbortSignal} left @returns {Promise<boolean>} did it come to its end? */
  async #run(run, left) {
    const lesson = /** @type {Lesson} */ (this.lesson);
    const trains = 'steps' in run;
    const paused = this.#lectern.paused[run.as];
    if (trains && paused && this.#shown !== paused) await this.#takeUp(paused);
    if (trains) this.#shown = undefined;
    const perform = () => this.#school?.perform(run, lesson.start, { ...this.context, paused }, left);
    const result = await (this.#recording?.replay(lesson.name, run.as, this.#page, this.#ends?.signal) ?? perform());
    if (!result || this.lesson !== lesson) return false;
    if (trains) this.#shown = result;
    const { results, paused: waiting } = this.#lectern;
    this.#change({ paused: { ...waiting, [run.as]: result.paused ? result : undefined }, ...(!result.paused && { results: { ...results, [run.as]: result } }) });
    return !result.paused;
  }

  get missing() {
    return missing(this.#lectern);
  }

  get lost() {
    return lost(this.#lectern, this.#before);
  }

  get running() {
    return running(this.#lectern);
  }

  get ran() {
    return ran(this.#lectern);
  }

  get begun() {
    return begun(this.#lectern);
  }

  get paused() {
    return pausedIn(this.#lectern);
  }

  /** Can anything be run? */
  get trains() {
    return Boolean(this.#page.session) || this.recorded;
  }

  /** Is it shown as it once was? */
  get recorded() {
    return Boolean(this.lesson && this.#recording?.has(this.lesson.name));
  }

  /** Is everything done that this step asks for? */
  get done() {
    const { step } = this;
    return this.ran && (step?.task?.(this.context) ?? true);
  }

  /** Does all that the step asks for. */
  async help() {
    const { step } = this;
    if (!this.ran) await this.run(true);
    // It may have been paused or left.
    if (this.step === step && this.ran && !this.done) await step?.help?.(this.context);
  }

  pause() {
    this.#page.running.pause();
    this.#ends?.abort();
  }

  /** @param {1 | -1} by */
  beside(by) {
    return beside(this.#lectern, by);
  }
}
