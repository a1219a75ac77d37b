import './translated.js';

/**
 * Names a custom element; where the page has one of that name already, that one stays: each element is built for use
 * alone too, and may meet the page's own.
 * @param {string} name @param {CustomElementConstructor} element
 */
export function define(name, element) {
  if (!customElements.get(name)) customElements.define(name, element);
}
