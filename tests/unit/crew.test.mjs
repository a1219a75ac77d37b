import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Crew, instancesOf, stripsOf } from '../../www/engine/crew.js';

/** What becomes of a message, by the number of the hand that it is for. @type {(hand: number, method: string, args: any[]) => any} */
let answer = () => undefined;
/** @type {FakeWorker[]} */ let workers = [];

/** A worker that answers in a later task, as `answer` says; `undefined` never. */
class FakeWorker extends EventTarget {
  onmessage = (/** @type {any} */ _) => {};
  onerror = (/** @type {any} */ _) => {};
  ended = false;
  loaded = false;
  made = new Set();
  number = workers.push(this) - 1;

  /** @param {any} message */
  postMessage({ id, method, args }) {
    if (method === 'load') this.loaded = true;
    if (method === 'forward') {
      assert.ok(this.loaded, 'it has weights');
      this.made.add(args[0]);
    }
    if (method === 'backward') assert.ok(this.made.has(args[0]), 'it has the graph');
    const quiet = ['start', 'load', 'loadStrips'].includes(method);
    const found = quiet ? { result: null } : answer(this.number, method, args);
    if (found) setImmediate(() => !this.ended && this.onmessage({ data: { id, ...found } }));
  }

  terminate() {
    this.ended = true;
  }
}
Object.assign(globalThis, { Worker: FakeWorker });

/**
 * A session whose steps have so many parts, some of them learned, and so many strips, that notes who made what.
 * @param {number} [parts] @param {number} [learned] @param {number} [strips]
 */
function sessionOf(parts = 6, learned = Math.min(parts, 4), strips = 5) {
  /** @type {Record<string, Map<number, string>>} */
  const made = { features: new Map(), gradients: new Map(), sums: new Map(), slopes: new Map(), rest: new Map() };
  const note = (/** @type {string} */ what, /** @type {number} */ number, /** @type {string} */ who) => {
    assert.ok(!made[what].has(number), `${what} of ${number} were made twice`);
    made[what].set(number, who);
  };
  const all = (/** @type {string} */ what, /** @type {number} */ count) => {
    const numbers = [...made[what].keys()].sort((a, b) => a - b);
    assert.deepEqual(numbers, Array.from({ length: count }, (_, number) => number), what);
  };
  const strip = (/** @type {string} */ what, /** @type {string} */ before, /** @type {number} */ count) => {
    const take = (/** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ who) => {
      all(before, count);
      for (let number = from; number < to; number++) note(what, number, who);
    };
    return [take, (/** @type {number} */ from, /** @type {number} */ to) => take(from, to, 'here')];
  };
  const [takeSums, represent] = strip('sums', 'features', parts);
  const [takeSlopes, share] = strip('slopes', 'sums', strips);
  const [takeRest, learnRest] = strip('rest', 'slopes', strips);
  return {
    made,
    met: 0,
    beginStep: () => ({ parts, learned, strips }),
    partWeights: () => new Float32Array(1),
    partPictures: (/** @type {number} */ part) => Float32Array.of(part),
    partTable: () => new Float32Array(1),
    partForward: (/** @type {number} */ part) => note('features', part, 'here'),
    takeFeatures: (/** @type {number} */ part, /** @type {string} */ who) => note('features', part, who),
    stripWeights: () => new Float32Array(1),
    stripFeatures() {
      all('features', parts);
      return new Float32Array(1);
    },
    ...{ takeSums, represent, takeSlopes, share, takeRest, learnRest },
    meet() {
      all('features', parts);
      all('sums', strips);
      this.met++;
    },
    slopesOfH() {
      assert.ok(this.met, 'a loss comes before its slopes');
      return new Float32Array(1);
    },
    partSlopes(/** @type {number} */ part) {
      all('slopes', strips);
      return Float32Array.of(part);
    },
    partBackward: (/** @type {number} */ part) => note('gradients', part, 'here'),
    takeGradients: (/** @type {number} */ part, /** @type {string} */ who) => note('gradients', part, who),
    finishStep() {
      all('gradients', learned);
      all('rest', strips);
      return 'done';
    },
    step: () => 'alone',
  };
}

/** A crew of so many instances. @param {number} instances */
async function crewOf(instances) {
  /** @type {number[]} */ const told = [];
  const crew = new Crew((count) => told.push(count));
  await crew.use(instances, /** @type {any} */ ({}));
  return { crew, told };
}
const step = (/** @type {Crew} */ crew, /** @type {any} */ session) => crew.step(session);

afterEach(() => {
  workers = [];
});

test('as many as suit the machine, or as are wanted', () => {
  assert.equal(instancesOf(undefined, { hardwareConcurrency: 2, deviceMemory: 8 }), 2);
  assert.equal(instancesOf(undefined, { hardwareConcurrency: 64 }), 8);
  assert.equal(instancesOf(undefined, { hardwareConcurrency: 8, deviceMemory: 0.5 }), 1);
  assert.equal(instancesOf(undefined, {}), 1);
  assert.equal(instancesOf(3, { hardwareConcurrency: 1 }), 3);
  for (const wrong of [NaN, -4, 1e9]) assert.ok([1, 2, 16].includes(instancesOf(wrong, { hardwareConcurrency: 2 })));
});

