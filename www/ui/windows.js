// Which windows have a lesson beside what it speaks of, and which as a sheet over it, as media queries.

/** A phone that is held sideways is too low for a sheet, and wide enough for two columns. */
export const BESIDE = '(min-width: 60rem), (min-width: 40rem) and (max-height: 30rem)';
/** All others. */
export const SHEET = '(max-width: 39.99rem), (max-width: 59.99rem) and (min-height: 30.01rem)';
/** Of these, where two panels stand side by side above the sheet. */
export const UPRIGHT = '(min-width: 43.75rem) and (max-width: 59.99rem) and (min-height: 30.01rem)';
/** Where a lesson has little room in either way. */
export const SMALL = '(max-width: 59.99rem), (max-height: 30rem)';
