// The peers, where `tools/bench.sh` puts them: out of the project, which needs none of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache } from '../tools/cache.mjs';

/** A package's folder. @param {string} name */
export const folder = (name) => join(cache, 'bench/node_modules', name);

/** @param {string} name @returns {{ version: string, main: string, exports?: any }} */
const about = (name) => JSON.parse(readFileSync(join(folder(name), 'package.json'), 'utf8'));

/** @param {string} name */
export const version = (name) => about(name).version;

/** @param {string} name @returns {Promise<any>} */
export async function load(name) {
  const { main, exports } = about(name);
  const module = await import(pathToFileURL(join(folder(name), exports?.['.'].import ?? main)).href);
  // A module of the older kind comes whole as the default.
  return exports ? module : module.default;
}
