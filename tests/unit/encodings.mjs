// Writes what TextDecoder reads: TextEncoder knows UTF-8 alone.

/** Every letter that an encoding writes, with its bytes. @param {string} label @returns {Map<string, number[]>} */
function table(label) {
  const decoder = new TextDecoder(label, { fatal: true });
  const found = new Map();
  const note = (/** @type {number[]} */ ...bytes) => {
    try {
      const char = decoder.decode(Uint8Array.from(bytes));
      if (!found.has(char)) found.set(char, bytes);
    } catch {
      // No letter.
    }
  };
  for (let one = 0; one < 256; one++) note(one);
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) note(lead, trail);
  return found;
}

/** @type {Record<string, Map<string, number[]>>} */
const TABLES = {};

/** What code page 437, which decoders for the web do not know, has of Western Europe. */
const CP437 = new Map(Array.from('ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ', (char, at) => [char, [0x80 + at]]));
for (const [at, char] of Array.from('áíóúñÑ').entries()) CP437.set(char, [0xa0 + at]);
CP437.set('ß', [0xe1]);

/** As programs write it that know of no Unicode. @param {string} text @param {string} label */
export function encode(text, label) {
  const letters = label === 'cp437' ? CP437 : (TABLES[label] ??= table(label));
  return Uint8Array.from([...text].flatMap((char) => (char < '\x80' ? [char.charCodeAt(0)] : /** @type {number[]} */ (letters.get(char)))));
}
