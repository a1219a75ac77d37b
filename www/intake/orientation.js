// Which way up a picture is: browsers turn JPEG as the camera says, leave WebP lying, though it says so in the same way, and of
// PNG some leave all, and some those that say so behind their pixels.

/** Of TIFF: how the picture lies. */
const ORIENTATION = 0x112;
/** And of what kind a number is: some programs write it with four bytes, not two. */
const LONG = 4;

/** Pictures of two pixels beside each other, which are to be turned by a quarter: WebP, and PNG that says so before its pixels or behind. */
const SAMPLES = {
  webp: 'UklGRlIAAABXRUJQVlA4WAoAAAAIAAAAAQAAAAAAVlA4TBEAAAAvAQAAAA8Q87//8x8OMqL/AQBFWElGGgAAAElJKgAIAAAAAQASAQMAAQAAAAYAAAAAAAAA',
  before: 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEABgAAAAAAANZnS2kAAAALSURBVHicY2D4DwABAgEAQr68aAAAAABJRU5ErkJggg==',
  behind: 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAaZVhJZk1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA1mdLaQAAAABJRU5ErkJggg==',
};

/** @type {Partial<Record<keyof typeof SAMPLES, Promise<boolean>>>} */
const turnedByBrowser = {};

/**
 * How much is still to be turned of a WebP or PNG that the browser has decoded.
 * @param {ArrayBuffer} bytes of it @returns {Promise<number>} 1 to 8, as EXIF counts
 */
export async function orientationLeft(bytes) {
  const { orientation, like } = orientationOf(bytes);
  if (orientation === 1) return 1;
  turnedByBrowser[like] ??= isTurned(SAMPLES[like]);
  return (await turnedByBrowser[like]) ? 1 : orientation;
}

/** Browsers go by the bytes, not by a type. @param {string} sample */
async function isTurned(sample) {
  const bytes = Uint8Array.from(atob(sample), (char) => char.charCodeAt(0));
  const { width } = await createImageBitmap(new Blob([bytes]));
  return width === 1;
}

/**
 * What EXIF says of how a WebP or PNG lies, 1 to 8; 1 is upright, or nothing is said.
 * @param {ArrayBuffer} bytes @returns {{ orientation: number, like: keyof typeof SAMPLES }} and which sample says it in the same place
 */
export function orientationOf(bytes) {
  const view = new DataView(bytes);
  const webp = view.byteLength > 8 && view.getUint32(0) === RIFF;
  /** @type {keyof typeof SAMPLES} */ let like = webp ? 'webp' : 'before';
  for (let at = webp ? 12 : 8; at + 8 <= view.byteLength; ) {
    // Name and size are the other way round in PNG, behind whose chunks there is a sum.
    const [name, size] = webp ? [view.getUint32(at), view.getUint32(at + 4, true)] : [view.getUint32(at + 4), view.getUint32(at)];
    if (EXIF.includes(name)) return { orientation: orientationIn(bytes.slice(at + 8, at + 8 + size)), like };
    if (name === IDAT) like = 'behind';
    at += webp ? 8 + size + (size % 2) : 12 + size;
  }
  return { orientation: 1, like };
}

const RIFF = 0x52494646;
/** The name of a PNG's pixels, and of EXIF in a WebP and a PNG. */
const IDAT = 0x49444154;
const EXIF = [0x45584946, 0x65584966];

/** @param {ArrayBuffer} exif with or without its usual head */
function orientationIn(exif) {
  try {
    const all = new DataView(exif);
    const view = new DataView(exif, all.getUint32(0) === 0x45786966 ? 6 : 0);
    const little = view.getUint16(0) === 0x4949;
    const entries = view.getUint32(4, little);
    for (let entry = 0; entry < view.getUint16(entries, little); entry++) {
      const at = entries + 2 + 12 * entry;
      if (view.getUint16(at, little) !== ORIENTATION) continue;
      const value = view.getUint16(at + 2, little) === LONG ? view.getUint32(at + 8, little) : view.getUint16(at + 8, little);
      return Math.min(8, Math.max(1, value));
    }
  } catch {
    // It is cut off, or something else.
  }
  return 1;
}

/** Where the pixel at a place of the upright picture lies. @type {((x: number, y: number, last: number) => [number, number])[]} */
const LYING = [
  (x, y) => [x, y],
  (x, y, last) => [last - x, y],
  (x, y, last) => [last - x, last - y],
  (x, y, last) => [x, last - y],
  (x, y) => [y, x],
  (x, y, last) => [y, last - x],
  (x, y, last) => [last - y, last - x],
  (x, y, last) => [last - y, x],
];

/**
 * A square set upright.
 * @param {Uint8Array} rgb @param {number} orientation 1 to 8 @returns {Uint8Array}
 */
export function upright(rgb, orientation) {
  if (orientation === 1) return rgb;
  const side = Math.sqrt(rgb.length / 3);
  const turned = new Uint8Array(rgb.length);
  for (let to = 0; to < side * side; to++) {
    const [x, y] = LYING[orientation - 1](to % side, Math.floor(to / side), side - 1);
    turned.set(rgb.subarray((y * side + x) * 3, (y * side + x + 1) * 3), to * 3);
  }
  return turned;
}
