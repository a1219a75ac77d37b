import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { variantOf } from '../../www/intake/variants.js';

/** A JPEG's head: an application's segment, and a frame. @param {number} marker of the frame @param {number} [bits] */
const jpeg = (marker, bits = 8) =>
  Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xc9, 0, 0, 0xff, 0xff, 0xff, marker, 0, 11, bits, 0, 64, 0, 64, 1, 1, 0x11, 0, 0xff, 0xda);

/** A PNG's head. @param {string} chunk its first */
const png = (chunk) => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 4, ...new TextEncoder().encode(chunk), 0, 0, 0, 0);

test('ordinary pictures are of no other variant', () => {
  for (const marker of [0xc0, 0xc1, 0xc2]) assert.equal(variantOf(jpeg(marker)), undefined);
  assert.equal(variantOf(png('IHDR')), undefined);
  assert.equal(variantOf(new Uint8Array()), undefined);
  assert.equal(variantOf(jpeg(0xc9).subarray(0, 13)), undefined);
  assert.equal(variantOf(Uint8Array.of(0xff, 0xd8, 0x20, 0x20)), undefined);
});

test('a JPEG that browsers do not decode is told by its frame', () => {
  for (const marker of [0xc9, 0xca, 0xcd, 0xce]) assert.equal(variantOf(jpeg(marker)), 'arithmeticJpeg');
  for (const marker of [0xc3, 0xc7, 0xcb, 0xcf]) assert.equal(variantOf(jpeg(marker)), 'losslessJpeg');
  for (const marker of [0xc5, 0xc6]) assert.equal(variantOf(jpeg(marker)), 'hierarchicalJpeg');
  assert.equal(variantOf(jpeg(0xc1, 12)), 'deepJpeg');
  assert.equal(variantOf(jpeg(0xc2, 12)), 'deepJpeg');
});

test('a PNG as Apple packs it into apps is told by its first chunk', () => {
  assert.equal(variantOf(png('CgBI')), 'appPng');
});

test('each variant has a sentence', () => {
  const sentences = JSON.parse(readFileSync('www/i18n/en.json', 'utf8'));
  const heads = [jpeg(0xc3), jpeg(0xc5), jpeg(0xc9), jpeg(0xc1, 12), png('CgBI')];
  for (const head of heads) assert.ok(`error.${variantOf(head)}` in sentences);
});
