// Links to what lies beside the page: the guide in each language (`www/guide`), and the page as a single file (`tools/single.mjs`).
import { html, nothing } from 'lit';
import { i18n, t } from '../ui/i18n.js';

/** To pages of it; none from the single file, which is opened without a server and has nothing beside it. @param {string[]} names */
export function guideLinks(...names) {
  if (location.protocol === 'file:') return nothing;
  return names.map((name) => html`<a href="guide/${i18n.language}/${name}.html">${t(`guide.${name}`)}</a> `);
}

/** To all of the page in one file, for who will have no network; none from that file. */
export function singleLink() {
  if (location.protocol === 'file:') return nothing;
  return html`<a href="contrastive-playground.html" download>${t('single')}</a> `;
}
