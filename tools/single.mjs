// Makes contrastive-playground.html of the built page: all of it in one file, which works without a server. Trunk calls it after a
// build, and lays it beside the page; again by hand: node tools/single.mjs dist
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { cssText } from './css-text.mjs';

const WORKERS = ['engine/worker.js', 'engine/hand.js', 'intake/decoder.js', 'learned/map-worker.js'];
/** Files of the built page, by their paths. libheif is not among them: under the LGPL anyone may replace it, so it stays a file of its own. */
const FILES = [
  { path: 'contrastive-playground_bg.wasm', name: 'contrastive-playground_bg.wasm', type: 'application/gzip' },
  { path: 'app/relaxed.wasm', name: 'relaxed.wasm', type: 'application/wasm' },
  { path: 'app/emoji/emoji.json', name: 'emoji/emoji.json', type: 'application/json' },
  { path: 'app/emoji/emoji.webp', name: 'emoji/emoji.webp', type: 'image/webp' },
  { path: 'app/emoji/sample.webp', name: 'emoji/sample.webp', type: 'image/webp' },
  { path: 'app/licences.html', name: 'licences.html', type: 'text/html' },
  { path: 'app/contrastive_playground.py', name: 'contrastive_playground.py', type: 'text/x-python' },
];

/** Workers and files are in the page, and so is the wasm module's glue. @param {string} folder @returns {import('esbuild').Plugin} */
function inside(folder) {
  return {
    name: 'inside',
    setup(builder) {
      builder.onResolve({ filter: /\/files\.js$/ }, () => ({ path: resolve('tools/single/files.js') }));
      builder.onResolve({ filter: /^contrastive-playground$/ }, () => ({ path: resolve(folder, 'contrastive-playground.js') }));
    },
  };
}

/** @param {string} folder of the built page @param {string} out @returns {Promise<number>} how many bytes it has */
async function single(folder, out) {
  const [main, style, ...workers] = await Promise.all(['page/main.js', 'styles/main.css', ...WORKERS].map((entry) => bundled(entry, folder)));
  const files = await Promise.all(FILES.map(async ({ path, name, type }) => element(await packed(join(folder, path), type), name, type)));
  const scripts = workers.map((text, index) => element(text, basename(WORKERS[index])));
  const page = whole(await readFile('www/index.html', 'utf8'), await icon(), style, [...files, ...scripts], main);
  await writeFile(out, page);
  return Buffer.byteLength(page);
}

/** @param {string} entry @param {string} folder */
async function bundled(entry, folder) {
  const { outputFiles } = await build({
    entryPoints: [`www/${entry}`],
    bundle: true,
    // Scripts of this form need no other, and workers of it start from blobs everywhere.
    format: 'iife',
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    legalComments: 'inline',
    loader: { '.css': 'css', '.woff2': 'dataurl', '.woff': 'empty', '.ttf': 'empty' },
    // Where the wasm module's glue would look for the module if it were not given it.
    logOverride: { 'empty-import-meta': 'silent' },
    plugins: [inside(folder), cssText()],
    // Workers that ask for no file are handed them all the same.
    inject: entry.endsWith('.js') ? ['tools/single/files.js'] : [],
    write: false,
  });
  // What would begin or end an element in HTML is written otherwise.
  return outputFiles[0].text.replaceAll('<!--', '\\x3c!--').replace(/<(\/?script)/gi, '\\x3c$1');
}

/** @param {string} path @param {string} type */
async function packed(path, type) {
  const bytes = await readFile(path);
  return (type === 'application/gzip' ? gzipSync(bytes, { level: 9 }) : bytes).toString('base64');
}

/** Something that the page reads, and no browser runs. @param {string} text @param {string} name @param {string} [type] */
function element(text, name, type) {
  return `<script type="text/plain" data-file="${name}"${type ? ` data-type="${type}"` : ''}>${text}</script>`;
}

async function icon() {
  return `data:image/svg+xml;base64,${await readFile('www/icon.svg', 'base64')}`;
}

/** Of index.html: what lies beside it or is about where it is published. */
const BESIDE = [/\s*<!--[^]*?-->/g, /\s*<(link|meta\s+(property|http-equiv|name="twitter))[^>]*>/g, /\s*<script [^>]*src=[^>]*><\/script>/g, /\s*<(\w+) data-hosted>[^]*?<\/\1>/g];

/**
 * The page without what lies beside it, and with what lies in it; the browser is told to fetch nothing from anywhere.
 * @param {string} html @param {string} icon @param {string} style @param {string[]} elements @param {string} main
 */
function whole(html, icon, style, elements, main) {
  const alone = BESIDE.reduce((html, pattern) => html.replace(pattern, ''), html);
  const scripts = [...alone.matchAll(/<script>([^]*?)<\/script>/g)].map(([, text]) => text);
  const hashes = [...scripts, main].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  const policy = [
    `default-src 'none'`,
    `script-src ${hashes.join(' ')} 'wasm-unsafe-eval' blob:`,
    `worker-src blob:`,
    `img-src blob: data:`,
    `media-src blob:`,
    `font-src data:`,
    `style-src 'unsafe-inline'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}" />\n<link rel="icon" href="${icon}" />\n<style>${style}</style>\n`;
  const body = `${elements.join('\n')}\n<script>${main}</script>\n`;
  // By functions, as texts may have what a pattern's replacement makes something of.
  return alone.replace('<meta charset="utf-8" />', (charset) => `${charset}\n${head}`).replace('</body>', () => `${body}</body>`);
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2] ?? 'dist';
  const out = join(folder, 'contrastive-playground.html');
  console.log(`${out}: ${((await single(folder, out)) / 1e6).toFixed(1)} MB`);
}
