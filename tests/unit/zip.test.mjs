import assert from 'node:assert/strict';
import { existsSync, openAsBlob } from 'node:fs';
import { test } from 'node:test';
import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { zipSources } from '../../www/intake/zip.js';
import { encode } from './encodings.mjs';

/** A zip whose names are written in an encoding, without a word about which. @param {string[]} names @param {string} label */
async function zip(names, label) {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { encodeText: (text) => encode(text, label), useUnicodeFileNames: false });
  for (const name of names) await writer.add(name, new TextReader('x'));
  return new Blob([/** @type {any} */ (await writer.close())]);
}

/** @param {Blob} file */
async function contents(file) {
  const found = [];
  for await (const source of zipSources(file, new AbortController().signal)) if ('name' in source) found.push(source);
  return found;
}

/** @param {Blob} file */
const labels = async (file) => [...new Set((await contents(file)).map(({ label }) => label))];

/** Labels as a class would have them, a set of them for each archive. */
const SETS = {
  gbk: ['猫 狗 苹果', '猫 狗', '红 绿 蓝', '春 夏 秋 冬', '剪刀 石头 布', '正常 异常', '公交车 自行车', '戴口罩 未戴口罩', '可回收物 厨余垃圾', '男 女'],
  big5: ['貓 狗 蘋果', '貓 狗', '紅 綠 藍', '春 夏 秋 冬', '剪刀 石頭 布', '正常 異常', '功課 許多', '珍珠奶茶 雞排', '照片 圖片', '男 女'],
  shift_jis: ['猫 犬', '乗車 降車', 'りんご みかん', 'グー チョキ パー', '表 裏', '赤 青 緑', '能力 予定', 'ソフト ポスト', '良品 不良品', '男 女'],
  'euc-kr': ['고양이 개', '사과 바나나', '빨강 파랑 초록', '봄 여름 가을 겨울', '가위 바위 보', '정상 비정상', '꽃 나무', '합격 불합격', '개 소', '남 여'],
  cp437: ['café thé', 'Äpfel Birnen', 'niño niña', 'garçon fille', 'grün weiß blau', 'été hiver', 'pingüino león', 'Füße Hände'],
  'windows-1252': ['café thé', 'Äpfel Birnen', 'niño niña', 'maçã pêra', 'grün weiß blau', 'été hiver', 'crème brûlée', 'jordbær blåbær'],
  ibm866: ['кошка собака', 'красный синий', 'Фото Видео'],
  'windows-1251': ['кошка собака', 'красный синий', 'Фото Видео'],
};

for (const [label, sets] of Object.entries(SETS)) {
  test(`names in ${label} are read, though nothing says so`, async () => {
    for (const set of sets) {
      const names = set.split(' ');
      const paths = names.flatMap((name) => [`${name}/1.jpg`, `${name}/2.jpg`]);
      assert.deepEqual(await labels(await zip(paths, label)), names, set);
    }
  });
}

test('a letter whose second byte is a backslash is no folder', async () => {
  const [one, two] = await contents(await zip(['表/ソ', '能/予\\1.jpg'], 'shift_jis'));
  assert.deepEqual([one.folders, one.name, two.folders, two.name], [['表'], 'ソ', ['能', '予'], '1.jpg']);
});

test('UTF-8 is UTF-8, said or not, and beside names in another encoding', async () => {
  assert.deepEqual(await labels(await zip(['crème/1', 'Äpfel/2', 'naïve/3'].map((name) => Buffer.from(name).toString('latin1')), 'latin1')), ['crème', 'Äpfel', 'naïve']);
  const writer = new ZipWriter(new Uint8ArrayWriter());
  await writer.add('猫/1.jpg', new TextReader('x'));
  await writer.add('苹果/1.jpg', new TextReader('x'), { encodeText: (/** @type {string} */ text) => encode(text, 'gbk'), useUnicodeFileNames: false });
  assert.deepEqual(await labels(new Blob([/** @type {any} */ (await writer.close())])), ['猫', '苹果']);
});

test('the second name that Info-ZIP adds is heeded', async () => {
  const [raw, unicode] = [encode('ca/1.jpg', 'gbk'), new TextEncoder().encode('猫/1.jpg')];
  const extra = new Uint8Array(5 + unicode.length);
  extra[0] = 1;
  new DataView(extra.buffer).setUint32(1, crc32(raw), true);
  extra.set(unicode, 5);
  const writer = new ZipWriter(new Uint8ArrayWriter());
  await writer.add('ca/1.jpg', new TextReader('x'), { extraField: new Map([[0x7075, extra]]), useUnicodeFileNames: false });
  await writer.add('dog/1.jpg', new TextReader('x'));
  assert.deepEqual(await labels(new Blob([/** @type {any} */ (await writer.close())])), ['猫', 'dog']);
});

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

test('a zip of a Chinese Windows', async (context) => {
  const path = '../shared/bugs/gbk-names.zip';
  if (!existsSync(path)) return context.skip('the file is not here');
  const sources = await contents(await openAsBlob(path));
  assert.equal(sources.length, 12);
  assert.deepEqual([...new Set(sources.map(({ label }) => label))], ['猫', '狗', '苹果']);
});

test('what bars all of an archive is said once, and only what is damaged is called so', async () => {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const name of ['1.jpg', '2.jpg']) await writer.add(name, new TextReader('one'.repeat(99)));
  const whole = await writer.close();
  const why = async (/** @type {(bytes: Buffer) => void} */ change) => {
    const bytes = Buffer.from(whole);
    change(bytes);
    const [source] = await contents(new Blob([bytes]));
    return source.open().then(() => '', ({ code }) => code);
  };
  const directory = Buffer.from(whole).indexOf('PK\x01\x02');
  assert.equal(await why(() => {}), '');
  // bzip2, in the file's own header and in the directory.
  assert.equal(await why((bytes) => [8, directory + 10].forEach((at) => bytes.writeUInt16LE(12, at))), 'otherCompression');
  // And in the next.
  const [one, two] = [Buffer.from(whole).indexOf('PK\x03\x04', 1), Buffer.from(whole).lastIndexOf('PK\x01\x02')];
  const all = (/** @type {Buffer} */ bytes) => [8, one + 8, directory + 10, two + 10].forEach((at) => bytes.writeUInt16LE(12, at));
  await assert.rejects(why(all), { code: 'otherCompression' });
  // The sum of what is in it.
  assert.equal(await why((bytes) => bytes.writeUInt32LE(1, directory + 16)), 'damagedInside');
});
