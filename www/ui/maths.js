// KaTeX with its styles and fonts: to be imported when the first formula is shown, and not before.
import katex from 'katex';
import main from 'katex/dist/fonts/KaTeX_Main-Regular.woff2';
import math from 'katex/dist/fonts/KaTeX_Math-Italic.woff2';
import size1 from 'katex/dist/fonts/KaTeX_Size1-Regular.woff2';
import size2 from 'katex/dist/fonts/KaTeX_Size2-Regular.woff2';
import size3 from 'katex/dist/fonts/KaTeX_Size3-Regular.woff2';
import size4 from 'katex/dist/fonts/KaTeX_Size4-Regular.woff2';
import text from 'katex/dist/katex.min.css?text';

/** Fonts that a style sheet in a shadow root declares are not heard of, so the document has to. */
const FACES = [
  { family: 'KaTeX_Main', file: main },
  { family: 'KaTeX_Math', file: math, style: 'italic' },
  { family: 'KaTeX_Size1', file: size1 },
  { family: 'KaTeX_Size2', file: size2 },
  { family: 'KaTeX_Size3', file: size3 },
  { family: 'KaTeX_Size4', file: size4 },
];
for (const { family, file, style } of FACES) {
  document.fonts.add(new FontFace(family, `url(${new URL(file, import.meta.url)})`, { style, display: 'block' }));
}

/** For the shadow root that formulas are in. */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(text);

/**
 * Markup of a formula, with MathML for screen readers. It may have classes, by `\htmlClass`.
 * @param {string} tex
 */
export function typeset(tex) {
  return katex.renderToString(tex, {
    displayMode: true,
    output: 'htmlAndMathml',
    throwOnError: false,
    strict: 'ignore',
    trust: ({ command }) => command === '\\htmlClass',
  });
}
