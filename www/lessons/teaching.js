// Teaches: opens lessons on the page's own engine, runs what they run, and gives the page back as it was.
import { narrow } from '../ui/hiding.js';
import { addressOf, addressed, runsOf } from './lesson.js';
import { reach, reached } from './reached.js';

/**
 * @typedef {import('./lesson.js').Lesson} Lesson @typedef {import('./lesson.js').Step} Step @typedef {import('./lesson.js').Result} Result
 * @typedef {{ as: string, run: any }} Paused the run that was paused, and what it came to so far: a {@link Result}, or what was made
 *
 * @typedef {object} Lectern what is taught just now
 * @property {readonly Lesson[]} course
 * @property {number} number of the lesson; below 0, the list of all
 * @property {number} step from 1
 * @property {number} running the step of which what it runs is under way; 0, none
 * @property {Record<string, any>} results of this lesson's runs
 * @property {Record<number, any>} guesses by step
 * @property {Record<number, string>} answers by step
 *
 * @typedef {object} Aside the studio's own work, while lessons use its engine
 * @property {string} source
 * @property {number} side
 * @property {import('../engine/session.js').TrainSettings} [settings]
 * @property {import('../train/running.js').Gone} [run]
 *
 * @typedef {object} Page what is needed of it
 * @property {import('../engine/session.js').Session} [session] none where it could not start: what needs no training is taught all the same
 * @property {import('../engine/session.js').Session} engine
 * @property {{ lectern?: Lectern, source: any, side: number, running: boolean, busy: boolean, station: string, settings?: import('../engine/session.js').TrainSettings,
 *   progress: { done: number, steps: number }, curves: import('../train/curves.js').Curves, levels: import('contrastive-playground').Levels,
 *   batch?: import('../engine/session.js').Batch, filling?: import('../train/filling.js').Filling, rehearsal?: import('../engine/session.js').Batch, cell: { row: number, column?: number },
 *   sight?: import('../learned/watching.js').Seen, points?: import('../learned/points.js').Watched, pictures: readonly import('../engine/session.js').Square[], album: readonly import('../engine/session.js').Square[] }} state
 * @property {(change: any) => void} set
 * @property {Promise<void>} started
 * @property {Promise<unknown>} loaded the pictures that were asked for last are there
 * @property {(task: () => unknown) => Promise<void>} attempt
 * @property {(source?: string) => { side: number, settings: import('../engine/session.js').TrainSettings }} usual
 * @property {(source: any, side: number, settings: import('../engine/session.js').TrainSettings) => Promise<void>} begin with other pictures or settings
 * @property {(station: string) => void} visit
 * @property {{ train: () => Promise<void>, pause: () => void, halt: () => Promise<void>, goOn: (run: import('../train/running.js').Gone) => Promise<void> }} running
 * @property {{ look: () => Promise<void> }} watching
 * @property {{ measured?: import('../engine/session.js').Measured }} learning
 * @property {{ rests: boolean }} keeping
 * @property {{ use: (policy: import('../engine/session.js').Policy) => Promise<void> }} views
 */

export const NO_LECTERN = { lectern: /** @type {Lectern | undefined} */ (undefined) };

export class Teaching {
  #page;
  /** The lessons and what runs them, once one was asked for. @type {typeof import('./course.js') | undefined} */ #school;
  /** @type {Aside | undefined} */ #aside;
  /** Results, guesses and answers of lessons that were left, by their names, and what was paused. @type {Map<string, Pick<Lectern, 'results' | 'guesses' | 'answers'> & { paused?: Paused }>} */
  #left = new Map();
  /** What the engine has: a run, or a lesson or step that begins with nothing learned. @type {Result | Lesson | Step | undefined} */
  #shown;
  /** What was asked for before. @type {Promise<unknown>} */
  #opening = Promise.resolve();
  /** Ends what a step makes, once it is left or paused. @type {AbortController | undefined} */ #ends;
  /** Ends what a lesson trains, once that is left. @type {AbortController | undefined} */ #leaves;
  /** What a step runs. @type {Promise<void> | undefined} */ #performing;
  /** @type {Paused | undefined} */ #paused;
  /** Runs of the first lessons as they once were. @type {import('./recorded/recording.js').Recording | undefined} */
  #recordings;
  /** How far one had come before the page was loaded. */
  #before = reached();
  /** What the page showed before a recording. @type {object | undefined} */
  #blank;

