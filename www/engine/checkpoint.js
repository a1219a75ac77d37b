// A checkpoint file as it is without the core: a safetensors file, in whose header the page has notes of its own.

/** Of the page in the file's metadata; the core passes over what is not its own. */
const NOTES = 'contrastive-playground-page';

/** Before the header stands its length, and the tensors after it begin at a multiple of the same. */
const WORD = 8;
/** Bytes of a header, many times what a long run of many pictures has: another file may say anything here. */
const MOST = 2 ** 25;

/** @param {Blob} file @throws where that cannot be read */
export async function headerOf(file) {
  const length = new DataView(await file.slice(0, WORD).arrayBuffer()).getUint32(0, true);
  if (length > MOST) throw new RangeError(`a header of ${length} bytes`);
  const end = WORD + length;
  return { header: JSON.parse(await file.slice(WORD, end).text()), end };
}

/** Is all of it there? @param {Blob} file */
export async function isWhole(file) {
  const { header: { __metadata__, ...tensors }, end } = await headerOf(file).catch(() => ({ header: {}, end: NaN }));
  const ends = Object.values(tensors).map(({ data_offsets }) => data_offsets[1]);
  return file.size === end + Math.max(0, ...ends);
}

/** @param {Blob} file @param {object} notes what else there is to say of the run */
export async function withNotes(file, notes) {
  const { header, end } = await headerOf(file);
  header.__metadata__[NOTES] = JSON.stringify(notes);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const head = new Uint8Array(Math.ceil((WORD + text.length) / WORD) * WORD).fill(0x20);
  head.set(text, WORD);
  new DataView(head.buffer).setBigUint64(0, BigInt(head.length - WORD), true);
  return new Blob([head, file.slice(end)]);
}

/** What was written so; it may come from anyone. @param {Blob} file @returns {Promise<any>} */
export async function notesOf(file) {
  const { header } = await headerOf(file);
  try {
    return JSON.parse(header.__metadata__[NOTES]) ?? {};
  } catch {
    return {};
  }
}