test('alone, a step is one call', async () => {
  const { crew } = await crewOf(1);
  assert.equal(await step(crew, sessionOf()), 'alone');
});

test('strips are shared out evenly, each by one', () => {
  assert.deepEqual(stripsOf(8, ['a']), { ours: [0, 4], theirs: [['a', [4, 8]]] });
  assert.deepEqual(stripsOf(1, ['a', 'b']), { ours: [0, 1], theirs: [] }, 'one is not worth the way');
  assert.deepEqual(stripsOf(0, ['a']), { ours: [0, 0], theirs: [] });
  assert.deepEqual(stripsOf(128, ['a']), { ours: [0, 128], theirs: [] }, 'so many are not worth the memory');
  for (let strips = 0; strips < 20; strips++) {
    for (let hands = 0; hands < 16; hands++) {
      const { ours, theirs } = stripsOf(strips, Array.from({ length: hands }, (_, hand) => hand));
      const ranges = [ours, ...theirs.map(([, range]) => range)];
      const each = Math.ceil(strips / (hands + 1));
      const end = ranges.reduce((at, [from, to]) => {
        assert.ok(from === at && to - from <= each, `${strips} by ${hands + 1}`);
        return to;
      }, 0);
      assert.equal(end, strips);
    }
  }
});

test('every part and every strip is made once, by all', async () => {
  answer = (hand) => ({ result: `hand ${hand}` });
  const { crew, told } = await crewOf(3);
  assert.deepEqual(told, [3]);
  const session = sessionOf();
  assert.equal(await step(crew, session), 'done');
  for (const [what, who] of Object.entries(session.made)) {
    assert.deepEqual([...new Set(who.values())].sort(), ['hand 0', 'hand 1', 'here'], what);
  }
  assert.equal(session.met, 1);
  const one = sessionOf(1);
  assert.equal(await step(crew, one), 'done');
  assert.deepEqual([...one.made.features.values()], ['here'], 'a part alone is not worth the way');
});

test('who joins in the middle of a step waits for the next', async () => {
  answer = (hand) => ({ result: `hand ${hand}` });
  const { crew } = await crewOf(2);
  const session = sessionOf(12, 12);
  const stepping = step(crew, session);
  await crew.use(3, /** @type {any} */ ({}));
  assert.equal(await stepping, 'done');
  assert.equal(crew.instances, 3);
  assert.ok(![...session.made.features.values()].includes('hand 1'));
  const next = sessionOf(12, 12);
  assert.equal(await step(crew, next), 'done');
  assert.ok([...next.made.features.values()].includes('hand 1'));
});

test('what one that fails or dies did not give back is made again, and the run goes on with fewer', async () => {
  const ends = {
    fails: () => ({ error: 'out of memory' }),
    dies: () => void setImmediate(() => workers[1].onerror({ preventDefault() {} })),
  };
  for (const end of Object.values(ends)) {
    for (const at of ['forward', 'represent', 'share', 'backward', 'learnRest']) {
      answer = (hand, method) => (hand === 1 && method === at ? end() : { result: `hand ${hand}` });
      const { crew, told } = await crewOf(3);
      assert.equal(await step(crew, sessionOf()), 'done', at);
      assert.deepEqual(told, [3, 2]);
      assert.equal(await step(crew, sessionOf()), 'done');
      assert.ok(workers[1].ended);
      workers = [];
    }
  }
});

test('one that is late is given up', async (context) => {
  answer = (hand) => (hand === 0 ? undefined : { result: 'hand 1' });
  const { crew, told } = await crewOf(3);
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const made = step(crew, sessionOf());
  // Whoever else has a part has given it back by then.
  for (let task = 0; task < 50; task++) await new Promise((resolve) => setImmediate(resolve));
  context.mock.timers.tick(60_000);
  assert.equal(await made, 'done');
  assert.deepEqual(told, [3, 2]);
});

test('where no other can be had, one makes all', async () => {
  const { Worker } = globalThis;
  Object.assign(globalThis, {
    Worker: class {
      constructor() {
        throw new Error('no room');
      }
    },
  });
  const { crew, told } = await crewOf(4);
  Object.assign(globalThis, { Worker });
  assert.deepEqual([crew.instances, told], [1, [1]]);
});

test('fewer are used when fewer are wanted', async () => {
  const { crew, told } = await crewOf(4);
  await crew.use(2, /** @type {any} */ ({}));
  assert.deepEqual(told, [4, 2]);
  assert.equal(workers.filter((worker) => worker.ended).length, 2);
  crew.end();
  assert.ok(workers.every((worker) => worker.ended));
});

test('who is still starting when fewer are wanted does not join', async () => {
  /** @type {number[]} */ const told = [];
  const crew = new Crew((count) => told.push(count));
  const first = crew.use(4, /** @type {any} */ ({}));
  await crew.use(2, /** @type {any} */ ({}));
  await first;
  assert.deepEqual([crew.instances, told], [2, [2]]);
  crew.end();
});
