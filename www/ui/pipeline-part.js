import { LitElement, css, html, nothing } from 'lit';
import { define } from './define.js';
import { shows } from './hiding.js';
import { Localized, t } from './i18n.js';
import { shared } from './styles.js';

/**
 * A station of the pipeline: its title, one line on what it is, a short explanation on request, and the station
 * itself as its content.
 *
 *     <pipeline-part name="views" number="2" back="#stage">…</pipeline-part>
 */
export class PipelinePart extends LitElement {
  static properties = {
    name: {},
    number: { type: Number },
    back: {},
    explained: { state: true },
  };

  static styles = [
    shared,
    css`
      header { display: flex; align-items: baseline; gap: .3rem .9rem; flex-wrap: wrap; }
      h2 { display: flex; align-items: baseline; gap: .55rem; min-width: 0; font-size: var(--title); }
      /* It has the focus only to be read out first. */
      h2:focus { outline: none; }
      .order { color: var(--faint); font-weight: 400; font-variant-numeric: tabular-nums; }
      .why, .back { min-height: 2rem; padding: .1rem .2rem; border: 0; background: none; color: var(--accent); font: inherit; font-size: var(--small); text-decoration: underline; text-underline-offset: .2em; }
      .back { display: inline-flex; align-items: center; margin-inline-start: auto; }
      .what { max-width: 44rem; margin: .1rem 0 1.1rem; }
      #why { max-width: 44rem; margin: 0 0 1.1rem; padding-inline-start: .9rem; border-inline-start: 2px solid var(--accent); }
      #why p + p { margin-top: .5rem; }
    `,
  ];

  constructor() {
    super();
    /** Of the strings: `part.<name>.title`, `.what` and `.why`. */ this.name = '';
    this.number = 0;
    /** Where to when one has seen enough. */ this.back = '';
    this.explained = false;
    new Localized(this);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('name')) this.explained = false;
  }

  render() {
    const { name, explained } = this;
    return html`<section aria-labelledby="title">
      <header>
        <h2 id="title" tabindex="-1">
          ${this.number ? html`<span class="order" aria-hidden="true">${this.number}</span>` : nothing}
          <span>${t(`part.${name}.title`)}</span>
        </h2>
        ${shows('page.explain') ? html`<button class="why" aria-expanded=${explained} aria-controls="why" @click=${() => (this.explained = !explained)}>
          ${t('part.explain')}
        </button>` : nothing}
        ${this.back ? html`<a class="back" href=${this.back}>${t('part.back')} <span aria-hidden="true">&nbsp;✕</span></a>` : nothing}
      </header>
      <p class="what">${t(`part.${name}.what`)}</p>
      <div id="why" ?hidden=${!explained}>
        ${t(`part.${name}.why`).split('\n').map((paragraph) => html`<p>${paragraph}</p>`)}
      </div>
      <slot></slot>
    </section>`;
  }
}

define('pipeline-part', PipelinePart);
