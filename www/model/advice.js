// What is worth knowing of a combination of settings before it is run.
import { isMistake } from './settings-fields.js';

/**
 * @typedef {import('contrastive-playground').TrainSettings} TrainSettings
 * @typedef {{ pictures?: number, labelled?: number, alone?: number }} Counts of the pictures that are trained on; `alone`:
 *   share of the anchors that have no negative, 0..1
 * @typedef {{ key: string, values: Record<string, number> }} Advice a string of the page
 */

/** SimCLR's negatives are all views but the anchor's own two; InfoNCE's are the other second views. */
const NEGATIVES = {
  simClr: (/** @type {number} */ batch) => 2 * batch - 2,
  infoNce: (/** @type {number} */ batch) => batch - 1,
  // There are as many only where no other picture of the batch has the anchor's label.
  supCon: (/** @type {number} */ batch) => 2 * batch - 2,
};

/**
 * Pictures that pass through a queue before it pays. Shapes at 16 × 16, share of neighbours of the same shape, untrained 57 %: batches of 48
 * came to 38 % after 300 steps, 56 % after 900, 67 % after 1,200; batches of 16 to 39 % after 1,000, 59 % after 2,000, 71 % after 3,000.
 */
const QUEUE_PAYS = 48_000;

/** The settings, and what follows from them. @param {TrainSettings} settings @param {Counts} counts */
function plan(settings, { pictures = Infinity, labelled, alone = 0 }) {
  const batch = Math.min(settings.batchSize, pictures < 2 ? Infinity : pictures);
  const { method, optimizer } = settings;
  const ofBatch = NEGATIVES[/** @type {keyof typeof NEGATIVES} */ (method)];
  return {
    ...settings,
    pictures,
    labelled,
    alone: aloneAdvice(settings, alone),
    batch,
    moco: method === 'moco',
    mistake: isMistake(settings),
    /** How many an anchor has; NaN for mistakes. */
    candidates: method === 'moco' ? settings.queue : (ofBatch?.(batch) ?? NaN),
    adaptive: optimizer === 'adam' || optimizer === 'adamW',
    /** Is τ what was chosen, and what it divides a cosine? */
    cosines: !['noNormalization', 'articleLoss', 'temperatureTooSmall', 'temperatureTooLarge'].includes(method),
  };
}

/** Can two views of a picture differ? What a recipe leaves out does not happen. @param {TrainSettings['policy']} policy */
function isVaried({ crop, rotation, jitter, blur, solarize, flipProbability = 0, grayscaleProbability = 0 }) {
  const happens = (/** @type {{ probability?: number } | undefined} */ part) => Boolean(part) && part?.probability !== 0;
  const cut = crop && (crop.area?.[0] ?? 0) < 1;
  return Boolean(cut) || flipProbability > 0 || grayscaleProbability > 0 || [rotation, jitter, blur, solarize].some(happens);
}

/** Are both views the picture itself, where that is no mistake made on purpose, and no label gives other positives? @param {TrainSettings} settings */
export function isUnvaried(settings) {
  return !isVaried(settings.policy) && !isMistake(settings) && settings.method !== 'supCon';
}

/** Where hardly an anchor has a negative. */
export const ALONE = ['advice.alone.all.supCon', 'advice.alone.most.supCon', 'advice.alone.all', 'advice.alone.most'];

/**
 * What to say where anchors have no negatives, as all pictures of a batch have one label: the best is then a collapse.
 * @param {Pick<TrainSettings, 'method'>} settings @param {number} alone their share, 0..1
 */
export function aloneAdvice({ method }, alone) {
  if (!(alone >= 0.5)) return undefined;
  return `advice.alone.${alone === 1 ? 'all' : 'most'}${method === 'supCon' ? '.supCon' : ''}`;
}

