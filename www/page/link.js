// All settings as an address, and back. Nothing that an address says is trusted.
import { FIELDS } from '../model/settings-fields.js';
import { singles } from '../ui/single.js';

/** @typedef {import('../engine/session.js').TrainSettings} TrainSettings */
/** @typedef {{ key: string, values: Record<string, string | number> }} Correction a string of the page */

const SOURCES = ['shapes', 'emoji'];
const SIDES = [16, 32, 48, 64];
/** What mail programs, messengers and advertisers put behind any address. */
const STRANGERS = /^(utm_|mc_|_ga|_hs)|clid$|^(igsh|igshid|ref|ref_src|from|si|spm)$/;
/** For the page, not for a run: they stay in the address. */
export const KEPT = ['device', 'instances', 'hide', 'language', 'look', 'sw'];

/**
 * What differs from the defaults, as a query.
 * @param {TrainSettings} settings @param {TrainSettings} defaults @param {{ source: string, side: number }} pictures
 */
export function toQuery(settings, defaults, { source, side }) {
  const query = new URLSearchParams();
  // Photos stay on their device, and so does that they were used.
  if (source !== 'own') query.set('source', source);
  query.set('side', String(side));
  for (const [name, value] of Object.entries(settings)) {
    const text = asText(value);
    if (text !== asText(/** @type {any} */ (defaults)[name])) query.set(name, text);
  }
  return query;
}

/** @param {unknown} value */
function asText(value) {
  return typeof value === 'object' ? JSON.stringify(value, singles) : String(singles('', value));
}

/**
 * What a query asks for, as far as it can be: what is unknown or out of range is corrected, and told. `known` says whether it
 * names any setting.
 * @param {URLSearchParams} query @param {TrainSettings} defaults
 * @param {Record<string, import('../engine/session.js').SettingRange>} ranges
 * @param {(policy: unknown) => Promise<boolean>} isPolicy
 */
export async function fromQuery(query, defaults, ranges, isPolicy) {
  /** @type {Record<string, any>} */ const settings = {};
  /** @type {Correction[]} */ const corrections = [];
  /** @type {{ source?: string, side?: number }} */ const pictures = {};
  const wrong = (/** @type {string} */ key, /** @type {Correction['values']} */ values) => corrections.push({ key: `link.${key}`, values });
  for (const [name, text] of query) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    if (KEPT.includes(name) || STRANGERS.test(name)) continue;
    if (name === 'source' || name === 'side') {
      const value = name === 'side' ? Number(text) : text;
      const known = /** @type {unknown[]} */ (name === 'side' ? SIDES : SOURCES).includes(value);
      if (known) Object.assign(pictures, { [name]: value });
      else wrong('refused', { name, text: shown });
    } else if (name === 'policy') {
      const policy = parsed(text);
      if (policy && (await isPolicy(policy))) settings.policy = policy;
      else wrong('policy', {});
    } else if (Object.hasOwn(ranges, name)) {
      const value = inRange(text, ranges[name]);
      if (value === undefined) wrong('refused', { name, text: shown });
      else {
        settings[name] = value;
        if (value !== Number(text)) wrong('corrected', { name, text: shown, value });
      }
    } else if (choices(name).includes(text)) settings[name] = text;
    else if (typeof (/** @type {any} */ (defaults)[name]) === 'boolean' && /^(true|false)$/.test(text)) settings[name] = text === 'true';
    else wrong(Object.hasOwn(defaults, name) ? 'refused' : 'unknown', { name: name.slice(0, 40), text: shown });
  }
  const known = corrections.some(({ key }) => key !== 'link.unknown') || Object.keys({ ...settings, ...pictures }).length > 0;
  return { settings: /** @type {Partial<TrainSettings>} */ (settings), pictures, corrections, known };
}

/** @param {string} name @returns {readonly string[]} */
function choices(name) {
  const { choices = [], mistakes = [] } = Object.hasOwn(FIELDS, name) ? /** @type {any} */ (FIELDS)[name] : {};
  return [...choices, ...mistakes];
}

/** The nearest number in the range; none for what is no number. @param {string} text @param {{ min: number, max: number, whole: boolean }} range */
function inRange(text, { min, max, whole }) {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value)) return undefined;
  const inside = Math.min(max, Math.max(min, value));
  return whole ? Math.round(inside) : inside;
}

/** @param {string} text */
function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value ? value : undefined;
  } catch {
    return undefined;
  }
}
