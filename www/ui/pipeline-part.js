import { LitElement, css, html, nothing } from 'lit';
import { Localized, t } from './i18n.js';
import { shared } from './styles.js';

/**
 * A part of the pipeline: its title, one line on what it is, a short explanation on request, and the part
 * itself as its content. Fires `fold` (whether it is to be folded).
 *
 *     <pipeline-part name="views" number="2">…</pipeline-part>
 */
export class PipelinePart extends LitElement {
  static properties = {
    name: {},
    number: { type: Number },
    folded: { type: Boolean },
    explained: { state: true },
  };

  static styles = [
    shared,
    css`
      header { display: flex; align-items: start; justify-content: space-between; gap: .6rem; }
      h2 { min-width: 0; }
      h2 button, .why {
        min-height: 2.2rem; padding: .1rem .3rem; border: 0; background: none; color: inherit; font: inherit; text-align: start;
      }
      h2 button { display: flex; align-items: baseline; gap: .5rem; margin-inline-start: -.3rem; font-weight: 700; }
      h2 i { display: inline-block; flex: none; width: .8rem; font-style: normal; font-size: .85rem; color: var(--faint); }
      .order { flex: none; min-width: 1.5em; padding: 0 .35em; border-radius: 1em; background: var(--accent); color: var(--on-accent); font-size: .9rem; text-align: center; }
      .why { flex: none; color: var(--accent); font-size: .88rem; text-decoration: underline; text-underline-offset: .2em; }
      .what { margin-bottom: .7rem; }
      #why { margin: 0 0 1rem; padding: .7rem .9rem; border-inline-start: 4px solid var(--accent); background: var(--paper); font-size: .95rem; }
      #why p + p { margin-top: .5rem; }
      .card { height: auto; }
      .folded { padding-bottom: .6rem; }
    `,
  ];

  constructor() {
    super();
    /** Of the strings: `part.<name>.title`, `.what` and `.why`. */ this.name = '';
    this.number = 0;
    this.folded = false;
    this.explained = false;
    new Localized(this);
  }

  render() {
    const { name, folded, explained } = this;
    return html`<section class="card ${folded ? 'folded' : ''}" aria-labelledby="title">
      <header>
        <h2 id="title">
          <button aria-expanded=${!folded} aria-controls="content" @click=${this.#fold}>
            <i aria-hidden="true">${folded ? '▸' : '▾'}</i>
            ${this.number ? html`<span class="order">${this.number}</span>` : nothing}
            <span>${t(`part.${name}.title`)}</span>
          </button>
        </h2>
        <button class="why" aria-expanded=${explained} aria-controls="why" @click=${() => (this.explained = !explained)}>
          ${t('part.explain')}
        </button>
      </header>
      <p class="what">${t(`part.${name}.what`)}</p>
      <div id="why" ?hidden=${!explained}>
        ${t(`part.${name}.why`).split('\n').map((paragraph) => html`<p>${paragraph}</p>`)}
      </div>
      <div id="content" ?hidden=${folded}><slot></slot></div>
    </section>`;
  }

  #fold() {
    this.dispatchEvent(new CustomEvent('fold', { detail: !this.folded }));
  }
}

customElements.define('pipeline-part', PipelinePart);
