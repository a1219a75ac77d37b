// The page: one state, drawn by the elements; what they ask for goes to the session.
import { LitElement, css, html } from 'lit';
import './components/device-badge.js';
import './components/loss-curve.js';
import './components/notice-list.js';
import './components/pair-inspector.js';
import './components/picture-gallery.js';
import './components/pixel-square.js';
import { shared } from './components/styles.js';
import './components/train-controls.js';
import './components/view-preview.js';
import { Localized, i18n, languages, t } from './i18n.js';
import { addMark, pace } from './pace.js';
import { Session, SessionError } from './session.js';

/** Pictures in the preview of views, and thumbnails a page. */
const PREVIEWED = 6;
const THUMBNAILS = 72;
/** After these the worker is of no more use. */
const FATAL = ['crashed', 'deviceLost'];

const EMPTY = /** @type {Uint8ClampedArray} */ (new Uint8ClampedArray());
const NO_RUN = {
  running: false,
  progress: { done: 0, steps: 0, finished: false },
  losses: /** @type {number[]} */ ([]),
  chance: NaN,
  batch: /** @type {import('./session.js').Batch | undefined} */ (undefined),
  marks: /** @type {import('./pace.js').Mark[]} */ ([]),
};
const NO_PICTURES = { count: 0, thumbnails: EMPTY, originals: EMPTY, views: EMPTY };

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
      source: /** @type {'shapes' | 'own'} */ ('shapes'),
      side: 32,
      draw: 0,
      /** Something is under way that must end before the next thing starts. */
      busy: true,
      device: /** @type {import('./session.js').DeviceReport | undefined} */ (undefined),
      settings: /** @type {import('./session.js').TrainSettings | undefined} */ (undefined),
      wrong: /** @type {string | undefined} */ (undefined),
      adding: /** @type {{ done: number, total: number } | undefined} */ (undefined),
      notices: /** @type {import('./components/notice-list.js').Notice[]} */ ([]),
    };
    /** @type {Session | undefined} */ this.session = undefined;
    /** The visitor's files: the engine is given them again should it have to be restarted. @type {File[]} */
    this.photos = [];
    this.noticed = 0;
    new Localized(this);
    i18n.addEventListener('change', () => this.#title());
  }

  connectedCallback() {
    super.connectedCallback();
    this.#title();
    this.#attempt(async () => {
      await this.#open(/** @type {any} */ (new URLSearchParams(location.search).get('device')));
      await this.#use('shapes', this.state.side);
    });
  }

  render() {
    const { state } = this;
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
          .count=${state.count}
          .thumbnails=${state.thumbnails}
          .adding=${state.adding}
          ?disabled=${state.busy}
          @source=${(/** @type {CustomEvent} */ e) => this.#attempt(() => this.#use(e.detail, state.side))}
          @side=${(/** @type {CustomEvent} */ e) => this.#attempt(() => this.#use(state.source, e.detail))}
          @files=${(/** @type {CustomEvent} */ e) => this.#attempt(() => this.#add(e.detail))}
          @forget=${() => this.#attempt(this.#forget)}
          @more=${() => this.#attempt(this.#more)}
        ></picture-gallery>
        <view-preview
          .originals=${state.originals}
          .views=${state.views}
          .side=${state.side}
          ?disabled=${state.busy}
          @draw=${() => this.#attempt(this.#draw)}
        ></view-preview>
        <train-controls
          .settings=${state.settings}
          .progress=${state.progress}
          .pace=${pace(state.marks, state.progress.steps)}
          .wrong=${state.wrong}
          ?running=${state.running}
          ?disabled=${state.busy}
          @settings=${this.#settings}
          @train=${() => this.#attempt(this.#train)}
          @pause=${() => this.session?.pause()}
          @step=${() => this.#attempt(this.#step)}
          @reset=${() => this.#attempt(this.#reset)}
        ></train-controls>
        <loss-curve .losses=${state.losses} .chance=${state.chance}></loss-curve>
        <pair-inspector
          .batch=${state.batch}
          ?disabled=${state.busy}
          @anchor=${(/** @type {CustomEvent} */ e) => this.#attempt(() => this.#inspect(e.detail))}
        ></pair-inspector>
      </main>
    `;
  }

  /** @param {Partial<ContrastivePlayground['state']>} change */
  #set(change) {
    this.state = { ...this.state, ...change };
  }

  /** The page's title and language follow the words. */
  #title() {
    document.title = t('title');
    document.documentElement.lang = i18n.tag;
  }

  /** @param {Omit<import('./components/notice-list.js').Notice, 'id'>} notice */
  #notice(notice) {
    this.#set({ notices: [...this.state.notices, { id: ++this.noticed, ...notice }] });
  }

  /** @param {CustomEvent} event */
  #dismiss(event) {
    this.#set({ notices: this.state.notices.filter(({ id }) => id !== event.detail) });
  }

  /** What went wrong before is not said again of what is tried now. */
  #clear() {
    this.#set({ wrong: undefined, notices: this.state.notices.filter(({ problem }) => !problem) });
  }

  /** Does a thing, and says what went wrong with it. @param {() => Promise<void>} task */
  async #attempt(task) {
    try {
      await task.call(this);
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.#set({ busy: false, adding: undefined });
    }
  }

  /** @param {unknown} error */
  async #failed(error) {
    const problem = error instanceof SessionError ? error : { message: String(error) };
    this.#notice({ problem });
    if (!(problem instanceof SessionError)) return;
    this.#set({ wrong: problem.code === 'batchTooLarge' ? 'batchSize' : problem.details?.field });
    if (FATAL.includes(problem.code)) await this.#restart();
  }

  /** @param {import('./session.js').DeviceChoice | null} asked */
  async #open(asked) {
    const device = asked === 'cpu' || asked === 'webgpu' ? asked : 'auto';
    const session = await Session.create({ device });
    session.addEventListener('adding', (event) => {
      if (this.state.busy) this.#set({ adding: /** @type {CustomEvent} */ (event).detail });
    });
    this.session = session;
    this.#set({ device: session.device, settings: this.state.settings ?? session.settings });
    if (device === 'webgpu' && session.device.kind !== 'webgpu') this.#notice({ key: 'notice.noWebGpu' });
  }

  /** The engine is gone: another is started, with the same pictures and settings. */
  async #restart() {
    this.#set({ busy: true });
    try {
      await this.#open('cpu');
      const { source, side } = this.state;
      if (source === 'own') await this.#engine.addPhotos(this.photos);
      await this.#use(source, side);
      this.#notice({ key: 'notice.restarted' });
    } catch (error) {
      this.#notice({ problem: error instanceof SessionError ? error : { message: String(error) } });
    }
  }

  get #engine() {
    if (!this.session) throw new Error('the training engine has not started');
    return this.session;
  }

  /** @param {'shapes' | 'own'} source @param {number} side */
  async #use(source, side) {
    this.#set({ busy: true });
    const began = this.state.progress.done > 0;
    if (source === 'shapes') await this.#engine.useShapes({ side });
    else await this.#engine.usePhotos({ side });
    this.#set({ ...NO_RUN, ...NO_PICTURES, source, side });
    if (began) this.#notice({ key: 'notice.restartedSet' });
    await this.#look();
  }

  /** Shows the pictures in use. */
  async #look() {
    const { count } = await this.#engine.set();
    const shown = Math.max(THUMBNAILS, this.state.thumbnails.length / this.state.side ** 2 / 4);
    const thumbnails = await this.#engine.thumbnails(0, shown);
    this.#set({ count, thumbnails });
    await this.#draw();
  }

  /** Draws new views of the first pictures. */
  async #draw() {
    const { count, thumbnails, side } = this.state;
    const pictures = Array.from({ length: Math.min(PREVIEWED, count) }, (_, index) => index);
    const draw = this.state.draw + 1;
    const views = pictures.length ? await this.#engine.preview(pictures, { draw }) : EMPTY;
    this.#set({ draw, views, originals: thumbnails.subarray(0, pictures.length * side * side * 4) });
  }

  async #more() {
    const { count, thumbnails, side } = this.state;
    const shown = thumbnails.length / side ** 2 / 4;
    this.#set({ thumbnails: await this.#engine.thumbnails(0, Math.min(count, shown + 4 * THUMBNAILS)) });
  }

  /** @param {File[]} files */
  async #add(files) {
    if (!files.length) return this.#notice({ key: 'notice.noFiles' });
    const { source, side } = this.state;
    if (source === 'shapes') await this.#use('own', side);
    this.#set({ busy: true, adding: { done: 0, total: files.length } });
    const { skipped } = await this.#engine.addPhotos(files);
    const names = new Set(skipped.map(({ index }) => index));
    this.photos.push(...files.filter((_, index) => !names.has(index)));
    await this.#look();
    if (!skipped.length) return;
    const problems = skipped.map(({ name, code }) => ({ code, details: { name } }));
    this.#notice({ key: 'notice.skipped', values: { count: skipped.length, total: files.length }, skipped: problems });
  }

  async #forget() {
    this.photos = [];
    await this.#engine.forgetPhotos();
    this.#set({ ...NO_RUN, ...NO_PICTURES });
    await this.#look();
  }

  /** @param {CustomEvent} event */
  #settings(event) {
    const { settings } = this.state;
    if (!settings) return;
    this.#set({ settings: { ...settings, ...event.detail }, wrong: undefined });
    if (!this.state.progress.done) return;
    if ('seed' in event.detail) this.#notice({ key: 'notice.seedNext' });
    this.#attempt(this.#configure);
  }

  /** Settings changed in the middle of a run are for its next steps. */
  async #configure() {
    const progress = await this.#engine.configure(this.state.settings ?? {});
    this.#set({ progress, marks: [] });
  }

  async #train() {
    this.#clear();
    this.#set({ running: true, marks: [] });
    try {
      for await (const report of this.#engine.train(this.state.settings)) this.#report(report);
    } finally {
      this.#set({ running: false });
    }
  }

  async #step() {
    this.#clear();
    this.#report(await this.#engine.step(this.state.settings));
  }

  async #reset() {
    await this.#engine.reset();
    this.#set({ ...NO_RUN, wrong: undefined });
  }

  /** @param {import('./session.js').Report} report */
  #report({ progress, losses: { first, losses, chance }, batch = this.state.batch, at }) {
    const marks = addMark(this.state.marks, { at, done: progress.done });
    const all = [...this.state.losses.slice(0, first - 1), ...losses];
    this.#set({ progress, losses: all, chance, batch, marks });
  }

  /** @param {number} row */
  async #inspect(row) {
    const anchor = await this.#engine.inspect(row);
    const { batch } = this.state;
    if (batch) this.#set({ batch: { ...batch, anchor } });
  }
}

customElements.define('contrastive-playground', ContrastivePlayground);
