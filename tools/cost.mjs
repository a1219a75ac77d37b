// Says what a visit to the built page downloads, by hosts that compress with gzip (GitHub Pages) or Brotli.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { kept, list, opening } from './host.mjs';

/** Hosts compress these. */
const TEXT = /\.(html|js|mjs|css|json|svg|wasm|webmanifest|py|txt)$/;
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const folder = process.argv[2] ?? 'dist';
const all = Object.keys(await list(folder));
const first = ['index.html', ...(await opening(folder))];
const groups = {
  'until it can train': first,
  'then, to be kept for use without a network': all.filter((path) => ['first', 'soon'].includes(kept(path)) && !first.includes(path)),
  'when it is wanted': all.filter((path) => kept(path) === 'later'),
};
console.log(`\n${folder} can be served as it is, under any path. A visitor downloads, in kB:\n`);
for (const [when, paths] of Object.entries(groups)) {
  const bytes = await Promise.all(paths.map((path) => readFile(join(folder, path))));
  const sum = (/** @type {(bytes: Buffer) => Buffer} */ compress) =>
    Math.round(paths.reduce((sum, path, at) => sum + (TEXT.test(path) ? compress(bytes[at]) : bytes[at]).length, 0) / 1000);
  console.log(`${String(sum(gzipSync)).padStart(6)} gzip ${String(sum((bytes) => brotliCompressSync(bytes, QUALITY))).padStart(6)} brotli   ${when} (${paths.length} files)`);
}
