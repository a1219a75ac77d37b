import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentOf } from '../../www/intake/content.js';
import { failure, plain } from '../../www/intake/failure.js';
import { isSystem, labelOf, labelled, source } from '../../www/intake/sources.js';

const at = (/** @type {string} */ path) => source(path, async () => new Blob());
const labels = (/** @type {string[]} */ ...paths) => labelled(paths.map(at)).map(({ label }) => label);

test('the folder of a picture is its label, where there are several', () => {
  assert.deepEqual(labels('fruit/apple/1.jpg', 'fruit/pear/2.jpg'), ['apple', 'pear']);
  assert.deepEqual(labels('fruit/apple/1.jpg', 'fruit/2.jpg'), ['apple', undefined]);
  assert.deepEqual(labels('fruit/apple/red/1.jpg', 'fruit/pear/2.jpg'), ['red', 'pear']);
  assert.deepEqual(labels('/apple/1.jpg', '/pear/2.jpg'), ['apple', 'pear']);
});

test('labels that look the same are the same', () => {
  assert.deepEqual(labels('x/caf\u00e9/1.jpg', 'x/cafe\u0301/2.jpg', 'x/tea/3.jpg'), ['caf\u00e9', 'caf\u00e9', 'tea']);
  assert.equal(labelOf('  green \u00a0\u3000 tea '), 'green tea');
  assert.equal(labelOf('a\u0000b\u001b[1mc'), 'a b [1mc');
  assert.equal(labelOf('a\ud83db'), 'a b');
  assert.equal(labelOf(' \u0007 '), undefined);
  assert.equal(labelOf('__proto__'), '__proto__');
});

test('one folder, or none, is no label', () => {
  assert.deepEqual(labels('DCIM/100APPLE/1.jpg', 'DCIM/100APPLE/2.jpg'), [undefined, undefined]);
  assert.deepEqual(labels('1.jpg', '2.jpg'), [undefined, undefined]);
});

test('what lies beside pictures has no say in which folder is the one that holds all', () => {
  assert.deepEqual(labels('README.txt', 'images/1.png', 'images/2.png'), [undefined, undefined, undefined]);
  assert.deepEqual(labels('set/labels.csv', 'set/notes/LICENSE', 'set/images/1.png'), [undefined, undefined, undefined]);
  assert.deepEqual(labels('set/README.md', 'set/cat/1.png', 'set/dog/2.png'), [undefined, 'cat', 'dog']);
  assert.deepEqual(labels('cat/1.txt', 'dog/2.txt'), ['cat', 'dog']);
});

test('a folder that came alone is remembered by the name it was dropped by', () => {
  const folders = (/** @type {string[]} */ ...paths) => labelled(paths.map(at)).map(({ folder }) => folder);
  assert.deepEqual(folders('cat/1.jpg', 'cat/2.jpg'), ['cat', 'cat']);
  assert.deepEqual(folders('cat/small/1.jpg', 'cat/small/2.jpg'), ['cat', 'cat']);
  assert.deepEqual(folders('1.jpg', '2.jpg'), [undefined, undefined]);
  assert.deepEqual(folders('pets/1.jpg', 'pets/cat/2.jpg'), [undefined, undefined]);
});

test('a path that leads out of its archive is only names', () => {
  const { name, folders } = at('../../etc\\./pictures/1.jpg');
  assert.deepEqual([name, folders], ['1.jpg', ['etc', 'pictures']]);
});

test('what systems leave behind is nobody’s picture', () => {
  const left = [
    'a/.DS_Store', 'Thumbs.db', '__MACOSX/a/1.jpg', 'a/._1.jpg', 'a/.ipynb_checkpoints/1.jpg', '.thumbnails/1.jpg', '$RECYCLE.BIN/1.jpg',
  ].map(at);
  assert.ok(left.every(isSystem));
  assert.ok(!isSystem(at('a/photo.DS_Store.jpg')));
  assert.ok(!isSystem(at('a.b/1.jpg')) && !isSystem(at('./../cats/1.jpg')));
});

/** @param {string | Uint8Array | File} bytes */
const content = (bytes) => contentOf(bytes instanceof File ? bytes : new Blob([/** @type {any} */ (bytes)])).then(({ kind }) => kind, ({ code }) => code);

test('the root element says whether a text is SVG', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
  const [head, note] = ['<?xml version="1.0"?>\n', '<!-- <html> -->'];
  for (const text of [svg, head + svg, `\uFEFF${head}${note}<!DOCTYPE svg [<!ENTITY a "b">]> ${svg}`, '<svg:svg xmlns:svg="x"/>']) {
    assert.equal(await content(text), 'svg', text);
  }
  assert.equal(await content(`<!--${'long '.repeat(9999)}-->${svg}`), 'svg');
  for (const mark of ['fffe', 'feff']) {
    const bytes = Buffer.concat([Buffer.from('\uFEFF', 'utf16le'), Buffer.from(svg, 'utf16le')]);
    assert.equal(await content(mark === 'fffe' ? bytes : bytes.swap16()), 'svg', mark);
  }
  for (const text of [`<html>${svg}</html>`, `words ${svg}`, '<svgs/>', head]) {
    assert.equal(await content(text), 'notAPicture', text);
  }
});

