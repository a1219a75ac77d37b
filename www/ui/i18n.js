// The page's words: every string comes from i18n/, by key.
import en from '../i18n/en.json';
import zh from '../i18n/zh.json';
import { choose, chosen } from './choices.js';
import { Listening } from './listening.js';
import { single } from './single.js';

/** @typedef {keyof typeof en} Key @typedef {Record<string, string | number>} Values */

/** @type {Record<string, Record<string, string>>} */
export const languages = { en, zh };

const TAGS = { en: 'en', zh: 'zh-Hans' };

/** Fires `change`. */
class I18n extends EventTarget {
  language = preferred();

  /** @param {string} language */
  use(language) {
    this.lend(language);
    choose('language', this.language);
  }

  /** For this visit. @param {string} language */
  lend(language) {
    this.language = language in languages ? language : 'en';
    this.dispatchEvent(new Event('change'));
  }

  /** For the `lang` attribute. */
  get tag() {
    return TAGS[/** @type {keyof typeof TAGS} */ (this.language)];
  }
}

/** What was chosen before, else the first of the browser's languages that there is, else English. */
function preferred() {
  const browser = globalThis.navigator?.languages ?? [];
  const wanted = [chosen('language') ?? '', ...browser.map((tag) => tag.split('-')[0])];
  return wanted.find((language) => language in languages) ?? 'en';
}

export const i18n = new I18n();

/**
 * Words that are loaded later than the page's own, in every language there is.
 * @param {string} under what each of their keys begins with @param {Record<string, Record<string, string>>} words
 */
export function addWords(under, words) {
  for (const [language, strings] of Object.entries(words)) {
    for (const [key, text] of Object.entries(strings)) languages[language][`${under}.${key}`] = text;
  }
}

/**
 * The string of a key, with `{name}` replaced; numbers are written as the language does. Where there
 * is a form for exactly one, `count: 1` takes it.
 * @param {string} key @param {Values} [values]
 */
export function t(key, values = {}) {
  const strings = languages[i18n.language] ?? en;
  const one = values.count === 1 ? strings[`${key}.one`] : undefined;
  const text = one ?? strings[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (hole, name) => {
    const value = values[name];
    return typeof value === 'number' ? number(value) : (value ?? hole);
  });
}

/** The name of a kind of built-in pictures in the page's language; another label is the visitor's, and stays. @param {string} label */
export function kindName(label) {
  const key = `kind.${label}`;
  return has(key) ? t(key) : label;
}

/** Names in a list before it ends with how many more there are. */
const LISTED = 8;

/** The kinds of drawn shapes in the order of the marks that look like them. */
const SHAPES = ['circle', 'square', 'triangle', 'ring', 'star', 'cross'];

/** Their names in that order. */
export function shapeNames() {
  return SHAPES.map(kindName);
}

/** A name among other words: it may be in any script and direction, and turns none of these around. @param {string} name */
export function isolated(name) {
  return `\u2068${name}\u2069`;
}

/** @param {string} key */
export function has(key) {
  return key in en;
}

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export function number(value, options) {
  return new Intl.NumberFormat(i18n.tag, options ?? { maximumSignificantDigits: 16 }).format(options ? value : single(value));
}

/** With a true minus, and none before a zero. @param {number} value @param {number} [least] digits @param {number} [most] */
export function decimals(value, least = 2, most = least) {
  const options = { minimumFractionDigits: least, maximumFractionDigits: most, signDisplay: /** @type {const} */ ('negative') };
  return number(value, options).replace('-', '\u2212');
}

/** As each language counts what is large: 280 million, 2.8 亿. @param {number} value */
export function large(value) {
  const counted = number(value, { notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 4 });
  return counted.replace(/(?=[万亿])/, ' ');
}

/** A loss as it is written everywhere; of a small one two digits would say little, and what is not 0 is not written as 0. @param {number} value */
export function lossText(value) {
  if (!Number.isFinite(value)) return '–';
  if (value > 0 && value < 1e-6) return power(value);
  return value > 0 && value < 1e-3 ? number(value, { maximumSignificantDigits: 1 }) : decimals(value, 2, value < 0.1 ? 3 : 2);
}

/** What decimals are too long for. @param {number} value */
function power(value) {
  const [digit, ten] = value.toExponential(0).split('e-');
  return `${digit} × 10⁻${ten.replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])}`;
}

/** @param {number} share @param {Intl.NumberFormatOptions} [options] */
export function percent(share, options) {
  return number(share, { style: 'percent', maximumFractionDigits: 0, ...options });
}

/** Names that visitors gave, as a list; of many the first. @param {readonly string[]} names */
export function listed(names) {
  const shown = names.slice(0, LISTED).map((name) => t('list.name', { name: isolated(name) }));
  const rest = names.length - shown.length;
  return new Intl.ListFormat(i18n.tag).format(rest ? [...shown, t('list.more', { count: rest })] : shown);
}

/**
 * What went wrong, in the page's language.
 * @param {{ code?: string, details?: Record<string, any>, message?: string }} error
 */
export function describe({ code, details = {}, message = '' }) {
  if (!code || !has(`error.${code}`)) return t('error.crashed', { reason: message });
  const { field, value, whole, pixels, most } = details;
  return t(`error.${code}`, {
    ...details,
    ...(field && { field: t(`setting.${field}`) }),
    ...(value && { value: value === 'not a number' ? t('number.nan') : value }),
    ...(pixels && { pixels: large(pixels), most: large(most) }),
    kind: t(whole ? 'number.whole' : 'number.any'),
  });
}

/** Redraws a Lit element when the language changes. */
export class Localized extends Listening {
  /** @param {import('lit').ReactiveControllerHost} host */
  constructor(host) {
    super(host, i18n);
  }
}
