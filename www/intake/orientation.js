// Which way up a WebP is: browsers turn JPEG as the camera says, and leave WebP lying, though it says so in the same way.

/** Of TIFF: how the picture lies. */
const ORIENTATION = 0x112;
/** And of what kind a number is: some programs write it with four bytes, not two. */
const LONG = 4;

/** A WebP of two pixels beside each other, which is to be turned by a quarter. */
const SAMPLE = 'UklGRlIAAABXRUJQVlA4WAoAAAAIAAAAAQAAAAAAVlA4TBEAAAAvAQAAAA8Q87//8x8OMqL/AQBFWElGGgAAAElJKgAIAAAAAQASAQMAAQAAAAYAAAAAAAAA';

/** @type {Promise<boolean> | undefined} */
let turnedByBrowser;

/**
 * How much is still to be turned of a WebP that the browser has decoded.
 * @param {Blob} blob @returns {Promise<number>} 1 to 8, as EXIF counts
 */
export async function orientationLeft(blob) {
  const orientation = await orientationOf(blob);
  if (orientation === 1) return 1;
  turnedByBrowser ??= isSampleTurned();
  return (await turnedByBrowser) ? 1 : orientation;
}

async function isSampleTurned() {
  const bytes = Uint8Array.from(atob(SAMPLE), (char) => char.charCodeAt(0));
  const { width } = await createImageBitmap(new Blob([bytes], { type: 'image/webp' }));
  return width === 1;
}

/**
 * What EXIF says of how a WebP lies, 1 to 8; 1 is upright, or nothing is said.
 * @param {Blob} blob
 */
export async function orientationOf(blob) {
  for (let at = 12; at + 8 <= blob.size; ) {
    const head = new DataView(await blob.slice(at, at + 8).arrayBuffer());
    const [name, size] = [head.getUint32(0), head.getUint32(4, true)];
    if (name === 0x45584946) return orientationIn(await blob.slice(at + 8, at + 8 + size).arrayBuffer());
    at += 8 + size + (size % 2);
  }
  return 1;
}

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
