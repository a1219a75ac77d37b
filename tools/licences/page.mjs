// The list of licences as a page of its own, in which each text stands once.
import { ALONE } from '../policy.mjs';
import { parts } from './parts.mjs';

/** @typedef {import('./parts.mjs').Part} Part */

/** @param {string[]} inputs files that esbuild says are in the bundles */
export async function licences(inputs) {
  return page(await parts(inputs));
}

/** @param {Part[]} all */
function page(all) {
  /** @type {Map<string, Part[]>} */ const byText = new Map();
  for (const part of all) {
    const text = part.texts.join('\n').replace(/\s+/g, ' ').trim();
    byText.set(text, [...(byText.get(text) ?? []), part]);
  }
  const groups = [...byText.values()].sort((a, b) => b.length - a.length);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
${ALONE}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Licences · Contrastive Playground</title>
<style>
body { max-width: 50rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
ul { padding: 0; list-style: none; columns: 14rem; font-size: .9rem; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; font-size: .8rem; border-left: 3px solid; padding-left: 1rem; opacity: .85; }
</style>
<h1>Licences</h1>
<p>Contrastive Playground itself is under MIT or Apache-2.0, as you like. It holds the work of others: ${all.length} parts, each with
where its source is, and the licence that it is used under.</p>
<p lang="zh-Hans">对比学习游乐场（Contrastive Playground）本身采用 MIT 或 Apache-2.0 许可（任选其一）。它还包含他人的成果：共 ${all.length} 个部分，下面逐一列出其源代码所在与所用许可。许可文本以英文原文为准。</p>
${groups.map(section).join('\n')}
</html>
`;
}

/** @param {Part[]} group of parts with the same texts */
function section(group) {
  const titles = [...new Set(group.map(({ taken }) => taken.join(' and ')))];
  const items = group.map(({ name, version, home }) => `<li><a href="${escaped(home)}">${escaped(name)}</a> ${version}</li>`);
  return `<h2>${escaped(titles.join(', '))}</h2>\n<ul>\n${items.join('\n')}\n</ul>\n${group[0].texts.map((text) => `<pre>${escaped(text.trim())}</pre>`).join('\n')}`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
