// Real picture files, made when the tests run.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** @typedef {{ name: string, mimeType: string, buffer: Buffer }[]} Files */

/**
 * A photo-like picture: a gradient of two colours with a disc on it.
 * @param {number} seed @param {number} [width] @param {number} [height]
 */
export function photo(seed, width = 320, height = 240) {
  const hue = (seed * 67) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="g" x2="1" y2="1">
      <stop stop-color="hsl(${hue}, 70%, 45%)"/><stop offset="1" stop-color="hsl(${(hue + 80) % 360}, 60%, 75%)"/>
    </linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)"/>
    <circle cx="${30 + ((seed * 13) % 40)}%" cy="50%" r="${15 + ((seed * 7) % 20)}%" fill="hsl(${(hue + 180) % 360}, 80%, 55%)"/>
  </svg>`;
  return sharp(Buffer.from(svg));
}

const MIME = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', avif: 'image/avif', gif: 'image/gif' };

/** @param {number} seed @param {keyof typeof MIME} format */
export async function file(seed, format) {
  const buffer = await photo(seed)[format]().toBuffer();
  return { name: `photo-${seed}.${format}`, mimeType: MIME[format], buffer };
}

/** So many photos, JPEG, PNG and WebP in turn. @param {number} count @param {number} [first] @returns {Promise<Files>} */
export function photos(count, first = 0) {
  const formats = /** @type {const} */ (['jpeg', 'png', 'webp']);
  return Promise.all(Array.from({ length: count }, (_, index) => file(first + index, formats[index % 3])));
}

/**
 * Red on the left and blue on the right once turned as its EXIF orientation says; stored turned.
 * @param {number} orientation 1 to 8 @param {'jpeg' | 'webp' | 'png'} [format]
 */
export async function rotated(orientation, format = 'jpeg') {
  const upright = sharp({ create: { width: 80, height: 80, channels: 3, background: '#0000ff' } }).composite([
    { input: { create: { width: 40, height: 80, channels: 3, background: '#ff0000' } }, left: 0, top: 0 },
  ]);
  // What has to be done to the stored picture is undone here.
  const pixels = await upright.png().toBuffer();
  const undo = { 1: [0], 3: [180], 6: [270], 8: [90] }[orientation];
  if (!undo) throw new Error(`orientation ${orientation} is not made here`);
  const buffer = await sharp(pixels).rotate(undo[0])[format]({ quality: 95 }).withMetadata({ orientation }).toBuffer();
  return { name: `rotated-${orientation}.${format}`, mimeType: MIME[format], buffer };
}

/** A PNG with its EXIF behind its pixels, where some programs put it. @param {Buffer} png */
export function exifBehind(png) {
  const [from, end] = [png.indexOf('eXIf') - 4, png.length - 12];
  const to = from + 12 + png.readUInt32BE(from);
  return Buffer.concat([png.subarray(0, from), png.subarray(to, end), png.subarray(from, to), png.subarray(end)]);
}

/** A JPEG of which the second half is missing. */
export async function truncated() {
  const { buffer } = await file(1, 'jpeg');
  return { name: 'half.jpg', mimeType: 'image/jpeg', buffer: buffer.subarray(0, buffer.length >> 1) };
}

/** Text that calls itself a picture. */
export const text = { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Milk, bread, and a new bicycle bell.\n'.repeat(20)) };

export const empty = { name: 'nothing.png', mimeType: 'image/png', buffer: Buffer.alloc(0) };

/** @param {string} name @param {Buffer | Uint8Array | string} bytes @param {string} [mimeType] */
export function named(name, bytes, mimeType = '') {
  return { name, mimeType, buffer: Buffer.from(/** @type {Buffer} */ (bytes)) };
}

/**
 * A zip of files with any names, also such as no program would unpack.
 * @param {[name: string, bytes: Buffer][]} entries @param {{ password?: string }} [options]
 */
export async function zip(entries, options) {
  const { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } = await import('@zip.js/zip.js');
  const writer = new ZipWriter(new Uint8ArrayWriter(), options);
  for (const [name, bytes] of entries) await writer.add(name, new Uint8ArrayReader(bytes));
  return Buffer.from(await writer.close());
}

/** A zip as Windows makes them of large files: what is short is the same as in an ordinary one. @param {string} name @param {Buffer} bytes */
export async function deflate64(name, bytes) {
  const archive = await zip([[name, bytes]]);
  for (const at of [8, archive.indexOf('PK\x01\x02') + 10]) archive.writeUInt16LE(9, at);
  return archive;
}

/** A tar of files, gzipped or not. @param {[name: string, bytes: Buffer][]} entries */
export async function tar(entries, gzip = true) {
  const folder = await mkdtemp(join(tmpdir(), 'tar-'));
  for (const [name, bytes] of entries) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  const names = entries.map(([name]) => name);
  return execFileSync('tar', [gzip ? '-czf' : '-cf', '-', '-C', folder, ...names], { maxBuffer: 1 << 28 });
}

/** Records in CIFAR-10's binary format, with labels 0, 1, 2… and each of one colour. @param {number} count */
export function cifar(count) {
  return Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      Buffer.concat([Buffer.from([index % 10]), ...[40, 90, 200].map((value) => Buffer.alloc(1024, value + index))]),
    ),
  );
}

/** A PNG whose head says that it is so large. @param {number} width @param {number} height */
export async function bomb(width, height) {
  const png = await photo(1, 8, 8).png().toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

/** Red on the left and blue on the right, 64×64: HEVC, for which there is no encoder here. */
export const heic = Buffer.from(
  ['AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERA',
   'AAEAAQAAAAABegABAAAAAAAAACwAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA1mlwcnAAAAC3aXBjbwAA',
   'AHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq',
   'SSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAABBwaXhpAAAAAAMICAgA',
   'AAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAADRtZGF0AAAAKCgBrwngITl1X//7O////It3Ifp6WWf/+yIwd/etv//t7SPVf1/+ZP8='].join(''),
  'base64',
);
