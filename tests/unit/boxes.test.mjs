import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWhole, pictureOf } from '../../www/intake/boxes.js';

/** @param {string} name @param {number} length of its content @param {number} [said] another size than it has */
function box(name, length, said = 8 + length) {
  const bytes = new Uint8Array(8 + length);
  new DataView(bytes.buffer).setUint32(0, said);
  bytes.set(new TextEncoder().encode(name), 4);
  return bytes;
}

/** @param {Uint8Array[]} parts */
const file = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const HEAD = [box('ftyp', 16), box('meta', 60)];

test('a file whose boxes are all there is whole, in whichever order', () => {
  assert.ok(isWhole(file(...HEAD, box('mdat', 200))));
  assert.ok(isWhole(file(box('ftyp', 16), box('mdat', 200), box('free', 3), box('meta', 60))));
  assert.ok(isWhole(file(...HEAD, box('mdat', 200, 0))), 'to the end of the file');
});

test('what was put behind the last box is not asked for', () => {
  assert.ok(isWhole(file(...HEAD, box('mdat', 200), new TextEncoder().encode('\n'))));
  assert.ok(isWhole(file(...HEAD, box('mdat', 200), new TextEncoder().encode('\0\0\0\x50SEFHe trailer of a camera'))));
  assert.ok(isWhole(file(...HEAD, box('mdat', 200), box('mpvd', 300))), 'a film, as a box of its own');
});

test('a file that was cut off is not whole, wherever', () => {
  const whole = file(...HEAD, box('mdat', 200));
  for (let length = 0; length < whole.length; length++) assert.ok(!isWhole(whole.subarray(0, length)), `${length}`);
});

test('small pictures have their data in their description', () => {
  const meta = box('meta', 60);
  meta.set(new TextEncoder().encode('idat'), 20);
  assert.ok(isWhole(file(box('ftyp', 16), meta)));
});

test('a size of eight bytes is read, and one that is cut off is not', () => {
  const large = new Uint8Array(16 + 40);
  new DataView(large.buffer).setUint32(0, 1);
  large.set(new TextEncoder().encode('mdat'), 4);
  new DataView(large.buffer).setBigUint64(8, 56n);
  assert.ok(isWhole(file(...HEAD, large)));
  assert.ok(!isWhole(file(...HEAD, large.subarray(0, 12))));
  assert.ok(!isWhole(file(...HEAD, large.subarray(0, 40))));
});

/** The first box of a file of these brands. @param {string} major @param {string[]} others */
function branded(major, ...others) {
  const bytes = box('ftyp', 8 + 4 * others.length);
  bytes.set(new TextEncoder().encode(major), 8);
  others.forEach((brand, at) => bytes.set(new TextEncoder().encode(brand), 16 + 4 * at));
  return bytes;
}

test('any of its brands says what a picture is, and a film is none', () => {
  for (const brands of [['heim', 'mif1'], ['MiHE', 'heic'], ['mif1', 'heic'], ['miaf', 'mif1'], ['heic']]) {
    assert.equal(pictureOf(branded(brands[0], ...brands.slice(1))), 'image/heic', brands.join());
  }
  for (const brands of [['miaf', 'mif1', 'avif'], ['MA1B', 'miaf'], ['avif'], ['mif1', 'avif']]) {
    assert.equal(pictureOf(branded(brands[0], ...brands.slice(1))), 'image/avif', brands.join());
  }
  for (const brands of [['isom', 'iso2', 'avc1', 'mp41'], ['qt  '], ['M4V ', 'mp42']]) {
    assert.equal(pictureOf(branded(brands[0], ...brands.slice(1))), undefined, brands.join());
  }
  assert.equal(pictureOf(new TextEncoder().encode('heic is a word')), undefined);
  assert.equal(pictureOf(new Uint8Array()), undefined);
});
