// Links to the guide, which lies beside the page in each language (`www/guide`).
import { html, nothing } from 'lit';
import { i18n, t } from '../ui/i18n.js';

/** To pages of it; none from the single file, which is opened without a server and has nothing beside it. @param {string[]} names */
export function guideLinks(...names) {
  if (location.protocol === 'file:') return nothing;
  return names.map((name) => html`<a href="guide/${i18n.language}/${name}.html">${t(`guide.${name}`)}</a> `);
}
