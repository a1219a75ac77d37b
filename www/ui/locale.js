// To be imported before what asks for the browser's language while it loads, as uPlot does. Some browsers name one that
// Intl refuses (WebKit with LANG=C says "C"), and the whole page would stay blank: English is said in its place.

/** @param {string} tag */
function isKnown(tag) {
  try {
    new Intl.NumberFormat(tag);
    return true;
  } catch {
    return false;
  }
}

if (!isKnown(navigator.language)) Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
