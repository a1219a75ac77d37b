import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { exifBehind } from '../browser/files.mjs';
import { orientationOf, upright } from '../../www/intake/orientation.js';

const SIDE = 8;
/** Every pixel another. */
const square = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => at);
const raw = { width: SIDE, height: SIDE, channels: /** @type {const} */ (3) };

/** @param {Buffer} bytes */
const read = (bytes) => orientationOf(Uint8Array.from(bytes).buffer);

test('a square is set upright as another program does it', async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const stored = await sharp(square, { raw }).png().withMetadata({ orientation }).toBuffer();
    const theirs = await sharp(stored).autoOrient().raw().toBuffer();
    assert.deepEqual(Buffer.from(upright(square, orientation)), theirs, `${orientation}`);
  }
});

test('how a WebP or PNG lies is read from its EXIF, wherever that stands', async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const said = sharp(square, { raw }).withMetadata({ orientation });
    const png = await said.clone().png().toBuffer();
    assert.deepEqual(read(await said.clone().webp({ lossless: true }).toBuffer()), { orientation, like: 'webp' });
    assert.deepEqual(read(png), { orientation, like: 'before' });
    assert.deepEqual(read(exifBehind(png)), { orientation, like: 'behind' });
  }
});

test('a number of four bytes is read, whichever comes first', async () => {
  for (const little of [true, false]) {
    const exif = new DataView(new ArrayBuffer(26));
    exif.setUint16(0, little ? 0x4949 : 0x4d4d);
    for (const [at, value] of [[2, 42], [8, 1], [10, 0x112], [12, 4]]) exif.setUint16(at, value, little);
    for (const [at, value] of [[4, 8], [14, 1], [18, 6]]) exif.setUint32(at, value, little);
    const head = Buffer.from('RIFF\0\0\0\0WEBPEXIF\x1a\0\0\0');
    assert.equal(read(Buffer.concat([head, Buffer.from(exif.buffer)])).orientation, 6);
  }
});

test('nothing said, or cut off, is upright', async () => {
  const stored = await sharp(square, { raw }).webp().withMetadata({ orientation: 6 }).toBuffer();
  const plain = await sharp(square, { raw }).webp().toBuffer();
  for (const bytes of [plain, stored.subarray(0, 20), stored.subarray(0, stored.indexOf('EXIF') + 18), Buffer.alloc(0)]) {
    assert.equal(read(bytes).orientation, 1);
  }
});
