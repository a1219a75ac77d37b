// The page: one state, drawn by the elements; what they ask for goes to the session.
import { LitElement, css, html, nothing } from 'lit';
import './components/device-badge.js';
import './components/loss-curve.js';
import './components/notice-list.js';
import './components/pair-inspector.js';
import './components/picture-gallery.js';
import './components/pixel-square.js';
import './components/run-history.js';
import './components/storage-note.js';
import { shared } from './components/styles.js';
import './components/train-controls.js';
import './components/view-preview.js';
import { Localized, i18n, languages, t } from './i18n.js';
import { Keeping } from './keeping.js';
import { addMark, pace } from './pace.js';
import { NO_REPORT, Photos } from './photos.js';
import { Session, SessionError } from './session.js';
import { NO_VIEWS, Views } from './views.js';

/** After these the worker is of no more use. */
const FATAL = ['crashed', 'deviceLost'];

/** @typedef {import('./components/picture-gallery.js').Source} Source */
/** @typedef {import('./album.js').Picture} Picture */

const NO_RUN = {
  running: false,
  progress: { done: 0, steps: 0, finished: false },
  losses: /** @type {number[]} */ ([]),
  chance: NaN,
  batch: /** @type {import('./session.js').Batch | undefined} */ (undefined),
  marks: /** @type {import('./pace.js').Mark[]} */ ([]),
};
const NO_PICTURES = {
  pictures: /** @type {readonly import('./components/picture-grid.js').Picture[]} */ ([]),
  ...NO_VIEWS,
  selected: /** @type {Set<number>} */ (new Set()),
  /** Changes wait for the end of the epoch. */
  waiting: false,
  duplicates: /** @type {Picture[][]} */ ([]),
};

export class ContrastivePlayground extends LitElement {
  static properties = { state: { state: true } };

