// The page as it is drawn: the stage, the rail of stations, and the station that is open.
import './trusted.js';
import { LitElement, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { address } from '../files/files.js';
import { loads } from '../files/loads.js';
import { offline } from '../offline/offline.js';
import '../offline/offline-note.js';
import '../offline/version-note.js';
import '../train/train-controls.js';
import { Dropping } from '../photos/dropping.js';
import { pace } from '../train/pace.js';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, i18n, languages, t } from '../ui/i18n.js';
import { KeptFocus } from '../ui/kept-focus.js';
import { Themed, look } from '../ui/look.js';
import { shared } from '../ui/styles.js';
import { choice } from './choice.js';
import './device-badge.js';
import './look-menu.js';
import './notice-list.js';
import './storage-note.js';
import { addressed } from '../lessons/lesson.js';
import { lesson, lessonRail } from './class.js';
import { guideLinks, singleLink } from './guide.js';
import { layout } from './layout.js';
import { lessonLayout } from './lesson-layout.js';
import { Playground } from './playground.js';
import { Printing } from './printing.js';
import { stage } from './stage.js';
import { openStation, stations } from './stations.js';

/** Stands for the stage, which is all at once. */
const SQUARES = html`<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M0,0h5v5h-5zM7,0h5v5h-5zM0,7h5v5h-5zM7,7h5v5h-5z" /></svg>`;

export class ContrastivePlayground extends LitElement {
  static styles = [shared, layout, lessonLayout];

  page = new Playground();

  constructor() {
    super();
    this.page.addEventListener('change', () => this.requestUpdate());
    new Localized(this);
    this.projector = look.projector;
    new Themed(this, () => this.#look());
    new Printing(this);
    new KeptFocus(this, () => this.page.state.busy);
    new Dropping(this, {
      files: (files) => this.page.photos.add(files),
      over: (over) => over !== this.page.state.over && this.page.set({ over }),
      address: () => this.page.notice({ key: 'notice.address' }),
    });
    i18n.addEventListener('change', () => this.#title());
  }

  connectedCallback() {
    super.connectedCallback();
    this.#title();
    loads.watch();
    const asked = new URLSearchParams(location.search).get('sw');
    // What is kept for later does not hold up what is wanted now.
    this.page.start().then(() => offline.start(asked));
    this.#visit();
    window.addEventListener('hashchange', this.#visit);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#visit);
  }

  /** What index.html says to those who wait is no longer so. */
  firstUpdated() {
    this.setAttribute('up', '');
  }

  /** A projector’s type goes by whether a step of a lesson is read. */
  updated() {
    this.toggleAttribute('lesson', Boolean(this.page.state.lectern && this.page.teaching.step));
  }

  /** For scripts that drive the page. */
  get state() {
    return this.page.state;
  }

  get engine() {
    return this.page.engine;
  }

  render() {
    const { page } = this;
    const { state } = page;
    const open = /** @type {string[]} */ (stations()).includes(state.station);
    const kind = !state.lectern ? (open ? 'open' : 'closed') : page.teaching.step ? 'lesson' : 'list';
    return html`<div class="page ${kind} ${look.projector ? 'projector' : ''}">
      <main @problem=${(/** @type {CustomEvent} */ event) => page.notice({ problem: event.detail })}>
        ${keyed(state.forgotten, state.lectern
          ? lesson(page, this.renderRoot)
          : html`<div class="stage" aria-label=${t('stage.title')} role="region">${this.#promise()} ${stage(page)}</div>
              <div class="station" ?hidden=${!open}>${openStation(page)}</div>`)}
      </main>
      <header>${state.lectern ? lessonRail(page) : this.#rail()} ${this.#menus()}</header>
      <notice-list .notices=${state.notices} @dismiss=${(/** @type {CustomEvent} */ event) => page.dismiss(event.detail)} @back=${backToOwn}>
        <version-note ?running=${state.running || state.lectern?.runsFor}></version-note>
      </notice-list>
      <footer>
        ${shows('page.storage')
          ? html`<storage-note lost=${state.lost ?? nothing} ?week=${page.keeping.week} @forget=${page.attempts(() => page.forget())}></storage-note>
              <offline-note></offline-note>`
          : nothing}
        <p class="faint">${guideLinks('index', 'glossary', 'workshop')}${singleLink()}<a href=${address('licences.html')} target="_blank">${t('licences')}</a></p>
      </footer>
    </div>`;
  }

  /** One button, which is first for the keyboard, one promise, and what is learned from. */
  #promise() {
    const { page } = this;
    return html`
      <div class="bar">
        ${this.#controls()}
        ${shows('page.device') ? this.#device() : nothing}
      </div>
      <div class="promise">
        <h1>${t('title')}</h1>
        <p>${t('promise')}</p>
        <p class="ways"><a href="#lesson=0">${t('promise.lesson')}</a> <a href="#lesson">${t('promise.lessons')}</a></p>
      </div>
      ${shows('stage.pictures') ? html`<div class="choice">${choice(page, true)}</div>` : nothing}
    `;
  }

  #device() {
    const { page } = this;
    const { device, instances, busy } = page.state;
    return html`<device-badge
      .device=${device}
      .instances=${instances ?? 1}
      ?missing=${!busy}
      @instances=${page.attempts((instances) => page.engine.useInstances(instances))}
    ></device-badge>`;
  }

  #controls() {
    const { page } = this;
    const { state, running } = page;
    return html`<train-controls
      .progress=${state.progress}
      .pace=${pace(state.marks, state.progress.steps)}
      .steps=${state.settings?.steps ?? 0}
      .batch=${Math.min(state.settings?.batchSize ?? 0, state.pictures.length)}
      .more=${page.more}
      ?stopped=${state.stop.kind}
      ?running=${state.running}
      ?disabled=${state.busy}
      @train=${page.attempts(() => page.play())}
      @pause=${() => running.pause()}
      @step=${page.attempts(() => running.step())}
      @reset=${page.attempts(() => running.reset())}
    ></train-controls>`;
  }

  #rail() {
    const { station } = this.page.state;
    const names = stations();
    if (!names.length) return nothing;
    const link = (/** @type {string} */ name, /** @type {unknown} */ words, current = station === name) =>
      html`<li><a href="#${name}" aria-current=${current ? 'page' : nothing}>${words}</a></li>`;
    return html`<nav aria-label=${t('rail.title')}>
      <ol>
        ${link('stage', html`${SQUARES}<span class="name">${t('rail.stage')}</span>`, !/** @type {string[]} */ (names).includes(station))}
        ${names.map((name, index) => link(name, html`<span class="order">${index + 1}</span><span class="name">${t(`part.${name}.short`)}</span>`))}
      </ol>
    </nav>`;
  }

