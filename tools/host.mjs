// Makes the built page one that any static host serves: writes into its index.html what may be loaded and what is loaded
// first, and beside it the service worker with a list of all files. Trunk calls it after a build; again by hand:
// node tools/host.mjs dist
import { createHash } from 'node:crypto';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { build } from 'esbuild';
import { hash, policy, tag } from './policy.mjs';

const WASM = ['contrastive-playground_bg.wasm', 'app/relaxed.wasm'];

/**
 * Begins to fetch what is largest before there is a script to ask for it (`www/files/files.js` takes it up). A preload would say the
 * same in an element, but WebKit fetches again what was preloaded for a `fetch`.
 */
const BEGIN = `<script>var begun={};${JSON.stringify(WASM)}.forEach(path=>(begun[new URL(path,document.baseURI)]=fetch(path,{priority:'low'})).catch(()=>{}))</script>`;

/** When a file is kept: with the first visit, soon after that, when it is used or everything is asked for, when it is used, or never. */
const KEPT = /** @type {const} */ ([
  [/^(sw\.js|contrastive-playground\.html|.*\.d\.ts|.*\.LEGAL\.txt|app\/preview\.jpg)$/, 'never'],
  [/^app\/(elements\/|recorded-)/, 'used'],
  [/^guide\//, 'soon'],
  [/^(app\/libheif\/|app\/emoji\/emoji\.)/, 'later'],
  [/./, 'first'],
]);

/** @param {string} path @returns {'first' | 'soon' | 'later' | 'used' | 'never'} */
export function kept(path) {
  return /** @type {any} */ (KEPT.find(([pattern]) => pattern.test(path)))[1];
}

/** @param {string} folder */
export async function host(folder) {
  const html = join(folder, 'index.html');
  const page = (await readFile(html, 'utf8')).replace(/<!--build-->.*<!--\/build-->/s, '<!--build--><!--/build-->');
  const files = await list(folder);
  const parts = await partsOf(folder, Object.keys(files));
  const allowed = policy(BEGIN + page);
  const version = createHash('sha256').update(JSON.stringify(files)).update(page).update(allowed).digest('hex').slice(0, 10);
  const scripts = await modules(folder, 'app/main.js');
  const head = [
    tag(allowed),
    `<meta name="version" content="${version}" />`,
    ...scripts.map((path) => `<link rel="modulepreload" href="./${path}" />`),
    BEGIN,
  ];
  await writeFile(html, page.replace('<!--build-->', `<!--build-->${head.join('')}`));
  await writeFile(join(folder, 'sw.js'), await serviceWorker(folder, version, files, parts));
  return { version, files };
}

/** All files with their hashes, but those that are written here. @param {string} folder @returns {Promise<Record<string, string>>} */
export async function list(folder) {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = names.filter((entry) => entry.isFile()).map((entry) => posix.relative(folder, posix.join(entry.parentPath ?? entry.path, entry.name)));
  const wanted = paths.filter((path) => path !== 'index.html' && kept(path) !== 'never').sort();
  return Object.fromEntries(await Promise.all(wanted.map(async (path) => [path, hash(await readFile(join(folder, path)))])));
}

/** What comes before the page can train. @param {string} folder */
export async function opening(folder) {
  const scripts = ['app/main.js', 'app/worker.js'];
  const parts = await Promise.all(scripts.map((path) => modules(folder, path)));
  return [...new Set(['app/main.css', 'app/icon.svg', 'app/emoji/sample.webp', ...scripts, ...parts.flat(), ...WASM])];
}

/** What a script imports before it can begin. @param {string} folder @param {string} path @param {Set<string>} [found] */
async function modules(folder, path, found = new Set()) {
  const text = await readFile(join(folder, path), 'utf8');
  for (const [, name] of text.matchAll(/(?:from|import)"(\.[^"]+)"/g)) {
    const other = posix.join(posix.dirname(path), name);
    if (!found.has(other)) await modules(folder, other, found.add(other));
  }
  return [...found];
}

/** Elements that other pages here are made of. @param {string} folder @param {string[]} paths */
async function partsOf(folder, paths) {
  /** @type {Set<string>} */ const found = new Set();
  for (const path of paths.filter((path) => path.endsWith('.html'))) {
    for (const [, name] of (await readFile(join(folder, path), 'utf8')).matchAll(/<script[^>]* src="(\.[^"]+)"/g)) {
      const script = posix.join(posix.dirname(path), name);
      await modules(folder, script, found.add(script));
    }
  }
  return found;
}

/** @param {string} folder @param {string} version @param {Record<string, string>} files @param {Set<string>} parts */
async function serviceWorker(folder, version, files, parts) {
  const when = (/** @type {string} */ path) => (kept(path) === 'used' && parts.has(path) ? 'later' : kept(path));
  const of = (/** @type {string} */ wanted) => Object.fromEntries(Object.entries(files).filter(([path]) => when(path) === wanted));
  const later = of('later');
  const sizes = await Promise.all(Object.keys(later).map(async (path) => (await stat(join(folder, path))).size));
  const { outputFiles } = await build({
    entryPoints: ['www/offline/sw.js'],
    bundle: true,
    write: false,
    minify: true,
    target: 'es2022',
    define: {
      VERSION: JSON.stringify(version),
      FIRST: JSON.stringify({ './': '', ...of('first') }),
      SOON: JSON.stringify(of('soon')),
      LATER: JSON.stringify(later),
      LATER_BYTES: String(sizes.reduce((sum, size) => sum + size, 0)),
      USED: JSON.stringify(of('used')),
    },
  });
  return outputFiles[0].contents;
}

if (process.argv[1] === import.meta.filename) {
  const { version } = await host(process.argv[2] ?? 'dist');
  console.log(`Version ${version}`);
}
