// The page's one state, and what is done to it. Nothing here is drawn.
import { Session, SessionError } from '../engine/session.js';
import { isFailure } from '../intake/failure.js';
import { Keeping } from '../kept/keeping.js';
import { Teaching } from '../lessons/teaching.js';
import { Learning } from '../learned/learning.js';
import { Watching } from '../learned/watching.js';
import { RECIPES, recipeOf, settingsOfRecipe, usualRecipe } from '../model/recipes.js';
import { offline } from '../offline/offline.js';
import { NO_REPORT, Photos } from '../photos/photos.js';
import { Taking } from '../take-away/taking.js';
import { NO_LEVELS } from '../train/curves.js';
import { NO_RUN, Running } from '../train/running.js';
import { forgetChoices } from '../ui/choices.js';
import { hiddenNames } from '../ui/hiding.js';
import { place } from '../ui/place.js';
import { Views } from '../views/views.js';
import { showAsked } from './asked.js';
import { KEPT, fromQuery, toQuery } from './link.js';
import { advised, alike, spokenOf } from './notices.js';
import { AT_FIRST, NO_PICTURES } from './state.js';

/** After these the worker is of no more use. */
const FATAL = ['crashed', 'deviceLost', 'notStarted'];

/**
 * @typedef {import('../photos/picture-choice.js').Source} Source
 * @typedef {import('../engine/session.js').Picture} Picture
 * @typedef {import('../engine/session.js').TrainSettings} TrainSettings
 * @typedef {import('./notice-list.js').Notice} Notice
 */

/** Fires `change` when the state is another. */
export class Playground extends EventTarget {
  state = { ...AT_FIRST };

  /** @type {Session | undefined} */ session = undefined;
  /** What the core's settings are if nothing is said. @type {TrainSettings | undefined} */ defaults = undefined;
  /** @type {Promise<void> | undefined} */ restarting = undefined;
  /** Why there is no session. @type {unknown} */ #missing;
  /** The built-in shapes, to be looked at. @type {Promise<readonly import('../engine/session.js').Square[]> | undefined} */ #shapes;
  #noticed = 0;
  /** Of the checks of the settings. */ #checked = 0;

  keeping = new Keeping(offline.version);
  /** @type {Photos} */ photos = new Photos(this);
  /** @type {Views} */ views = new Views(this);
  /** @type {Running} */ running = new Running(this);
  /** @type {Learning} */ learning = new Learning(this);
  /** @type {Watching} */ watching = new Watching(this);
  /** @type {Taking} */ taking = new Taking(this, offline.version);
  /** @type {Teaching} */ teaching = new Teaching(this);
  /** All that was kept is there, and the engine. */ started = Promise.resolve();
  /** The pictures that were asked for last are there, or are not to be had. @type {Promise<unknown>} */ loaded = Promise.resolve();

  constructor() {
    super();
    this.keeping.addEventListener('lost', (event) => {
      const lost = /** @type {CustomEvent} */ (event).detail;
      this.set({ lost });
      this.notice({ key: `storage.${lost}` });
    });
    this.keeping.addEventListener('unkept', () => this.notice({ key: 'storage.unkept' }));
    this.keeping.photos.addEventListener('change', () => this.set({ album: this.keeping.photos.pictures }));
    this.keeping.addEventListener('visit', () => this.set({ waits: this.keeping.waits }));
    this.keeping.addEventListener('runs', () => this.set({ runs: this.keeping.runs }));
  }

  /** Brings back what was kept, or takes what the address asks for. */
  start() {
    const query = new URLSearchParams(location.search);
    for (const notice of showAsked(query)) this.notice(notice);
    this.started = this.attempt(async () => {
      const restored = this.keeping.restore();
      this.set({ instances: Number(query.get('instances')) || undefined });
      await this.#open(query.get('device'));
      this.set({ samples: await this.engine.shapes({ count: 4, side: 64 }) });
      const view = await restored;
      this.photos.watch(view?.alike);
      const asked = await this.#asked(query);
      const waiting = asked && (await this.keeping.visit());
      const source = /** @type {Source} */ (asked ? (asked.pictures.source ?? 'shapes') : (view?.source ?? 'shapes'));
      const usual = this.usual(source);
      const { side, settings } = asked ? { ...asked.pictures, settings: asked.settings } : { ...view };
      this.set({ settings: { ...usual.settings, ...settings } });
      await this.#first(source, side ?? usual.side);
      if (waiting) this.notice({ key: 'link.runWaits', values: { done: waiting.checkpoint.step }, back: true });
      if (!asked) await this.running.remind();
    });
    return this.photos.wait(this.started);
  }

