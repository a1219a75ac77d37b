import { LitElement, css, html } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { Themed, look } from '../ui/look.js';
import { shared } from '../ui/styles.js';

const THEMES = /** @type {const} */ (['auto', 'light', 'dark']);

/** Light or dark, and large type and thick lines for a projector: of the whole document. */
export class LookMenu extends LitElement {
  static styles = [
    shared,
    css`
      :host { display: flex; gap: .5rem; align-items: center; }
      select, button { min-height: 2.2rem; padding: .2rem .5rem; font-size: .85rem; }
      /* Its value says what it is. */
      label > span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      /* A phone is no projector; but who follows a link for one has to come out of its look. */
      @media (max-width: 43.99rem) { button[aria-pressed='false'] { display: none; } }
      button[aria-pressed='true'] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
    `,
  ];

  constructor() {
    super();
    new Localized(this);
    new Themed(this);
  }

  render() {
    return html`
      <label>
        <span class="faint">${t('look.theme')}</span>
        <select name="theme" @change=${(/** @type {any} */ event) => look.use({ theme: event.target.value })}>
          ${THEMES.map((theme) => html`<option value=${theme} ?selected=${theme === look.theme}>${t(`look.${theme}`)}</option>`)}
        </select>
      </label>
      <button aria-pressed=${look.projector} @click=${() => look.use({ projector: !look.projector })}>
        ${t('look.projector')}
      </button>
    `;
  }
}

define('look-menu', LookMenu);
