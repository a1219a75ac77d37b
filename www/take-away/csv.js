// Comma-separated values (RFC 4180), which spreadsheets, pandas and R read.

/** Ends every line. */
export const END = '\r\n';

/**
 * One line, with its end. What is no finite number is an empty cell.
 * @param {readonly (string | number | undefined)[]} cells
 */
export function line(cells) {
  return cells.map(cell).join() + END;
}

/** @param {string | number | undefined} value */
function cell(value) {
  return typeof value === 'string' ? text(value) : decimal(value);
}

/**
 * Nine digits tell any two 32-bit numbers apart, and are shorter than what a 64-bit number needs.
 * @param {number | undefined} value
 */
export function decimal(value) {
  return Number.isFinite(value) ? String(Number(Number(value).toPrecision(9))) : '';
}

/**
 * Quoted where it has to be.
 *
 * A spreadsheet takes what begins with = + - or @ for a formula, and a file's name may come from somebody else. An
 * apostrophe keeps it a text, but also changes a name by which programs look their files up. So only such a text gets
 * one as could do something, which takes a call "(" or a link to a program "|"; `-1.jpg` and `@home` stay what they are.
 * @param {string} value
 */
function text(value) {
  const kept = /^[\t\r ]*[=+\-@].*[(|]/s.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(kept) ? `"${kept.replaceAll('"', '""')}"` : kept;
}
