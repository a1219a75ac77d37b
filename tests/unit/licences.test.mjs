// What is said of licences: of all that is in the page, and of nothing that it may not hold.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { build } from 'esbuild';
import { cssText } from '../../tools/css-text.mjs';
import { choose, isGood } from '../../tools/licences/choice.mjs';
import { licences } from '../../tools/licences/page.mjs';
import { parts } from '../../tools/licences/parts.mjs';

const { metafile } = await build({
  entryPoints: ['page/main', 'engine/worker', 'engine/hand', 'intake/decoder', 'learned/map-worker', 'guide/link-maker'].map((name) => `www/${name}.js`),
  bundle: true,
  write: false,
  metafile: true,
  outdir: 'out',
  format: 'esm',
  external: ['contrastive-playground'],
  loader: { '.woff2': 'empty', '.woff': 'empty', '.ttf': 'empty' },
  plugins: [cssText()],
});
const inputs = Object.keys(metafile.inputs);
const all = await parts(inputs);

test('every package in the bundles is listed, with the direct dependencies of page and module', () => {
  const names = new Set(all.map(({ name }) => name));
  const bundled = inputs.flatMap((path) => path.split('node_modules/').slice(1).map((rest) => rest.split('/').slice(0, rest.startsWith('@') ? 2 : 1).join('/')));
  assert.ok(bundled.length > 100);
  for (const name of bundled) assert.ok(names.has(name), name);
  for (const name of Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).dependencies)) assert.ok(names.has(name) || name === 'libheif-js', name);
  const [, forAll] = /\[dependencies\]\n([^]*?)\n\n/.exec(readFileSync('Cargo.toml', 'utf8')) ?? [];
  for (const [, name] of forAll.matchAll(/^([\w-]+) = /gm)) assert.ok(names.has(name) || name === 'contrastive-kernels', name);
  for (const name of ['wgpu', 'cubecl', 'wasm-bindgen', 'libheif', 'Noto Emoji', 'KaTeX fonts']) assert.ok(names.has(name), name);
  for (const name of ['clap', 'indicatif', 'esbuild', 'sharp', 'syn']) assert.ok(!names.has(name), `${name} is not in the page`);
});

test('nothing is under a licence that it may not be under, and each has its text', () => {
  assert.deepEqual(all.filter((part) => !isGood(part)).map(({ name, offered }) => [name, offered]), []);
  for (const { name, texts } of all) assert.ok(texts.join().length > 200, name);
});

test('of several licences the one with the fewest texts is taken, and none that is not good', () => {
  assert.deepEqual(choose('MIT OR Apache-2.0'), ['Apache-2.0']);
  assert.deepEqual(choose('(MIT OR Apache-2.0) AND Unicode-3.0'), ['Apache-2.0', 'Unicode-3.0']);
  assert.deepEqual(choose('Unlicense/MIT'), ['MIT']);
  for (const offered of ['GPL-3.0-only', 'MIT AND AGPL-3.0', 'LGPL-3.0', 'MPL-2.0', '']) {
    assert.ok(!isGood({ name: 'x', version: '1', home: '', offered, taken: choose(offered), texts: [] }), offered);
  }
});

test('the page of licences names all of them, and escapes what they wrote', async () => {
  const page = await licences(inputs);
  for (const { name } of all) assert.ok(page.includes(`>${name}</a>`), name);
  assert.doesNotMatch(page.replace(/<style>[^]*<\/style>/, ''), /<(?!\/?(html|title|h1|h2|p|ul|li|a|pre|meta|!doctype)[ >])/);
});
