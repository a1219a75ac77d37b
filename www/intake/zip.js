// The files of a zip.
import { checkBytes, failure } from './failure.js';
import { decodeNames } from './name-encoding.js';
import { isSystem, labelled, source } from './sources.js';

/** @typedef {import('@zip.js/zip.js').FileEntry} File */

/**
 * They are read from where they lie in it.
 * @param {Blob} file @param {AbortSignal} signal
 * @returns {AsyncGenerator<import('./archives.js').Labelled | import('./archives.js').More, void, void>}
 */
export async function* zipSources(file, signal) {
  // The one without WebAssembly, which the others fetch from an address that the page's policy refuses.
  const { BlobReader, BlobWriter, ZipReader, configure } = await import('@zip.js/zip.js/lib/zip-core-native.js');
  configure({ useWebWorkers: false });
  // Any path is taken, as only names are taken from it.
  const options = /** @type {const} */ ({ filenameEncoding: 'cp437', filenameValidation: 'tolerant' });
  const entries = await new ZipReader(new BlobReader(file), options).getEntries().catch(() => {
    throw failure('damagedArchive');
  });
  const names = namesOf(entries);
  const files = entries
    .map((entry, at) => ({ entry: /** @type {File} */ (entry), name: names[at] }))
    .filter(({ entry, name }) => !isFolder(entry, name))
    .map(({ entry, name }) => {
      const bar = barOf(entry);
      const read = () => (bar ? Promise.reject(failure(bar)) : contentsOf(entry, new BlobWriter(), signal));
      return { ...source(name, read), bar };
    })
    .filter((file) => !isSystem(file));
  if (!files.length) throw failure('emptyArchive');
  // What bars all of them is said once, of the archive.
  const [{ bar }] = files;
  if (bar && files.every((file) => file.bar === bar)) throw failure(bar);
  yield { more: files.length - 1 };
  yield* labelled(files);
}

/**
 * Of those that do not say that they are in Unicode, the encoding is found out by all of them.
 * @param {import('@zip.js/zip.js').Entry[]} entries
 */
function namesOf(entries) {
  const old = entries.filter((entry) => !saysUnicode(entry));
  const decoded = decodeNames(old.map(({ rawFilename, filename }) => ({ bytes: rawFilename, cp437: filename })));
  const names = new Map(old.map((entry, at) => [entry, decoded[at]]));
  return entries.map((entry) => names.get(entry) ?? entry.filename);
}

/** By a bit, or by a second name that Info-ZIP adds. @param {import('@zip.js/zip.js').Entry} entry */
function saysUnicode({ bitFlag, extraFieldUnicodePath }) {
  return Boolean(bitFlag?.languageEncodingFlag || /** @type {any} */ (extraFieldUnicodePath)?.valid);
}

/** Some programs of Windows end folders with a backslash, and say nothing else. @param {import('@zip.js/zip.js').Entry} entry @param {string} name */
function isFolder({ directory, uncompressedSize }, name) {
  return directory || (uncompressedSize === 0 && name.endsWith('\\'));
}

/** Stored, deflated, and as Windows deflates what is large. */
const METHODS = [0, 8, 9];

/** Why a file of a zip cannot be read, by its head. @param {File} entry */
function barOf({ encrypted, compressionMethod }) {
  if (encrypted) return 'encrypted';
  return METHODS.includes(compressionMethod) ? undefined : 'otherCompression';
}

/** @param {File} entry @param {any} writer @param {AbortSignal} signal */
async function contentsOf(entry, writer, signal) {
  // zip.js gives up where there is more than the archive says.
  checkBytes(entry.uncompressedSize);
  try {
    return /** @type {Blob} */ (await entry.getData(writer, { signal, checkSignature: true }));
  } catch {
    throw failure('damagedInside');
  }
}
