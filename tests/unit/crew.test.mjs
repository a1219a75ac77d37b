import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Crew, instancesOf } from '../../www/engine/crew.js';

/** What becomes of a message, by the number of the hand that it is for. @type {(hand: number, method: string, args: any[]) => any} */
let answer = () => undefined;
/** @type {FakeWorker[]} */ let workers = [];

/** A worker that answers in a later task, as `answer` says; `undefined` never. */
class FakeWorker extends EventTarget {
  onmessage = (/** @type {any} */ _) => {};
  onerror = (/** @type {any} */ _) => {};
  ended = false;
  made = new Set();
  number = workers.push(this) - 1;

  /** @param {any} message */
  postMessage({ id, method, args }) {
    if (method === 'forward') this.made.add(args[0]);
    if (method === 'backward') assert.ok(this.made.has(args[0]), 'it has the graph');
    const found = method === 'start' || method === 'load' ? { result: null } : answer(this.number, method, args);
    if (found) setImmediate(() => !this.ended && this.onmessage({ data: { id, ...found } }));
  }

  terminate() {
    this.ended = true;
  }
}
Object.assign(globalThis, { Worker: FakeWorker });

/** A session whose steps have so many parts, some of them learned, that notes who made what. */
function sessionOf(parts = 6, learned = Math.min(parts, 4), strips = 5) {
  /** @type {Record<string, Map<number, string>>} */ const made = { features: new Map(), gradients: new Map(), strips: new Map() };
  const shared = new Set();
  const note = (/** @type {string} */ what, /** @type {number} */ part, /** @type {string} */ who) => {
    assert.ok(!made[what].has(part), `${what} of ${part} were made twice`);
    made[what].set(part, who);
  };
  return {
    made,
    met: 0,
    beginStep: () => ({ parts, learned, views: 8 * learned }),
    partWeights: () => new Float32Array(1),
    partPictures: (/** @type {number} */ part) => Float32Array.of(part),
    partTable: () => new Float32Array(1),
    share(/** @type {Uint32Array} */ parts) {
      assert.ok(this.met, 'a loss comes before its slopes');
      parts.forEach((part) => shared.add(part));
    },
    strips: () => strips,
    stripFeatures(/** @type {number} */ strip) {
      assert.equal(shared.size, learned, 'what others need comes first');
      return Float32Array.of(strip);
    },
    stripSlopes: () => new Float32Array(1),
    makeStrip: (/** @type {number} */ strip) => note('strips', strip, 'here'),
    takeStrip: (/** @type {number} */ strip, /** @type {string} */ who) => note('strips', strip, who),
    partSlopes(/** @type {number} */ part) {
      assert.ok(shared.has(part), 'it has slopes');
      return Float32Array.of(part);
    },
    partForward: (/** @type {number} */ part) => note('features', part, 'here'),
    partBackward: (/** @type {number} */ part) => note('gradients', part, 'here'),
    takeFeatures: (/** @type {number} */ part, /** @type {string} */ who) => note('features', part, who),
    takeGradients: (/** @type {number} */ part, /** @type {string} */ who) => note('gradients', part, who),
    meet() {
      assert.equal(made.features.size, parts);
      this.met++;
    },
    finishStep() {
      assert.deepEqual([...made.gradients.keys()].sort(), Array.from({ length: learned }, (_, part) => part));
      assert.equal(made.strips.size, strips);
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

test('every part is made once, by all', async () => {
  answer = (hand) => ({ result: `hand ${hand}` });
  const { crew, told } = await crewOf(3);
  assert.deepEqual(told, [3]);
  const session = sessionOf();
  assert.equal(await step(crew, session), 'done');
  assert.deepEqual([...new Set(session.made.features.values())].sort(), ['hand 0', 'hand 1', 'here']);
  assert.deepEqual([...new Set(session.made.strips.values())].sort(), ['hand 0', 'hand 1', 'here']);
  assert.equal(session.met, 1);
  const one = sessionOf(1);
  assert.equal(await step(crew, one), 'done');
  assert.deepEqual([...one.made.features.values()], ['here'], 'a part alone is not worth the way');
});

test('while the loss takes its time, hands make parts once more, and help with their gradients', async () => {
  answer = (hand) => ({ result: `hand ${hand}` });
  const { crew } = await crewOf(2);
  const slow = () => {
    const session = sessionOf(8, 8);
    const { meet } = session;
    session.meet = () => {
      for (const until = performance.now() + 30; performance.now() < until; );
      meet.call(session);
    };
    return session;
  };
  // How long it takes is known from the step before.
  assert.equal(await step(crew, slow()), 'done');
  const session = slow();
  assert.equal(await step(crew, session), 'done');
  const { features, gradients } = session.made;
  const helped = [...features].filter(([part, who]) => who === 'here' && gradients.get(part) === 'hand 0');
  assert.ok(helped.length > 0);
});

test('what one that fails or dies did not give back is made again, and the run goes on with fewer', async () => {
  const ends = {
    fails: () => ({ error: 'out of memory' }),
    dies: () => void setImmediate(() => workers[1].onerror({ preventDefault() {} })),
  };
  for (const [end, what] of Object.values(ends).flatMap((end) => ['backward', 'strip'].map((what) => /** @type {const} */ ([end, what])))) {
    answer = (hand, method) => (hand === 1 && method === what ? end() : { result: `hand ${hand}` });
    const { crew, told } = await crewOf(3);
    assert.equal(await step(crew, sessionOf()), 'done');
    assert.deepEqual(told, [3, 2]);
    assert.equal(await step(crew, sessionOf()), 'done');
    assert.ok(workers[1].ended);
    workers = [];
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
