// How a link asks for the page to be shown: what is left out of it, its language, its look. These are of this visit: the visitor's
// own choices stay as they were, and a choice made now takes the link's off the address, so that it holds after a reload too.
import { hide } from '../ui/hiding.js';
import { i18n, languages } from '../ui/i18n.js';
import { look } from '../ui/look.js';
import { toHide } from './hiding.js';

/** What each can be. */
export const SHOWN = { language: Object.keys(languages), look: ['projector'] };

/** Before anything is drawn. @param {URLSearchParams} query @returns {{ key: string, values: Record<string, string> }[]} what cannot be */
export function showAsked(query) {
  const { names, unknown } = toHide(query.get('hide') ?? '');
  hide(names);
  const asked = Object.entries(SHOWN).flatMap(([name, choices]) => (query.has(name) ? [{ name, choices, text: query.get(name) ?? '' }] : []));
  const [can, cannot] = [true, false].map((so) => asked.filter(({ choices, text }) => choices.includes(text) === so));
  for (const { name, text } of can) name === 'language' ? speak(text) : enlarge();
  return [
    ...unknown.map((name) => ({ key: 'link.hide', values: { name } })),
    ...cannot.map(({ name, text }) => ({ key: 'link.refused', values: { name, text: text.slice(0, 40) } })),
  ];
}

/** @param {string} language */
function speak(language) {
  i18n.lend(language);
  i18n.addEventListener('change', () => takeOff('language'), { once: true });
}

function enlarge() {
  look.lend({ projector: true });
  look.addEventListener('change', () => look.projector || takeOff('look'));
}

/** @param {string} name */
function takeOff(name) {
  const address = new URL(location.href);
  address.searchParams.delete(name);
  history.replaceState(null, '', address);
}
