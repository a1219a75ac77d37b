// What people really drop: awkward files, archives, folders, names; each is added or listed with why.
import { readFile, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { bomb, cifar, deflate64, empty, file, heic, named, photo, photos, tar, text, truncated, zip } from './files.mjs';
import { expect, test } from './playground.mjs';

const AWKWARD = '../shared/awkward';
const bytes = async (/** @type {number} */ seed) => (await file(seed, 'jpeg')).buffer;

/** The middle pixel of each picture. @param {import('./playground.mjs').Playground} playground */
async function middles(playground) {
  const middle = (32 * 64 + 32) * 3;
  return (await playground.squares()).map((square) => square.slice(middle, middle + 3));
}

test('what cannot be read is listed with its reason, to be copied, and the rest loads', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.drop([
    text,
    ...(await photos(2)),
    await truncated(),
    empty,
    named('clip.jpg', Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom\0\0\0\0isommp41'), Buffer.alloc(99)])),
    named('bomb.png', await bomb(30_000, 30_000)),
    named('scan.png', await photo(3, 20, 20).tiff().toBuffer()),
    named('page.svg', '<html><body><svg></svg></body></html>'),
  ]);
  await expect(playground.count).toContainText('2 pictures');
  const report = playground.skipped;
  await expect(report).toContainText('7 of 9 files were skipped');
  await expect(report).toContainText('notes.jpg: not a picture of a kind that can be opened here.');
  await expect(report).toContainText('half.jpg: a damaged or incomplete picture (image/jpeg).');
  await expect(report).toContainText('nothing.png: empty (0 bytes).');
  await expect(report).toContainText('clip.jpg: a video (video/mp4).');
  await expect(report).toContainText('bomb.png: 900 million pixels, more than the 120 million that can be decoded safely.');
  await expect(report).toContainText('scan.png: a picture of a kind that this browser does not know (image/tiff).');
  await expect(report).toContainText('page.svg: not a picture of a kind that can be opened here.');
  const language = page.locator('.menus select').first();
  await language.selectOption('zh');
  await expect(report, 'counted as Chinese counts').toContainText('bomb.png：9 亿像素，超过可安全解码的 1.2 亿。');
  await language.selectOption('en');
  await playground.button('Copy the list').click();
  await expect(playground.button('Copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toHaveLength(8);
  expect(copied).toContain('nothing.png: empty (0 bytes).');
  await playground.button('Dismiss').click();
  await expect(report).not.toContainText('skipped');
});

test('content decides, not the name; any shape and depth loads', async ({ lasting: playground }) => {
  await playground.drop([
    named('photo.txt', await bytes(1)),
    named('no extension, spaces & 写真', await photo(2).png().toBuffer()),
    named('gray16.png', await photo(3).toColourspace('grey16').png().toBuffer()),
    named('palette.png', await photo(4).png({ palette: true }).toBuffer()),
    named('cmyk.jpg', await photo(5).toColourspace('cmyk').jpeg().toBuffer()),
    named('progressive.jpg', await photo(6).jpeg({ progressive: true }).toBuffer()),
    named('dot.png', await photo(7, 1, 1).png().toBuffer()),
    named('panorama.jpg', await photo(8, 6000, 20).jpeg().toBuffer()),
  ]);
  await expect(playground.count).toContainText('8 pictures');
  await expect(playground.skipped).not.toContainText('skipped');
});

/** A blue square, drawn ten times over itself, and that ten times over, and so on. @param {number} levels */
function uses(levels) {
  const level = (/** @type {number} */ index) => `<g id="l${index + 1}">${`<use href="#l${index}"/>`.repeat(10)}</g>`;
  const defs = `<rect id="l0" width="9" height="9" fill="#00f"/>${Array.from({ length: levels }, (_, index) => level(index)).join('')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs>${defs}</defs><use href="#l${levels}"/></svg>`;
}

/** @param {number} times */
function blurred(times) {
  const filter = '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>';
  return `<svg xmlns="http://www.w3.org/2000/svg">${filter}${'<g filter="url(#f)">'.repeat(times)}<rect width="9" height="9"/>${'</g>'.repeat(times)}</svg>`;
}

test('SVG is drawn without its script, and what is transparent becomes white', async ({ lasting: playground }) => {
  const { page } = playground;
  const svg = (/** @type {string} */ size) =>
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} onload="top.document.title = 'run'"><script>top.document.title = 'run'</script><image href="/nothing.png" width="9" height="9"/><rect x="25%" y="25%" width="50%" height="50%" fill="#00ff00"/></svg>`;
  const background = { r: 255, g: 0, b: 0, alpha: 0 };
  const glass = await sharp({ create: { width: 20, height: 20, channels: 4, background } }).png().toBuffer();
  await playground.drop([
    named('sized.svg', svg('width="40" height="40"')),
    named('boxed.svg', `<?xml version="1.0"?><!-- a drawing --><!DOCTYPE svg>${svg('viewBox="0 0 10 10"')}`),
    named('unsized.svg', svg('')),
    named('broken.svg', '<svg xmlns="http://www.w3.org/2000/svg"><rect></svg>'),
    named('glass.png', glass),
    // A kilobyte that would be drawn for hours, and one that takes nothing.
    named('used.svg', uses(9)),
    named('blurred.svg', blurred(300)),
    named('deep.svg', `<svg xmlns="http://www.w3.org/2000/svg">${'<g>'.repeat(4000)}${'</g>'.repeat(4000)}</svg>`),
    named('few.svg', uses(2)),
  ]);
  await expect(playground.count).toContainText('6 pictures');
  await expect(playground.skipped).toContainText(/used\.svg: an SVG as slow to draw as 1,000,000,000 shapes: with more than 50,000 the page would stand still\. Save it as PNG\./);
  await expect(playground.skipped).toContainText('blurred.svg: an SVG as slow');
  await expect(playground.skipped).toContainText('broken.svg: a damaged or incomplete picture (image/svg+xml).');
  expect(await middles(playground)).toEqual([[0, 255, 0], [0, 255, 0], [0, 255, 0], [255, 255, 255], [255, 255, 255], [0, 0, 255]]);
  await expect(page).toHaveTitle('Contrastive Playground');
});

test('a name is never taken for markup, and may be there twice', async ({ lasting: playground }) => {
  const { page } = playground;
  const markup = '<img src=x onerror=alert(1)>.jpg';
  const [one, two] = [await bytes(1), await bytes(2)];
  await playground.drop([named(markup, one), named('\u202Egpj.tfel-ot-thgir.jpg', two), named('same.jpg', await bytes(3)), named('same.jpg', await bytes(4)), named(markup, 'text')]);
  await expect(playground.count).toContainText('4 pictures');
  await expect(playground.thumbnails.first()).toHaveAttribute('title', `\u2068${markup}\u2069`);
  await expect(playground.skipped).toContainText(`${markup}: not a picture of a kind that can be opened here.`);
  await expect(page.locator('skipped-report img')).toHaveCount(0);
  await expect(page.locator('skipped-report bdi')).toHaveCount(1);
});

test('a zip is read with its folders as labels, whatever its paths', async ({ lasting: playground }) => {
  const inner = await zip([['a.jpg', await bytes(9)]]);
  const archive = await zip([
    ['fruit/apples/1.jpg', await bytes(1)],
    ['fruit/apples/deep/2.jpg', await bytes(2)],
    ['fruit/pears/../../../3.jpg', await bytes(3)],
    ['fruit/4.jpg', await bytes(4)],
    ['fruit/.DS_Store', Buffer.from('system')],
    ['__MACOSX/fruit/apples/._1.jpg', Buffer.from('system')],
    ['fruit/inner.zip', inner],
    ['fruit/notes.txt', Buffer.from('hello')],
  ]);
  await playground.drop([named('fruit.zip', archive), named('large.zip', await deflate64('5.jpg', await bytes(6)))]);
  await expect(playground.count).toContainText('5 pictures · 3 labels');
  expect(await playground.photos()).toEqual([
    { name: '1.jpg', label: 'apples' },
    { name: '2.jpg', label: 'deep' },
    { name: '3.jpg', label: 'pears' },
    { name: '4.jpg' },
    { name: '5.jpg' },
  ]);
  const places = await playground.page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.pictures.map((/** @type {any} */ { place }) => place));
  expect(places).toEqual(['fruit.zip/fruit/apples', 'fruit.zip/fruit/apples/deep', 'fruit.zip/fruit/pears', 'fruit.zip/fruit', 'large.zip']);
  await expect(playground.skipped).toContainText('2 of 7 files were skipped');
  await expect(playground.skipped).toContainText('fruit.zip/fruit/inner.zip: an archive inside an archive.');
  await playground.drop([
    named('locked.zip', await zip([['a.jpg', await bytes(5)], ['b.jpg', await bytes(5)]], { password: 'secret' })),
    named('empty.zip', await zip([])),
    named('notazip.zip', 'no archive'),
    named('half.zip', archive.subarray(0, archive.length >> 1)),
  ]);
  await expect(playground.skipped).toContainText('locked.zip: protected by a password.');
  await expect(playground.skipped).toContainText('6 of 11 files were skipped');
  await expect(playground.skipped).toContainText('empty.zip: an archive without files. Pack it again');
  await expect(playground.skipped).toContainText('notazip.zip: not the archive that its name says');
  await expect(playground.skipped).toContainText('half.zip: a damaged or incomplete archive.');
  await expect(playground.count).toContainText('5 pictures');
});

test('CIFAR-10’s binary batches are read, alone and in their tar.gz, with their labels', async ({ lasting: playground }) => {
  await playground.drop([named('test_batch.bin', cifar(12))]);
  await expect(playground.count).toContainText('12 pictures · 10 labels');
  const [first, second] = await playground.photos();
  expect([first.label, second.label]).toEqual(['airplane', 'automobile']);
  const archive = await tar([
    ['cifar-10-batches-bin/data_batch_1.bin', cifar(30)],
    ['cifar-10-batches-bin/data_batch_2.bin', cifar(20)],
    ['cifar-10-batches-bin/readme.html', Buffer.from('<html></html>')],
  ]);
  await playground.drop([named('cifar-10-binary.tar.gz', archive), named('cut.tar.gz', archive.subarray(0, 300))]);
  await expect(playground.count).toContainText('62 pictures · 10 labels');
  await expect(playground.skipped).toContainText('readme.html: not a picture of a kind that can be opened here.');
  await expect(playground.skipped).toContainText('cut.tar.gz: a damaged or incomplete archive.');
});

test('a tar’s folders are labels, however it was made', async ({ lasting: playground }) => {
  const pictures = await Promise.all([1, 2, 3, 4].map(bytes));
  const paths = ['cat/1.png', 'cat/2.png', 'dog/1.png', 'dog/2.png'];
  const under = (/** @type {string} */ folder) => paths.map((path, index) => /** @type {[string, Buffer]} */ ([folder + path, pictures[index]]));
  for (const [folder, gzip] of /** @type {const} */ ([['', false], ['set/', false], ['', true], ['a/b/', true]])) {
    await playground.drop([named(gzip ? 'pets.tar.gz' : 'pets.tar', await tar(under(folder), gzip))]);
    await expect(playground.count, folder).toContainText('4 pictures · 2 labels');
    expect((await playground.photos()).map(({ label }) => label)).toEqual(['cat', 'cat', 'dog', 'dog']);
    await playground.removeAll();
    await expect(playground.count).toContainText('No photos yet');
  }
});

test('a damaged tar gives the files before its damage, and one that claims too much is given up', async ({ lasting: playground }) => {
  const names = Array.from({ length: 12 }, (_, index) => `trip/${index}.jpg`);
  const entries = await Promise.all(names.map(async (name, index) => /** @type {[string, Buffer]} */ ([name, await bytes(index)])));
  const whole = await tar(entries, false);
  const last = whole.lastIndexOf('trip/11.jpg');
  // A header of a long name, which parsers keep whole, that would be all of this.
  const claim = Buffer.from((await tar([['a.jpg', await bytes(1)]], false)).subarray(0, 512));
  claim.write('77777777777\0', 124);
  claim.write('L', 156);
  claim.fill(' ', 148, 156);
  claim.write(`${claim.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
  const bomb = gzipSync(Buffer.concat([claim, Buffer.alloc(60e6)]));
  const gzip = gzipSync(whole);
  const between = named('between.tar', whole.subarray(0, last));
  await playground.drop([named('cut.tar', whole.subarray(0, last + 700)), named('cut.tar.gz', gzip.subarray(0, gzip.length - 500)), named('claim.tar.gz', bomb), between]);
  await expect(playground.count).toContainText('33 pictures');
  await expect(playground.skipped).toContainText('between.tar: a tar that lacks its end');
  await expect(playground.skipped).toContainText('cut.tar.gz: a damaged or incomplete archive.');
  await expect(playground.skipped).toContainText('cut.tar: a damaged or incomplete archive.');
  await expect(playground.skipped).toContainText('claim.tar.gz: a damaged or incomplete archive.');
});

test('a gzip may be several, one behind the other, as cat and bgzip make them, with the zeros of a tape behind', async ({ lasting: playground }) => {
  const whole = await tar(await Promise.all([1, 2, 3, 4].map(async (at) => /** @type {[string, Buffer]} */ ([`${at}.jpg`, await photo(at, 900, 700).jpeg().toBuffer()]))), false);
  const several = (/** @type {Buffer} */ all, /** @type {number} */ size) => Buffer.concat(Array.from({ length: Math.ceil(all.length / size) }, (_, at) => gzipSync(all.subarray(at * size, (at + 1) * size))));
  await playground.drop([700, 10_000, 65_280].map((size) => named(`${size}.tar.gz`, several(whole, size))));
  await expect(playground.count).toContainText('12 pictures');
  await playground.drop([named('cut.tar.gz', several(whole, 10_000).subarray(0, -2000)), named('picture.jpg.gz', Buffer.concat([several(await bytes(5), 900), Buffer.alloc(700)]))]);
  await expect(playground.skipped).toContainText('cut.tar.gz: a damaged or incomplete archive.');
  await expect(playground.count).toContainText('16 pictures');
});

test('HEIC is told to need the network where its decoder is not there', async ({ lasting: playground }) => {
  await playground.page.route('**/libheif/**', (route) => route.abort());
  await playground.drop([named('phone.heic', heic)]);
  await expect(playground.skipped).toContainText('phone.heic: an HEIC picture, which needs a part of this page that is not on this device yet. Connect to the network');
  await playground.page.unroute('**/libheif/**');
  await playground.drop([named('phone.heic', heic)]);
  await expect(playground.count).toContainText('1 picture');
});

test('pictures are pasted, and a drop without files says so', async ({ lasting: playground }) => {
  const { page } = playground;
  const [picture] = await photos(1);
  await page.evaluate((bytes) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([Uint8Array.from(bytes)], 'image.png', { type: 'image/png' }));
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
  }, [...picture.buffer]);
  await expect(playground.count).toContainText('1 picture');
  await playground.drop([named('.DS_Store', 'system')]);
  await expect(playground.notices.first()).toContainText('There were no files');
  await expect(playground.count).toContainText('1 picture');
});

test('the awkward files do what is expected of each', async ({ lasting: playground }) => {
  test.skip(!existsSync(AWKWARD), 'the files are not here');
  const rows = (await readFile(join(AWKWARD, 'EXPECTED.tsv'), 'utf8')).trim().split('\n').slice(1);
  const expected = rows.map((row) => row.split('\t')).map(([name, , outcome]) => ({ name, outcome }));
  const present = await readdir(AWKWARD);
  expect(expected.filter(({ name }) => !present.includes(name))).toEqual([]);

  await playground.pickPaths('Choose photos', expected.map(({ name }) => join(AWKWARD, name)));
  const loaded = new Set((await playground.photos()).map(({ name }) => name));
  // Either of two outcomes is right for some.
  const wrong = expected.filter(({ name, outcome }) => !outcome.includes(' or ') && loaded.has(name) !== outcome.startsWith('loads'));
  expect(wrong.filter(({ outcome }) => !outcome.startsWith('refused: too large'))).toEqual([]);
  for (const name of ['bomb__decompression_bomb.gif', 'made__30000x30000-1bit.png']) expect(loaded.has(name)).toBe(false);
  await expect(playground.skipped).toContainText(`${expected.length - loaded.size} of ${expected.length} files were skipped`);

  // All eight orientations of a photo are one picture, and CMYK looks like its original.
  await expect(playground.duplicates).toContainText('look alike');
  const alike = await playground.alike();
  const group = (/** @type {string} */ name) => alike.find((names) => names.includes(name)) ?? [];
  expect(group('exif-orientation__Landscape_1.jpg')).toHaveLength(6);
  expect(group('exif-orientation__Portrait_1.jpg')).toHaveLength(6);
  expect(group('made__progressive.jpg')).toEqual(expect.arrayContaining(['made__exif6.jpg', 'made__cmyk-adobe.jpg', 'made__duplicate-a.jpg', 'made__duplicate-b.jpg']));
});
