// The stations of the pipeline: what each shows, and where its wishes go.
import { html, nothing } from 'lit';
import { cache } from 'lit/directives/cache.js';
import { guard } from 'lit/directives/guard.js';
import { anchorOf } from '../engine/batch.js';
import '../learned/embedding-map.js';
import '../learned/factor-table.js';
import '../step/info-nce-formula.js';
import '../learned/learned-scores.js';
import '../model/advice-list.js';
import '../model/model-settings.js';
import '../learned/occlusion-view.js';
import '../step/pair-inspector.js';
import '../photos/picture-gallery.js';
import '../ui/pipeline-part.js';
import '../train/run-history.js';
import '../learned/similar-pictures.js';
import '../step/similarity-matrix.js';
import '../step/softmax-bars.js';
import '../take-away/take-away.js';
import '../train/training-curves.js';
import '../views/view-preview.js';
import { shows } from '../ui/hiding.js';
import { i18n, t } from '../ui/i18n.js';
import { choice } from './choice.js';
import { STATIONS } from './hiding.js';
import { NO_REPORT } from '../photos/photos.js';
import { isUnvaried } from '../model/advice.js';
import { recipeOf } from '../model/recipes.js';
import { LEAST } from '../engine/sets.js';
import { runName } from '../train/run-words.js';
import { weightsName } from '../take-away/taking.js';

/** @typedef {import('./playground.js').Playground} Page @typedef {(event: CustomEvent) => unknown} Listener */

// The page is drawn anew with each report of a run; an element draws itself only if it is handed another thing, which
// is what `guard` is for below.

/** Earlier runs that are drawn at most. */
const OVERLAYS = 6;

const CONTENTS = { photos, views, model, train, step, learned, take };

/** Those that there are. @returns {(keyof typeof CONTENTS)[]} */
export function stations() {
  return STATIONS.filter(shows);
}

/** The one that is open; what was done in the others stays as it is. @param {Page} page */
export function openStation(page) {
  const name = stations().find((name) => name === page.state.station);
  return html`${cache(name ? station(page, name) : nothing)}`;
}

/** While a lesson is on it leads nowhere. @param {Page} page @param {string} name */
export function station(page, name) {
  const content = CONTENTS[/** @type {keyof typeof CONTENTS} */ (name)](page);
  // A lesson has steps of its own to count.
  const number = page.state.lectern ? 0 : /** @type {string[]} */ (stations()).indexOf(name) + 1;
  return html`<pipeline-part id=${name} .name=${name} .number=${number} back=${page.state.lectern ? '' : '#stage'}>
    ${cache(content)}
  </pipeline-part>`;
}

/** @param {Page} page */
function photos(page) {
  const { state, photos } = page;
  const album = page.keeping.photos;
  return html`${shows('stage.pictures') ? html`<div class="sources">${choice(page)}</div>` : nothing}
    <p class="faint">${t('private')}</p>
    <picture-gallery
    .source=${state.source}
    .side=${state.side}
    .pictures=${state.pictures}
    .heldOut=${state.set?.heldOut ?? 0}
    .unjudged=${state.set?.unjudged}
    .selected=${state.selected}
    .adding=${state.adding}
    .skipped=${state.skipped}
    .duplicates=${state.duplicates}
    ?waiting=${state.waiting}
    ?over=${state.over}
    ?disabled=${state.busy}
    @side=${page.attempts((side) => page.use(state.source, side))}
    @files=${/** @type {Listener} */ ((event) => photos.add(event.detail))}
    @squares=${/** @type {Listener} */ ((event) => photos.addSquares(() => event.detail))}
    @builtin=${/** @type {Listener} */ ((event) => photos.addBuiltIn(event.detail))}
    @cancel=${() => photos.cancel()}
    @select=${/** @type {Listener} */ ((event) => page.set({ selected: event.detail }))}
    @label=${/** @type {Listener} */ ((event) => album.label(state.selected, event.detail || undefined))}
    @remove=${() => page.keeping.remove(state.selected)}
    @clear=${() => page.keeping.remove(album.pictures.map(({ id }) => id))}
    @merge=${/** @type {Listener} */ ((event) => photos.merge(event.detail))}
    @keep=${/** @type {Listener} */ ((event) => photos.keep(event.detail))}
    @dismiss=${() => page.set({ skipped: NO_REPORT })}
    @problem=${/** @type {Listener} */ ((event) => page.notice({ problem: event.detail }))}
  ></picture-gallery>`;
}

