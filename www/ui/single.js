// Numbers of 32 bits, as people write them: seven digits are theirs, what follows in 64 bits is not.

/** @param {number} value */
export function single(value) {
  return Number.isInteger(value) ? value : Number(value.toPrecision(7));
}

/** The same for `JSON.stringify`. @param {string} _key @param {unknown} value */
export function singles(_key, value) {
  return typeof value === 'number' ? single(value) : value;
}
