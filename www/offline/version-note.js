import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { Listening } from '../ui/listening.js';
import { shared } from '../ui/styles.js';
import { offline } from './offline.js';

/** Says that there is a newer version of the page; not while a run goes on, which it would end. */
export class VersionNote extends LitElement {
  static properties = { running: { type: Boolean } };

  static styles = [
    shared,
    css`
      section { display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; margin-top: .5rem; padding: .7rem .9rem; background: var(--card); border: 1px solid var(--accent); border-radius: var(--radius); }
      p { flex: 1 1 12rem; }
      button { min-height: 2rem; padding: .1rem .6rem; }
    `,
  ];

  constructor() {
    super();
    this.running = false;
    new Localized(this);
    new Listening(this, offline);
  }

  render() {
    if (!offline.newer || this.running) return nothing;
    return html`<section role="status">
      <p>${t(offline.others ? 'offline.others' : 'offline.newer')}</p>
      <button class="primary" @click=${() => offline.replace()}>${t('offline.reload')}</button>
      <button @click=${() => offline.later()}>${t('offline.later')}</button>
    </section>`;
  }
}

define('version-note', VersionNote);
