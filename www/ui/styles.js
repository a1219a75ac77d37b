import { unsafeCSS } from 'lit';
import text from '../styles/shared.css?text';

/** What all elements of the page have in common. */
export const shared = unsafeCSS(text);
