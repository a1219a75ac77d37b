import { LitElement, css, html, nothing } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { decimal, disagree, formulaTex, sumOf } from './formula.js';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { Library } from '../ui/library.js';
import { ownTask } from '../ui/own-task.js';
import { shared } from '../ui/styles.js';

/** The InfoNCE loss of one anchor: the formula, the formula with its numbers, and what it gives. */
export class InfoNceFormula extends LitElement {
  static properties = {
    anchor: { attribute: false },
    method: {},
  };

  static styles = [
    shared,
    css`
      .scroll { overflow-x: auto; padding: .3rem .2rem .5rem; }
      .scroll .katex-display, .scroll .katex-display > .katex { margin: 0; text-align: start; }
      .positive { color: var(--positive); }
      .negative { color: var(--negative); }
      .where { margin-top: .4rem; font-size: .88rem; color: var(--faint); }
      .differs { margin-top: .4rem; padding: .4rem .7rem; background: var(--warn); color: var(--warn-ink); border-radius: 6px; }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../engine/batch.js').Anchor | undefined} */ this.anchor = undefined;
    this.method = 'simClr';
    this.library = new Library(this, () => this.#load());
    new Localized(this);
  }

  async #load() {
    const maths = await import('../ui/maths.js');
    /** @type {ShadowRoot} */ (this.renderRoot).adoptedStyleSheets.push(maths.sheet);
    return maths;
  }

  async scheduleUpdate() {
    await ownTask();
    return super.scheduleUpdate();
  }

  render() {
    const { anchor, method } = this;
    if (!anchor) return nothing;
    const sum = sumOf(anchor);
    if (!sum) return html`<p class="faint">${t(anchor.positives.length ? 'formula.notFinite' : 'formula.noPositive')}</p>`;
    const maths = this.library.ask();
    if (!maths) return this.library.missing ? html`<p class="faint">${t('library.missing')}</p>` : nothing;
    const tex = formulaTex(anchor, sum, method, (count) => t('formula.more', { count: String(count) }));
    return html`
      <div class="scroll" translate="no" role="region" tabindex="0" aria-label=${t('formula.label')}>${unsafeHTML(maths.typeset(tex))}</div>
      ${disagree(anchor.loss, sum)
        ? html`<p class="differs">${t('formula.differs', { loss: decimal(anchor.loss), computed: decimal(sum.loss) })}</p>`
        : nothing}
      <p class="where">${this.#where(sum)}</p>
    `;
  }

  /** What the symbols stand for. @param {import('./formula.js').Sum} sum */
  #where({ positives, weighted, chosen }) {
    const parts = [
      t('formula.where'),
      positives.length > 1 ? t('formula.wherePositives') : t('formula.wherePositive'),
      weighted && t('formula.whereWeights'),
      chosen && t('formula.whereChosen'),
    ];
    return parts.filter((part) => part).join(' ');
  }
}

define('info-nce-formula', InfoNceFormula);
