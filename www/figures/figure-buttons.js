import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { shows } from '../ui/hiding.js';
import { Localized, t } from '../ui/i18n.js';
import { download } from './download.js';
import { shared } from '../ui/styles.js';

/**
 * Saves a chart as a picture. Fires `problem` where that fails, which goes up through the page.
 *
 *     <figure-buttons .figure=${async () => svg} name="loss" .label=${'Loss'}></figure-buttons>
 */
export class FigureButtons extends LitElement {
  static properties = {
    figure: { attribute: false },
    name: {},
    label: {},
    working: { state: true },
  };

  static styles = [
    shared,
    css`
      :host { display: inline-flex; gap: .4rem; }
      button { min-height: 2rem; padding: .1rem .6rem; font-size: .82rem; }
    `,
  ];

  constructor() {
    super();
    /** Gives a standalone SVG. @type {(() => Promise<string>) | undefined} */ this.figure = undefined;
    /** Of the file, without its ending. */ this.name = 'figure';
    /** What the chart is called on the page. */ this.label = '';
    this.working = false;
    new Localized(this);
  }

  render() {
    if (!shows('page.figures')) return nothing;
    return /** @type {const} */ (['png', 'svg']).map(
      (kind) => html`<button
        ?disabled=${this.working || !this.figure}
        aria-label=${t('figure.save', { kind: kind.toUpperCase(), label: this.label })}
        @click=${() => this.#save(kind)}
      >
        ${kind.toUpperCase()}
      </button>`,
    );
  }

  /** @param {'png' | 'svg'} kind */
  async #save(kind) {
    this.working = true;
    try {
      const svg = await /** @type {() => Promise<string>} */ (this.figure)();
      download(kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await rasterized(svg), `${this.name}.${kind}`);
    } catch {
      const detail = { code: 'noFigure' };
      this.dispatchEvent(new CustomEvent('problem', { detail, bubbles: true, composed: true }));
    } finally {
      this.working = false;
    }
  }
}

/** @param {string} svg */
async function rasterized(svg) {
  const { png } = await import('./png.js');
  return png(svg);
}

define('figure-buttons', FigureButtons);