/** @typedef {ReturnType<typeof plan>} Plan */
/** @type {{ key: string, when: (plan: Plan) => boolean, values?: (plan: Plan) => Record<string, number> }[]} */
const RULES = [
  { key: 'advice.unvaried', when: isUnvaried },
  {
    key: 'advice.labelsNeeded',
    when: ({ method, mistake, withoutSameLabel, labelled }) =>
      labelled === 0 && (method === 'supCon' || (withoutSameLabel && !mistake)),
  },
  ...ALONE.map((key) => ({ key, when: (/** @type {Plan} */ { alone }) => alone === key })),
  {
    key: 'advice.unlabelled',
    when: ({ method, labelled = Infinity, pictures }) => method === 'supCon' && labelled > 0 && labelled < pictures,
    values: ({ labelled = 0, pictures }) => ({ count: pictures - labelled }),
  },
  {
    key: 'train.clamped',
    when: ({ batchSize, pictures }) => pictures >= 2 && batchSize > pictures,
    values: ({ pictures }) => ({ count: pictures }),
  },
  {
    key: 'advice.fewNegatives',
    when: ({ moco, batch, candidates }) => !moco && batch <= 3 && candidates >= 1,
    values: ({ candidates }) => ({ count: candidates }),
  },
  {
    key: 'advice.hardestAll',
    when: ({ negatives, hardest, candidates }) => negatives === 'hardest' && hardest >= candidates,
    values: ({ hardest, candidates }) => ({ k: hardest, count: candidates }),
  },
  {
    // Where all views are still alike, so few negatives draw the anchor along; a queue's keys do not follow.
    key: 'advice.hardestFew',
    when: ({ negatives, hardest, candidates, moco }) => negatives === 'hardest' && !moco && hardest < candidates / 3,
    values: ({ hardest, candidates }) => ({ k: hardest, count: candidates }),
  },
  {
    key: 'advice.hardestSlow',
    when: ({ negatives, hardest, candidates }) => negatives === 'hardest' && Math.min(hardest, candidates) > 64,
    values: ({ hardest, candidates }) => ({ k: Math.min(hardest, candidates) }),
  },
  { key: 'advice.betaZero', when: ({ negatives, beta, mistake }) => negatives === 'hardnessWeighted' && beta === 0 && !mistake },
  {
    key: 'advice.priorTwice',
    when: ({ method, mistake, withoutSameLabel, classPrior }) =>
      classPrior > 0 && !mistake && (method === 'supCon' || withoutSameLabel),
  },
  {
    key: 'advice.queueShort',
    when: ({ moco, batch, steps }) => moco && batch * steps < QUEUE_PAYS,
    values: ({ batch }) => ({ least: 100 * Math.ceil(QUEUE_PAYS / batch / 100) }),
  },
  { key: 'advice.momentumZero', when: ({ moco, momentum }) => moco && momentum === 0 },
  {
    key: 'advice.momentumLow',
    when: ({ moco, momentum }) => moco && momentum > 0 && momentum < 0.9,
    values: ({ momentum }) => ({ percent: Math.round(100 * (1 - momentum)) }),
  },
  { key: 'advice.momentumOne', when: ({ moco, momentum }) => moco && momentum === 1 },
  {
    key: 'advice.momentumSlow',
    when: ({ moco, momentum, steps }) => moco && momentum < 1 && momentum ** steps > 0.5,
    values: ({ momentum, steps }) => ({ percent: Math.round(100 * momentum ** steps), count: steps }),
  },
  {
    key: 'advice.queueSmall',
    when: ({ moco, queue, batch }) => moco && queue < batch,
    values: ({ queue, batch }) => ({ queue, batch }),
  },
  {
    key: 'advice.queueRound',
    when: ({ moco, queue, pictures }) => moco && queue >= pictures,
    values: ({ queue, pictures }) => ({ queue, pictures }),
  },
  {
    key: 'advice.queueUnfilled',
    when: ({ moco, queue, batch, steps }) => moco && queue > batch * steps,
    values: ({ queue, batch, steps }) => ({ queue, keys: batch * steps }),
  },
  {
    key: 'advice.temperatureSmall',
    when: ({ cosines, temperature }) => cosines && temperature > 0 && temperature < 0.03,
    values: ({ temperature }) => ({ temperature, times: rounded(Math.exp(0.1 / temperature)) }),
  },
  {
    key: 'advice.temperatureLarge',
    when: ({ cosines, temperature, negatives }) => cosines && temperature >= 2 && negatives !== 'hardnessWeighted',
    values: ({ temperature }) => ({ temperature, times: rounded(Math.exp(2 / temperature)) }),
  },
  { key: 'advice.noHead', when: ({ head }) => head === 'none' },
  { key: 'advice.transformer', when: ({ encoder, steps }) => encoder === 'vit' && steps < 1000 },
  {
    key: 'advice.rateLarge',
    when: ({ adaptive, learningRate }) => adaptive && learningRate > 0.01,
    values: ({ learningRate }) => ({ rate: learningRate }),
  },
  { key: 'advice.rateSmall', when: ({ optimizer, learningRate }) => optimizer === 'sgd' && learningRate < 0.01 },
  {
    key: 'advice.rateTiny',
    when: ({ adaptive, learningRate, steps }) => adaptive && learningRate * steps < 0.005,
    values: ({ learningRate, steps }) => ({ count: steps, distance: rounded(learningRate * steps) }),
  },
  { key: 'advice.adamDecay', when: ({ optimizer, weightDecay }) => optimizer === 'adam' && weightDecay > 0 },
  {
    key: 'advice.decayUnfelt',
    when: (plan) => plan.optimizer === 'adamW' && plan.weightDecay > 0 && decayed(plan) < 1,
    values: (plan) => ({ count: plan.steps, percent: rounded(decayed(plan)) }),
  },
  {
    key: 'advice.warmUpLong',
    when: ({ warmUp, steps }) => warmUp > 0 && warmUp >= steps,
    values: ({ warmUp, steps }) => ({ percent: Math.round((100 * steps) / warmUp) }),
  },
  {
    key: 'advice.lessThanEpoch',
    when: ({ steps, batch, pictures }) => steps * batch < pictures && pictures < Infinity,
    values: ({ steps, batch, pictures }) => ({ seen: steps * batch, pictures }),
  },
];