test('only what the browser cannot read is asked whether it was moved', () => {
  assert.equal(plain(new DOMException('gone', 'NotFoundError')).code, 'cannotRead');
  for (const error of [new WebAssembly.RuntimeError('unreachable'), new RangeError('Array buffer allocation failed'), 'words', undefined]) {
    assert.equal(plain(error).code, 'decodingFailed');
  }
  assert.deepEqual(plain(failure('encrypted')), { code: 'encrypted', details: {} });
});

/** @param {number[]} start @param {number} [size] */
const starting = (start, size = 600) => Uint8Array.from({ length: size }, (_, at) => start[at] ?? 0);

test('an archive of another kind is told as what it is, however large', async () => {
  const kinds = {
    RAR: [0x52, 0x61, 0x72, 0x21, 0x1a, 7, 0],
    'RAR 5': [0x52, 0x61, 0x72, 0x21, 0x1a, 7, 1, 0],
    '7z': [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
    bzip2: [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
    XZ: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0],
    Zstandard: [0x28, 0xb5, 0x2f, 0xfd],
    LZ4: [4, 0x22, 0x4d, 0x18],
  };
  for (const [kind, start] of Object.entries(kinds)) {
    const error = await contentOf(new Blob([starting(start), new Uint8Array(200e6)])).then(String, (error) => error);
    assert.deepEqual([error.code, error.details], ['otherArchive', { format: kind.replace(' 5', '') }]);
  }
});

test('a zip that was to be split, or stands behind a program, is a zip', async () => {
  for (const mark of ['PK\x07\x08', 'PK00']) assert.equal(await content(`${mark}PK\x03\x04`), 'zip');
  assert.equal(await content(`#!/bin/sh ${'PK\x05\x06'.padEnd(22, '\0')}`), 'zip');
});

test('a tar is told by its magic, or by the checksum of its first header', async () => {
  const v7 = starting([...new TextEncoder().encode('cat/1.jpg')], 1024);
  v7.set(new TextEncoder().encode('00000000000'), 124);
  const sum = v7.reduce((total, byte) => total + byte, 0) + 8 * 32;
  assert.equal(await content(v7), 'notAPicture');
  v7.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  assert.equal(await content(v7), 'tar');
  v7[0] ^= 1;
  assert.equal(await content(v7), 'notAPicture');
  assert.equal(await content(starting([], 1024)), 'notAPicture');
});

test('a picture of too many pixels is refused by its head', async () => {
  /** A GIF of this size, without data. @param {number} width @param {number} height */
  const gif = (width, height) =>
    Uint8Array.from([...new TextEncoder().encode('GIF89a'), width & 255, width >> 8, height & 255, height >> 8, 0, 0, 0, 0x3b]);
  assert.equal(await content(gif(10_000, 12_000)), 'picture');
  assert.equal(await content(gif(10_000, 12_001)), 'tooManyPixels');
  assert.equal(await content(new Uint8Array()), 'emptyFile');
});

test('of what people drop instead of pictures it is said what it is', async () => {
  /** Records of noise with labels before it. @param {number} count @param {number} labels */
  const records = (count, labels) =>
    Uint8Array.from({ length: count * (labels + 3072) }, (_, at) => (at % (labels + 3072) < labels ? Math.floor(at / 3072) % 7 : at * 37));
  const own = (/** @type {string} */ about) => `12345678{"__metadata__":{"contrastive-playground":"{\\"${about}\\":1`;
  assert.equal(await content(records(12, 1)), 'cifar');
  assert.equal(await content(records(12, 1).subarray(0, 30_000)), 'partOfCifar');
  assert.equal(await content(Uint8Array.from([...records(12, 1), 0])), 'partOfCifar');
  assert.equal(await content(records(12, 2)), 'cifar100');
  assert.equal(await content(starting([0x80, 2, 0x7d, 0x71])), 'pythonData');
  assert.equal(await content(own('version')), 'checkpointDropped');
  assert.equal(await content(own('family')), 'weightsDropped');
  assert.equal(await content('%PDF-1.7\n'), 'isPdf');
  for (const name of ['cats.zip', 'cats.tar.GZ', 'cats.rar']) assert.equal(await content(new File(['no archive'], name)), 'notAnArchive', name);
  assert.equal(await content(new File(['no picture'], 'zip.jpg')), 'notAPicture');
  // A TGA, and what has no various labels.
  for (const other of [starting([0, 0, 2], 30_000), starting([1], 40_000), '12345678{"__metadata__":{}}']) assert.equal(await content(other), 'notAPicture');
});
