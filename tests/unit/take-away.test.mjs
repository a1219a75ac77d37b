import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentOf } from '../../www/intake/content.js';
import { embeddingsCsv, npy } from '../../www/take-away/embeddings.js';
import { runCsv, runJson } from '../../www/take-away/run.js';

/** A plain reader of RFC 4180. @param {string} text */
function parsed(text) {
  /** @type {string[][]} */
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

/** @param {string[]} names @param {(string | undefined)[]} [labels] @param {number[]} [values] */
const csv = async (names, labels = [], values = [], columns = 0) =>
  parsed(await (await embeddingsCsv({ pictures: names.map((name, at) => ({ name, label: labels[at] })), judging: [1], values: Float32Array.from(values), columns })).text());

test('an array of NumPy says its shape, and its numbers begin at a multiple of 64 bytes', async () => {
  const buffer = await npy(Float32Array.of(1, 2, 3, 4, 5, -0.5), [2, 3]).arrayBuffer();
  const length = new DataView(buffer).getUint16(8, true);
  assert.equal((10 + length) % 64, 0);
  assert.deepEqual([...new Uint8Array(buffer, 0, 8)], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const header = new TextDecoder().decode(new Uint8Array(buffer, 10, length));
  assert.match(header, /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/);
  assert.deepEqual([...new Float32Array(buffer, 10 + length)], [1, 2, 3, 4, 5, -0.5]);
});

test('an array of one dimension, and one without numbers', async () => {
  assert.match(await npy(Float32Array.of(1, 2), [2]).slice(10, 80).text(), /'shape': \(2,\)/);
  assert.equal((await npy(new Float32Array(), [0, 256]).arrayBuffer()).byteLength, 128);
});

test('a line a picture, with as many digits as tell its numbers apart', async () => {
  const [head, first, second] = await csv(['a', 'b'], ['cat', undefined], [0.1, 1 / 3, -2, 1e-20], 2);
  assert.deepEqual(head, ['name', 'label', 'folder', 'held_out', 'h0', 'h1']);
  assert.deepEqual(first, ['a', 'cat', '', '0', '0.100000001', '0.333333343']);
  assert.deepEqual(second, ['b', '', '', '1', '-2', '9.99999968e-21']);
  const values = Float32Array.from({ length: 1000 }, (_, at) => Math.fround(Math.sin(at) * 10 ** (at % 13)));
  const [, row] = await csv(['x'], [], [...values], 1000);
  assert.deepEqual(Float32Array.from(row.slice(4), Number), values);
});

test('of two pictures of one name the folder tells which is which', async () => {
  const pictures = [{ name: '1.jpg', place: 'pets.zip/cat' }, { name: '1.jpg', place: '-pets' }];
  const rows = parsed(await (await embeddingsCsv({ pictures, judging: [1], values: new Float32Array(), columns: 0 })).text());
  assert.deepEqual(rows.slice(1), [['1.jpg', '', 'pets.zip/cat', '0'], ['1.jpg', '', "'-pets", '1']]);
});

test('names may hold commas, quotes and line breaks', async () => {
  const names = ['a,b.jpg', 'say "hi".png', 'two\nlines', 'cr\rlf\r\n', '猫.jpg', ' space '];
  assert.deepEqual((await csv(names, names)).slice(1), names.map((name, at) => [name, name, '', String(Number(at === 1))]));
});

test('a text that a spreadsheet would take for a formula is kept a text, all others stay as they are', async () => {
  const bad = ['=HYPERLINK("http://x","y")', "=cmd|'/C calc'!A0", "='\\\\there\\[a.xls]S'!A1", '=1+1', '+SUM(1)', '-1+f(2)', '-1.jpg', '@home.png', '\t=f(1)', '\r\n=1', '＝1+1', '＋f'];
  const good = ['-1', '+2.5', '1=1.jpg', 'cat (1).jpg', "'quoted'", 'e-mail', '猫', ' = '];
  const names = (await csv([...bad, ...good])).slice(1).map(([name]) => name);
  assert.deepEqual(names, [...bad.map((name) => `'${name}`), ...good]);
});

test('the table begins with a byte order mark, by which Excel knows that it is UTF-8', async () => {
  const table = await embeddingsCsv({ pictures: [{ name: '猫.jpg', label: '猫' }], judging: [], values: new Float32Array(), columns: 0 });
  const bytes = new Uint8Array(await table.arrayBuffer());
  assert.deepEqual([...bytes.subarray(0, 5)], [0xef, 0xbb, 0xbf, 0x6e, 0x61]);
  assert.equal(await table.text().then((text) => text.replace('\uFEFF', '')), 'name,label,folder,held_out\r\n猫.jpg,猫,,0\r\n');
});

test('what no file can hold is replaced', async () => {
  const [, row] = await csv(['a\u0000b\u001b[1m', '\ud83d.jpg'], ['ca\u0001t', '__proto__']);
  assert.deepEqual(row, ['a\uFFFDb\uFFFD[1m', 'ca\uFFFDt', '', '0']);
});

test('without pictures there is still a head, and what is no number is an empty cell', async () => {
  assert.deepEqual(await csv([], [], [], NaN), [['name', 'label', 'folder', 'held_out']]);
  assert.deepEqual((await csv(['a'], [], [NaN, Infinity, 1], 3))[1], ['a', '', '', '0', '', '', '1']);
});

test('a large table is made bit by bit', async () => {
  const [rows, columns] = [4000, 256];
  const values = Float32Array.from({ length: rows * columns }, (_, at) => Math.sin(at));
  let [turns, done] = [0, false];
  const turn = () => done || (turns++, setTimeout(turn));
  turn();
  const blob = await embeddingsCsv({ pictures: Array.from({ length: rows }, (_, at) => ({ name: String(at) })), judging: [], values, columns });
  done = true;
  assert.ok(turns > 5, `${turns}`);
  assert.equal((await blob.text()).split('\r\n').length, rows + 2);
});

const RUN = {
  id: 7, name: 'τ = 0.1', source: 'shapes', side: 32, pictures: 1024, settings: /** @type {any} */ ({ temperature: 0.1 }),
  levels: { chance: Math.log(63), top1: 1 / 63, floor: 0.005 }, device: { kind: 'cpu', adapter: '', cores: 2 }, version: 'a1',
  curves: { loss: [4.1, Math.fround(0.3)], top1: [0.5, 1], alignment: [NaN, NaN], uniformity: [-2] },
};

test('a run is a line a step', () => {
  const [head, first, second, ...rest] = parsed(runCsv(RUN));
  assert.deepEqual(head, ['step', 'loss', 'top1', 'alignment', 'uniformity', 'chance']);
  assert.deepEqual(first, ['1', '4.1', '0.5', '', '-2', '4.14313473']);
  assert.deepEqual(second, ['2', '0.300000012', '1', '', '', '4.14313473']);
  assert.deepEqual(rest, []);
});

test('a run that is added as a photo is known', async () => {
  await assert.rejects(contentOf(new Blob([runJson(RUN)])), { code: 'runDropped' });
});

test('a run as JSON has its settings and levels, what made it, and null where nothing was measured', () => {
  const run = JSON.parse(runJson(RUN));
  assert.equal(run.program, 'contrastive-playground');
  assert.deepEqual(run.settings, RUN.settings);
  assert.deepEqual(run.levels, { chance: 4.14313473, top1: 0.0158730159, floor: 0.005 });
  assert.deepEqual([run.device, run.version], [RUN.device, 'a1']);
  const settings = /** @type {any} */ ({ temperature: 0.10000000149011612, seed: 123456789, policy: { crop: { area: [0.800000011920929, 1] } } });
  const written = { temperature: 0.1, seed: 123456789, policy: { crop: { area: [0.8, 1] } } };
  assert.deepEqual(JSON.parse(runJson({ ...RUN, settings })).settings, written, 'as they are written elsewhere');
  assert.equal(run.measured, undefined);
  const measured = { step: 9, report: /** @type {any} */ ({ report: { k: 7, knn: { accuracy: { encoder: Math.fround(0.7) } } }, judges: { count: 12 } }), few: undefined };
  const found = { step: 9, report: { report: { k: 7, knn: { accuracy: { encoder: 0.7 } } }, judges: { count: 12 } } };
  assert.deepEqual(JSON.parse(runJson({ ...RUN, measured })).measured, found);
  assert.deepEqual(run.curves.alignment, [null, null]);
  assert.deepEqual(run.curves.loss, [4.1, 0.300000012]);
  const empty = { ...RUN, levels: { chance: NaN, top1: NaN, floor: NaN }, curves: { loss: [], top1: [], alignment: [], uniformity: [] } };
  assert.deepEqual(JSON.parse(runJson(empty)).levels, { chance: null, top1: null, floor: null });
  assert.equal(parsed(runCsv(empty)).length, 1);
});
