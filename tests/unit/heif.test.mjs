import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
// @ts-expect-error It has no types.
import start from '../../node_modules/libheif-js/libheif-wasm/libheif-bundle.mjs';
import { withMainImage } from '../../www/intake/heif-images.js';

/** A box that says nothing. */
const padding = Buffer.alloc(20e6);
padding.writeUInt32BE(padding.length);
padding.write('free', 4);

/** How much the decoder's memory grows by the last of so many files. @param {Buffer} head @param {(image: any) => Promise<any>} use */
async function growth(head, use, count = 6) {
  const libheif = await /** @type {any} */ (start)();
  const bytes = new Uint8Array(Buffer.concat([head, padding]));
  let first = 0;
  for (let file = 0; file < count; file++) {
    await withMainImage(libheif, bytes, 'image/heic', use).catch(({ code }) => assert.equal(code, 'cannotDecode'));
    first ||= libheif.HEAPU8.length;
  }
  return libheif.HEAPU8.length - first;
}

test('a file that is no picture leaves nothing in the decoder’s memory', async (context) => {
  context.mock.method(console, 'log', () => {});
  const ftyp = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
  assert.equal(await growth(ftyp, assert.fail), 0);
});

test('a picture leaves nothing in it either', async (context) => {
  const path = '../shared/awkward/heic__zPug_3.heic';
  if (!existsSync(path)) return context.skip('the file is not here');
  assert.equal(await growth(readFileSync(path), async (image) => image.get_width()), 0);
});
