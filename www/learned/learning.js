// What the page does with what was learned: maps it, searches by it, measures it.
import { i18n, kindName, shapeNames, t } from '../ui/i18n.js';
import { onePicture } from '../intake/one-picture.js';
import { SessionError } from '../engine/session.js';
import { LEAST } from '../engine/sets.js';
import { umap } from './umap.js';

/** Most similar pictures that are shown: so many, and no more than a third of all, as else the unlike would be among them. */
const SIMILAR = 12;
const SHARE = 1 / 3;
/** Updates of the linear probe, and of the fine-tuning. */
export const PROBE_STEPS = 100;
/** Keys of groupings, beside the names of factors. */
const LABEL = 'label';
const SPLIT = 'split';

/** @typedef {import('../engine/session.js').Square} Square @typedef {import('../engine/session.js').Measured} Measured @typedef {{ index: number } | Square} Query */
/** @typedef {import('../figures/groups.js').Grouping} Grouping */

export const NOTHING_LEARNED = {
  /** The step that the map is of, and its pictures. */
  step: 0,
  pictures: /** @type {readonly (Square & { id?: number })[]} */ ([]),
  coordinates: /** @type {Float32Array | undefined} */ (undefined),
  explained: /** @type {number[] | undefined} */ (undefined),
  /** Of the built-in shapes, by each factor. */
  drawn: /** @type {import('contrastive-playground').FactorClasses[]} */ ([]),
  /** Numbers of those that judge, as the encoder was not trained on them. */
  judging: /** @type {ReadonlySet<number>} */ (new Set()),
  groupings: /** @type {Grouping[]} */ ([]),
  method: /** @type {'pca' | 'umap'} */ ('pca'),
  /** Of UMAP, 0..1, while it is at work. */
  progress: /** @type {number | undefined} */ (undefined),
  query: /** @type {Query | undefined} */ (undefined),
  neighbours: /** @type {import('contrastive-playground').Neighbour[] | undefined} */ (undefined),
  /** The file that could not be searched by. */
  refused: /** @type {import('../intake/intake.js').Skipped | undefined} */ (undefined),
  occlusion: /** @type {import('contrastive-playground').OcclusionMap | undefined} */ (undefined),
  /** RGBA of the two pictures that it is of. */
  pair: /** @type {Uint8ClampedArray[]} */ ([]),
  /** The picture that the query is compared with there. */
  other: /** @type {number | undefined} */ (undefined),
  report: /** @type {import('contrastive-playground').JudgedReport | undefined} */ (undefined),
  few: /** @type {import('contrastive-playground').FewReport | undefined} */ (undefined),
  factors: /** @type {import('contrastive-playground').FactorTable | undefined} */ (undefined),
  /** The step that these were measured at. */
  measured: 0,
  working: '',
  problem: /** @type {SessionError | undefined} */ (undefined),
};

/** Of what was learned, all that is of one search. */
const NOT_SEARCHED = { query: undefined, neighbours: undefined, refused: undefined, occlusion: undefined, other: undefined };

/**
 * @typedef {object} Page what is needed of it
 * @property {import('../engine/session.js').Session} engine
 * @property {{ learned: typeof NOTHING_LEARNED, running: boolean, progress: { done: number }, waiting: boolean, station: string, source: string,
 *   pictures: typeof NOTHING_LEARNED.pictures }} state
 * @property {(change: { learned: typeof NOTHING_LEARNED }) => void} set
 * @property {{ measured: (measured?: Measured) => Promise<void> }} keeping
 * @property {(error: SessionError) => boolean} ends
 */