/**
 * What to know before these settings are run, the gravest first: what cannot run, what a mistake will show,
 * what is useless or surprising.
 * @param {TrainSettings} settings @param {Counts} counts
 * @returns {Advice[]}
 */
export function advice(settings, counts) {
  const it = plan(settings, counts);
  const mistake = it.mistake ? [{ key: `advice.${it.method}`, values: {} }] : [];
  const found = RULES.filter(({ when }) => when(it)).map(({ key, values }) => ({ key, values: values?.(it) ?? {} }));
  return [...mistake, ...found];
}

/** What of that lets a run collapse, or not begin, the surest first. */
const CAUSES = [...ALONE, 'advice.rateLarge', 'advice.rateTiny', 'advice.momentumZero', 'advice.momentumLow', 'advice.hardestFew', 'advice.temperatureSmall'];

/** Why a run has come to a stop, as far as its settings tell. @param {TrainSettings} settings @param {Counts} counts @returns {Advice | undefined} */
export function causeOf(settings, counts) {
  const all = advice(settings, counts);
  return CAUSES.flatMap((cause) => all.filter(({ key }) => key === cause))[0];
}

/** Percent that AdamW's decay alone takes off the weights, at most. @param {Plan} plan */
function decayed({ learningRate, weightDecay, steps }) {
  return 100 * (1 - (1 - learningRate * weightDecay) ** steps);
}

/** As one would say it: what is 1.02 times as much is not 1 times. @param {number} value */
function rounded(value) {
  return Number(value.toPrecision(value >= 1 && value < 2 ? 3 : 2));
}
