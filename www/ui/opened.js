// Which foldable parts of the page are open, remembered.
import { choose, chosenObject } from './choices.js';

/** @param {string} name @param {boolean} usual where nothing is remembered */
export function isOpen(name, usual) {
  const open = chosenObject('opened')[name];
  return typeof open === 'boolean' ? open : usual;
}

/** @param {string} name @param {boolean} open */
export function remember(name, open) {
  choose('opened', JSON.stringify({ ...chosenObject('opened'), [name]: open }));
}
