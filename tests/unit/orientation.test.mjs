import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { orientationOf, upright } from '../../www/intake/orientation.js';

const SIDE = 8;
/** Every pixel another. */
const square = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => at);
const raw = { width: SIDE, height: SIDE, channels: /** @type {const} */ (3) };

test('a square is set upright as another program does it', async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const stored = await sharp(square, { raw }).png().withMetadata({ orientation }).toBuffer();
    const theirs = await sharp(stored).autoOrient().raw().toBuffer();
    assert.deepEqual(Buffer.from(upright(square, orientation)), theirs, `${orientation}`);
  }
});

test('how a WebP lies is read from its EXIF', async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const stored = await sharp(square, { raw }).webp({ lossless: true }).withMetadata({ orientation }).toBuffer();
    assert.equal(await orientationOf(new Blob([/** @type {any} */ (stored)])), orientation);
  }
});

test('nothing said, or cut off, is upright', async () => {
  const stored = await sharp(square, { raw }).webp().withMetadata({ orientation: 6 }).toBuffer();
  const plain = await sharp(square, { raw }).webp().toBuffer();
  for (const bytes of [plain, stored.subarray(0, 20), stored.subarray(0, stored.indexOf('EXIF') + 18), new Uint8Array()]) {
    assert.equal(await orientationOf(new Blob([/** @type {any} */ (bytes)])), 1);
  }
});
