// Bundles the page and its worker into target/app, from where Trunk copies them.
import { cp, mkdir } from 'node:fs/promises';
import { build } from 'esbuild';
import { packEmoji } from './emoji.mjs';

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

await build({
  entryPoints: ['www/main.js', 'www/session.js', 'www/worker.js', 'www/intake/decoder.js', 'www/styles/main.css'],
  entryNames: '[name]',
  outdir: 'target/app',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'linked',
  loader: { '.css': 'css' },
  plugins: [glue, cssText()],
});

// Loaded only when they are needed: the drawings, and the HEIF decoder, which is under the LGPL and so stays
// a file of its own that anyone may replace.
await packEmoji('target/app/emoji');
const libheif = 'node_modules/libheif-js/libheif-wasm';
await mkdir('target/app/libheif', { recursive: true });
await cp(`${libheif}/libheif-bundle.mjs`, 'target/app/libheif/libheif.mjs');
await cp(`${libheif}/LICENSE`, 'target/app/libheif/LICENSE');

/** `import css from 'x.css?text'` is the file's text, for a shadow root. @returns {import('esbuild').Plugin} */
function cssText() {
  return {
    name: 'css-text',
    setup(builder) {
      builder.onResolve({ filter: /\.css\?text$/ }, async ({ path, ...rest }) => {
        const { path: file } = await builder.resolve(path.replace('?text', ''), {
          kind: 'import-statement',
          resolveDir: rest.resolveDir,
        });
        return { path: file, namespace: 'css-text' };
      });
      builder.onLoad({ filter: /.*/, namespace: 'css-text' }, async ({ path }) => {
        const { readFile } = await import('node:fs/promises');
        return { contents: await readFile(path, 'utf8'), loader: 'text' };
      });
    },
  };
}
