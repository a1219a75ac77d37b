import { readFile } from 'node:fs/promises';

/** `import css from 'x.css?text'` is the file's text, for a shadow root. @returns {import('esbuild').Plugin} */
export function cssText() {
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
      builder.onLoad({ filter: /.*/, namespace: 'css-text' }, async ({ path }) => ({ contents: await readFile(path, 'utf8'), loader: 'text' }));
    },
  };
}
