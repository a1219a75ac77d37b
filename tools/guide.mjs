// Makes the guide, from Markdown in www/guide and docs/workshop, into target/guide: pages that need neither script nor network.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { alike, cards, pairs } from './guide/cards.mjs';
import { curves } from './guide/curves.mjs';
import { rendered } from './guide/markdown.mjs';
import { ALONE } from './policy.mjs';

/** The pages in the order in which they are listed. */
export const PAGES = ['index', 'glossary', 'questions', 'worksheet-1', 'worksheet-2', 'workshop', 'link', 'uses', 'reading'];
const LANGUAGES = /** @type {const} */ (['en', 'zh']);
const TAGS = { en: 'en', zh: 'zh-Hans' };
const OTHER = /** @type {const} */ ({ en: 'zh', zh: 'en' });

/** @typedef {'en' | 'zh'} Language */

/** Where a page is written. @param {Language} language @param {string} page */
export function sourceOf(language, page) {
  if (page === 'workshop') return `docs/workshop${language === 'en' ? '' : `.${language}`}.md`;
  return `www/guide/${language}/${page}.md`;
}

/** All pages as text, by where they go. @returns {Promise<Map<string, string>>} */
export async function guide() {
  const files = new Map([['guide.css', await style()], ['index.html', await doorway()]]);
  for (const language of LANGUAGES) {
    const words = JSON.parse(await readFile(`www/i18n/${language}.json`, 'utf8'));
    const drawn = { cards: cards(words), pairs: pairs(), alike: alike(), curves: curves(words) };
    const pages = await Promise.all(
      PAGES.map(async (name) => ({ name, ...rendered(await readFile(sourceOf(language, name), 'utf8'), language, drawn) })),
    );
    for (const page of pages) files.set(`${language}/${page.name}.html`, whole(page, pages, language, words));
  }
  return files;
}

/**
 * @param {{ name: string, title: string, body: string }} page @param {{ name: string, title: string }[]} pages
 * @param {Language} language @param {Record<string, string>} words
 */
function whole({ name, title, body }, pages, language, words) {
  const other = OTHER[language];
  const list = pages.map((page) => `<li><a href="${page.name}.html"${page.name === name ? ' aria-current="page"' : ''}>${page.title}</a></li>`);
  return `<!doctype html>
<html lang="${TAGS[language]}">
  <head>
    <meta charset="utf-8" />
    ${ALONE}
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} – ${words.title}</title>
    <link rel="icon" type="image/svg+xml" href="../../app/icon.svg" />
    <link rel="alternate" hreflang="${TAGS[other]}" href="../${other}/${name}.html" />
    <link rel="stylesheet" href="../guide.css" />
    ${name === 'link' ? '<script type="module" src="../../app/elements/link-maker.js"></script>' : ''}
  </head>
  <body class="${name}">
    <a class="skip" href="#text">${words['guide.skip']}</a>
    <header>
      <p><a href="../../">${words.title}</a> <a class="language" href="../${other}/${name}.html" hreflang="${TAGS[other]}" lang="${TAGS[other]}">${words['guide.other']}</a></p>
      <nav aria-label="${words['guide.index']}"><ul>${list.join('')}</ul></nav>
    </header>
    <main id="text">
${body}
    </main>
  </body>
</html>
`;
}

/** Of no language: who comes to the folder itself chooses one. */
async function doorway() {
  const titles = await Promise.all(
    LANGUAGES.map(async (language) => {
      const { title } = rendered(await readFile(sourceOf(language, 'index'), 'utf8'), language, {});
      return `<p><a href="${language}/index.html" lang="${TAGS[language]}" hreflang="${TAGS[language]}">${title}</a></p>`;
    }),
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    ${ALONE}
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Contrastive Playground</title>
    <link rel="stylesheet" href="guide.css" />
  </head>
  <body><main>${titles.join('')}</main></body>
</html>
`;
}

/** The guide's own style, with the page's colours, dark ones where the system is dark: nothing here can choose another look. */
async function style() {
  const page = await readFile('www/styles/main.css', 'utf8');
  const [light, dark] = [':root {', ":root[data-theme='dark'] {"].map((head) => block(page, head));
  return `:root {${light}}\n@media screen and (prefers-color-scheme: dark) { :root {${dark}} }\n${await readFile('www/guide/guide.css', 'utf8')}`;
}

/** What stands in the braces. @param {string} css @param {string} head */
function block(css, head) {
  const start = css.indexOf(head) + head.length;
  return css.slice(start, css.indexOf('}', start));
}

if (process.argv[1] === import.meta.filename) {
  const out = process.argv[2] ?? 'target/guide';
  for (const language of LANGUAGES) await mkdir(`${out}/${language}`, { recursive: true });
  for (const [name, text] of await guide()) await writeFile(`${out}/${name}`, text);
}