  /** @param {Partial<Playground['state']>} change */
  set(change) {
    const state = { ...this.state, ...change };
    const notices = state.notices.filter((notice) => Object.is(notice.of, spokenOf(notice, state)));
    this.state = notices.length < state.notices.length ? { ...state, notices } : state;
    this.dispatchEvent(new Event('change'));
  }

  /** Says a thing until it is dismissed, or is so no longer. @param {Omit<Notice, 'id' | 'of'>} notice */
  notice(notice) {
    // What is said again takes the place of what was said.
    const others = this.state.notices.filter((other) => !alike(other, notice));
    const said = { id: ++this.#noticed, ...notice };
    this.set({ notices: [...others, { ...said, of: spokenOf(said, this.state) }] });
  }

  /** @param {number} notice */
  dismiss(notice) {
    this.set({ notices: this.state.notices.filter(({ id }) => id !== notice) });
  }

  /** What went wrong before is not said again of what is tried now. */
  clear() {
    this.set({ wrong: undefined, notices: this.state.notices.filter(({ problem }) => !problem) });
  }

  /** Does a thing, and says what went wrong with it. @param {() => unknown} task */
  async attempt(task) {
    try {
      await task.call(this);
    } catch (error) {
      await this.failed(error);
    } finally {
      this.set({ busy: false });
    }
  }

  /** A listener that does a thing with an event's detail. @param {(detail: any) => unknown} task */
  attempts(task) {
    return (/** @type {CustomEvent} */ event) => this.attempt(() => task.call(this, event.detail));
  }

  /** Is the worker of no more use? @param {SessionError} error */
  ends(error) {
    return FATAL.includes(error.code) || error.code === 'closed';
  }

  /** @param {unknown} error */
  async failed(error) {
    const ours = isFailure(error);
    // Who closed it knows.
    if (ours && /** @type {any} */ (error).code === 'closed') return;
    const problem = ours ? /** @type {SessionError} */ (error) : { message: String(error) };
    this.notice({ problem });
    if (!('code' in problem)) return;
    this.set({ wrong: problem.details?.field });
    if (FATAL.includes(problem.code)) await this.#restart();
  }

  get engine() {
    if (!this.session) throw this.#missing ?? new Error('the training engine has not started');
    return this.session;
  }

  /** @param {string | null} asked */
  async #open(asked) {
    const device = asked === 'cpu' || asked === 'webgpu' ? asked : 'auto';
    const session = await Session.create({ device, photos: this.keeping.photos, instances: this.state.instances }).catch((error) => {
      throw (this.#missing = error);
    });
    session.addEventListener('waits', () => this.set({ waiting: true }));
    session.addEventListener('set', () => this.photos.joined());
    session.addEventListener('problem', (event) => this.failed(/** @type {CustomEvent} */ (event).detail));
    session.addEventListener('instances', () => this.set({ instances: session.instances }));
    this.session = session;
    this.defaults = session.settings;
    this.set({ device: session.device, instances: session.instances, settings: this.state.settings ?? session.settings });
    if (device === 'webgpu' && session.device.kind !== 'webgpu') this.notice({ key: 'notice.noWebGpu' });
  }

  /** The engine is gone: another is started, with the same pictures and settings, and goes on from what was kept. */
  #restart() {
    // Everyone who waited for the engine tells of its end; one restart is enough.
    this.restarting ??= this.#restartNow().finally(() => {
      this.restarting = undefined;
      this.set({ busy: false });
    });
    return this.restarting;
  }

  async #restartNow() {
    this.set({ busy: true });
    try {
      this.session?.close();
      await this.#open('cpu');
      await this.#load(this.state.source, this.state.side);
      this.notice({ key: 'notice.restarted' });
      await this.running.resume();
    } catch (error) {
      this.notice({ problem: error instanceof SessionError ? error : { message: String(error) } });
    }
  }

  /** The set to begin with; where it cannot be had, as without a network, that is said, and there are the shapes. @param {Source} source @param {number} side */
  async #first(source, side) {
    await this.use(source, side).catch((error) => this.failed(error));
    if (source !== this.state.source && !this.state.pictures.length) await this.use('shapes', side);
  }

  /** What is trained with if nothing is said. @param {string} [source] */
  usual(source = this.state.source) {
    const name = usualRecipe(source);
    const defaults = /** @type {TrainSettings} */ (this.defaults);
    return { side: RECIPES[name].side, settings: settingsOfRecipe(name, defaults) };
  }

  /**
   * Takes other pictures, or the same at another side, with the run that was kept of these. Settings that are the usual ones of
   * the pictures before become those of the new ones.
   * @param {Source} source @param {number} [side]
   */
  async use(source, side) {
    this.set({ busy: true });
    const began = this.state.progress.done > 0;
    const { settings } = this.state;
    const recipe = settings && this.defaults && recipeOf(settings, this.state.side, this.defaults);
    const follows = settings && side === undefined && recipe === usualRecipe(this.state.source);
    if (follows) {
      this.set({ settings: { ...this.usual(source).settings, seed: settings.seed } });
    }
    await this.#load(source, side ?? (follows ? this.usual(source).side : this.state.side));
    if (began) await this.running.wait();
    await this.running.resume();
  }

  /**
   * Begins with these pictures and settings, and nothing learned.
   * @param {Source} source @param {number} side @param {TrainSettings} settings
   */
  async begin(source, side, settings) {
    this.set({ settings, wrong: undefined, busy: true });
    try {
      await this.loaded;
      if (source !== this.state.source || side !== this.state.side) await this.#load(source, side);
      else {
        await this.running.reset();
        await this.views.draw(this.state.draw);
      }
    } finally {
      this.set({ busy: false });
    }
  }

  /** One set after the other, so that the page and the engine have the same. @param {Source} source @param {number} side */
  #load(source, side) {
    const loading = this.loaded.then(() => this.#take(source, side));
    this.loaded = loading.catch(() => {});
    return loading;
  }

  /** @param {Source} source @param {number} side */
  async #take(source, side) {
    const engine = this.engine;
    if (source === 'shapes') await engine.useShapes({ side });
    else if (source === 'emoji') await engine.useEmoji({ side });
    else await engine.usePhotos({ side });
    const pictures = source === 'own' ? [] : await this.builtIn(source);
    this.learning.cancel();
    this.watching.forget();
    this.set({ ...NO_RUN, ...NO_PICTURES, source, side, pictures });
    this.keepView();
    this.looked();
    if (source === 'own') this.photos.show();
    else await this.views.draw();
  }

  /** A built-in set, at a side to be looked at. @param {'shapes' | 'emoji'} source */
  builtIn(source) {
    if (source === 'emoji') return this.engine.emoji();
    // Drawn once: they take longer than all else that is done for another side.
    this.#shapes ??= this.engine.shapes({ side: 64 });
    this.#shapes.catch(() => (this.#shapes = undefined));
    return this.#shapes;
  }

  /** The settings that the address asks for, which are then the page's own. @param {URLSearchParams} query */
  async #asked(query) {
    const { engine } = this;
    const isPolicy = (/** @type {any} */ policy) => engine.preview([], { policy }).then(() => true, () => false);
    const asked = await fromQuery(query, this.usual('shapes').settings, engine.ranges, isPolicy);
    for (const { key, values } of asked.corrections) this.notice({ key, values });
    if (!asked.known) return undefined;
    const kept = new URLSearchParams(KEPT.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])));
    history.replaceState(null, '', `${location.pathname}${kept.size ? `?${kept}` : ''}${location.hash}`);
    return asked;
  }

  /** The page's address with all settings in it. */
  get link() {
    const { settings, source, side } = this.state;
    if (!settings || !this.defaults) return '';
    // Photos stay on their device, and so does that they were used.
    const usual = this.usual(source === 'own' ? 'shapes' : source);
    const address = new URL(location.href);
    const query = toQuery(settings, usual.settings, { source, side });
    if (hiddenNames().length) query.set('hide', hiddenNames().join());
    address.search = query.toString();
    address.hash = '';
    return address.href;
  }

  /** Opens a station, or none. @param {string} station */
  visit(station) {
    if (station === this.state.station) return;
    this.set({ station });
    this.rest();
    this.watching.look();
  }

  /** With nothing else to do, shows what takes the engine a while and is in sight. */
  rest() {
    return this.running.rest().catch((error) => this.failed(error));
  }

  async forget() {
    this.set({ busy: true });
    await this.photos.stop();
    await this.teaching.halt();
    const forgotten = await this.keeping.forget();
    forgetChoices();
    const { side, settings } = this.usual('shapes');
    this.set({ settings, skipped: NO_REPORT, notices: [], forgotten: this.state.forgotten + 1 });
    await this.#load('shapes', side);
    await this.teaching.forget();
    // The page itself is nothing that the visitor made, but lies on the device all the same.
    const stays = offline.state === 'kept' && { why: 'notice.pageStays', values: { address: new URL('?sw=off', place).href } };
    this.notice(forgotten ? { key: 'notice.forgotten', ...stays } : { key: 'storage.otherTab' });
  }

  keepView() {
    const { source, side, settings } = this.state;
    this.keeping.view({ source, side, settings, alike: this.photos.kept });
  }

  /** Steps that a run which is finished goes on for; none while there is no engine to say what is usual. */
  get more() {
    return this.state.stretch ?? (this.defaults ? this.usual().settings.steps : 0);
  }

  /** Trains; a run that is finished goes on as long again. */
  async play() {
    const { progress, settings } = this.state;
    const { more } = this;
    if (progress.finished && settings) this.set({ settings: { ...settings, steps: progress.done + more }, stretch: more });
    await this.running.train();
  }

  /** Trains from the beginning, with what is held out now held out from the first step on. */
  async anew() {
    await this.running.reset();
    await this.running.train();
  }

  /** Takes a recipe by its name. @param {import('../model/recipes.js').RecipeName} name */
  async recipe(name) {
    const { settings, side } = this.state;
    if (!settings || !this.defaults) return;
    this.settings({ ...settingsOfRecipe(name, this.defaults), seed: settings.seed });
    if (RECIPES[name].side !== side) await this.use(this.state.source, RECIPES[name].side);
  }

  /** Says what the batches of these labels would do, before they are run. */
  #warn() {
    const key = advised(this.state);
    if (key) this.notice({ key });
  }

  /** @param {Partial<TrainSettings>} change */
  settings(change) {
    const { settings } = this.state;
    if (!settings) return;
    this.set({ settings: { ...settings, ...change }, wrong: undefined });
    this.keepView();
    this.looked();
    if (!this.state.progress.done) return;
    if ('seed' in change) this.notice({ key: 'notice.seedNext' });
    this.attempt(() => this.running.configure());
  }

  /** Settings or pictures are others: what does the model cost, can it be trained, and how does it look before? */
  async looked() {
    const number = ++this.#checked;
    const { settings } = this.state;
    const { engine } = this;
    const cost = await engine.modelCost(settings).catch(() => this.state.cost);
    const checked = await engine.check(settings).then(
      (foreseen) => ({ foreseen, refused: undefined }),
      (error) => ({ foreseen: NO_LEVELS, refused: this.ends(error) ? undefined : error }),
    );
    if (number !== this.#checked) return;
    // A run in hand has its own, until it is told of other settings and makes a step with them.
    const levels = this.state.progress.done ? this.state.levels : checked.foreseen;
    this.set({ cost, levels, ...checked });
    this.#warn();
    await this.watching.look();
  }
}
