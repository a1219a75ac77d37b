// What the page is made of that others have made, and under which licences: the crates in the wasm module, the packages
// in the bundles, and what is copied.
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { choose } from './choice.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} version
 * @property {string} home where its source is
 * @property {string} offered the licences that it comes under, as it says so
 * @property {string[]} taken those of them that it is used under
 * @property {string[]} texts
 */

const APACHE = await readFile('LICENSE-APACHE', 'utf8');
const MIT = (await readFile('LICENSE-MIT', 'utf8')).replace(/^.*copyright.*\n/im, '');

/** @param {string[]} inputs files that esbuild says are in the bundles @returns {Promise<Part[]>} */
export async function parts(inputs) {
  const [made, bundled, copied] = await Promise.all([crates(), packages([...inputs, ...COPIED]), others()]);
  const all = [...made, ...bundled, ...copied].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  // A licence that names no author has the same text wherever it is.
  const textsLike = (/** @type {Part} */ { taken }) => all.find((other) => other.texts.length && other.taken.join() === taken.join())?.texts ?? [];
  return all.map((part) => (part.texts.length ? part : { ...part, texts: textsLike(part) }));
}

/** Of these a package's data is in the page, and not its scripts. */
const COPIED = ['node_modules/emoji-datasource-google/'];

/** In the module: proc-macros run when it is compiled, and what tests use is not in it. */
export async function crates() {
  const target = ['--locked', '--target', 'wasm32-unknown-unknown'];
  const [tree, { packages }] = await Promise.all([
    cargo(['tree', ...target, '-p', 'contrastive-playground', '-e', 'normal,no-proc-macro', '--prefix', 'none', '-f', '{p}']),
    cargo(['metadata', '--locked', '--filter-platform', 'wasm32-unknown-unknown', '--format-version', '1']).then(JSON.parse),
  ]);
  const used = new Set(tree.split('\n').map((line) => line.split(' ').slice(0, 2).join(' ')));
  const others = packages.filter((/** @type {any} */ { name, version, source }) => source && used.has(`${name} v${version}`));
  return Promise.all(
    others.map((/** @type {any} */ { name, version, license, manifest_path, authors }) =>
      part({ name, version, home: `https://crates.io/crates/${name}/${version}`, offered: license, folder: dirname(manifest_path), authors }),
    ),
  );
}

/** @param {string[]} inputs */
export async function packages(inputs) {
  const folders = new Set(inputs.flatMap((path) => /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  return Promise.all(
    [...folders].map(async (folder) => {
      const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
      const authors = [author?.name ?? author ?? name];
      return part({ name, version, home: `https://www.npmjs.com/package/${name}/v/${version}`, offered: CORRECTED[name] ?? license, folder, authors });
    }),
  );
}

/** Where the text in a package is another than it names. @type {Record<string, string>} */
const CORRECTED = { 'umap-js': 'Apache-2.0' };

/** @returns {Promise<Part[]>} */
async function others() {
  const heif = JSON.parse(await readFile('node_modules/libheif-js/package.json', 'utf8'));
  const fonts = await readFile('tools/licences/OFL-1.1.txt', 'utf8');
  return [
    { name: 'Rust standard library', version: '', home: 'https://github.com/rust-lang/rust', offered: 'MIT OR Apache-2.0', taken: ['Apache-2.0'], texts: [APACHE] },
    { name: 'Noto Emoji', version: '', home: 'https://github.com/googlefonts/noto-emoji', offered: 'Apache-2.0', taken: ['Apache-2.0'], texts: [APACHE] },
    { name: 'KaTeX fonts', version: '', home: 'https://github.com/KaTeX/katex-fonts', offered: 'OFL-1.1', taken: ['OFL-1.1'], texts: [`${FONTS}\n\n${fonts}`] },
    { name: 'libheif', version: heif.version, home: 'https://github.com/strukturag/libheif', offered: heif.license, taken: [heif.license], texts: [HEIF] },
  ];
}

/** As the fonts' own tables say. */
const FONTS = `Copyright (c) 2009-2010, Design Science, Inc. (<www.mathjax.org>)
Copyright (c) 2014-2018 Khan Academy (<www.khanacademy.org>),
with Reserved Font Names KaTeX_Main, KaTeX_Math, KaTeX_Size1, KaTeX_Size2, KaTeX_Size3 and KaTeX_Size4.`;

const HEIF = `libheif is a file of its own (app/libheif/libheif.mjs), which anyone may replace by another build of it. The text of its
licence lies beside it, in app/libheif/LICENSE. The page as a single file does not have it.`;

/** @param {{ name: string, version: string, home: string, offered: string, folder: string, authors: string[] }} found @returns {Promise<Part>} */
async function part({ name, version, home, offered, folder, authors }) {
  const taken = choose(offered ?? '');
  return { name, version, home, offered, taken, texts: await texts(folder, taken, authors) };
}

/** @param {string} folder @param {string[]} taken @param {string[]} authors */
async function texts(folder, taken, authors) {
  const files = await readdir(folder);
  const read = (/** @type {string[]} */ names) => Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const notices = await read(files.filter((name) => /^notice/i.test(name)));
  if (taken.join() === 'Apache-2.0') return [APACHE, ...notices];
  const own = files.filter((name) => /^(licen[sc]e|copying)/i.test(name) && /(^[^.]*|\.(md|txt|mit))$/i.test(name));
  // Where there is a file for each licence, only those that were taken.
  const wanted = taken.filter((licence) => licence !== 'Apache-2.0');
  const named = own.filter((name) => wanted.some((licence) => name.toLowerCase().includes(licence.split('-')[0].toLowerCase())));
  const found = await read(named.length ? named : own);
  if (taken.join() === 'MIT' && !found.length) return [`Copyright (c) ${authors.join(', ')}\n${MIT}`];
  return [...(taken.includes('Apache-2.0') ? [APACHE] : []), ...found, ...notices];
}

/** @param {string[]} options */
async function cargo(options) {
  const { stdout } = await promisify(execFile)('cargo', options, { maxBuffer: 1 << 26 });
  return stdout;
}
