import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { advice, causeOf } from '../../www/model/advice.js';
import { FIELDS, GROUPS, METHODS, MISTAKES, settingsOf } from '../../www/model/settings-fields.js';

/** @typedef {import('../../www/model/advice.js').TrainSettings} TrainSettings */

/** The core's defaults. @type {TrainSettings} */
const DEFAULTS = {
  encoder: 'article', size: 'medium', head: 'mlp2',
  method: 'simClr', negatives: 'all', hardest: 8, beta: 1, classPrior: 0, withoutSameLabel: false,
  queue: 512, momentum: 0.99, batchSize: 32, temperature: 0.1,
  learningRate: 0.001, optimizer: 'adam', weightDecay: 0, clipNorm: 0, schedule: 'constant', warmUp: 0,
  seed: 0, steps: 200, policy: { crop: { area: [0.25, 1] } },
};
const SHAPES = { pictures: 1024, labelled: 1024 };

/** @param {Partial<TrainSettings>} change @param {import('../../www/model/advice.js').Counts} [counts] */
const given = (change, counts = SHAPES) => advice({ ...DEFAULTS, ...change }, { ...SHAPES, ...counts });
/** @param {Partial<TrainSettings>} change @param {import('../../www/model/advice.js').Counts} [counts] */
const keys = (change, counts) => given(change, counts).map(({ key }) => key);
/** @param {string} key @param {Partial<TrainSettings>} change @param {import('../../www/model/advice.js').Counts} [counts] */
const values = (key, change, counts) => given(change, counts).find((found) => found.key === key)?.values;

test('nothing is said of the defaults, nor of any method with them', () => {
  for (const method of METHODS) assert.deepEqual(keys({ method, steps: method === 'moco' ? 1500 : 200 }), [], method);
});

test('a mistake says first what will be seen, and nothing of negatives, which it does not choose', () => {
  for (const method of MISTAKES) {
    const choice = /** @type {const} */ ({ negatives: 'hardest', hardest: 900, classPrior: 0.1, withoutSameLabel: true });
    assert.deepEqual(keys({ method, ...choice }, { labelled: 0 }), [`advice.${method}`], method);
  }
});

test('what goes by labels needs some, even where the method then does not look at them', () => {
  for (const method of METHODS) {
    const needed = keys({ method, withoutSameLabel: true }, { labelled: 0 });
    assert.equal(needed[0], 'advice.labelsNeeded', method);
  }
  assert.deepEqual(keys({ method: 'supCon' }, { labelled: 0 }), ['advice.labelsNeeded']);
  assert.deepEqual(values('advice.unlabelled', { method: 'supCon' }, { labelled: 1000 }), { count: 24 });
});

test('a batch is no larger than the set, and its negatives are counted from what it is', () => {
  assert.deepEqual(given({}, { pictures: 3 }), [
    { key: 'train.clamped', values: { count: 3 } },
    { key: 'advice.fewNegatives', values: { count: 4 } },
  ]);
  assert.deepEqual(values('advice.fewNegatives', { method: 'infoNce', batchSize: 2 }), { count: 1 });
  // MoCo's are in the queue.
  assert.deepEqual(keys({ method: 'moco', batchSize: 2, queue: 256, steps: 24_000 }), []);
});

test('views that cannot differ are told, whatever way they are left alone', () => {
  const alone = [{}, { flipProbability: 0, grayscaleProbability: 0 }, { crop: { area: [1, 1] } }, { jitter: { probability: 0 }, blur: undefined }];
  for (const policy of alone) assert.deepEqual(keys({ policy: /** @type {any} */ (policy) }), ['advice.unvaried']);
  const varied = [{ flipProbability: 0.5 }, { crop: {} }, { jitter: { brightness: 0.4 } }, { rotation: { degrees: 30 } }];
  for (const policy of varied) assert.deepEqual(keys({ policy: /** @type {any} */ (policy) }), []);
  assert.deepEqual(keys({ policy: {}, method: 'noAugmentation' }), ['advice.noAugmentation'], 'once');
});

