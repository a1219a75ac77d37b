import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program is. @param {string} name @returns {string | undefined} */
export function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** What lies in the library folder of any machine's kind, such as x86_64-linux-gnu. @param {string} path */
export function inLibrary(path) {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib') : [];
  return folders.map((folder) => join('/usr/lib', folder, path)).find((path) => existsSync(path));
}
