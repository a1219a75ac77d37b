// The page: one state, drawn by the elements; what they ask for goes to the session.
import { LitElement, css, html, nothing } from 'lit';
import './device-badge.js';
import './look-menu.js';
import './notice-list.js';
import './storage-note.js';
import { shared } from '../ui/styles.js';
import { forgetChoices } from '../ui/choices.js';
import { Localized, i18n, languages, t } from '../ui/i18n.js';
import { Keeping } from '../kept/keeping.js';
import { Learning, NOTHING_LEARNED } from '../learned/learning.js';
import { fromQuery } from './link.js';
import { remember } from '../ui/opened.js';
import { allParts, foldedParts } from './parts.js';
import { NO_REPORT, Photos } from '../photos/photos.js';
import { NO_RUN, Running } from '../train/running.js';
import { Session, SessionError } from '../engine/session.js';
import { Taking } from '../take-away/taking.js';
import { NO_VIEWS, Views } from '../views/views.js';

/** After these the worker is of no more use. */
const FATAL = ['crashed', 'deviceLost'];

/** @typedef {import('../photos/picture-gallery.js').Source} Source */
/** @typedef {import('../engine/album.js').Picture} Picture */

const NO_PICTURES = {
  pictures: /** @type {readonly import('../photos/picture-grid.js').Picture[]} */ ([]),
  ...NO_VIEWS,
  selected: /** @type {Set<number>} */ (new Set()),
  /** What the engine says of them. */
  set: /** @type {import('../engine/session.js').SetReport | undefined} */ (undefined),
  learned: NOTHING_LEARNED,
  /** The cell of the batch's table that is looked at. */
  cell: /** @type {{ row: number, column?: number }} */ ({ row: 0 }),
  /** Changes wait for the end of the epoch. */
  waiting: false,
  duplicates: /** @type {Picture[][]} */ ([]),
};

export class ContrastivePlayground extends LitElement {
  static properties = { state: { state: true } };

  static styles = [
    shared,
    css`
      :host { padding: 1.2rem clamp(.8rem, 2vw, 2.5rem) 3rem; }
      .top { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; align-items: center; justify-content: space-between; }
      h1 { margin: 0; font-size: clamp(1.5rem, 4vw, 2.2rem); line-height: 1.2; }
      .tagline { max-width: 62rem; margin: .4rem 0; }
      main, main > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.1rem; align-content: start; }
      main { margin-top: 1.2rem; }
      .split { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
      .found { display: grid; gap: 1.6rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); align-items: start; }
      .found > div > * + * { margin-top: 1.4rem; }
      button.link { min-height: 0; padding: 0 .2rem; border: 0; background: none; color: var(--accent); text-decoration: underline; }
      #learned > * + *, #step > * + *, #train > * + * { margin-top: 1.4rem; }
      /* The pipeline, from left to right where there is room. */
      @media (min-width: 62rem) {
        main { grid-template-columns: repeat(2, minmax(0, 1fr)); }
        .look, .learn { grid-column: 1 / -1; }
      }
      @media (min-width: 110rem) {
        main { grid-template-columns: repeat(3, minmax(0, 1fr)); }
        .look { grid-column: auto; }
      }
      @media (min-width: 170rem) {
        main { grid-template-columns: repeat(4, minmax(0, 1fr)); }
        .learn { grid-column: auto; }
      }
    `,
  ];

