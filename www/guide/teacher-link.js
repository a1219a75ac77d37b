// A teacher's link: what it opens, what it begins with, and what it leaves out.

/**
 * @typedef {object} Choice
 * @property {string} page address of the playground
 * @property {string} opens what stands behind the `#`: a station, a lesson, or nothing for the stage
 * @property {string} source of the pictures, or nothing
 * @property {string} device or nothing
 * @property {string} language or nothing
 * @property {string} look or nothing
 * @property {number | undefined} seed
 * @property {number | undefined} steps
 * @property {readonly string[]} hide
 */

/** What an address can be made of that is a page at all. @param {string} address */
export function isPage(address) {
  try {
    return ['http:', 'https:', 'file:'].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** Nobody but this computer can open it. @param {string} address */
export function isLocal(address) {
  const { protocol, hostname } = new URL(address);
  return protocol === 'file:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** What a lesson sets itself, whatever its link says. */
const SET_BY_LESSONS = ['source', 'steps'];

/** Does what the link opens set this itself? @param {string} opens @param {string} setting */
export function isSet(opens, setting) {
  return opens.startsWith('lesson') && SET_BY_LESSONS.includes(setting);
}

/** Is the station that the link opens not there? A lesson shows what it needs. @param {string} opens @param {ReadonlySet<string>} hide */
export function opensHidden(opens, hide) {
  return Boolean(opens) && !opens.startsWith('lesson') && (hide.has(opens) || hide.has('page.stations'));
}

/** @param {Choice} choice whose `page` is one */
export function linkOf({ page, opens, source, device, language, look, seed, steps, hide }) {
  const link = new URL(page);
  // Who copies this very page's address means the playground that it lies beside.
  link.pathname = link.pathname.replace(/(?<=\/)guide\/(en|zh)\/([\w-]+\.html)?$/, '');
  link.search = '';
  const settings = Object.entries({ source, device, language, look, seed, steps }).filter(([name]) => !isSet(opens, name));
  for (const [name, value] of settings) if (value || value === 0) link.searchParams.set(name, String(value));
  // A comma may stand in a query, and a name has nothing that may not.
  if (hide.length) link.search += `${link.search ? '&' : '?'}hide=${hide.join()}`;
  link.hash = opens;
  return link.href;
}

/** Names without those that go with a whole station, as a station's parts do. @param {ReadonlySet<string>} names */
export function least(names) {
  return [...names].filter((name) => !name.includes('.') || !names.has(name.split('.')[0]));
}
