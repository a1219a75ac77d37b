import { unsafeCSS } from 'lit';
// Chooses between light and dark, for elements that draw on no canvas too.
import './look.js';
import text from '../styles/shared.css?text';

/** What all elements of the page have in common. */
export const shared = unsafeCSS(text);
