// Bundles the page and its worker into target/app, from where Trunk copies them.
import { build } from 'esbuild';

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
  entryPoints: ['www/main.js', 'www/session.js', 'www/worker.js', 'www/styles/main.css'],
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
