// Pictures that no browser decodes though their kind is known: by their heads, so that none is called damaged.

/** By the frame's marker (ITU-T T.81, table B.1), of those that are neither baseline nor progressive. */
const FRAMES = new Map([
  ...[0xc3, 0xc7, 0xcb, 0xcf].map((marker) => /** @type {const} */ ([marker, 'losslessJpeg'])),
  ...[0xc5, 0xc6].map((marker) => /** @type {const} */ ([marker, 'hierarchicalJpeg'])),
  ...[0xc9, 0xca, 0xcd, 0xce].map((marker) => /** @type {const} */ ([marker, 'arithmeticJpeg'])),
]);

/** Markers among those of frames that are none. */
const TABLES = [0xc4, 0xc8, 0xcc];

/**
 * What a picture is that was not decoded; undefined where it is an ordinary one.
 * @param {Uint8Array} head
 * @returns {'losslessJpeg' | 'hierarchicalJpeg' | 'arithmeticJpeg' | 'deepJpeg' | 'appPng' | undefined} a sentence's name
 */
export function variantOf(head) {
  if (text(head, 1, 4) === 'PNG') return text(head, 12, 16) === 'CgBI' ? 'appPng' : undefined;
  const frame = frameOf(head);
  if (!frame) return undefined;
  return FRAMES.get(frame.marker) ?? (frame.bits > 8 ? 'deepJpeg' : undefined);
}

/** A JPEG's frame: how it is coded, and bits a colour. @param {Uint8Array} head */
function frameOf(head) {
  if (head[0] !== 0xff || head[1] !== 0xd8) return undefined;
  for (let at = 2; at + 4 < head.length && head[at] === 0xff; ) {
    const marker = head[at + 1];
    // Bytes may fill up before a marker.
    if (marker === 0xff) at++;
    else if (isFrame(marker)) return { marker, bits: head[at + 4] };
    else at += 2 + (head[at + 2] << 8) + head[at + 3];
  }
}

/** @param {number} marker */
function isFrame(marker) {
  return marker >= 0xc0 && marker <= 0xcf && !TABLES.includes(marker);
}

/** @param {Uint8Array} bytes @param {number} from @param {number} to */
function text(bytes, from, to) {
  return String.fromCharCode(...bytes.subarray(from, to));
}
