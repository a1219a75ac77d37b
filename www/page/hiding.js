// What a link can leave out of the page: `?hide=model,step.formula`.
import { FIELDS } from '../model/settings-fields.js';
import { AUGMENTATIONS } from '../views/augmentations.js';

/** The stations, in the order of the pipeline. */
export const STATIONS = /** @type {const} */ (['photos', 'views', 'model', 'train', 'step', 'learned', 'take']);

/** What there is to be left out of the page, of the stage and of each station. @type {Record<string, string[]>} */
export const PARTS = {
  page: ['stations', 'language', 'look', 'device', 'storage', 'explain', 'figures'],
  stage: ['step', 'reset', 'pictures', 'idea', 'curve', 'map', 'kinds', 'shares', 'matrix'],
  photos: ['files', 'folder', 'camera', 'builtIn', 'side', 'tools'],
  views: ['preset', ...AUGMENTATIONS],
  model: ['recipe', 'advice', 'network', ...Object.keys(FIELDS)],
  train: ['curves', 'metric', 'smoothing', 'log', 'history'],
  step: ['matrix', 'softmax', 'formula', 'pairs'],
  learned: ['map', 'method', 'color', 'search', 'occlusion', 'scores', 'knn', 'probe', 'few', 'factors'],
  take: ['weights', 'embeddings', 'run', 'checkpoint', 'link', 'use'],
};

const NAMES = new Set([
  ...STATIONS,
  ...Object.entries(PARTS).flatMap(([room, names]) => names.map((name) => `${room}.${name}`)),
]);

/** Those of a list that there are, and those that there are not. @param {string} list with commas between the names */
export function toHide(list) {
  const names = list.split(',').map((name) => name.trim()).filter(Boolean);
  const known = names.filter((name) => NAMES.has(name));
  const all = known.includes('page.stations') ? [...known, ...STATIONS] : known;
  return { names: all, unknown: names.filter((name) => !NAMES.has(name)).map((name) => name.slice(0, 40)) };
}
