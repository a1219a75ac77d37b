// What a picture becomes: the same square in every browser, and by the PyTorch file.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { exifBehind, named, photo, rotated } from './files.mjs';
import { expect, test } from './playground.mjs';

const PYTHON = process.env.PYTHON || 'python3';

/** The squares of files by the PyTorch file, as RGB bytes. They need no torch. */
const SCRIPT = `
import json, sys, types
try:
    import torch
except ImportError:
    class Module: pass
    names = ("torch", "torch.nn", "torch.nn.functional")
    torch, nn, functional = (types.ModuleType(name) for name in names)
    torch.nn, nn.functional, nn.Module = nn, functional, Module
    sys.modules.update(zip(names, (torch, nn, functional)))
sys.path.insert(0, "www/take-away")
from PIL import Image
from contrastive_playground import square
print(json.dumps([square(Image.open(path)).ravel().tolist() for path in sys.argv[1:]]))
`;

/** A square of one-pixel squares, black and white. @param {number} side */
function checkers(side) {
  const bytes = Buffer.from(Uint8Array.from({ length: side * side }, (_, at) => ((at % side) + Math.floor(at / side)) % 2 && 255));
  return sharp(bytes, { raw: { width: side, height: side, channels: 1 } }).png().toBuffer();
}

test('what is finer than a pixel becomes an even grey', async ({ lasting: playground }) => {
  const sides = [300, 1000, 1500, 2048];
  await playground.drop(await Promise.all(sides.map(async (side) => named(`${side}.png`, await checkers(side)))));
  for (const [index, square] of (await playground.squares()).entries()) {
    expect(Math.max(...square) - Math.min(...square), `${sides[index]}`).toBeLessThan(8);
    expect(Math.abs(square[0] - 127.5)).toBeLessThan(4);
  }
});

test('a WebP is set upright as a JPEG is, and a PNG wherever it says how it lies', async ({ lasting: playground }) => {
  const turned = (/** @type {'webp' | 'png'} */ format) => Promise.all([1, 3, 6, 8].map((orientation) => rotated(orientation, format)));
  const [webp, png] = [await turned('webp'), await turned('png')];
  await playground.drop([...webp, ...png, ...png.map(({ name, buffer }) => named(`behind-${name}`, exifBehind(buffer)))]);
  await expect(playground.count).toContainText('12 pictures');
  for (const square of await playground.squares()) {
    const [left, right] = [16, 48].map((column) => square.slice((32 * 64 + column) * 3, (32 * 64 + column) * 3 + 3));
    expect(left[0] - left[2]).toBeGreaterThan(150);
    expect(right[2] - right[0]).toBeGreaterThan(150);
  }
});

test('an SVG with HTML in it is drawn, or told as what it is', async ({ lasting: playground }) => {
  const html = '<foreignObject x="0" y="0" width="100" height="100"><div xmlns="http://www.w3.org/1999/xhtml" style="height: 100px; background: #0000ff">words</div></foreignObject>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="#ff0000"/>${html}</svg>`;
  await playground.drop([named('html.svg', svg), named('plain.svg', svg.replace(html, ''))]);
  const [first, ...others] = await playground.squares();
  if (others.length) expect(first.slice(-3)).toEqual([0, 0, 255]);
  else await expect(playground.skipped).toContainText('html.svg: an SVG with HTML in it (foreignObject)');
});

test('the PyTorch file makes the same squares', async ({ lasting: playground }) => {
  test.skip(spawnSync(PYTHON, ['-c', 'import numpy, PIL']).status !== 0, 'Python has no Pillow');
  const glass = await photo(3).composite([{ input: Buffer.from('<svg width="320" height="240"><rect width="320" height="240" fill="#0003"/></svg>'), blend: 'dest-in' }]);
  const files = [
    named('gray16.png', await photo(1).removeAlpha().toColourspace('grey16').png().toBuffer()),
    named('rgb16.png', await photo(2).toColourspace('rgb16').png().toBuffer()),
    named('glass.png', await glass.png().toBuffer()),
    named('p3.jpg', await photo(4).withIccProfile('p3').jpeg({ quality: 95 }).toBuffer()),
    named('p3.png', await photo(5).withIccProfile('p3').png().toBuffer()),
    named('large.png', await photo(6, 2600, 1501).png().toBuffer()),
    named('small.png', await photo(7, 41, 30).png().toBuffer()),
    named('palette.png', await photo(8).png({ palette: true }).toBuffer()),
    await rotated(6),
    await rotated(6, 'webp'),
  ];
  const folder = await mkdtemp(join(tmpdir(), 'squares-'));
  const paths = files.map(({ name }) => join(folder, name));
  await Promise.all(files.map(({ buffer }, index) => writeFile(paths[index], buffer)));
  /** @type {number[][]} */
  const theirs = JSON.parse(execFileSync(PYTHON, ['-B', '-c', SCRIPT, ...paths], { encoding: 'utf8' }));
  await playground.drop(files);
  const ours = await playground.squares();
  expect(ours).toHaveLength(files.length);
  for (const [index, square] of ours.entries()) {
    const apart = Math.max(...square.map((value, at) => Math.abs(value - theirs[index][at])));
    expect(apart, files[index].name).toBeLessThanOrEqual(3);
  }
});
