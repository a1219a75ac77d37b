// The settings of a run as a form shows them: all but the recipe of the views.

/**
 * @typedef {import('contrastive-playground').TrainSettings} TrainSettings
 * @typedef {Exclude<keyof TrainSettings, 'policy'>} Setting
 * @typedef {object} Field a choice where it has `choices`, a number where it has a `step`, else a switch
 * @property {string} group
 * @property {boolean} [basic] shown at once
 * @property {boolean} [atReset] a run that has begun keeps what it began with
 * @property {readonly string[]} [choices]
 * @property {readonly string[]} [mistakes] choices that are there to be seen failing
 * @property {number} [step] of the arrow keys; any number can be typed
 * @property {(settings: TrainSettings) => boolean} [shown] not at all where false
 * @property {(settings: TrainSettings) => string | undefined} [idle] key of why it has no effect
 */

export const METHODS = /** @type {const} */ (['simClr', 'infoNce', 'moco', 'supCon']);

export const MISTAKES = /** @type {const} */ ([
  'articleLoss',
  'noNormalization',
  'noAugmentation',
  'positiveAmongNegatives',
  'temperatureTooSmall',
  'temperatureTooLarge',
]);

/** @param {Pick<TrainSettings, 'method'>} settings */
export const isMistake = ({ method }) => /** @type {readonly string[]} */ (MISTAKES).includes(method);

export const GROUPS = ['model', 'method', 'loss', 'update', 'run'];

const moco = (/** @type {TrainSettings} */ { method }) => method === 'moco';
const ofMistake = (/** @type {TrainSettings} */ settings) => (isMistake(settings) ? 'model.idle.mistake' : undefined);

/** @type {Record<Setting, Field>} */
export const FIELDS = {
  encoder: { group: 'model', basic: true, atReset: true, choices: ['article', 'resnet', 'vit'] },
  size: { group: 'model', atReset: true, choices: ['small', 'medium', 'large'] },
  head: { group: 'model', atReset: true, choices: ['none', 'linear', 'mlp2', 'mlp3'] },
  method: { group: 'method', basic: true, choices: METHODS, mistakes: MISTAKES },
  queue: { group: 'method', step: 64, shown: moco },
  momentum: { group: 'method', step: 0.01, shown: moco },
  temperature: {
    group: 'loss', basic: true, step: 0.1,
    idle: ({ method }) => (method.startsWith('temperature') ? 'model.idle.temperature' : undefined),
  },
  negatives: { group: 'loss', choices: ['all', 'hardest', 'hardnessWeighted'], idle: ofMistake },
  hardest: { group: 'loss', step: 1, shown: (settings) => settings.negatives === 'hardest' && !isMistake(settings) },
  beta: { group: 'loss', step: 0.5, shown: (settings) => settings.negatives === 'hardnessWeighted' && !isMistake(settings) },
  classPrior: { group: 'loss', step: 0.05, idle: ofMistake },
  withoutSameLabel: { group: 'loss', idle: unheeded },
  batchSize: { group: 'update', basic: true, step: 1 },
  learningRate: { group: 'update', step: 0.001 },
  optimizer: { group: 'update', choices: ['adam', 'adamW', 'sgd'] },
  weightDecay: { group: 'update', step: 0.0001 },
  clipNorm: { group: 'update', step: 0.5 },
  schedule: { group: 'update', choices: ['constant', 'cosine'] },
  warmUp: { group: 'update', step: 10 },
  steps: { group: 'run', basic: true, step: 10 },
  seed: { group: 'run', atReset: true, step: 1 },
};

/** Only SimCLR's negatives are left out by their labels. @param {TrainSettings} settings */
function unheeded(settings) {
  if (settings.method === 'supCon') return 'model.idle.supCon';
  if (settings.method === 'simClr') return undefined;
  return ofMistake(settings) ?? 'model.idle.noLabels';
}

/** Those of a group, basic or not. @param {string} group @param {boolean} basic */
export function settingsOf(group, basic) {
  const names = /** @type {Setting[]} */ (Object.keys(FIELDS));
  return names.filter((name) => FIELDS[name].group === group && Boolean(FIELDS[name].basic) === basic);
}