  constructor() {
    super();
    this.state = {
      ...NO_RUN,
      ...NO_PICTURES,
      source: /** @type {Source} */ ('shapes'),
      side: 32,
      draw: 0,
      folded: foldedParts(),
      /** Something is under way that must end before the next thing starts. */
      busy: true,
      device: /** @type {import('../engine/session.js').DeviceReport | undefined} */ (undefined),
      settings: /** @type {import('../engine/session.js').TrainSettings | undefined} */ (undefined),
      /** What the model of these settings costs. */
      cost: /** @type {import('contrastive-playground').ModelCost | undefined} */ (undefined),
      /** The setting that was refused, and why these settings cannot be trained with. */
      wrong: /** @type {string | undefined} */ (undefined),
      refused: /** @type {SessionError | undefined} */ (undefined),
      /** What is being made to be taken away. */
      taking: '',
      adding: /** @type {import('../intake/intake.js').Count | undefined} */ (undefined),
      skipped: NO_REPORT,
      runs: /** @type {import('../kept/store.js').Run[]} */ ([]),
      /** Why nothing is kept. */
      lost: /** @type {string | undefined} */ (undefined),
      notices: /** @type {import('./notice-list.js').Notice[]} */ ([]),
    };
    /** @type {Session | undefined} */ this.session = undefined;
    this.noticed = 0;
    /** @type {Promise<void> | undefined} */ this.restarting = undefined;
    /** What the settings are if nothing is said. @type {import('../engine/session.js').TrainSettings | undefined} */
    this.defaults = undefined;
    this.keeping = new Keeping();
    this.photos = new Photos(this);
    this.views = new Views(this);
    this.running = new Running(this);
    this.learning = new Learning(this);
    this.taking = new Taking(this);
    /** Of the checks of the settings. */ this.checked = 0;
    /** Parts of the page that are in sight. @type {Set<string>} */ this.seen = new Set();
    this.keeping.addEventListener('lost', (event) => {
      const lost = /** @type {CustomEvent} */ (event).detail;
      this.set({ lost });
      this.notice({ key: `storage.${lost}` });
    });
    this.keeping.addEventListener('runs', () => this.set({ runs: this.keeping.runs }));
    new Localized(this);
    i18n.addEventListener('change', () => this.#title());
  }

  connectedCallback() {
    super.connectedCallback();
    this.#title();
    const started = this.#attempt(async () => {
      const restored = this.keeping.restore();
      await this.#open(/** @type {any} */ (new URLSearchParams(location.search).get('device')));
      const view = await restored;
      this.photos.watch(view?.alike);
      const asked = await this.#asked();
      const { source = 'shapes', side = 32, settings } = { ...view, ...asked?.pictures };
      const all = { .../** @type {any} */ (this.state.settings), ...(asked ? asked.settings : settings) };
      this.set({ settings: all });
      await this.use(/** @type {Source} */ (source), side);
      if (asked) await this.keeping.end();
      else await this.running.resume();
    });
    this.photos.wait(started);
  }

  firstUpdated() {
    // What takes the engine a while is done for those who look at it.
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.seen.add(target.id);
        else this.seen.delete(target.id);
      }
      this.#rest();
    });
    for (const id of ['step', 'learned']) observer.observe(/** @type {Element} */ (this.renderRoot.querySelector(`#${id}`)));
  }

  render() {
    const { state } = this;
    return html`
      <header>
        <div class="top">
          <h1>${t('title')}</h1>
          <div class="row">
            <label>
              <span class="faint">${t('language.label')}</span>
              <select @change=${(/** @type {any} */ event) => i18n.use(event.target.value)}>
                ${Object.entries(languages).map(
                  ([language, strings]) => html`<option value=${language} ?selected=${language === i18n.language}>
                    ${strings['language.name']}
                  </option>`,
                )}
              </select>
            </label>
            <look-menu></look-menu>
          </div>
        </div>
        <p class="tagline">${t('tagline')} ${t('private')}</p>
        <device-badge .device=${state.device}></device-badge>
      </header>
      <notice-list .notices=${state.notices} @dismiss=${this.#dismiss}></notice-list>
      <main @problem=${(/** @type {CustomEvent} */ event) => this.notice({ problem: event.detail })}>${allParts(this)}</main>
      <storage-note lost=${state.lost ?? nothing} @forget=${this.attempts(this.#forget)}></storage-note>
    `;
  }

  /** @param {Partial<ContrastivePlayground['state']>} change */
  set(change) {
    this.state = { ...this.state, ...change };
  }

  /** The page's title and language follow the words. */
  #title() {
    document.title = t('title');
    document.documentElement.lang = i18n.tag;
  }

  /** @param {Omit<import('./notice-list.js').Notice, 'id'>} notice */
  notice(notice) {
    // What is said again takes the place of what was said.
    const again = (/** @type {typeof this.state.notices[number]} */ { key, values }) =>
      key && key === notice.key && values?.name === notice.values?.name;
    const others = this.state.notices.filter((other) => !again(other));
    this.set({ notices: [...others, { id: ++this.noticed, ...notice }] });
  }

  /** @param {CustomEvent} event */
  #dismiss(event) {
    this.set({ notices: this.state.notices.filter(({ id }) => id !== event.detail) });
  }

  /** What went wrong before is not said again of what is tried now. */
  clear() {
    this.set({ wrong: undefined, notices: this.state.notices.filter(({ problem }) => !problem) });
  }

  /** Does a thing, and says what went wrong with it. @param {() => Promise<unknown>} task */
  async #attempt(task) {
    try {
      await task.call(this);
    } catch (error) {
      await this.failed(error);
    } finally {
      this.set({ busy: false });
    }
  }

  #rest() {
    return this.running.rest().catch((error) => this.failed(error));
  }

  /** A listener that does a thing with an event's detail. @param {(detail: any) => unknown} task */
  attempts(task) {
    return (/** @type {CustomEvent} */ event) => this.#attempt(async () => task.call(this, event.detail));
  }

  /** Is the worker of no more use? @param {SessionError} error */
  ends(error) {
    return FATAL.includes(error.code) || error.code === 'closed';
  }

  /** @param {unknown} error */
  async failed(error) {
    const problem = error instanceof SessionError ? error : { message: String(error) };
    // Who closed it knows.
    if ('code' in problem && problem.code === 'closed') return;
    this.notice({ problem });
    if (!(problem instanceof SessionError)) return;
    this.set({ wrong: problem.details?.field });
    if (FATAL.includes(problem.code)) await this.#restart();
  }

  /** @param {import('../engine/session.js').DeviceChoice | null} asked */
  async #open(asked) {
    const device = asked === 'cpu' || asked === 'webgpu' ? asked : 'auto';
    const session = await Session.create({ device, photos: this.keeping.photos });
    session.addEventListener('waits', () => this.set({ waiting: true }));
    session.addEventListener('set', () => this.photos.joined());
    session.addEventListener('problem', (event) => this.failed(/** @type {CustomEvent} */ (event).detail));
    this.session = session;
    this.defaults = session.settings;
    this.set({ device: session.device, settings: this.state.settings ?? session.settings });
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

  get engine() {
    if (!this.session) throw new Error('the training engine has not started');
    return this.session;
  }

  /** Takes other pictures, or the same at another side: what was learned is over. @param {Source} source @param {number} side */
  async use(source, side) {
    this.set({ busy: true });
    const began = this.state.progress.done > 0;
    await this.#load(source, side);
    if (!began) return;
    await this.keeping.end();
    this.notice({ key: 'notice.restartedSet' });
  }

  /** @param {Source} source @param {number} side */
  async #load(source, side) {
    const engine = this.engine;
    if (source === 'shapes') await engine.useShapes({ side });
    else if (source === 'emoji') await engine.useEmoji({ side });
    else await engine.usePhotos({ side });
    const pictures = source === 'shapes' ? await engine.shapes({ side }) : source === 'emoji' ? await engine.emoji() : [];
    this.learning.cancel();
    this.set({ ...NO_RUN, ...NO_PICTURES, source, side, pictures });
    this.keepView();
    this.looked();
    if (source === 'own') this.photos.show();
    else await this.views.draw();
  }

  /** The settings that the address asks for, which are then the page's own. */
  async #asked() {
    const query = new URLSearchParams(location.search);
    const { engine, defaults } = this;
    if (!defaults || [...query.keys()].every((name) => name === 'device')) return undefined;
    const isPolicy = (/** @type {any} */ policy) => engine.preview([], { policy }).then(() => true, () => false);
    const asked = await fromQuery(query, defaults, engine.ranges, isPolicy);
    for (const { key, values } of asked.corrections) this.notice({ key, values });
    const device = query.get('device');
    history.replaceState(null, '', device ? `?device=${device}` : location.pathname);
    return asked;
  }

  async #forget() {
    this.set({ busy: true });
    await this.photos.stop();
    const forgotten = await this.keeping.forget();
    forgetChoices();
    this.set({ settings: this.defaults, folded: foldedParts(), skipped: NO_REPORT, notices: [] });
    await this.#load('shapes', 32);
    this.notice({ key: forgotten ? 'notice.forgotten' : 'storage.otherTab' });
  }

  keepView() {
    const { source, side, settings } = this.state;
    this.keeping.view({ source, side, settings, alike: this.photos.kept });
  }

  /** @param {string} part @param {boolean} fold */
  fold(part, fold) {
    remember(part, !fold);
    this.set({ folded: foldedParts() });
    this.#rest();
  }

  /** @param {Partial<import('../engine/session.js').TrainSettings>} change */
  settings(change) {
    const { settings } = this.state;
    if (!settings) return;
    this.set({ settings: { ...settings, ...change }, wrong: undefined });
    this.keepView();
    this.looked();
    if (!this.state.progress.done) return;
    if ('seed' in change) this.notice({ key: 'notice.seedNext' });
    this.#attempt(() => this.running.configure());
  }

  /** Settings or pictures are others: what does the model cost, and can it be trained? */
  async looked() {
    const number = ++this.checked;
    const { settings } = this.state;
    const { engine } = this;
    const cost = await engine.modelCost(settings).catch(() => this.state.cost);
    const refused = await engine.check(settings).then(
      () => undefined,
      (error) => (this.ends(error) ? undefined : error),
    );
    if (number === this.checked) this.set({ cost, refused });
  }
}

customElements.define('contrastive-playground', ContrastivePlayground);
