// What was loaded, in numbers, and whether any of it could have carried something away.

/**
 * The page's own files lie in its folder and are asked for by their names alone; whatever else was asked for is `other`,
 * as is what the policy refused.
 * @param {readonly import('../files/loads.js').Load[]} loads @param {readonly string[]} refused @param {string} folder
 */
export function trafficOf(loads, refused, folder) {
  const isOwn = (/** @type {string} */ address) => address.startsWith(folder) && !/[?#]/.test(address);
  /** @type {Map<string, number>} */ const files = new Map();
  for (const { address, bytes } of loads) {
    if (!isOwn(address)) continue;
    const path = address.slice(folder.length);
    files.set(path, (files.get(path) ?? 0) + bytes);
  }
  return {
    files: [...files].map(([path, bytes]) => ({ path, bytes })).sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1)),
    bytes: [...files.values()].reduce((sum, bytes) => sum + bytes, 0),
    other: [...new Set([...loads.map(({ address }) => address).filter((address) => !isOwn(address)), ...refused])],
  };
}
