// The boxes of an ISO media file (ISO/IEC 14496-12), as HEIF and AVIF are.

/** Those that stand on the first level of such a file; what else stands there was put behind it. */
const KNOWN = new Set(['ftyp', 'styp', 'meta', 'mdat', 'moov', 'moof', 'mfra', 'sidx', 'free', 'skip', 'uuid', 'pdin', 'mpvd', 'idat', 'wide']);

/** Brands of still pictures, the major one or one of those that it is compatible with (ISO/IEC 23008-12, and AVIF's). */
const AVIF = ['avif', 'avis', 'MA1A', 'MA1B'];
const HEIF = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'mif2', 'msf1', 'miaf', 'MiHE', 'MiHA', 'MiHB'];

/**
 * What kind of picture a file says that it is by its brands, whichever of them comes first; undefined for a film, or for
 * what has no brands.
 * @param {Uint8Array} head
 * @returns {'image/avif' | 'image/heic' | undefined}
 */
export function pictureOf(head) {
  const text = String.fromCharCode(...head.subarray(0, 256));
  if (text.slice(4, 8) !== 'ftyp') return undefined;
  const end = Math.min(text.length, new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0));
  // The major brand, its version, and the compatible ones.
  const brands = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text.slice(at, at + 4));
  if (brands.some((brand) => AVIF.includes(brand))) return 'image/avif';
  return brands.some((brand) => HEIF.includes(brand)) ? 'image/heic' : undefined;
}

/**
 * Is everything there that the file tells of? What stands behind its last box is not asked for: cameras put a film
 * there, and mail programs a line.
 * @param {Uint8Array} bytes
 */
export function isWhole(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** @type {Set<string>} */ const seen = new Set();
  let at = 0;
  while (at + 8 <= bytes.length) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!KNOWN.has(name)) break;
    const size = sizeAt(view, at);
    if (size === undefined || at + size > bytes.length) return false;
    seen.add(name);
    at += size;
  }
  // Small pictures have their data beside what describes them.
  return seen.has('meta') && (seen.has('mdat') || new TextDecoder('latin1').decode(bytes.subarray(0, 1 << 16)).includes('idat'));
}

/** Undefined where it is not even said. @param {DataView} view @param {number} at */
function sizeAt(view, at) {
  const size = view.getUint32(at);
  // 0: to the end of the file; 1: the size takes eight bytes, after the name.
  if (size === 0) return view.byteLength - at;
  if (size > 1) return Math.max(size, 8);
  return at + 16 <= view.byteLength ? Math.max(16, Number(view.getBigUint64(at + 8))) : undefined;
}
