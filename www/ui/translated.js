// Pages that a browser translates: it puts a <font> with the translation in the place of each text. Lit writes a text's
// next value to the `data` of what stands there, which a <font> knows nothing of, so numbers would stand still for good.

if (globalThis.HTMLFontElement && !('data' in HTMLFontElement.prototype)) {
  Object.defineProperty(HTMLFontElement.prototype, 'data', {
    configurable: true,
    /** @this {HTMLFontElement} @param {string} text to be translated in its turn */
    set(text) {
      this.textContent = text;
    },
  });
}