/** @param {Page} page */
function views(page) {
  const { state, views } = page;
  const unvaried = state.settings && isUnvaried(state.settings);
  return html`<view-preview
    .originals=${state.originals}
    .views=${state.views}
    .parameters=${state.parameters}
    .policy=${state.settings?.policy}
    .side=${state.side}
    ?disabled=${state.busy}
    @draw=${page.attempts(() => views.draw())}
    @policy=${page.attempts((policy) => views.use(policy))}
    @preset=${page.attempts(async (name) => views.use(await page.engine.preset(name)))}
  >${shows('model.advice')
    ? html`<advice-list .advice=${guard([unvaried], () => (unvaried ? [{ key: 'advice.unvaried' }] : []))}></advice-list>`
    : nothing}</view-preview>`;
}

/** @param {Page} page */
function model(page) {
  const { state } = page;
  return html`<model-settings
    .settings=${state.settings}
    .defaults=${page.defaults && page.usual().settings}
    .recipe=${page.defaults && state.settings && recipeOf(state.settings, state.side, page.defaults)}
    .current=${state.current}
    .cost=${state.cost}
    .pictures=${state.pictures.length}
    .labelled=${state.set?.labelled ?? 0}
    .alone=${state.foreseen.alone}
    .wrong=${state.wrong}
    .problem=${state.refused}
    ?running=${state.running}
    ?began=${state.progress.done > 0}
    ?disabled=${state.busy}
    @settings=${/** @type {Listener} */ ((event) => page.settings(event.detail))}
    @recipe=${page.attempts((name) => page.recipe(name))}
  ></model-settings>`;
}

/** @param {Page} page */
function train(page) {
  const { state, keeping } = page;
  return html`
    ${shows('train.curves')
      ? html`<training-curves
          .curves=${state.curves}
          .levels=${state.levels}
          .method=${state.current?.method ?? state.settings?.method ?? 'simClr'}
          .filling=${state.filling}
          .dimensions=${state.cost?.projection ?? 64}
          .overlays=${guard([state.runs, keeping.current, i18n.language], () => overlays(page))}
        ></training-curves>`
      : nothing}
    ${shows('train.history')
      ? html`<run-history
          .runs=${state.runs}
          .current=${keeping.current}
          @change=${page.attempts((change) => keeping.change(change))}
          @drop=${page.attempts((id) => keeping.drop(id))}
        ></run-history>`
      : nothing}
  `;
}

/** @param {Page} page */
function overlays({ state, keeping }) {
  const shown = state.runs.filter(({ id, shown }) => shown && id !== keeping.current).slice(0, OVERLAYS);
  return shown.map((run) => ({ id: run.id, name: runName(run), curves: run.curves, mark: run.mark }));
}

/** @param {Page} page */
function step(page) {
  const { batch: trained, rehearsal, start, cell, busy } = page.state;
  const batch = trained ?? rehearsal;
  if (!batch) return html`<p class="faint">${t('step.none')}</p>`;
  const anchor = () => guard([batch, cell.row], () => anchorOf(batch, cell.row));
  const choose = /** @type {Listener} */ ((event) => page.set({ cell: event.detail }));
  return html`
    ${trained ? nothing : html`<p class="faint note">${batch.step ? t('step.rehearsal.trained', { step: batch.step }) : t('step.rehearsal')}</p>`}
    <div class="split">
      ${shows('step.matrix')
        ? html`<similarity-matrix .batch=${batch} .row=${cell.row} .column=${cell.column} @cell=${choose}></similarity-matrix>`
        : nothing}
      <div>
        ${shows('step.softmax')
          ? html`<softmax-bars .batch=${batch} .anchor=${anchor()} .column=${cell.column} @cell=${choose}></softmax-bars>`
          : nothing}
        ${shows('step.formula') ? html`<info-nce-formula .anchor=${anchor()} .method=${batch.method}></info-nce-formula>` : nothing}
      </div>
    </div>
    ${shows('step.pairs')
      ? html`<pair-inspector
          .batch=${batch}
          .start=${trained ? start : null}
          .row=${cell.row}
          ?disabled=${busy}
          @cell=${choose}
          @compare=${page.attempts(() => page.running.compare())}
        ></pair-inspector>`
      : nothing}
  `;
}