test('a run that stopped has the cause that its settings have, and none where they are usual', () => {
  const cause = (/** @type {Partial<TrainSettings>} */ change, alone = 0) => causeOf({ ...DEFAULTS, ...change }, { ...SHAPES, alone })?.key;
  assert.equal(cause({}), undefined);
  assert.equal(cause({ method: 'moco', momentum: 0 }), 'advice.momentumZero');
  assert.equal(cause({ negatives: 'hardest', hardest: 1 }), 'advice.hardestFew');
  assert.equal(cause({ learningRate: 0.1, temperature: 0.01 }), 'advice.rateLarge');
  assert.equal(cause({ temperature: 0.01 }), 'advice.temperatureSmall');
  assert.equal(cause({ method: 'supCon' }, 1), 'advice.alone.all.supCon');
});

test('few of the hardest draw the anchor along', () => {
  assert.deepEqual(values('advice.hardestFew', { negatives: 'hardest', hardest: 8 }), { k: 8, count: 62 });
  assert.deepEqual(keys({ negatives: 'hardest', hardest: 24 }), []);
  assert.deepEqual(keys({ negatives: 'hardest', hardest: 1, method: 'moco', steps: 2000 }), []);
});

test('the hardest are all where there are no more', () => {
  const all = (/** @type {Partial<TrainSettings>} */ change) => values('advice.hardestAll', { negatives: 'hardest', ...change });
  assert.deepEqual(all({ hardest: 62 }), { k: 62, count: 62 });
  assert.equal(all({ hardest: 61 }), undefined);
  assert.deepEqual(all({ method: 'infoNce', hardest: 31 }), { k: 31, count: 31 });
  assert.equal(all({ method: 'moco', hardest: 62 }), undefined);
  assert.deepEqual(values('advice.hardestSlow', { method: 'moco', negatives: 'hardest', hardest: 900 }), { k: 512 });
});

test('weights and priors that do nothing, or the same twice, are told', () => {
  assert.deepEqual(keys({ negatives: 'hardnessWeighted', beta: 0 }), ['advice.betaZero']);
  assert.deepEqual(keys({ classPrior: 0.1 }), []);
  assert.deepEqual(keys({ classPrior: 0.1, withoutSameLabel: true }), ['advice.priorTwice']);
  assert.deepEqual(keys({ classPrior: 0.1, method: 'supCon' }), ['advice.priorTwice']);
});

test('MoCo’s keys have to follow, and slowly', () => {
  const moco = (/** @type {number} */ momentum, steps = 2000) => keys({ method: 'moco', momentum, steps });
  assert.deepEqual(moco(0), ['advice.momentumZero']);
  assert.deepEqual(moco(0.5), ['advice.momentumLow']);
  assert.deepEqual(moco(0.9), []);
  assert.deepEqual(moco(1), ['advice.momentumOne']);
  assert.deepEqual(moco(0.999, 5000), []);
  // 0.999²⁰⁰ = 0.82
  assert.deepEqual(values('advice.momentumSlow', { method: 'moco', momentum: 0.999, steps: 200 }), { percent: 82, count: 200 });
  assert.deepEqual(keys({ momentum: 0 }), []);
});

test('a queue is larger than the batch, smaller than the set, and filled in the run', () => {
  const queue = (/** @type {number} */ queue, steps = 2000) => keys({ method: 'moco', queue, steps });
  assert.deepEqual(queue(16), ['advice.queueSmall']);
  assert.deepEqual(queue(1023), []);
  assert.deepEqual(queue(1024), ['advice.queueRound']);
  assert.ok(queue(512, 10).includes('advice.queueUnfilled'));
});

test('a queue takes longer to pay than most runs last', () => {
  const least = (/** @type {Partial<TrainSettings>} */ change) => values('advice.queueShort', { method: 'moco', ...change });
  assert.deepEqual(least({ steps: 300 }), { least: 1500 });
  assert.deepEqual(least({ steps: 2400, batchSize: 4 }), { least: 12_000 });
  assert.equal(least({ steps: 1500 }), undefined);
  assert.equal(values('advice.queueShort', {}), undefined);
});

test('τ is judged where it divides a cosine, and by what it makes of one', () => {
  // e^(0.1 / 0.02) = 148
  assert.deepEqual(values('advice.temperatureSmall', { temperature: 0.02 }), { temperature: 0.02, times: 150 });
  // e^(2 / 4) = 1.649, e^(2 / 100) = 1.020, e^(2 / 2) = 2.718
  assert.deepEqual(values('advice.temperatureLarge', { temperature: 4 }), { temperature: 4, times: 1.65 });
  assert.equal(values('advice.temperatureLarge', { temperature: 100 })?.times, 1.02);
  assert.equal(values('advice.temperatureLarge', { temperature: 2 })?.times, 2.7);
  assert.deepEqual(keys({ method: 'noNormalization', temperature: 4 }), ['advice.noNormalization']);
  assert.deepEqual(keys({ method: 'temperatureTooLarge', temperature: 0.01 }), ['advice.temperatureTooLarge']);
});

