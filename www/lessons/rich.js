// Words with colours: who is meant has the colour that it has in every chart and formula. Words may also lead to the studio.
import { html } from 'lit';

/** Tags that a lesson's words may have; all else stays text. */
const MARKED = /<(anchor|positive|negative|b|studio)>(.*?)<\/\1>/;

/** @param {string} text @returns {unknown[]} */
export function rich(text) {
  const found = MARKED.exec(text);
  if (!found) return [text];
  const [all, tag, inner] = found;
  const marked = { b: html`<b>${inner}</b>`, studio: html`<a href="#stage">${inner}</a>` }[tag] ?? html`<span class=${tag}>${inner}</span>`;
  return [text.slice(0, found.index), marked, ...rich(text.slice(found.index + all.length))];
}

/** A sentence, with what closes it. */
const SENTENCE = /.+?(?:[。！？]|[.!?](?=[”’)<\s]|$)|$)[”’)）]*(?:<\/\w+>)*\s*/g;

/** Only those sentences whose numbers are there. @param {string} text */
export function whole(text) {
  const lines = text.split('\n').map((line) => (line.match(SENTENCE) ?? []).filter((sentence) => !/\{\w+\}/.test(sentence)).join('').trim());
  return lines.filter(Boolean).join('\n');
}

/** A text of several lines as paragraphs, in which no line breaks at an equals sign or behind a logarithm. @param {string} text */
export function paragraphs(text) {
  return text.replaceAll(/ ([=≈]) /g, '\u00a0$1\u00a0').replaceAll(/\bln /g, 'ln\u00a0').split('\n').map((line) => html`<p>${rich(line)}</p>`);
}
