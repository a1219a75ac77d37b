// Is all of a picture there? Chromium refuses what was cut off; Firefox fills in the rest, and WebKit gives plain white.

/**
 * @param {Uint8Array} bytes of a picture that the browser takes for one @param {string} mime
 * @returns {boolean} true, too, for kinds of which every browser refuses a part
 */
export function isComplete(bytes, mime) {
  return COMPLETE[mime]?.(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) ?? true;
}

/** @type {Record<string, ((bytes: Uint8Array, view: DataView) => boolean) | undefined>} */
const COMPLETE = {
  // A preview in its head ends as the picture does.
  'image/jpeg': (bytes, view) => lastEnd(bytes) > scanIn(view),
  'image/png': (_, view) => hasEnd(view),
  'image/apng': (_, view) => hasEnd(view),
  'image/webp': (bytes, view) => bytes.length >= 8 && view.getUint32(4, true) + 8 <= bytes.length,
  'image/gif': firstFrame,
};

/** Where a JPEG's picture begins, or its start where that is not found. @param {DataView} view */
function scanIn(view) {
  for (let at = 2; at + 4 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    if (view.getUint8(at + 1) === 0xda) return at;
    at += 2 + view.getUint16(at + 2);
  }
  return 2;
}

/** Where a JPEG's end is marked for the last time; what follows was put behind it. @param {Uint8Array} bytes */
function lastEnd(bytes) {
  let at = bytes.length;
  do at = bytes.lastIndexOf(0xd9, at - 1);
  while (at > 0 && bytes[at - 1] !== 0xff);
  return at;
}

/** @param {DataView} view of a PNG */
function hasEnd(view) {
  const IEND = 0x49454e44;
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === IEND) return true;
  }
  return false;
}

/** Of a GIF no more than its first picture is kept. @param {Uint8Array} bytes */
function firstFrame(bytes) {
  const colours = (/** @type {number} */ flags) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  /** Past data in pieces, of which an empty one is the last. @param {number} at */
  const past = (at) => {
    while (bytes[at]) at += 1 + bytes[at];
    return at + 1;
  };
  let at = 13 + colours(bytes[10]);
  while (bytes[at] === 0x21) at = past(at + 2);
  return bytes[at] === 0x2c && past(at + 11 + colours(bytes[at + 9])) <= bytes.length;
}
