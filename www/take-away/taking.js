// What the page hands over: weights, embeddings, the run, a checkpoint.
import { withNotes } from '../engine/checkpoint.js';
import { file } from '../files/files.js';
import { runName } from '../train/run-words.js';

/**
 * @typedef {object} Page what is needed of it
 * @property {import('../engine/session.js').Session} engine
 * @property {import('../kept/keeping.js').Keeping} keeping
 * @property {{ source: string, side: number, pictures: readonly { name: string, label?: string, place?: string }[], curves: import('../train/curves.js').Curves,
 *   levels: import('../train/curves.js').Levels, device?: import('../engine/session.js').DeviceReport, instances?: number, progress: { done: number }, current?: TrainSettings, settings?: TrainSettings }} state
 * @property {{ measured?: import('../engine/session.js').Measured }} learning
 * @property {(change: { taking: string }) => void} set
 *
 * @typedef {import('../engine/session.js').TrainSettings} TrainSettings
 */

/** What weights are saved as. @param {number} step */
export const weightsName = (step) => `weights-${step}.safetensors`;

export class Taking {
  #page;
  #version;

  /** @param {Page} page @param {string} version of it */
  constructor(page, version) {
    this.#page = page;
    this.#version = version;
  }

  /** @param {'weights' | 'loader' | 'csv' | 'npy' | 'json' | 'runCsv' | 'checkpoint'} what */
  async save(what) {
    this.#page.set({ taking: what });
    try {
      const { download } = await import('../figures/download.js');
      const [content, name] = await this.#file(what);
      if (content !== undefined) download(content, name);
    } finally {
      this.#page.set({ taking: '' });
    }
  }

  /** @param {Parameters<Taking['save']>[0]} what @returns {Promise<[Blob | undefined, string]>} */
  async #file(what) {
    const { engine, state } = this.#page;
    const step = state.progress.done;
    if (what === 'weights') return [await engine.weights(), weightsName(step)];
    if (what === 'checkpoint') return [await this.#checkpoint(), `checkpoint-${step}.safetensors`];
    if (what === 'loader') return [await loader(), 'contrastive_playground.py'];
    if (what === 'json' || what === 'runCsv') {
      const { runCsv, runJson } = await import('./run.js');
      const json = what === 'json';
      const text = json ? runJson(this.#run()) : runCsv(this.#run());
      return [new Blob([text], { type: json ? 'application/json' : 'text/csv' }), `run.${json ? 'json' : 'csv'}`];
    }
    const { pictures } = state;
    const values = await engine.embeddings();
    const columns = values.length / pictures.length;
    const { embeddingsCsv, npy } = await import('./embeddings.js');
    if (what === 'npy') return [npy(values, [pictures.length, columns]), `embeddings-${step}.npy`];
    return [await embeddingsCsv({ pictures, judging: await engine.judging(), values, columns }), `embeddings-${step}.csv`];
  }

  /** The core keeps no curves. */
  async #checkpoint() {
    const saved = await this.#page.engine.save();
    return saved && withNotes(saved.file, { curves: this.#page.state.curves, levels: this.#page.state.levels, run: this.#page.keeping.current });
  }

  /** The run in hand. */
  #run() {
    const { keeping, learning, state } = this.#page;
    const { source, side, pictures, curves, levels, device: { kind = '', adapter = '' } = {}, instances: cores = 1 } = state;
    const kept = keeping.runs.find(({ id }) => id === keeping.current);
    const settings = /** @type {import('../engine/session.js').TrainSettings} */ (state.current ?? state.settings);
    const run = { id: kept?.id ?? Date.now(), name: kept?.name, source, side, pictures: pictures.length, settings, curves, levels };
    return { ...run, name: runName(run), device: { kind, adapter, cores }, version: this.#version, measured: learning.measured };
  }
}

/** The program that reads the weights. */
async function loader() {
  const answer = await file('contrastive_playground.py');
  if (!answer.ok) throw new Error(`contrastive_playground.py: ${answer.status}`);
  return answer.blob();
}
