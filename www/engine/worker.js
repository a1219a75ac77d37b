// Owns the wasm instance, the device, the pixels and the loop. The page sends commands and draws
// what is reported.
import { Session, Squares } from 'contrastive-playground';
import { isFailure } from '../intake/failure.js';
import { assemble } from './build.js';
import { Crew, breathe, instancesOf } from './crew.js';
import { emoji } from './emoji.js';
import { begin } from './instance.js';

/** Steps that may wait on the device unread: enough to keep it busy, few enough to answer Pause. */
const QUEUE = 4;
/** Milliseconds between two reads of the losses, and between two looks at a whole batch. */
const LOSSES_EVERY = 100;
const BATCH_EVERY = 500;

/** @typedef {import('./album.js').Change} Change */

/** @type {Session} */
let session;
/** @type {import('./build.js').Build} */
let build;
/** How many instances a step is to be made by, this one included. */
let instances = 1;
const crew = new Crew((instances) => postMessage({ event: 'instances', instances }));
/** Changes of the pictures that wait for the epoch in hand to end. @type {Change[]} */
let waiting = [];
let running = false;
/** On points, by their numbers. @type {Map<number, import('contrastive-playground').PointRun>} */
const pointRuns = new Map();
let pointRunsBegun = 0;
/** Everything that touches the session goes through this chain, one thing at a time. */
let chain = Promise.resolve();

/**
 * @template T
 * @param {() => T | Promise<T>} task
 * @returns {Promise<T>}
 */
function exclusive(task) {
  const result = chain.then(task);
  chain = result.then(() => undefined, () => undefined);
  return result;
}

/** @param {unknown} error */
function plain(error) {
  const { code: found, details, message } = /** @type {any} */ (error) ?? {};
  const code = isFailure(error) ? found : undefined;
  // An error of ours has a code; anything else is a panic, after which the instance cannot be used.
  return { code: code ?? 'crashed', details: details ?? { reason: message ?? String(error) }, message: message ?? String(error) };
}

const commands = {
  /**
   * @param {import('contrastive-playground').DeviceChoice} choice @param {number} [wanted] instances
   * @param {import('./build.js').Build} [ready] where the page could make it
   */
  async create(choice, wanted, ready) {
    build = ready ?? (await assemble());
    await begin(build);
    session = await Session.create(choice);
    const [settings, ranges, pointSettings] = [Session.defaultSettings(), Session.settingRanges(), Session.defaultPointSettings()];
    const device = session.device();
    // A GPU has cores of its own.
    if (device.kind === 'cpu') instances = instancesOf(wanted);
    return { device, settings, ranges, pointSettings, instances: device.kind === 'cpu' ? instances : undefined };
  },

  /** @param {number} wanted */
  useInstances(wanted) {
    if (session.device().kind !== 'cpu') return;
    instances = instancesOf(wanted);
    muster();
  },

  /** @param {{ count: number, side: number, seed: number }} options */
  useShapes({ count, side, seed }) {
    stop();
    return session.useShapes(count, side, seed);
  },

  /** @param {{ side: number }} options */
  useOwn({ side }) {
    stop();
    return session.useOwn(side);
  },

  /** @param {Change} change */
  change(change) {
    // What came before goes first.
    const waits = running && (waiting.length > 0 || !session.epochEnds());
    if (waits) waiting.push(change);
    else {
      join();
      apply(change);
    }
    return { waits };
  },

  /** @param {{ count: number, side: number, seed: number }} options */
  shapes: ({ count, side, seed }) => plainSquares(Squares.shapes(count, side, seed)),
  emoji,
  /** @param {ArrayBuffer} file */
  cifar10: (file) => plainSquares(Squares.cifar10(new Uint8Array(file))),

  duplicates: () => session.duplicates(),
  set: () => session.set(),

  /** @param {number} start @param {number} count */
  thumbnails: (start, count) => session.thumbnails(start, count),

  /**
   * @param {import('contrastive-playground').Policy} policy
   * @param {number[]} pictures @param {number} seed @param {number} draw
   */
  async preview(policy, pictures, seed, draw) {
    const { parameters } = session.previewParameters(policy, pictures.length, seed, draw);
    return { parameters, pixels: await session.preview(policy, Uint32Array.from(pictures), seed, draw) };
  },

  /** @param {import('contrastive-playground').TrainSettings} settings */
  modelCost: (settings) => session.modelCost(settings),

  /** @param {import('contrastive-playground').Preset} name */
  preset: (name) => Session.preset(name),

  /** @param {import('contrastive-playground').TrainSettings} settings */
  check: (settings) => session.check(settings),

  /** @param {import('contrastive-playground').TrainSettings} settings */
  configure: (settings) => session.configure(settings),

  reset() {
    running = false;
    session.reset();
    join();
  },

  async step() {
    muster();
    await crew.step(session);
    return report(true);
  },

  /** @param {import('contrastive-playground').TrainSettings} settings @param {number} draw */
  async rehearse(settings, draw) {
    return wholeBatch(await session.rehearse(settings, draw));
  },

  /** With the milliseconds that it held up the run. @param {import('contrastive-playground').TrainSettings} settings */
  async glance(settings) {
    const began = performance.now();
    return { ...(await session.glance(settings)), took: performance.now() - began };
  },

  /** What the latest batch compares with nothing learned. */
  async start() {
    return plainTables(await session.tablesAtStart());
  },

  /** @param {number} probeSteps @param {boolean} seen */
  evaluate: (probeSteps, seen) => session.evaluate(probeSteps, seen),
  /** @param {number} perClass @param {number} steps @param {boolean} seen */
  fewLabels: (perClass, steps, seen) => session.fewLabels(perClass, steps, seen),
  factors: () => session.factors(),
  factorClasses: () => session.factorClasses(),
  embeddings: () => session.embeddings(),
  judging: () => session.judging(),
  /** @param {number} picture @param {number} count */
  nearest: (picture, count) => session.nearest(picture, count),
  /** @param {import('./album.js').Square} square @param {number} count */
  nearestTo: ({ name, side, rgb }, count) => session.nearestTo(name, side, rgb, count),
  /** @param {number} dimensions */
  pca: (dimensions) => session.pca(dimensions),
  /** @param {number} picture @param {number} other */
  occlusion: (picture, other) => session.occlusion(picture, other),

  /** As a blob, which the page may keep without holding its bytes; the losses so far are reported before. */
  async save() {
    const { done: step, queued } = session.progress();
    if (queued) send({ event: 'report', report: await report(false) });
    const file = await session.save();
    return file && { step, file: new Blob([/** @type {any} */ (file)]) };
  },

  /** @param {import('contrastive-playground').PointSettings} settings */
  async beginPoints(settings) {
    const run = await session.points(settings);
    pointRuns.set(++pointRunsBegun, run);
    return pointRunsBegun;
  },
  /** @param {number} run @param {number} epochs */
  trainPoints: (run, epochs) => pointRuns.get(run)?.train(epochs),
  /** @param {number} run */
  endPoints(run) {
    pointRuns.get(run)?.free();
    pointRuns.delete(run);
  },

  weights: () => session.weights(),

  /** As bytes: in a file from a disk, WebKit's workers read no blob of the page. @param {ArrayBuffer} file */
  load(file) {
    running = false;
    const settings = session.load(new Uint8Array(file));
    return { settings, progress: session.progress(), met: session.acquaintance() };
  },
};

