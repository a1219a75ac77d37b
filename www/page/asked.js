// The language and the look that a link asks for. Both are of this visit: the visitor's own choices stay as they were, and a
// choice made now takes the link's off the address, so that it holds after a reload too.
import { i18n, languages } from '../ui/i18n.js';
import { look } from '../ui/look.js';

/** What each can be. */
export const SHOWN = { language: Object.keys(languages), look: ['projector'] };

/** Before anything is drawn. @param {URLSearchParams} query @returns {{ name: string, text: string }[]} what cannot be */
export function showAsked(query) {
  const asked = Object.entries(SHOWN).flatMap(([name, choices]) => (query.has(name) ? [{ name, choices, text: query.get(name) ?? '' }] : []));
  const [can, cannot] = [true, false].map((so) => asked.filter(({ choices, text }) => choices.includes(text) === so));
  for (const { name, text } of can) name === 'language' ? speak(text) : enlarge();
  return cannot.map(({ name, text }) => ({ name, text: text.slice(0, 40) }));
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
