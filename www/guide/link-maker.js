import { LitElement, css, html, nothing, svg } from 'lit';
import { encode } from 'uqr';
import { isLocal, isPage, isSet, least, linkOf, opensHidden } from './teacher-link.js';
import { COURSE } from '../lessons/course.js';
import { SHOWN } from '../page/asked.js';
import { PARTS, STATIONS } from '../page/hiding.js';
import { Copying } from '../ui/copying.js';
import { define } from '../ui/define.js';
import { Localized, i18n, languages, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';

/** Of the settings those that a class needs; the others are made on the page itself, at “Take away”. */
const NUMBERS = /** @type {const} */ ({ seed: { min: 0, max: Number.MAX_SAFE_INTEGER }, steps: { min: 1, max: 1e6 } });
const CHOICES = /** @type {const} */ ({ source: ['shapes', 'emoji'], device: ['cpu', 'webgpu'], ...SHOWN });

/** A page that makes a link to the playground: what it opens, begins with and leaves out, as text and as a code to be photographed. */
export class LinkMaker extends LitElement {
  static properties = {
    page: {},
    choice: { state: true },
    wrong: { state: true },
  };

  static styles = [
    shared,
    css`
      .all { display: grid; gap: 1.5rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); align-items: start; }
      .fields { display: grid; gap: .9rem; }
      label.field { display: grid; gap: .2rem; font-size: .92rem; }
      input:not([type='checkbox']), select { width: 100%; }
      .field :disabled { opacity: .55; }
      .field + p { margin-top: .2rem; font-size: .92rem; }
      .field + p:empty { display: none; }
      input:invalid { border: 2px solid var(--negative); }
      details { border-top: 1px solid var(--line); }
      summary { padding: .5rem 0; cursor: pointer; }
      .parts { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .1rem .8rem; padding-bottom: .6rem; }
      .parts label { display: flex; gap: .5rem; align-items: center; min-height: 2.2rem; font-size: .92rem; }
      .parts label.whole { grid-column: 1 / -1; font-weight: 600; }
      input[type='checkbox'] { flex: none; min-height: 0; width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); }
      a { color: var(--accent); }
      .link { overflow-wrap: anywhere; font: .95rem/1.5 ui-monospace, Consolas, monospace; }
      .result { display: grid; gap: .8rem; position: sticky; top: 1rem; }
      svg.code { width: min(100%, 26rem); background: #fff; shape-rendering: crispEdges; }
      .warn { padding: .5rem .7rem; background: var(--warn); color: var(--warn-ink); border-radius: 6px; }
      @media print { .fields, .row, .warn { display: none; } }
    `,
  ];

  constructor() {
    super();
    /** Address of the playground. */
    this.page = new URL('../../', document.baseURI).href;
    this.choice = { opens: '', source: '', device: '', language: '', look: '', seed: /** @type {number | undefined} */ (undefined), steps: /** @type {number | undefined} */ (undefined), hide: /** @type {ReadonlySet<string>} */ (new Set()) };
    /** Numbers that cannot be, and are not in the link. @type {Record<string, boolean>} */ this.wrong = {};
    this.copying = new Copying(this);
    new Localized(this);
  }

  /** A page of the guide is in one language, whatever was chosen for the playground. */
  connectedCallback() {
    const language = /** @type {HTMLElement | null} */ (this.closest('[lang]'))?.lang.split('-')[0] ?? '';
    if (language in languages) i18n.language = language;
    super.connectedCallback();
  }

  render() {
    return html`<div class="all">
      <div class="fields">
        ${this.#opens()} ${this.#choose('source', (name) => t(`pictures.${name}`))} ${this.#number('seed')} ${this.#number('steps')}
        ${isSet(this.choice.opens, 'steps') ? html`<p class="faint" role="status">${t('teacher.lessonSets')}</p>` : nothing}
        ${this.#choose('device', (name) => t(`device.${name}`))}
        ${this.#choose('language', (name) => languages[name]['language.name'])} ${this.#choose('look', (name) => t(`look.${name}`))}
        <label class="field">${t('teacher.address')}
          <input id="page" type="url" .value=${this.page} @change=${(/** @type {any} */ { target }) => (this.page = target.value.trim())} />
        </label>
        <div>
          <h2>${t('teacher.hide')}</h2>
          ${['page', 'stage', ...STATIONS].map((room) => this.#room(room))}
        </div>
      </div>
      ${this.#result()}
    </div>`;
  }

  #opens() {
    const option = (/** @type {string} */ value, /** @type {string} */ name) => html`<option value=${value} ?selected=${value === this.choice.opens}>${name}</option>`;
    return html`<label class="field">${t('teacher.opens')}
      <select id="opens" @change=${(/** @type {any} */ { target }) => this.#set({ opens: target.value })}>
        ${option('', t('teacher.front'))}
        <optgroup label=${t('teacher.lessons')}>${COURSE.map(({ name }, number) => option(`lesson=${number}`, `${number} ${t(`lesson.${name}.title`)}`))}</optgroup>
        <optgroup label=${t('teacher.stations')}>${STATIONS.map((station) => option(station, t(`part.${station}.short`)))}</optgroup>
      </select>
    </label>`;
  }

  /** @param {keyof typeof CHOICES} name @param {(choice: string) => string} word */
  #choose(name, word) {
    return html`<label class="field">${t(`teacher.${name}`)}
      <select id=${name} ?disabled=${isSet(this.choice.opens, name)} @change=${(/** @type {any} */ { target }) => this.#set({ [name]: target.value })}>
        <option value="">${t('teacher.usual')}</option>
        ${CHOICES[name].map((choice) => html`<option value=${choice}>${word(choice)}</option>`)}
      </select>
    </label>`;
  }

  /** @param {'seed' | 'steps'} name */
  #number(name) {
    const { min, max } = NUMBERS[name];
    const set = isSet(this.choice.opens, name);
    const put = (/** @type {any} */ { target }) => {
      this.wrong = { ...this.wrong, [name]: !target.validity.valid };
      this.#set({ [name]: target.validity.valid && target.value !== '' ? target.valueAsNumber : undefined });
    };
    return html`<div>
      <label class="field">${t(`setting.${name}`)}
        <input id=${name} type="number" ?disabled=${set} inputmode="numeric" min=${min} max=${max} step="1" placeholder=${t('teacher.usual')} aria-describedby=${`${name}-wrong`} @input=${put} />
      </label>
      <p id=${`${name}-wrong`} role="status">${this.wrong[name] && !set ? t('teacher.outside', { min, max }) : nothing}</p>
    </div>`;
  }

  /** @param {string} room */
  #room(room) {
    const hidden = PARTS[room].filter((part) => this.choice.hide.has(`${room}.${part}`)).length;
    const whole = this.choice.hide.has(room);
    const station = /** @type {readonly string[]} */ (STATIONS).includes(room);
    return html`<details>
      <summary>${roomName(room)} ${whole ? t('teacher.hidden') : hidden ? t('teacher.hiddenParts', { count: hidden }) : nothing}</summary>
      <div class="parts">
        ${station ? html`<label class="whole">${this.#box(room)} ${t('teacher.whole')}</label>` : nothing}
        ${PARTS[room].map((part) => html`<label>${this.#box(`${room}.${part}`, whole)} ${partName(room, part)}</label>`)}
      </div>
    </details>`;
  }

  /** @param {string} name @param {boolean} [covered] it is hidden anyway */
  #box(name, covered = false) {
    const flip = (/** @type {any} */ { target }) => {
      const hide = new Set(this.choice.hide);
      target.checked ? hide.add(name) : hide.delete(name);
      this.#set({ hide });
    };
    return html`<input type="checkbox" name=${name} ?disabled=${covered} .checked=${covered || this.choice.hide.has(name)} @change=${flip} />`;
  }

  #result() {
    if (!isPage(this.page)) return html`<p class="warn" role="status">${t('teacher.noPage')}</p>`;
    const link = this.link;
    return html`<div class="result">
      <h2>${t('teacher.link')}</h2>
      <p class="link" id="link" translate="no">${link}</p>
      <div class="row">
        <button class="primary" @click=${this.#copy}>${t(this.copying.said === 'copied' ? 'take.copied' : 'take.copy')}</button>
        <a href=${link}>${t('teacher.try')}</a>
        <span role="status" class="faint">${this.copying.said && t(`take.${this.copying.said}`)}</span>
      </div>
      ${opensHidden(this.choice.opens, this.choice.hide) ? html`<p class="warn" role="status">${t('teacher.opensHidden')}</p>` : nothing}
      ${isLocal(link) ? html`<p class="warn">${t('teacher.local')}</p>` : nothing}
      ${code(link, t('teacher.code'))}
    </div>`;
  }

  /** What was chosen, as an address. */
  get link() {
    return linkOf({ ...this.choice, page: this.page, hide: least(this.choice.hide) });
  }

  #copy() {
    this.copying.copy(this.link, () => getSelection()?.selectAllChildren(/** @type {Node} */ (this.renderRoot.querySelector('#link'))));
  }

  /** @param {Partial<LinkMaker['choice']>} change */
  #set(change) {
    this.choice = { ...this.choice, ...change };
  }
}

/** @param {string} room */
function roomName(room) {
  return t(room === 'page' || room === 'stage' ? `teacher.${room}` : `part.${room}.short`);
}

/** Settings and augmentations have their names already. @param {string} room @param {string} part */
function partName(room, part) {
  if (room === 'views' && part !== 'preset') return t(`policy.${part}`);
  return t(room === 'model' && !['recipe', 'advice', 'network'].includes(part) ? `setting.${part}` : `hide.${room}.${part}`);
}

/** Dark squares on light ones in any look, as cameras want them. @param {string} text @param {string} label */
function code(text, label) {
  const { size, data } = encode(text, { border: 3 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return html`<svg class="code" viewBox="0 0 ${size} ${size}" role="img" aria-label=${label}>${svg`<path d=${squares.join('')} />`}</svg>`;
}

define('link-maker', LinkMaker);
