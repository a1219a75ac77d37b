// Bundles the page and its workers into target/app, from where Trunk copies them, and each element for use alone.
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { build } from 'esbuild';
import sharp from 'sharp';
import { cssText } from './css-text.mjs';
import { packEmoji } from './emoji.mjs';
import { licences } from './licences/page.mjs';

const out = process.argv[2] ?? 'target/app';

// What an earlier build has left would be published too.
await rm(out, { recursive: true, force: true });

/** The wasm module's glue is written by Trunk, one folder above the bundles. @type {import('esbuild').Plugin} */
const glue = {
  name: 'glue',
  setup(builder) {
    builder.onResolve({ filter: /^contrastive-playground$/ }, () => ({
      path: '../contrastive-playground.js',
      external: true,
    }));
  },
};

/** @satisfies {import('esbuild').BuildOptions} */
const shared = {
  entryNames: '[name]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  metafile: true,
  legalComments: 'linked',
  loader: { '.css': 'css', '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty' },
  plugins: [glue, cssText()],
};
const page = ['page/main.js', 'engine/session.js', 'engine/worker.js', 'engine/hand.js', 'learned/map-worker.js', 'intake/decoder.js', 'styles/main.css'];
const whole = await build({ ...shared, entryPoints: page.map((name) => `www/${name}`), outdir: out });
// Apart from the page's, which would else be cut into many small files.
const apart = await build({ ...shared, entryPoints: await elements(), outdir: `${out}/elements` });
await writeFile(`${out}/licences.html`, await licences([whole, apart].flatMap(({ metafile }) => Object.keys(metafile.inputs))));

// What a link to the page looks like, and its icons. One that may be cut to a circle has room around.
await sharp('docs/screenshot.png').resize(1200, 630, { position: 'top' }).jpeg({ quality: 88 }).toFile(`${out}/preview.jpg`);
await cp('www/icon.svg', `${out}/icon.svg`);
for (const [name, side, edge] of /** @type {const} */ ([['icon', 180, 0], ['icon-192', 192, 0], ['icon-512', 512, 0], ['icon-maskable', 384, 64]])) {
  const icon = sharp('www/icon.svg', { density: 576 }).resize(side);
  await icon.extend({ top: edge, bottom: edge, left: edge, right: edge, background: '#fbfaf7' }).png().toFile(`${out}/${name}.png`);
}
await cp('www/manifest.webmanifest', `${out}/manifest.webmanifest`);

// Loaded only when they are needed: the drawings, and the HEIF decoder, which is under the LGPL and so stays
// a file of its own that anyone may replace.
await cp('www/take-away/contrastive_playground.py', `${out}/contrastive_playground.py`);
await packEmoji(`${out}/emoji`);
const libheif = 'node_modules/libheif-js/libheif-wasm';
await mkdir(`${out}/libheif`, { recursive: true });
await cp(`${libheif}/libheif-bundle.mjs`, `${out}/libheif/libheif.mjs`);
await cp(`${libheif}/LICENSE`, `${out}/libheif/LICENSE`);

/** The files that define the element they are named after, in whichever room. */
async function elements() {
  const files = (await readdir('www', { recursive: true })).filter((name) => name.endsWith('.js')).map((name) => `www/${name}`);
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return files.filter((file, index) => texts[index].includes(`define('${basename(file, '.js')}', `));
}