  #menus() {
    const use = (/** @type {any} */ event) => i18n.use(event.target.value);
    return html`<div class="menus">
      ${shows('page.language')
        ? html`<label>
            <span class="faint">${t('language.label')}</span>
            <select @change=${use}>
              ${Object.entries(languages).map(
                ([language, strings]) => html`<option value=${language} ?selected=${language === i18n.language}>${strings['language.name']}</option>`,
              )}
            </select>
          </label>`
        : nothing}
      ${shows('page.look') ? html`<look-menu></look-menu>` : nothing}
    </div>`;
  }

  /** Shows the lesson or the station that the address names. */
  #visit = () => {
    const { hash } = location;
    const taught = this.page.teaching.open(hash).catch((error) => this.page.failed(error));
    if (addressed(hash)) return;
    taught.then(() => location.hash === hash && this.#open());
  };

  #open() {
    const station = location.hash.slice(1);
    const known = /** @type {string[]} */ (stations()).includes(station);
    this.page.visit(known ? station : '');
    this.updateComplete.then(() => this.#follow());
    if (!known) return;
    // Who comes by the keyboard goes on from its title.
    this.updateComplete.then(() => {
      const part = /** @type {LitElement | null} */ (this.renderRoot.querySelector('pipeline-part'));
      part?.updateComplete.then(() => part.renderRoot.querySelector('h2')?.focus({ preventScroll: true }));
      scrollTo({ top: 0 });
    });
  }

  /** Where the rail is longer than the window is wide, it shows where one is. */
  #follow() {
    const [rail, here] = ['nav', 'nav [aria-current]'].map((part) => /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(part)));
    if (rail && here) rail.scrollLeft = here.offsetLeft + (here.offsetWidth - rail.clientWidth) / 2;
  }

  /** A projector shows the stage alone, to begin with; who is in a lesson stays there. */
  #look() {
    if (look.projector && !this.projector && this.page.state.station && !this.page.state.lectern) location.hash = 'stage';
    this.projector = look.projector;
    this.requestUpdate();
  }

  /** The page's title and language follow the words. */
  #title() {
    document.title = t('title');
    document.documentElement.lang = i18n.tag;
  }
}

/** The page anew, with the visitor's own run; a lesson would hide it. */
function backToOwn() {
  history.replaceState(null, '', location.pathname + location.search);
  location.reload();
}

define('contrastive-playground', ContrastivePlayground);
