import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { isComplete } from '../../www/intake/complete.js';

const noise = sharp(Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => (at * at * 31) >> 3), { raw: { width: 64, height: 64, channels: 3 } });
const pictures = {
  'image/jpeg': [noise.clone().jpeg(), noise.clone().jpeg({ progressive: true }), noise.clone().jpeg().withMetadata({ orientation: 6 })],
  'image/png': [noise.clone().png(), noise.clone().png({ palette: true })],
  'image/webp': [noise.clone().webp(), noise.clone().webp({ lossless: true })],
  'image/gif': [noise.clone().gif()],
};

for (const [mime, files] of Object.entries(pictures)) {
  test(`of ${mime}, all of it is complete, also with more behind it, and no part is`, async () => {
    for (const file of files) {
      const bytes = new Uint8Array(await file.toBuffer());
      assert.ok(isComplete(bytes, mime));
      assert.ok(isComplete(new Uint8Array([...bytes, 10, 0, 1, 2]), mime));
      const enough = mime === 'image/gif' ? 1 : mime === 'image/png' ? 8 : 0;
      for (let length = 0; length < bytes.length - enough; length += length < 100 || length > bytes.length - 100 ? 1 : 97) {
        assert.ok(!isComplete(bytes.subarray(0, length), mime), `${length} of ${bytes.length}`);
      }
    }
  });
}

test('the end of a preview in a JPEG’s head is not its end', async () => {
  const [small, large] = await Promise.all([16, 64].map((side) => noise.clone().resize(side).jpeg().toBuffer()));
  const segment = Buffer.from([0xff, 0xe1, (small.length + 2) >> 8, (small.length + 2) & 255]);
  const bytes = new Uint8Array(Buffer.concat([large.subarray(0, 2), segment, small, large.subarray(2)]));
  assert.ok(isComplete(bytes, 'image/jpeg'));
  assert.ok(!isComplete(bytes.subarray(0, -20), 'image/jpeg'));
});

test('of other kinds nothing is known', () => {
  assert.ok(isComplete(new Uint8Array(9), 'image/avif'));
});
