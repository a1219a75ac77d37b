import { LitElement, css, html, nothing } from 'lit';
import { define } from '../ui/define.js';
import { Localized, t } from '../ui/i18n.js';
import { shared } from '../ui/styles.js';
import { rich, whole } from './rich.js';

/**
 * One question for the time that training takes; each answer has a sentence of its own, and another may be tried.
 *
 *     <check-question .check=${{ options: ['a', 'b'], right: 'b' }} words="lesson.first.s2.check" answer="a"></check-question>
 *
 * Fires `answer` (detail: the option).
 */
export class CheckQuestion extends LitElement {
  static properties = { check: { attribute: false }, words: {}, values: { attribute: false }, answer: {} };

  static styles = [
    shared,
    css`
      :host { padding: .7rem .8rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--card); }
      p { line-height: 1.45; }
      .question { font-weight: 600; }
      .options { display: flex; flex-wrap: wrap; gap: .4rem; margin: .5rem 0 0; }
      button { min-height: 2.3rem; text-align: start; }
      button[aria-pressed='true'] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
      .so { margin-top: .5rem; }
      .so::before { content: '✗ '; color: var(--negative); font-weight: 700; }
      .right.so::before { content: '✓ '; color: var(--positive); }
    `,
  ];

  constructor() {
    super();
    /** @type {{ options: readonly string[], right: string }} */ this.check = { options: [], right: '' };
    /** The key under which its words are. */ this.words = '';
    /** @type {Record<string, string | number>} That what is said of the answers is filled with. */ this.values = {};
    /** @type {string | undefined} */ this.answer = undefined;
    new Localized(this);
  }

  render() {
    const { check, words, values, answer } = this;
    return html`<div role="group" aria-label=${t('lessons.check')}>
      <p class="question">${rich(t(words))}</p>
      <div class="options">
        ${check.options.map(
          (name) => html`<button value=${name} aria-pressed=${name === answer} @click=${() => this.dispatchEvent(new CustomEvent('answer', { detail: name }))}>${t(`${words}.${name}`)}</button>`,
        )}
      </div>
      <div role="status">${answer ? html`<p class="so ${answer === check.right ? 'right' : ''}">${rich(whole(t(`${words}.${answer}.so`, values)))}</p>` : nothing}</div>
    </div>`;
  }
}

define('check-question', CheckQuestion);