/** @param {Page} page */
function learned(page) {
  const { learning, state } = page;
  const { learned: found, pictures, busy, running, progress, source } = state;
  if (!progress.done) return html`<p class="faint">${t('learned.none')}</p>`;
  const count = pictures.length;
  return html`
    ${count < LEAST ? html`<p class="faint">${t('error.tooFewPictures', { count })}</p>` : nothing}
    ${found.step && found.step !== progress.done
      ? html`<p class="faint">${t('learned.stale', { step: found.step })}
          ${running ? nothing : html`<button class="link" @click=${page.attempts(() => learning.look())}>${t('learned.look')}</button>`}</p>`
      : nothing}
    <div class="found">
      <div>
        ${!shows('learned.map') ? nothing : found.coordinates ? map(page) : html`<button
          ?disabled=${busy || count < LEAST}
          @click=${page.attempts(() => learning.look())}
        >${t('learned.map')}</button>`}
        ${shows('learned.scores')
          ? html`${found.report || found.few ? since(page) : nothing}<learned-scores
              .report=${found.report}
              .few=${found.few}
              .working=${found.working}
              .problem=${found.problem}
              ?running=${running}
              ?disabled=${busy || count < LEAST}
              @measure=${page.attempts(({ what, seen }) => learning.measure(what, { seen }))}
              @anew=${page.attempts(() => page.anew())}
            ></learned-scores>`
          : nothing}
      </div>
      <div>
        ${found.coordinates && shows('learned.search') ? search(page) : nothing}
        ${found.coordinates && shows('learned.occlusion') ? occlusion(page) : nothing}
        ${source === 'shapes' && shows('learned.factors')
          ? html`${found.factors ? since(page) : nothing}<factor-table
              .table=${found.factors}
              ?working=${found.working === 'factors'}
              ?disabled=${busy}
              @measure=${page.attempts(() => learning.measure('factors'))}
            ></factor-table>`
          : nothing}
      </div>
    </div>
  `;
}

/** What was measured is of this step, if the run has gone on. @param {Page} page */
function since({ state: { learned: { measured, working }, progress } }) {
  return working || measured === progress.done ? nothing : html`<p class="faint">${t('learned.measured', { step: measured })}</p>`;
}

/** @param {Page} page */
function map(page) {
  const { state, learning } = page;
  const { coordinates, pictures, groupings, query, neighbours, method, progress, explained } = state.learned;
  return html`<embedding-map
    .coordinates=${coordinates}
    .pictures=${pictures}
    .groupings=${groupings}
    .chosen=${query && 'index' in query ? query.index : undefined}
    .similar=${guard([neighbours], () => neighbours?.map(({ index }) => index) ?? [])}
    .method=${method}
    .progress=${progress}
    .explained=${explained}
    ?disabled=${state.busy}
    @pick=${page.attempts((index) => learning.pick(index))}
    @method=${page.attempts((method) => learning.map(method))}
    @cancel=${() => learning.cancel()}
  ></embedding-map>`;
}

/** @param {Page} page */
function search(page) {
  const { state, learning } = page;
  const { pictures, query, neighbours, refused } = state.learned;
  return html`<similar-pictures
    .pictures=${pictures}
    .query=${query}
    .neighbours=${neighbours}
    .refused=${refused}
    ?disabled=${state.busy}
    @pick=${page.attempts((index) => learning.pick(index))}
    @search=${page.attempts((files) => learning.search(files))}
  ></similar-pictures>`;
}

/** What of the query makes it similar to its nearest neighbour. @param {Page} page */
function occlusion(page) {
  const { state, learning } = page;
  const { query, other, pictures, pair, occlusion: map, working } = state.learned;
  if (!query || !('index' in query) || other === undefined) return nothing;
  const shown = (/** @type {number} */ which) => () => {
    const { name, side, rgb } = pictures[[query.index, other][which]];
    return map ? { name, side: state.side, rgb: pair[which] } : { name, side, rgb };
  };
  return html`<occlusion-view
    .map=${map}
    .picture=${guard([map, query], shown(0))}
    .other=${guard([map, query, other], shown(1))}
    ?working=${working === 'occlusion'}
    ?disabled=${state.busy}
    @measure=${page.attempts(() => learning.occlude())}
  ></occlusion-view>`;
}

/** @param {Page} page */
function take(page) {
  const { state, taking, running } = page;
  return html`<take-away
    .link=${page.link}
    .pictures=${state.pictures.length}
    .weights=${weightsName(state.progress.done)}
    .working=${state.taking}
    ?began=${state.progress.done > 0}
    ?disabled=${state.busy || state.waiting}
    @save=${page.attempts((what) => taking.save(what))}
    @load=${page.attempts((file) => running.load(file))}
  ></take-away>`;
}