/** Those that are missing of the crew are called; until they come, steps are made without them. */
function muster() {
  crew.use(instances, build);
}

/** The run ends, and with it what waited for its epoch. */
function stop() {
  running = false;
  waiting = [];
}

/** @param {Change} change */
function apply(change) {
  if (change.kind === 'remove') session.remove(Uint32Array.from(change.indices));
  else if (change.kind === 'label') session.label(Uint32Array.from(change.indices), change.label);
  else for (const { name, label, burst, side, rgb } of change.pictures) session.add(name, label, burst, side, rgb);
}

/** What waited joins the set. */
function join() {
  if (!waiting.length) return;
  for (const change of waiting.splice(0)) apply(change);
  postMessage({ event: 'set', set: session.set() });
}

/** @param {Squares} squares */
function plainSquares(squares) {
  try {
    return { ...squares.report(), pixels: squares.pixels() };
  } finally {
    squares.free();
  }
}

/** @param {import('contrastive-playground').Tables | undefined} tables */
function plainTables(tables) {
  if (!tables) return undefined;
  const { columns, similarities, shares, positives, losses } = tables;
  tables.free();
  return { columns, similarities, shares, positives, losses };
}

/** @param {boolean} withBatch */
async function report(withBatch) {
  const losses = await session.losses();
  return {
    progress: session.progress(),
    losses,
    batch: withBatch ? await readBatch() : undefined,
    at: performance.now(),
  };
}

async function readBatch() {
  const batch = await session.readBatch();
  return batch && wholeBatch(batch);
}

/** With its views and tables. @param {import('contrastive-playground').BatchReport} batch */
function wholeBatch(batch) {
  return { ...batch, pixels: session.views(), ...plainTables(session.tables()) };
}

/** Trains until paused, finished or failed; reports on the way. */
async function train() {
  if (running) return;
  running = true;
  muster();
  let read = 0;
  let looked = -Infinity;
  try {
    while (running) {
      await exclusive(async () => {
        if (!running) return;
        if (session.epochEnds()) join();
        const { queued, finished } = await crew.step(session);
        running &&= !finished;
        const now = performance.now();
        if (queued < QUEUE && now - read < LOSSES_EVERY && running) return;
        const look = !running || now - looked > BATCH_EVERY;
        send({ event: 'report', report: await report(look) });
        read = performance.now();
        if (look) looked = read;
      });
      await breathe();
    }
    // Paused: what was still queued is read, so that the curve has every step.
    await exclusive(async () => send({ event: 'report', report: await report(true) }));
    await exclusive(join);
    postMessage({ event: 'stopped' });
  } catch (error) {
    running = false;
    await exclusive(join).catch(() => {});
    postMessage({ event: 'stopped', error: plain(error) });
  }
}

/** Sends a message, its arrays moved rather than copied. @param {any} message */
function send(message) {
  const content = message.report?.batch ?? message.result;
  const parts = ArrayBuffer.isView(content) ? [content] : Object.values(content ?? {});
  const arrays = parts.filter((value) => ArrayBuffer.isView(value));
  postMessage(message, { transfer: arrays.map(({ buffer }) => /** @type {ArrayBuffer} */ (buffer)) });
}

onmessage = async ({ data: { id, method, args } }) => {
  if (method === 'train') return train();
  if (method === 'pause') {
    running = false;
    return;
  }
  try {
    const result = await exclusive(() => /** @type {any} */ (commands)[method](...args));
    send({ id, result });
  } catch (error) {
    postMessage({ id, error: plain(error) });
  }
};
