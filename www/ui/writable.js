// What can be written into any file.

/** All but the characters of XML 1.0, which CSV and UTF-8 have a place for too: control characters, halves of a pair. */
const OTHERS = /[^\t\n\r\x20-\x7e\x85\xa0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** @param {string} text */
export function writable(text) {
  return text.replace(OTHERS, '\uFFFD');
}
