import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tarSources } from '../../www/intake/tar.js';
import { encode } from './encodings.mjs';

/**
 * A tar as the oldest programs write it: names as bytes, and no magic.
 * @param {[name: Uint8Array, content: string][]} files
 */
function v7(files) {
  const blocks = files.flatMap(([name, content]) => {
    const header = Buffer.alloc(512);
    header.set(name);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
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
