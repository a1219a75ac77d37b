// The files of a zip.
import { checkBytes, failure } from './failure.js';
import { decodeNames } from './name-encoding.js';
import { isSystem, labelled, source } from './sources.js';

/**
 * They are read from where they lie in it.
 * @param {Blob} file @param {AbortSignal} signal
 * @returns {AsyncGenerator<import('./archives.js').Labelled | import('./archives.js').More, void, void>}
 */
export async function* zipSources(file, signal) {
  // The one without WebAssembly, which the others fetch from an address that the page's policy refuses.
  const library = await import('@zip.js/zip.js/lib/zip-core-native.js');
  const { BlobReader, ZipReader, configure } = library;
  configure({ useWebWorkers: false });
  // Any path is taken, as only names are taken from it.
  const options = /** @type {const} */ ({ filenameEncoding: 'cp437', filenameValidation: 'tolerant' });
  const entries = await new ZipReader(new BlobReader(file), options).getEntries().catch(() => {
    throw failure('damagedArchive');
  });
  const names = namesOf(entries);
  const sources = entries
    .map((entry, at) => ({ entry, name: names[at] }))
    .filter(({ entry, name }) => !isFolder(entry, name))
    .map(({ entry, name }) => source(name, () => read(/** @type {any} */ (entry), library, signal)))
    .filter((source) => !isSystem(source));
  if (!sources.length) throw failure('emptyArchive');
  yield { more: sources.length - 1 };
  yield* labelled(sources);
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

/** @param {import('@zip.js/zip.js').FileEntry} entry @param {typeof import('@zip.js/zip.js/lib/zip-core-native.js')} library @param {AbortSignal} signal */
async function read(entry, { BlobWriter, ERR_UNSUPPORTED_COMPRESSION }, signal) {
  // zip.js gives up where there is more than the archive says.
  checkBytes(entry.uncompressedSize);
  if (entry.encrypted) throw failure('encrypted');
  try {
    return /** @type {Blob} */ (await entry.getData(new BlobWriter(), { signal, checkSignature: true }));
  } catch (error) {
    throw failure(/** @type {any} */ (error)?.message === ERR_UNSUPPORTED_COMPRESSION ? 'otherCompression' : 'damagedInside');
  }
}
