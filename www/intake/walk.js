// What was dropped: files, and folders to all their depths.
import { source } from './sources.js';

/**
 * To be called within the event: afterwards the browser has forgotten what was dropped.
 * @param {DataTransfer} dropped
 * @returns {Promise<(File | import('./sources.js').Source)[]>} one that cannot be read says so when it is opened
 */
export async function walk({ items, files }) {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry !== null && entry !== undefined);
  if (!entries.length) return [...files];
  return (await Promise.all(entries.map(inside))).flat();
}

/** @param {FileSystemEntry} entry @returns {Promise<import('./sources.js').Source[]>} */
async function inside(entry) {
  if (entry.isFile) return [source(entry.fullPath, () => open(/** @type {FileSystemFileEntry} */ (entry)))];
  try {
    const sources = [];
    const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
    // Browsers give a hundred at a time, and none at the end.
    for (let entries; (entries = await some(reader)).length; ) {
      for (const entry of entries) sources.push(await inside(entry));
    }
    return sources.flat();
  } catch (error) {
    return [source(entry.fullPath, () => Promise.reject(error))];
  }
}

/** @param {FileSystemFileEntry} entry @returns {Promise<File>} */
function open(entry) {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** @param {FileSystemDirectoryReader} reader @returns {Promise<FileSystemEntry[]>} */
function some(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}
