// Owns the wasm instance, the device, the pixels and the loop. The page sends commands and draws
// what is reported.
import init, { Session } from 'contrastive-playground';
import { decodeSquare } from './decode.js';

/** Steps that may wait on the device unread: enough to keep it busy, few enough to answer Pause. */
const QUEUE = 4;
/** Milliseconds between two reads of the losses, and between two looks at a whole batch. */
const LOSSES_EVERY = 100;
const BATCH_EVERY = 500;

/** @type {Session} */
let session;
/** @type {File[]} The visitor's files, kept to be decoded again at another side. */
let files = [];
/** Whether it is their pictures that are in use. */
let own = false;
let side = 32;
let running = false;
/** The row of the batch to look at, and how many of its hardest negatives. */
let anchor = 0;
let hardest = 5;
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

/** Lets the messages that have come in be taken. */
function breathe() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(0);
  });
}

/** @param {unknown} error */
function plain(error) {
  const { code, details, message } = /** @type {any} */ (error) ?? {};
  // An error of ours has a code; anything else is a panic, after which the instance cannot be used.
  return { code: code ?? 'crashed', details: details ?? { reason: message ?? String(error) }, message: message ?? String(error) };
}

const commands = {
  /** @param {import('contrastive-playground').DeviceChoice} choice */
  async create(choice) {
    await init();
    session = await Session.create(choice);
    return { device: session.device(), settings: Session.defaultSettings() };
  },

  /** @param {{ count: number, side: number, seed: number }} options */
  useShapes(options) {
    running = false;
    ({ side } = options);
    own = false;
    return session.useShapes(options.count, side, options.seed);
  },

  /** @param {{ side: number }} options */
  async useOwn(options) {
    running = false;
    ({ side } = options);
    own = true;
    session.useOwn(side);
    const skipped = await add(files);
    return { set: session.set(), skipped };
  },

  /** @param {File[]} more */
  async addFiles(more) {
    if (!own) await commands.useOwn({ side });
    const skipped = await add(more);
    files.push(...more.filter((_, index) => !skipped.some((skip) => skip.index === index)));
    return { set: session.set(), skipped };
  },

  forgetFiles() {
    files = [];
    running = false;
    own = true;
    return session.useOwn(side);
  },

  set: () => session.set(),

  /** @param {number} start @param {number} count */
  thumbnails: (start, count) => session.thumbnails(start, count),

  /**
   * @param {import('contrastive-playground').Policy} policy
   * @param {number[]} pictures @param {number} seed @param {number} draw
   */
  preview: (policy, pictures, seed, draw) => session.preview(policy, Uint32Array.from(pictures), seed, draw),

  /** @param {import('contrastive-playground').TrainSettings} settings */
  modelCost: (settings) => session.modelCost(settings),

  /** @param {import('contrastive-playground').Preset} name */
  preset: (name) => Session.preset(name),

  /** @param {import('contrastive-playground').TrainSettings} settings */
  configure: (settings) => session.configure(settings),

  reset() {
    running = false;
    session.reset();
  },

  async step() {
    session.step();
    return report(true);
  },

  /** @param {number} row @param {number} count */
  inspect(row, count) {
    [anchor, hardest] = [row, count];
    return session.inspect(anchor, hardest);
  },

  /** @param {number} probeSteps */
  evaluate: (probeSteps) => session.evaluate(probeSteps),
  /** @param {number} perClass @param {number} steps */
  fewLabels: (perClass, steps) => session.fewLabels(perClass, steps),
  factors: () => session.factors(),
  /** @param {number} picture @param {number} count */
  nearest: (picture, count) => session.nearest(picture, count),
  /** @param {number} dimensions */
  pca: (dimensions) => session.pca(dimensions),
  /** @param {number} picture @param {number} other */
  occlusion: (picture, other) => session.occlusion(picture, other),
  geometry: () => session.geometry(),

  save: () => session.save(),

  /** @param {Uint8Array} file */
  load(file) {
    running = false;
    return session.load(file);
  },
};

/** @param {File[]} more */
async function add(more) {
  /** @type {import('./session.js').Skipped[]} */
  const skipped = [];
  for (const [index, file] of more.entries()) {
    try {
      session.add(file.name, await decodeSquare(file, side));
    } catch (error) {
      skipped.push({ index, name: file.name, code: plain(error).code });
    }
    if (index % 8 === 7 || index + 1 === more.length) {
      postMessage({ event: 'adding', done: index + 1, total: more.length });
    }
  }
  return skipped;
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
  if (!batch) return undefined;
  // The batch may have become smaller than the row that was chosen in another.
  if (anchor >= batch.anchors) anchor = 0;
  return { ...batch, pixels: session.views(), anchor: session.inspect(anchor, hardest) };
}

/** Trains until paused, finished or failed; reports on the way. */
async function train() {
  if (running) return;
  running = true;
  let read = 0;
  let looked = -Infinity;
  try {
    while (running) {
      await exclusive(async () => {
        if (!running) return;
        const { queued, finished } = session.step();
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
    postMessage({ event: 'stopped' });
  } catch (error) {
    running = false;
    postMessage({ event: 'stopped', error: plain(error) });
  }
}

/** Sends a message, its pixels moved rather than copied. @param {any} message */
function send(message) {
  const pixels = (message.report ?? message.result)?.batch?.pixels;
  postMessage(message, { transfer: pixels ? [pixels.buffer] : [] });
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
