// In which encoding the names of an archive are that does not say so: zips and tars of old or Asian programs.
import { narrow, wide } from './letters.js';

/** Bits of an ASCII letter, and of one that stands beside a letter of two bytes. */
const ASCII = 5;
const MIXED = 3;
const LATIN = /[a-z]/i;
/** Russian zips are fewer. */
const SELDOM = 6;
/** Names are looked at until there are so many bytes. */
const ENOUGH = 20_000;

/**
 * @typedef {object} Encoding
 * @property {string} label for TextDecoder
 * @property {number} [prior] bits against it
 * @property {Pairs} [pairs] of an encoding with letters of two bytes
 *
 * @typedef {object} Pairs
 * @property {'han' | 'kana' | 'hangul'} script whose encoding it is
 * @property {(byte: number) => boolean} begin does a byte begin such a letter?
 * @property {(lead: number, trail: number) => import('./letters.js').Place} place where a letter stands
 */

/** @param {number} byte */
const high = (byte) => byte > 0x80 && byte < 0xff;

/** @type {Encoding[]} */
const ENCODINGS = [
  { label: 'gbk', pairs: { script: 'han', begin: high, place: (lead, trail) => place(lead >= 0xb0 && lead <= 0xd7, lead < 0xa1 || trail < 0xa1) } },
  { label: 'big5', pairs: { script: 'han', begin: high, place: (lead) => place(lead <= 0xc6, lead < 0xa4 || lead > 0xf9) } },
  {
    label: 'shift_jis',
    pairs: { script: 'kana', begin: (byte) => high(byte) && !(byte >= 0xa0 && byte <= 0xdf), place: (lead) => place(lead <= 0x98, lead > 0xea) },
  },
  { label: 'euc-kr', pairs: { script: 'hangul', begin: high, place: (lead, trail) => place(lead <= 0xc8, lead < 0xa1 || trail < 0xa1) } },
  { label: 'windows-1252' },
  { label: 'ibm866', prior: SELDOM },
  { label: 'windows-1251', prior: SELDOM },
];

/** @param {boolean} daily @param {boolean} extended @returns {import('./letters.js').Place} */
function place(daily, extended) {
  if (extended) return 'extension';
  return daily ? 'daily' : 'seldom';
}

/** @typedef {{ bytes: Uint8Array, cp437: string }} Name and what it is in code page 437, a letter a byte */

/**
 * The names as text. All are in one encoding: that in which they are the most likely letters.
 * @param {Name[]} names
 */
export function decodeNames(names) {
  const label = encodingOf(names);
  if (label === 'cp437') return names.map(({ cp437 }) => cp437);
  const decoder = new TextDecoder(label);
  return names.map(({ bytes }) => decoder.decode(bytes));
}

/** A label for TextDecoder, or `cp437`, which that does not know. @param {Name[]} names @returns {string} */
export function encodingOf(names) {
  const all = joined(names);
  if (fits('utf-8', all)) return 'utf-8';
  const some = distinct(names);
  const found = ENCODINGS.filter(({ label }) => fits(label, all)).map((encoding) => ({ label: encoding.label, bits: bitsIn(encoding, some) }));
  const western = { label: 'cp437', bits: sum(some, ({ cp437 }) => bitsOfNarrow(cp437)) };
  return found.reduce((best, other) => (other.bits < best.bits ? other : best), western).label;
}

/** An encoding in which every byte is a letter, and each another. */
export const LETTERS = 'windows-1252';
const BYTES = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder(LETTERS).decode(Uint8Array.of(byte)), byte]));

/** May a name be bytes that were read as letters? Long ones are kept in another way, and are Unicode. @param {string} name */
export function isBytes(name) {
  return name.length < 100 && [...name].every((letter) => BYTES.has(letter));
}

/** @param {string} letters */
export function bytesOf(letters) {
  return Uint8Array.from(letters, (letter) => BYTES.get(letter) ?? 0x3f);
}

/** With slashes between them, which end a letter in every encoding. @param {Name[]} names */
function joined(names) {
  const all = new Uint8Array(names.reduce((length, { bytes }) => length + bytes.length + 1, 0)).fill(0x2f);
  let at = 0;
  for (const { bytes } of names) {
    all.set(bytes, at);
    at += bytes.length + 1;
  }
  return all;
}

/** @param {string} label @param {Uint8Array} bytes */
function fits(label, bytes) {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Each folder and file once, of those that are not plain ASCII, and numbered files as one. @param {Name[]} names */
function distinct(names) {
  /** @type {Map<string, Name>} */ const found = new Map();
  let length = 0;
  for (const { bytes, cp437 } of names) {
    let from = 0;
    // A slash is a slash in all encodings; a backslash may be half a letter.
    for (const part of cp437.split('/')) {
      const key = part.replace(/\d+/g, '0');
      const piece = bytes.subarray(from, from + part.length);
      from += part.length + 1;
      if (found.has(key) || piece.every((byte) => byte < 0x80)) continue;
      found.set(key, { bytes: piece, cp437: part });
      length += part.length;
    }
    if (length > ENOUGH) break;
  }
  return [...found.values()];
}

/** @param {Encoding} encoding @param {Name[]} names */
function bitsIn(encoding, names) {
  const decoder = new TextDecoder(encoding.label);
  const bits = encoding.pairs ? bitsOfWide : bitsOfNarrow;
  return (encoding.prior ?? 0) + sum(names, ({ bytes }) => bits(decoder.decode(bytes), bytes, encoding));
}

/** @param {string} text @param {Uint8Array} bytes @param {Encoding} encoding */
function bitsOfWide(text, bytes, { pairs }) {
  if (!pairs) return 0;
  let [bits, at, before] = [0, 0, ''];
  for (const char of text) {
    const isPair = pairs.begin(bytes[at]);
    if (isPair) bits += wide(char, pairs.script, pairs.place(bytes[at], bytes[at + 1]));
    else bits += char < '\x80' ? ASCII : narrow(char);
    if (LATIN.test(before) ? isPair : LATIN.test(char) && before > '\x7f') bits += MIXED;
    at += isPair ? 2 : 1;
    before = char;
  }
  return bits;
}

/** @param {string} text */
function bitsOfNarrow(text) {
  const letters = Array.from(text, (char, at) => (char < '\x80' ? ASCII : narrow(char, text[at - 1], text[at + 1])));
  return sum(letters, (bits) => bits);
}

/** @template T @param {T[]} things @param {(thing: T) => number} bits */
function sum(things, bits) {
  return things.reduce((total, thing) => total + bits(thing), 0);
}