  /** @param {Page} page */
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
    const lectern = this.#page.state.lectern;
    return lectern?.course[lectern.number];
  }

  /** @returns {Step | undefined} */
  get step() {
    return this.lesson?.steps[this.#lectern.step - 1];
  }

  /** What the functions of the step are handed. @returns {import('./lesson.js').Context} */
  get context() {
    const { results, guesses, step } = this.#lectern;
    const page = this.#page;
    const engine = /** @type {import('./lesson.js').Context['engine']} */ (this.#recording ?? page.session);
    return { page, engine, state: page.state, results, paused: this.paused ? this.#paused?.run : undefined, signal: this.#ends?.signal, guess: guesses[step], guessed: (step) => guesses[step], choose: (guess) => this.guess(guess) };
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
    if (this.#aside) await this.halt();
    else if (course[number] && page.session) await this.#putAside();
    this.#putDown();
    const { results = {}, guesses = {}, answers = {}, paused } = this.#left.get(course[number]?.name) ?? {};
    this.#paused = paused;
    page.set({ lectern: { course, number, step, running: 0, results, guesses, answers } });
  }

  /** What the step speaks of is to be seen: the last run that was made up to it, or else nothing learned. */
  async #show() {
    const { lesson, step } = this;
    if (!lesson || !step || this.#lectern.running) return;
    const { paused } = this.context;
    // A curve is drawn on an empty chart, between the levels of the run to come.
    const drawn = step.guess?.kind === 'curve' && !this.ran ? runsOf(step).find((run) => 'steps' in run) : undefined;
    const shown = paused && 'curves' in paused ? paused : (step.anew || drawn ? step : (this.#latest ?? lesson));
    // Where the engine was started again it has nothing any more.
    const there = shown === this.#shown && (!('curves' in shown) || shown.curves === this.#page.state.curves);
    if (!there) {
      this.#shown = shown;
      await ('curves' in shown ? this.#takeUp(shown) : this.#begin(lesson, drawn));
    }
    const cell = step.cell?.(this.context);
    if (cell) this.#page.set({ cell });
  }

  /** The last run that was made in this step; or else that it names as needed; or else up to it. @returns {Result | undefined} */
  get #latest() {
    const { lesson, step } = /** @type {{ lesson: Lesson, step: Step }} */ (this);
    const { step: number, results } = this.#lectern;
    const made = lesson.steps.slice(0, number).flatMap(runsOf).filter((run) => 'steps' in run && run.as in results).map(({ as }) => as);
    const spokenOf = [...(step.needs ?? []), ...runsOf(step).map(({ as }) => as)].filter((name) => made.includes(name));
    return results[spokenOf.at(-1) ?? made.at(-1) ?? ''];
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
    if (this.#lectern.running && step !== this.#lectern.step) {
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

  /** What the studio was doing waits. */
  async #putAside() {
    const { engine, keeping } = this.#page;
    await this.#page.loaded;
    await this.#page.running.halt();
    const { source, side, settings, curves, levels, batch, filling, progress } = this.#page.state;
    const saved = progress.done ? await engine.save() : undefined;
    keeping.rests = true;
    this.#aside = { source, side, settings, run: saved && { file: saved.file, curves, levels, batch, filling, measured: this.#page.learning.measured } };
  }

  /** What the lesson has come to is there for who comes back. */
  #putDown() {
    if (this.lesson) this.#left.set(this.lesson.name, { ...this.#lectern, paused: this.#paused });
  }

  /** Back to the studio, as it was. */
  async leave() {
    const page = this.#page;
    if (this.#aside) await this.halt();
    this.#putDown();
    narrow([]);
    page.set(NO_LECTERN);
    if (this.#blank) await this.#lay();
    if (!this.#aside) return;
    const { source, side, settings, run } = this.#aside;
    [this.#aside, this.#shown, this.#paused] = [undefined, undefined, undefined];
    try {
      await page.begin(source, side, settings ?? page.usual(source).settings);
      if (run) await page.running.goOn(run);
    } finally {
      page.keeping.rests = false;
    }
  }

  /** Nothing was run, predicted or answered; and the studio, where it waits, did nothing. */
  async forget() {
    this.#left.clear();
    [this.#shown, this.#paused, this.#before] = [undefined, undefined, {}];
    if (this.#aside) this.#aside = { source: 'shapes', ...this.#page.usual('shapes') };
    this.#change({ results: {}, guesses: {}, answers: {} });
    await this.#show();
  }

  /** What the lesson runs has ended, whatever it was at: a run that is only being prepared would go on elsewhere. */
  async halt() {
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
    if (!step || this.#lectern.running) return;
    this.#change({ running: this.#lectern.step });
    // The page may still be turning to this step.
    await this.#opening;
    if (this.step !== step) return this.#change({ running: 0 });
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
      this.#change({ running: 0 });
    }
  }

  /** @param {import('./lesson.js').Training | import('./lesson.js').Making} run @param {AbortSignal} left @returns {Promise<boolean>} did it come to its end? */
  async #run(run, left) {
    const lesson = /** @type {Lesson} */ (this.lesson);
    const trains = 'steps' in run;
    const paused = this.#paused?.as === run.as ? this.#paused.run : undefined;
    if (trains && paused && this.#shown !== paused) await this.#takeUp(paused);
    if (trains) this.#shown = undefined;
    const perform = () => this.#school?.perform(run, lesson.start, { ...this.context, paused }, left);
    const result = await (this.#recording?.replay(lesson.name, run.as, this.#page) ?? perform());
    if (!result || this.lesson !== lesson) return false;
    if (trains) this.#shown = result;
    this.#paused = result.paused ? { as: run.as, run: result } : undefined;
    if (result.paused) return false;
    this.#change({ results: { ...this.#lectern.results, [run.as]: result } });
    return true;
  }

  /** Steps before this one whose results it needs and that were not run. @returns {Step[]} */
  get missing() {
    const { step, lesson } = this;
    const lacking = (step?.needs ?? []).filter((name) => !(name in this.#lectern.results));
    if (!lacking.length || !lesson || !step) return [];
    const before = lesson.steps.slice(0, lesson.steps.indexOf(step));
    // All from the first that is lacking: a run may go on with the one before.
    const from = before.findIndex((step) => runsOf(step).some(({ as }) => lacking.includes(as)));
    return before.slice(Math.max(0, from)).filter((step) => !this.#has(step));
  }

  /** Was the lesson begun in a page that has been left since, and nothing run in this one? */
  get lost() {
    const { lesson } = this;
    if (!lesson || Object.keys(this.#lectern.results).length) return false;
    return lesson.steps.slice(0, this.#before[lesson.name] ?? 0).some((step) => runsOf(step).length);
  }

  /** Has a step been run? @param {Step} step */
  #has(step) {
    return runsOf(step).every(({ as }) => as in this.#lectern.results);
  }

  /** Is what this step runs under way? */
  get running() {
    return Boolean(this.step) && this.#lectern.running === this.#lectern.step;
  }

  /** Has this step been run, or needs no run? */
  get ran() {
    const { step } = this;
    return Boolean(step) && !this.missing.length && this.#has(/** @type {Step} */ (step));
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

  /** Was this step's run paused? */
  get paused() {
    return [...this.missing, ...(this.step ? [this.step] : [])].flatMap(runsOf).some(({ as }) => as === this.#paused?.as);
  }

  pause() {
    this.#page.running.pause();
    this.#ends?.abort();
  }

  /** The address of another step, or where the lesson ends, of the next lesson. @param {1 | -1} by */
  beside(by) {
    const { number, step, course } = this.#lectern;
    const to = step + by;
    if (to >= 1 && to <= (this.lesson?.steps.length ?? 0)) return addressOf(number, to);
    return by > 0 && course[number + 1] ? addressOf(number + 1) : '#lesson';
  }
}