  static styles = [
    shared,
    css`
      :host { max-width: 92rem; margin: 0 auto; padding: 1.2rem clamp(.8rem, 3vw, 2.5rem) 3rem; }
      header { display: grid; grid-template-columns: 1fr auto; gap: .4rem 1.5rem; align-items: start; }
      h1 { margin: 0; font-size: clamp(1.5rem, 4vw, 2.2rem); line-height: 1.2; }
      .tagline { grid-column: 1 / -1; max-width: 62rem; }
      device-badge { grid-column: 1 / -1; }
      main { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 1.1rem; margin-top: 1.2rem; }
      main > * { grid-column: span 12; }
      @media (min-width: 62rem) {
        picture-gallery, view-preview, train-controls, loss-curve { grid-column: span 6; }
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
      /** Something is under way that must end before the next thing starts. */
      busy: true,
      device: /** @type {import('./session.js').DeviceReport | undefined} */ (undefined),
      settings: /** @type {import('./session.js').TrainSettings | undefined} */ (undefined),
      wrong: /** @type {string | undefined} */ (undefined),
      adding: /** @type {import('./intake/intake.js').Count | undefined} */ (undefined),
      skipped: NO_REPORT,
      runs: /** @type {import('./store.js').Run[]} */ ([]),
      /** Why nothing is kept. */
      lost: /** @type {string | undefined} */ (undefined),
      notices: /** @type {import('./components/notice-list.js').Notice[]} */ ([]),
    };
    /** @type {Session | undefined} */ this.session = undefined;
    this.noticed = 0;
    /** @type {Promise<void> | undefined} */ this.restarting = undefined;
    /** What the settings are if nothing is said. @type {import('./session.js').TrainSettings | undefined} */
    this.defaults = undefined;
    this.keeping = new Keeping();
    this.photos = new Photos(this);
    this.views = new Views(this);
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
      const { source = 'shapes', side = 32, settings } = view ?? {};
      this.set({ settings: { .../** @type {any} */ (this.state.settings), ...settings } });
      await this.use(/** @type {Source} */ (source), side);
      await this.#resume();
    });
    this.photos.wait(started);
  }

  render() {
    const { state, photos, views } = this;
    const album = this.keeping.photos;
    /** @param {(detail: any) => Promise<unknown>} task */
    const attempt = (task) => (/** @type {CustomEvent} */ event) => this.#attempt(() => task.call(this, event.detail));
    const pictures = state.pictures.length;
    return html`
      <header>
        <h1>${t('title')}</h1>
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
        <p class="tagline">${t('tagline')}</p>
        <device-badge .device=${state.device}></device-badge>
      </header>
      <notice-list .notices=${state.notices} @dismiss=${this.#dismiss}></notice-list>
      <main>
        <picture-gallery
          .source=${state.source}
          .side=${state.side}
          .pictures=${state.pictures}
          .selected=${state.selected}
          .adding=${state.adding}
          .skipped=${state.skipped}
          .duplicates=${state.duplicates}
          ?waiting=${state.waiting}
          ?disabled=${state.busy}
          @source=${attempt((source) => this.use(source, state.side))}
          @side=${attempt((side) => this.use(state.source, side))}
          @files=${(/** @type {CustomEvent} */ event) => photos.add(event.detail)}
          @squares=${(/** @type {CustomEvent} */ event) => photos.addSquares(() => event.detail)}
          @builtin=${(/** @type {CustomEvent} */ event) => photos.addBuiltIn(event.detail)}
          @cancel=${() => photos.cancel()}
          @select=${(/** @type {CustomEvent} */ event) => this.set({ selected: event.detail })}
          @label=${(/** @type {CustomEvent} */ event) => album.label(state.selected, event.detail || undefined)}
          @remove=${() => album.remove(state.selected)}
          @clear=${() => album.clear()}
          @merge=${(/** @type {CustomEvent} */ event) => photos.merge(event.detail)}
          @keep=${(/** @type {CustomEvent} */ event) => photos.keep(event.detail)}
          @dismiss=${() => this.set({ skipped: NO_REPORT })}
          @problem=${(/** @type {CustomEvent} */ event) => this.notice({ problem: event.detail })}
        ></picture-gallery>
        <view-preview
          .originals=${state.originals}
          .views=${state.views}
          .parameters=${state.parameters}
          .policy=${state.settings?.policy}
          .side=${state.side}
          ?disabled=${state.busy}
          @draw=${attempt(() => views.draw())}
          @policy=${attempt((policy) => views.use(policy))}
          @preset=${attempt(async (name) => views.use(await this.engine.preset(name)))}
        ></view-preview>
        <train-controls
          .settings=${state.settings}
          .progress=${state.progress}
          .pace=${pace(state.marks, state.progress.steps)}
          .pictures=${pictures}
          .wrong=${state.wrong}
          ?running=${state.running}
          ?disabled=${state.busy}
          @settings=${(/** @type {CustomEvent} */ event) => this.settings(event.detail)}
          @train=${attempt(this.#train)}
          @pause=${() => this.session?.pause()}
          @step=${attempt(this.#step)}
          @reset=${attempt(this.#reset)}
        ></train-controls>
        <loss-curve .losses=${state.losses} .chance=${state.chance}></loss-curve>
        <pair-inspector
          .batch=${state.batch}
          ?disabled=${state.busy}
          @anchor=${attempt(this.#inspect)}
        ></pair-inspector>
        <run-history .runs=${state.runs} @drop=${attempt((id) => this.keeping.drop(id))}></run-history>
      </main>
      <storage-note lost=${state.lost ?? nothing} @forget=${attempt(this.#forget)}></storage-note>
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

  /** @param {Omit<import('./components/notice-list.js').Notice, 'id'>} notice */
  notice(notice) {
    // What is said again takes the place of what was said.
    const others = this.state.notices.filter(({ key }) => key === undefined || key !== notice.key);
    this.set({ notices: [...others, { id: ++this.noticed, ...notice }] });
  }

  /** @param {CustomEvent} event */
  #dismiss(event) {
    this.set({ notices: this.state.notices.filter(({ id }) => id !== event.detail) });
  }

  /** What went wrong before is not said again of what is tried now. */
  #clear() {
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

  /** @param {import('./session.js').DeviceChoice | null} asked */
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
      await this.#resume();
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
    this.set({ ...NO_RUN, ...NO_PICTURES, source, side, pictures });
    this.keepView();
    if (source === 'own') this.photos.show();
    else await this.views.draw();
  }

  /** Goes on with the run that was kept, if it is of these pictures. */
  async #resume() {
    const kept = await this.keeping.resumable();
    if (!kept) return;
    const { run, checkpoint } = kept;
    if (run.source !== this.state.source || run.side !== this.state.side) return this.keeping.end();
    try {
      await this.engine.load(checkpoint.file);
      // Those of the page are the latest; the run's own may be older.
      const progress = await this.engine.configure(this.state.settings ?? {});
      this.set({ progress, losses: run.losses, chance: run.chance });
    } catch (error) {
      await this.keeping.end();
      throw error;
    }
    const { progress } = this.state;
    this.notice({ key: 'notice.resumed', values: { done: progress.done, steps: progress.steps } });
  }

  async #forget() {
    this.set({ busy: true });
    await this.photos.stop();
    const forgotten = await this.keeping.forget();
    i18n.forget();
    this.set({ settings: this.defaults, skipped: NO_REPORT, notices: [] });
    await this.#load('shapes', 32);
    this.notice({ key: forgotten ? 'notice.forgotten' : 'storage.otherTab' });
  }

  keepView() {
    const { source, side, settings } = this.state;
    this.keeping.view({ source, side, settings, alike: this.photos.kept });
  }

  /** @param {{ now?: boolean }} [options] */
  #keepRun(options) {
    const run = () => {
      const { source, side, pictures, losses, chance, settings } = this.state;
      return { source, side, pictures: pictures.length, losses, chance, settings: /** @type {any} */ (settings) };
    };
    // A run that cannot be kept goes on; if its device is lost, training says so itself.
    return this.keeping.run(run, () => this.engine.save(), options).catch(() => {});
  }

  /** @param {Partial<import('./session.js').TrainSettings>} change */
  settings(change) {
    const { settings } = this.state;
    if (!settings) return;
    this.set({ settings: { ...settings, ...change }, wrong: undefined });
    this.keepView();
    if (!this.state.progress.done) return;
    if ('seed' in change) this.notice({ key: 'notice.seedNext' });
    this.#attempt(this.#configure);
  }

  /** Settings changed in the middle of a run are for its next steps. */
  async #configure() {
    const progress = await this.engine.configure(this.state.settings ?? {});
    this.set({ progress, marks: [] });
  }

  async #train() {
    this.#clear();
    this.set({ running: true, marks: [] });
    try {
      for await (const report of this.engine.train(this.state.settings)) {
        this.#report(report);
        this.#keepRun();
      }
    } finally {
      this.set({ running: false });
      this.photos.rested();
    }
    await this.#keepRun({ now: true });
  }

  async #step() {
    this.#clear();
    this.#report(await this.engine.step(this.state.settings));
    this.#keepRun({ now: true });
  }

  async #reset() {
    await this.engine.reset();
    await this.keeping.end();
    this.set({ ...NO_RUN, wrong: undefined });
  }

  /** @param {import('./session.js').Report} report */
  #report({ progress, losses: { first, losses, chance }, batch = this.state.batch, at }) {
    const marks = addMark(this.state.marks, { at, done: progress.done });
    const all = [...this.state.losses.slice(0, first - 1), ...losses];
    this.set({ progress, losses: all, chance, batch, marks });
  }

  /** @param {number} row */
  async #inspect(row) {
    const anchor = await this.engine.inspect(row);
    const { batch } = this.state;
    if (batch) this.set({ batch: { ...batch, anchor } });
  }
}

customElements.define('contrastive-playground', ContrastivePlayground);