export class Learning {
  #page;
  /** @type {AbortController | undefined} */ #mapping;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    i18n.addEventListener('change', () => {
      const { pictures, drawn, judging } = this.#state;
      if (pictures.length) this.#set({ groupings: this.#groupings(pictures, drawn, judging) });
    });
  }

  get #state() {
    return this.#page.state.learned;
  }

  /** @param {Partial<typeof NOTHING_LEARNED>} change */
  #set(change) {
    this.#page.set({ learned: { ...this.#state, ...change } });
  }

  /** There is nothing learned any more, or other pictures. */
  forget() {
    this.cancel();
    this.#page.set({ learned: NOTHING_LEARNED });
  }

  /** What was measured of the run in hand. @returns {Measured | undefined} */
  get measured() {
    const { measured: step, report, few, factors } = this.#state;
    return report || few || factors ? { step, report, few, factors } : undefined;
  }

  /** Of a run that is in hand again there is no more than what was measured of it. @param {Measured} [measured] */
  recall({ step: measured, ...found } = { step: 0 }) {
    this.forget();
    this.#set({ ...found, measured });
  }

  /** The map of the pictures as the encoder has them now, unless there is one. @param {{ anew?: boolean }} [options] */
  async look({ anew = false } = {}) {
    const { running, progress, pictures, waiting, station } = this.#page.state;
    if (running || waiting || !progress.done || pictures.length < LEAST || station !== 'learned') return;
    if (!anew && this.#state.step === progress.done && this.#state.pictures === pictures) return;
    this.cancel();
    const { engine, state } = this.#page;
    const { coordinates, explained } = await engine.pca(2);
    const drawn = state.source === 'shapes' ? await engine.factorClasses() : [];
    const judging = new Set(await engine.judging());
    // Meanwhile there may be other pictures.
    if (this.#page.state.pictures !== pictures || coordinates.length !== 2 * pictures.length) return;
    const query = this.#state.pictures === pictures ? this.#state.query : undefined;
    const map = { coordinates: Float32Array.from(coordinates), explained, drawn, judging, groupings: this.#groupings(pictures, drawn, judging), pictures, method: /** @type {const} */ ('pca') };
    this.#set({ ...map, step: progress.done, query, neighbours: undefined, occlusion: undefined });
    if (query) await this.#find(query);
  }

  /** @param {'pca' | 'umap'} method */
  async map(method) {
    if (method === 'pca') return this.look({ anew: true });
    this.cancel();
    const { signal } = (this.#mapping = new AbortController());
    const { pictures } = this.#state;
    this.#set({ progress: 0 });
    try {
      const values = await this.#page.engine.embeddings();
      const onProgress = (/** @type {number} */ progress) => !signal.aborted && this.#set({ progress });
      const columns = values.length / pictures.length;
      const coordinates = await umap(values, pictures.length, columns, { start: this.#state.coordinates, signal, onProgress });
      if (this.#state.pictures === pictures) this.#set({ coordinates, explained: undefined, method });
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (this.#mapping?.signal === signal) this.#set({ progress: undefined });
    }
  }

  cancel() {
    this.#mapping?.abort();
    this.#mapping = undefined;
    if (this.#state.progress !== undefined) this.#set({ progress: undefined });
  }

  /** @param {readonly { label?: string }[]} pictures @param {import('contrastive-playground').FactorClasses[]} drawn @param {ReadonlySet<number>} judging */
  #groupings(pictures, drawn, judging) {
    return [...groupingsOf(pictures, drawn, this.#page.state.source !== 'own'), ...split(pictures, judging)];
  }

  /** Searches by one of the pictures. @param {number} index */
  pick(index) {
    return this.#find({ index });
  }

  /** Searches by a picture that is not among them. @param {readonly File[]} files */
  async search(files) {
    const { square, refused } = await onePicture(files);
    // What was found before is not similar to what is no picture.
    return square ? this.#find(square) : this.#set({ ...NOT_SEARCHED, refused });
  }

  /** @param {Query} query */
  async #find(query) {
    const { engine } = this.#page;
    this.#set({ ...NOT_SEARCHED, query });
    const count = Math.min(SIMILAR, Math.ceil(SHARE * this.#page.state.pictures.length));
    const { neighbours } = await ('index' in query ? engine.nearest(query.index, count + 1) : engine.nearestTo(query, count));
    // It finds itself first.
    const others = neighbours.filter(({ index }) => !('index' in query) || index !== query.index).slice(0, count);
    if (this.#state.query === query) this.#set({ neighbours: others, other: others[0]?.index });
  }

  /** What of the query makes it similar to the most similar picture. */
  occlude() {
    const { query, other } = this.#state;
    if (!query || !('index' in query) || other === undefined) return Promise.resolve();
    const { engine } = this.#page;
    return this.#work('occlusion', async () => {
      const occlusion = await engine.occlusion(query.index, other);
      // At the side that the encoder sees, which the map is of.
      const pair = [await engine.thumbnails(query.index, 1), await engine.thumbnails(other, 1)];
      return { occlusion, pair };
    });
  }

  /** @param {'knn' | 'probe' | 'few' | 'factors'} what @param {{ seen?: boolean }} [options] `seen`: pictures that were trained on judge too */
  measure(what, { seen = false } = {}) {
    const { engine } = this.#page;
    return this.#work(what, async () => {
      if (what === 'few') return { few: await engine.fewLabels({ seen }) };
      if (what === 'factors') return { factors: await engine.factors() };
      return { report: await engine.evaluate({ probeSteps: what === 'probe' ? PROBE_STEPS : 0, seen }) };
    });
  }

  /** @param {string} working @param {() => Promise<Partial<typeof NOTHING_LEARNED>>} task */
  async #work(working, task) {
    const measured = this.#page.state.progress.done;
    // What was measured at another step is of another encoder.
    const stale = this.#state.measured !== measured && { report: undefined, few: undefined, factors: undefined };
    this.#set({ working, problem: undefined, ...stale, measured });
    try {
      this.#set(await task());
      await this.#page.keeping.measured(this.measured);
    } catch (error) {
      if (!(error instanceof SessionError) || this.#page.ends(error)) throw error;
      this.#set({ problem: error });
    } finally {
      this.#set({ working: '' });
    }
  }
}

/**
 * What a map can be coloured by, in the page's words.
 * @param {readonly { label?: string }[]} pictures @param {import('contrastive-playground').FactorClasses[]} drawn
 * @param {boolean} builtIn the labels are those of a built-in set
 * @returns {Grouping[]}
 */
function groupingsOf(pictures, drawn, builtIn) {
  const labels = pictures.map(({ label }) => (builtIn && label ? kindName(label) : label));
  // The label of a drawn picture is its shape.
  const name = t(drawn.length ? 'factors.of.shape' : 'map.label.name');
  const factors = drawn.filter(({ factor }) => factor !== 'shape').map(({ factor, classes }) => {
    const word = factor === 'color' ? 'map.hue' : 'map.quarter';
    const values = classes.map((number) => (number == null ? undefined : t(word, { number: number + 1 })));
    return { key: factor, name: t(`factors.of.${factor}`), values };
  });
  return labels.some((label) => label !== undefined) ? [{ key: LABEL, name, values: labels, order: builtIn ? shapeNames() : [] }, ...factors] : factors;
}

/** Which pictures the encoder was not trained on, where there are any. @param {readonly unknown[]} pictures @param {ReadonlySet<number>} judging @returns {Grouping[]} */
function split(pictures, judging) {
  if (!judging.size) return [];
  const order = [t('map.training'), t('map.heldOut')];
  return [{ key: SPLIT, name: t('map.split'), values: pictures.map((_, index) => order[Number(judging.has(index))]), order }];
}
