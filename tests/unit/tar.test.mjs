import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { constants, gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { unpacked } from '../../www/intake/archives.js';
import { tarSources } from '../../www/intake/tar.js';
import { encode } from './encodings.mjs';

/** As in browsers, which refuse what stands behind a gzip: Node's own takes another one, and zeros. */
globalThis.DecompressionStream = /** @type {any} */ (class {
  constructor() {
    let [all, made] = [Buffer.alloc(0), 0];
    /** @type {Transformer<Uint8Array, Uint8Array>} */
    const one = {
      transform(part, controller) {
        all = Buffer.concat([all, part]);
        const HEAD = 10;
        const { buffer, engine } = /** @type {any} */ (inflateRawSync(all.subarray(HEAD), { finishFlush: constants.Z_SYNC_FLUSH, info: true }));
        if (all.length > HEAD + engine.bytesWritten + 8) throw new TypeError('more behind it');
        controller.enqueue(buffer.subarray(made));
        made = buffer.length;
      },
      flush: () => void gunzipSync(all),
    };
    const { readable, writable } = new TransformStream(one);
    Object.assign(this, { readable, writable });
  }
});

/**
 * A tar as the oldest programs write it: names as bytes, and no magic.
 * @param {[name: Uint8Array, content: string, type?: string][]} files
 */
function v7(files) {
  const blocks = files.flatMap(([name, content, type = '0']) => {
    const header = Buffer.alloc(512);
    header.set(name);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    header.write(type, 156);
    header.fill(' ', 148, 156);
    header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    body.write(content);
    return [header, body];
  });
  return new Blob([...blocks, Buffer.alloc(1024)]);
}

/** @param {Blob} file */
async function contents(file) {
  const found = [];
  for await (const source of tarSources(() => file.stream(), new AbortController().signal)) {
    if ('name' in source) found.push([source.label, source.name, await (await source.open()).text()]);
  }
  return found;
}

test('a tar of the oldest kind has labels, and its folders are no files', async () => {
  const names = ['./cat/', './cat/1.jpg', './dog/', './dog/2.jpg'].map((name) => Buffer.from(name));
  const tar = v7(names.map((name, index) => [name, index % 2 ? `picture ${index}` : '']));
  assert.deepEqual(await contents(tar), [['cat', '1.jpg', 'picture 1'], ['dog', '2.jpg', 'picture 3']]);
});

test('names are read in the encoding that they are in, as those of a zip', async () => {
  for (const [label, folders] of /** @type {const} */ ([['gbk', ['猫', '狗', '苹果']], ['shift_jis', ['乗車', '降車']], ['windows-1252', ['café', 'thé']]])) {
    const tar = v7(folders.map((folder, index) => [encode(`${folder}/${index}.jpg`, label), 'x']));
    assert.deepEqual((await contents(tar)).map(([folder]) => folder), folders);
  }
  const tar = v7(['crème', 'Äpfel', '猫'].map((folder) => [Buffer.from(`${folder}/1.jpg`), 'x']));
  assert.deepEqual((await contents(tar)).map(([folder]) => folder), ['crème', 'Äpfel', '猫']);
});

test('links and sparse files are told, as pictures may be behind them', async () => {
  const tar = v7([['1.jpg', 'one', '0'], ['2.jpg', '', '1'], ['3.jpg', '', '2'], ['4.jpg', 'some', 'S'], ['5', '', '5']].map(([name, content, type]) => [Buffer.from(name), content, type]));
  const found = [];
  for await (const source of tarSources(() => tar.stream(), new AbortController().signal)) {
    if ('name' in source) found.push([source.name, await source.open().then(() => '', ({ code }) => code)]);
  }
  assert.deepEqual(found.sort(), [['1.jpg', ''], ['2.jpg', 'linkInArchive'], ['3.jpg', 'linkInArchive'], ['4.jpg', 'otherCompression']]);
});

/** How many files came out of an archive, and what was wrong with it then. @param {Uint8Array} bytes @param {'tar' | 'gzip'} kind */
async function taken(bytes, kind) {
  const file = new Blob([/** @type {any} */ (bytes)]);
  let count = 0;
  try {
    for await (const source of unpacked(file, kind, { name: 'a', folders: [], open: async () => file })) if ('name' in source) count++;
  } catch (error) {
    return [count, /** @type {any} */ (error).code];
  }
  return [count];
}

test('a tar that ends within a header is damaged, one that ends between two files lacks its end, and what stands behind it is told', async () => {
  const tar = Buffer.from(await v7([[Buffer.from('1.jpg'), 'one'], [Buffer.from('2.jpg'), 'two']]).arrayBuffer());
  for (const end of [1024 + 1, 1024 + 511, 1024 + 512, 2048 + 100]) {
    assert.deepEqual(await taken(tar.subarray(0, end), 'tar'), [end < 2048 ? 1 : 2, 'damagedArchive'], String(end));
  }
  for (const [end, count] of [[1024, 1], [2048, 2]]) assert.deepEqual(await taken(tar.subarray(0, end), 'tar'), [count, 'cutArchive']);
  assert.deepEqual(await taken(tar.subarray(0, 2048 + 512), 'tar'), [2], 'half an end is one');
  assert.deepEqual(await taken(Buffer.concat([tar, Buffer.alloc(10_240)]), 'tar'), [2], 'tapes are filled with zeros');
  for (const behind of [Buffer.alloc(700, 'junk'), tar]) assert.deepEqual(await taken(Buffer.concat([tar, behind]), 'tar'), [2, 'behindArchive']);
});

test('a damaged tar.gz gives the files before its damage, also where it is small', async () => {
  const files = ['1.jpg', '2.jpg', '3.jpg'].map((name) => /** @type {[Uint8Array, string]} */ ([Buffer.from(name), randomBytes(1000).toString('hex')]));
  const gzip = gzipSync(new Uint8Array(await v7(files).arrayBuffer()));
  const wrongSum = Uint8Array.from(gzip, (byte, at) => (at === gzip.length - 8 ? byte ^ 1 : byte));
  assert.deepEqual(await taken(gzip, 'gzip'), [3]);
  assert.deepEqual(await taken(wrongSum, 'gzip'), [3, 'damagedArchive']);
  assert.deepEqual(await taken(Buffer.concat([gzip, Buffer.alloc(80, 'junk')]), 'gzip'), [3, 'damagedArchive']);
  assert.deepEqual(await taken(gzip.subarray(0, gzip.length - 500), 'gzip'), [2, 'damagedArchive']);
});

test('a gzip may be several, one behind the other', async () => {
  const files = ['1.jpg', '2.jpg', '3.jpg'].map((name) => /** @type {[Uint8Array, string]} */ ([Buffer.from(name), randomBytes(20_000).toString('hex')]));
  const tar = Buffer.from(await v7(files).arrayBuffer());
  const zipped = (/** @type {number} */ size) => Buffer.concat(Array.from({ length: Math.ceil(tar.length / size) }, (_, at) => gzipSync(tar.subarray(at * size, (at + 1) * size))));
  for (const size of [1000, 4096, 50_000]) assert.deepEqual(await taken(zipped(size), 'gzip'), [3], String(size));
  const several = zipped(50_000);
  assert.deepEqual(await taken(several.subarray(0, several.length - 9000), 'gzip'), [2, 'damagedArchive']);
});

test('zeros behind a gzip fill the last block of a tape, and are no damage', async () => {
  const files = ['1.jpg', '2.jpg'].map((name) => /** @type {[Uint8Array, string]} */ ([Buffer.from(name), randomBytes(20_000).toString('hex')]));
  const gzip = gzipSync(new Uint8Array(await v7(files).arrayBuffer()));
  assert.equal(gzip.at(-1), 0, 'its length ends with a zero of its own');
  for (const zeros of [1, 500, 100_000]) assert.deepEqual(await taken(Buffer.concat([gzip, gzip, Buffer.alloc(zeros)]), 'gzip'), [2, 'behindArchive'], String(zeros));
  assert.deepEqual(await taken(Buffer.concat([gzip.subarray(0, -5000), Buffer.alloc(500)]), 'gzip'), [1, 'damagedArchive']);
});
