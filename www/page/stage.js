// The stage: the whole method at a glance, while it goes on. Each of its panels is the door to a station.
import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import '../learned/live-map.js';
import '../step/pair-idea.js';
import '../step/small-matrix.js';
import '../train/loss-curve.js';
import { shows } from '../ui/hiding.js';
import { t } from '../ui/i18n.js';
import { stations } from './stations.js';

/** @typedef {import('./playground.js').Playground} Page */

/** @param {Page} page */
export function stage(page) {
  const { state } = page;
  const batch = state.batch ?? state.rehearsal;
  const row = state.batch ? state.cell.row : 0;
  const number = batch?.pictures[row % batch.pictures.length];
  return html`
    ${panel('idea', 'views', html`<pair-idea
      .batch=${batch}
      .row=${row}
      .picture=${guard([state.pictures, number], () => (number === undefined ? undefined : state.pictures[number]))}
    ></pair-idea>`)}
    ${panel('curve', 'train', html`<loss-curve
      .loss=${state.curves.loss}
      .levels=${state.levels}
      .filling=${state.filling}
      .steps=${state.progress.steps || (state.settings?.steps ?? 0)}
    ></loss-curve>`)}
    ${panel('matrix', 'step', html`<small-matrix .batch=${batch}></small-matrix>`)}
    ${panel('map', 'learned', html`<live-map .sight=${state.sight} ?builtIn=${state.source !== 'own'}></live-map>`)}
  `;
}

/**
 * A panel with its name, which leads to its station; pressing anywhere on it does, too.
 * @param {string} name @param {string} station @param {unknown} content
 */
function panel(name, station, content) {
  if (!shows(`stage.${name}`)) return nothing;
  const opens = /** @type {string[]} */ (stations()).includes(station);
  const open = () => opens && (location.hash = station);
  return html`<section class="panel ${name} ${opens ? 'door' : ''}" aria-labelledby="panel-${name}" @click=${open}>
    <h2 id="panel-${name}">
      ${opens ? html`<a href="#${station}">${t(`stage.${name}`)}<span aria-hidden="true"> ›</span></a>` : t(`stage.${name}`)}
    </h2>
    ${content}
  </section>`;
}
