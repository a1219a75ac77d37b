import { LitElement, css, html } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { define } from '../ui/define.js';
import '../ui/pixel-square.js';
import { shared } from '../ui/styles.js';

/**
 * A picture and those that were found by it, each with what is said of it.
 *
 *     <picture-row .pictures=${[{ rgb, side, name, said: '0.97' }]}></picture-row>
 */
export class PictureRow extends LitElement {
  static properties = { pictures: { attribute: false } };

  static styles = [
    shared,
    css`
      ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(6rem, 1fr)); gap: 1rem; max-width: 44rem; margin: 0; padding: 0; list-style: none; text-align: center; }
      pixel-square { width: 100%; }
      li:first-child pixel-square { outline: 3px solid var(--anchor); border-radius: 5px; }
      p { color: var(--faint); }
    `,
  ];

  constructor() {
    super();
    /** @type {readonly (import('./lesson.js').Shown & { said: string })[]} */ this.pictures = [];
  }

  render() {
    return html`<ol>${this.pictures.map(
      ({ rgb, side, name, said }) => html`<li><pixel-square .pixels=${guard([rgb], () => rgb)} .side=${side} label=${name}></pixel-square><p class="number">${said}</p></li>`,
    )}</ol>`;
  }
}

define('picture-row', PictureRow);
