import { LitElement, css, html, nothing } from 'lit';
import { loads } from '../files/loads.js';
import { define } from '../ui/define.js';
import { Localized, number, t } from '../ui/i18n.js';
import { Listening } from '../ui/listening.js';
import { place } from '../ui/place.js';
import { shared } from '../ui/styles.js';
import { offline } from './offline.js';
import { trafficOf } from './traffic.js';

/** What the page has loaded, as the browser counts it, and whether it is there without a network. */
export class OfflineNote extends LitElement {
  static properties = { open: { state: true } };

  static styles = [
    shared,
    css`
      :host { margin-top: .7rem; font-size: var(--small); line-height: 1.5; color: var(--faint); }
      summary { cursor: pointer; }
      summary, p { max-width: 60rem; text-wrap: pretty; }
      p, details { margin-top: .3rem; }
      button { min-height: 2rem; padding: .1rem .6rem; font-size: var(--small); }
      table { margin: .4rem 0; border-collapse: collapse; }
      td { padding: .05rem 1.2rem .05rem 0; overflow-wrap: anywhere; }
      td + td { text-align: end; white-space: nowrap; }
      strong { color: var(--ink); }
    `,
  ];

  constructor() {
    super();
    this.open = false;
    new Localized(this);
    new Listening(this, loads);
    new Listening(this, offline);
  }

  render() {
    return html`${this.#traffic()}
      <p>${offline.state === 'no' ? nothing : t(offline.state === 'kept' && offline.whole ? 'offline.whole' : `offline.${offline.state}`)}${
        offline.version ? t('offline.version', { version: offline.version }) : nothing
      }</p>
      ${offline.state === 'kept' && !offline.whole ? this.#rest() : nothing}`;
  }

  #traffic() {
    const { files, bytes, other } = trafficOf(loads.all, loads.refused, place.href);
    if (!files.length) return nothing;
    const toggled = (/** @type {any} */ { target }) => (this.open = target.open);
    return html`<details @toggle=${toggled}>
        <summary>${t('loads.own', { count: files.length, size: sizeOf(bytes), host: place.host })}${other.length ? nothing : t('loads.nothing')}</summary>
        ${this.open
          ? html`<table>
              ${files.map(({ path, bytes }) => html`<tr><td translate="no">${path || './'}</td><td>${sizeOf(bytes)}</td></tr>`)}
            </table>`
          : nothing}
      </details>
      ${other.length ? html`<p><strong>${t('loads.other', { names: other.join(' ') })}</strong></p>` : nothing}`;
  }

  #rest() {
    return html`<p class="row">
      ${t(offline.missing ? 'offline.missing' : 'offline.rest')}
      <button name="whole" ?disabled=${offline.fetching} @click=${() => offline.keepWhole()}>${t('offline.keepWhole', { size: sizeOf(offline.bytes) })}</button>
    </p>`;
  }
}

/** @param {number} bytes */
function sizeOf(bytes) {
  const large = bytes >= 1e6;
  const unit = large ? 'megabyte' : 'kilobyte';
  return number(bytes / (large ? 1e6 : 1e3), { style: 'unit', unit, maximumFractionDigits: large ? 1 : 0 });
}

define('offline-note', OfflineNote);
