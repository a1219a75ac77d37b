// The stage: the whole method at a glance, while it goes on. Each of its panels is the door to a station.
import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import '../learned/live-map.js';
import '../step/pair-idea.js';
import '../step/small-matrix.js';
import '../train/loss-curve.js';
import { LEAST } from '../engine/sets.js';
import { shows } from '../ui/hiding.js';
import { t } from '../ui/i18n.js';
import { stations } from './stations.js';

/** @typedef {import('./playground.js').Playground} Page */

/** @param {Page} page */
export function stage(page) {
  const { state } = page;
  const batch = state.batch ?? state.rehearsal;
  const row = state.batch ? state.cell.row : 0;
  const drawn = sketch(page);
  const number = batch?.pictures[row % batch.pictures.length];
  return html`
    ${panel(page, 'idea', 'views', html`<pair-idea
      .batch=${batch}
      .row=${row}
      .picture=${guard([state.pictures, number], () => (number === undefined ? undefined : state.pictures[number]))}
    ></pair-idea>`)}
    ${panel(page, 'curve', 'train', html`<loss-curve
      .loss=${state.curves.loss}
      .levels=${state.levels}
      .filling=${state.filling}
      .steps=${state.progress.steps || (state.settings?.steps ?? 0)}
      .sketch=${drawn?.sketch}
      ?drawing=${drawn?.drawing ?? false}
      @sketch=${(/** @type {CustomEvent} */ event) => page.teaching.guess(event.detail)}
    ></loss-curve>`)}
    ${panel(page, 'matrix', 'step', html`<small-matrix .batch=${batch}></small-matrix>`)}
    ${panel(page, 'map', 'learned', html`<live-map .sight=${state.sight} ?few=${state.pictures.length < LEAST} ?refused=${Boolean(state.refused)} ?builtIn=${state.source !== 'own'} ?running=${state.running} ?late=${!state.running && state.sight?.step !== state.progress.done}></live-map>`)}
  `;
}

/** The curve that a lesson has one draw, or has had one draw. @param {Page} page */
function sketch({ teaching }) {
  if (teaching.step?.guess?.kind !== 'curve' || teaching.missing.length) return undefined;
  return { sketch: teaching.context.guess, drawing: !teaching.begun };
}

/**
 * A panel with its name, which leads to its station, unless a lesson is on; pressing anywhere on it does, too.
 * @param {Page} page @param {string} name @param {string} station @param {unknown} content
 */
function panel(page, name, station, content) {
  if (!shows(`stage.${name}`)) return nothing;
  const opens = !page.state.lectern && /** @type {string[]} */ (stations()).includes(station);
  const open = () => opens && (location.hash = station);
  return html`<section class="panel ${name} ${opens ? 'door' : ''}" aria-labelledby="panel-${name}" @click=${open}>
    <h2 id="panel-${name}">
      ${opens ? html`<a href="#${station}">${t(`stage.${name}`)}<span aria-hidden="true"> ›</span></a>` : t(`stage.${name}`)}
    </h2>
    ${content}
  </section>`;
}
