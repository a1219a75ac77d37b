// Comma-separated values (RFC 4180), which spreadsheets, pandas and R read.

import { writable } from '../ui/writable.js';

/** Begins a file with names in it: Excel takes it for UTF-8 by that alone. */
export const BEGIN = '\uFEFF';
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

/** What a spreadsheet takes for the start of a formula, the wide signs of Chinese and Japanese keyboards too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * Quoted where it has to be.
 *
 * A file's name may come from somebody else, and a formula can do something. An apostrophe keeps it a text.
 * @param {string} value
 */
function text(value) {
  const kept = writable(FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value);
  return /[",\r\n]/.test(kept) ? `"${kept.replaceAll('"', '""')}"` : kept;
}
