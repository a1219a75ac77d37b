// Which licence a part is used under, of those that it is offered under.

/** The first that is offered is taken: Apache's is the same text for all, and MIT's and others differ by who wrote it. */
const GOOD = ['Apache-2.0', 'MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'Zlib', 'Unicode-3.0', 'CC0-1.0', '0BSD', 'BSL-1.0', 'Apache-2.0 WITH LLVM-exception'];

/** An expression of SPDX, as simple as those of packages are; nothing for what is not good. @param {string} offered */
export function choose(offered) {
  return offered.split(' AND ').flatMap((part) => {
    const options = part.replace(/[()]/g, '').split(/ OR | ?\/ ?/);
    return GOOD.find((licence) => options.includes(licence)) ?? part;
  });
}

/** Fonts, and a file of its own that anyone may replace. @type {Record<string, string>} */
const EXCEPTIONS = { 'KaTeX fonts': 'OFL-1.1', libheif: 'LGPL-3.0', 'libheif-js': 'LGPL-3.0' };

/** @param {import('./parts.mjs').Part} part */
export function isGood({ name, taken }) {
  return taken.every((licence) => GOOD.includes(licence) || EXCEPTIONS[name] === licence);
}
