// Whether a checkpoint was trained on the pictures in use: it knows again what it has seen by a number made of the bytes.
import { headerOf } from './checkpoint.js';

/** The numbers of what was seen, in full as text; of the oldest checkpoints they are not known. @param {Blob} file */
export async function seenIn(file) {
  const { header } = await headerOf(file);
  const [, numbers] = /"seen":\{"contents":\[([\d,]+)\]/.exec(header.__metadata__['contrastive-playground']) ?? [];
  return new Set(numbers?.split(','));
}

/** FNV-1a of 64 bits, as the core has it (`content` in src/dataset/held_out.rs). @param {Uint8Array} rgb */
export function numberOf(rgb) {
  // In two halves: BigInt would take seconds for a set of pictures.
  let [high, low] = [0xcbf29ce4, 0x84222325];
  for (const byte of rgb) {
    low = (low ^ byte) >>> 0;
    // Times 2⁴⁰ + 435.
    const product = low * 435;
    high = (high * 435 + low * 256 + Math.floor(product / 2 ** 32)) % 2 ** 32;
    low = product % 2 ** 32;
  }
  return String((BigInt(high) << 32n) | BigInt(low));
}