test('each optimiser has its own learning rates', () => {
  assert.deepEqual(keys({ learningRate: 0.1 }), ['advice.rateLarge']);
  assert.deepEqual(keys({ optimizer: 'sgd', learningRate: 0.1 }), []);
  assert.deepEqual(keys({ optimizer: 'sgd' }), ['advice.rateSmall']);
  assert.deepEqual(values('advice.rateTiny', { learningRate: 1e-5 }), { count: 200, distance: 0.002 });
});

test('a decay of the weights is told where it is not what it seems', () => {
  assert.deepEqual(keys({ weightDecay: 0.01 }), ['advice.adamDecay']);
  assert.deepEqual(values('advice.decayUnfelt', { optimizer: 'adamW', weightDecay: 0.01 }), { count: 200, percent: 0.2 });
  assert.deepEqual(keys({ optimizer: 'adamW', weightDecay: 0.5 }), []);
});

test('a run too short for its warm-up, its pictures or its network is told', () => {
  assert.deepEqual(values('advice.warmUpLong', { warmUp: 400 }), { percent: 50 });
  assert.deepEqual(keys({ warmUp: 199 }), []);
  assert.deepEqual(values('advice.lessThanEpoch', { steps: 10 }), { seen: 320, pictures: 1024 });
  assert.deepEqual(keys({ encoder: 'vit' }), ['advice.transformer']);
  assert.deepEqual(keys({ head: 'none' }), ['advice.noHead']);
});

test('odd numbers bring no error, and no advice of their own', () => {
  const numbers = Object.entries(DEFAULTS).filter(([, value]) => typeof value === 'number');
  const nothing = /** @type {Partial<TrainSettings>} */ (Object.fromEntries(numbers.map(([name]) => [name, NaN])));
  for (const method of METHODS) assert.deepEqual(keys({ ...nothing, method }), [], method);
  assert.deepEqual(keys({}, { pictures: 0, labelled: 0 }), []);
  assert.deepEqual(advice(DEFAULTS, {}), []);
});

test('every setting stands in a group, and it and its choices have words', () => {
  const names = Object.keys(FIELDS);
  const grouped = GROUPS.flatMap((group) => [...settingsOf(group, true), ...settingsOf(group, false)]);
  assert.deepEqual([...grouped].sort(), [...names].sort());
  assert.deepEqual([...names, 'policy'].sort(), Object.keys(DEFAULTS).sort());
  const en = JSON.parse(readFileSync('www/i18n/en.json', 'utf8'));
  const needed = Object.entries(FIELDS).flatMap(([name, { choices = [], mistakes = [], step }]) => [
    `setting.${name}`,
    `help.${name}`,
    ...(step === undefined ? [] : [`usual.${name}`]),
    ...[...choices, ...mistakes].map((choice) => `choice.${name}.${choice}`),
  ]);
  const ofMistakes = MISTAKES.map((method) => `advice.${method}`);
  const idle = [...METHODS, ...MISTAKES].flatMap((method) => Object.values(FIELDS).map((field) => field.idle?.({ ...DEFAULTS, method })));
  const all = [...needed, ...ofMistakes, ...idle.filter((key) => key !== undefined)];
  assert.deepEqual(all.filter((key) => !(key in en)), []);
});

test('where hardly an anchor has a negative, it is said what the method will do', () => {
  assert.deepEqual(keys({ method: 'supCon' }, { alone: 1 }), ['advice.alone.all.supCon']);
  assert.deepEqual(keys({ method: 'supCon' }, { alone: 0.7 }), ['advice.alone.most.supCon']);
  assert.deepEqual(keys({ withoutSameLabel: true }, { alone: 1 }), ['advice.alone.all']);
  assert.deepEqual(keys({ withoutSameLabel: true }, { alone: 0.5 }), ['advice.alone.most']);
  assert.deepEqual(keys({ withoutSameLabel: true }, { alone: 0.2 }), []);
});
