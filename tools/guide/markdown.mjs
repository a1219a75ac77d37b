// Markdown as the guide has it: a term with its word in the other language, formulas, drawings, and addresses of the page.
import katex from 'katex';
import { Marked } from 'marked';

const TAGS = { en: 'en', zh: 'zh-Hans' };

/** `$…$` is a formula, `$$…$$` a large one. As MathML it needs no style and no font, but a line might begin with the full stop after it. @type {import('marked').TokenizerAndRendererExtension} */
const formula = {
  name: 'formula',
  level: 'inline',
  start: (text) => text.indexOf('$'),
  tokenizer(text) {
    const [raw, sign, tex, end] = /^(\$\$?)([^$\n]+)\1([。，；：、）]?)/.exec(text) ?? [];
    return raw ? { type: 'formula', raw, tex, large: sign === '$$', end } : undefined;
  },
  renderer({ tex, large, end }) {
    const formula = katex.renderToString(tex, { displayMode: large, output: 'mathml', throwOnError: true, strict: 'ignore' });
    return end ? `<span class="whole">${formula}${end}</span>` : formula;
  },
};

/**
 * A page's title, and its text as HTML. `{{name}}` is one of the drawings, `### Anchor · 锚点` a term in both languages.
 * @param {string} text @param {'en' | 'zh'} language @param {Record<string, string>} drawn
 */
export function rendered(text, language, drawn) {
  const other = TAGS[language === 'en' ? 'zh' : 'en'];
  const marked = new Marked({
    extensions: [formula],
    renderer: {
      heading({ tokens, depth, text }) {
        const [, words, id] = /^(.*?)(?: \{#([\w-]+)\})?$/.exec(text) ?? [];
        const [own, foreign] = words.split(' · ');
        const inner = foreign ? `${own} <span lang="${other}">${foreign}</span>` : this.parser.parseInline(tokens).replace(/ \{#[\w-]+\}$/, '');
        const name = id ?? (depth === 3 ? idOf(words) : '');
        return `<h${depth}${name && ` id="${name}"`}>${inner}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const saved = href.endsWith('contrastive-playground.html') ? ' download' : '';
        return `<a href="${placeOf(href)}"${saved}>${this.parser.parseInline(tokens)}</a>`;
      },
      codespan({ text }) {
        const code = `<code>${text.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'))}</code>`;
        return /^#[a-z]+(=[\d.]+)?$/.test(text) ? `<a href="../../${text}">${code}</a>` : code;
      },
    },
  });
  // No line ends before a sign.
  const filled = text.replace(/ ([−=≈]) /g, '\u00a0$1\u00a0').replace(/\{\{(\w+)\}\}/g, (hole, name) => drawn[name] ?? hole);
  const [, title] = /^# (.*)$/m.exec(text) ?? [];
  return { title, body: String(marked.parse(filled)) };
}

/** Of a term by its English, of a question by its number: addresses stay when the language changes. @param {string} words */
function idOf(words) {
  const [number] = /^\d+(?=\. )/.exec(words) ?? [];
  const ascii = words.split(' · ').find((part) => /^[\x20-\x7e–’]+$/.test(part)) ?? '';
  return number ? `q${number}` : ascii.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** Sources name each other, pages too. @param {string} href */
function placeOf(href) {
  const place = href.replace(/^\.\.\/www\/guide\/(?:en|zh)\//, '');
  return place.replace(/^([\w-]+?)(?:\.zh)?\.md/, '$1.html').replaceAll('&', '&amp;');
}
