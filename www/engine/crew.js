// The other cores. Each is a worker with an instance of its own (`hand.js`), as no memory is shared; they make parts
// of a step, and which of them made what changes no number.
import { startWorker } from '../files/files.js';

/** @typedef {import('contrastive-playground').Session} Session */
/** @typedef {import('contrastive-playground').Branch} Branch */
/** @typedef {import('contrastive-playground').PartsReport} PartsReport */
/** @typedef {import('./build.js').Build} Build */

/** With more, what one instance has to do alone is what takes the time. */
const USUAL = 8;
const MOST = 16;
/** Instances that a gigabyte of memory has room for, beside everything else. */
const PER_GIGABYTE = 2;
/** Milliseconds after which a hand that does not answer is given up: at least, and in parts as they are made here. */
const LATE = 5000;
const PARTS_LATE = 50;
/** Parts whose slopes take no longer than those of one. */
const SHARED = 2;

/**
 * How many instances to use, the first one included: as many as are wanted, or else as suit the machine.
 * @param {number} [wanted] @param {{ hardwareConcurrency?: number, deviceMemory?: number }} [machine]
 */
export function instancesOf(wanted, { hardwareConcurrency = 1, deviceMemory = Infinity } = navigator) {
  const suits = Math.min(hardwareConcurrency, USUAL, Math.floor(PER_GIGABYTE * deviceMemory));
  return Math.max(1, Math.min(Math.floor(wanted || suits), MOST));
}

/** Lets the messages that have come in be taken. */
export function breathe() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(0);
  });
}

/** One of the other cores. */
class Hand {
  /** Parts that it has been given and has not given back. */ owes = 0;
  alive = true;
  #next = 1;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */ #asked = new Map();
  /** @type {Worker} */ #worker;

  constructor() {
    this.#worker = startWorker('hand');
    this.#worker.onmessage = ({ data: { id, result, error } }) => {
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (error) asked?.reject(new Error(error));
      else asked?.resolve(result);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.end();
    };
  }

  /** @param {string} method @param {unknown[]} args @param {Transferable[]} [transfer] @returns {Promise<any>} */
  ask(method, args, transfer = []) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      if (this.alive) this.#worker.postMessage({ id, method, args }, transfer);
      else reject(new Error('it has ended'));
    });
  }

  /** Whoever waits for it is told. */
  end() {
    this.alive = false;
    this.#worker.terminate();
    for (const { reject } of this.#asked.values()) reject(new Error('it has ended'));
    this.#asked.clear();
  }
}

/** What a promise gives, or an error after some milliseconds. @template T @param {Promise<T>} promise @param {number} milliseconds */
function within(promise, milliseconds) {
  /** @type {ReturnType<typeof setTimeout>} */ let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error('late')), milliseconds)));
  return /** @type {Promise<T>} */ (Promise.race([promise, late])).finally(() => clearTimeout(timer));
}

/** Parts that have to be made. */
class Round {
  /** Those that hands have been given. @type {Set<Promise<void>>} */ owed = new Set();

  /** @param {number[]} left those that nobody has @param {(part: number, hand: Hand) => boolean} [may] can a hand make one? */
  constructor(left, may = () => true) {
    this.left = left;
    this.may = may;
  }

  /** Takes one that a hand can make. @param {Hand} hand */
  next(hand) {
    const place = this.left.findIndex((part) => this.may(part, hand));
    return place < 0 ? undefined : this.left.splice(place, 1)[0];
  }
}

/** Asks a hand for the features of a part. @param {Session} session @param {Hand} hand @param {number} part @param {Branch} branch */
function features(session, hand, part, branch) {
  const [pictures, table] = [session.partPictures(part), session.partTable(part)];
  return hand.ask('forward', [part, branch, pictures, table], [pictures.buffer, table.buffer]);
}

/** Asks a hand for a strip of the gradient of what lies between trunk and h. @param {Session} session @param {Hand} hand @param {number} strip @param {number} views */
function strip(session, hand, strip, views) {
  const [features, slopes] = [session.stripFeatures(strip), session.stripSlopes()];
  return hand.ask('strip', [views, features, slopes], [features.buffer, slopes.buffer]);
}

export class Crew {
  /** Those that are ready. @type {Hand[]} */ #hands = [];
  /** Those that are being started. @type {Set<Hand>} */ #coming = new Set();
  /** How many instances there are to be: by the time that one has started it may be one too many. */ #wanted = 1;
  #changed;
  /** The longest that a part took here, in milliseconds. */ #longest = 0;
  /** How long the latest part took here, and the loss, for which the others have to wait. */ #latest = Infinity;
  #meeting = 0;

  /** @param {(instances: number) => void} changed told when there are more or fewer */
  constructor(changed) {
    this.#changed = changed;
  }

  /** How many instances make a step now, this one included. */
  get instances() {
    return 1 + this.#hands.length;
  }

  /**
   * Sees to it that there are so many instances, if they can be had: those that are missing join once they have started.
   * @param {number} instances @param {Build} build
   */
  async use(instances, build) {
    this.#wanted = instances;
    while (this.instances > instances) this.#hands.pop()?.end();
    const missing = instances - this.instances - this.#coming.size;
    if (missing > 0) await Promise.all(Array.from({ length: missing }, () => this.#start(build)));
    if (!this.#coming.size) this.#changed(this.instances);
  }

  /** @param {Build} build */
  async #start(build) {
    /** @type {Hand | undefined} */ let hand;
    try {
      hand = new Hand();
      this.#coming.add(hand);
      await within(hand.ask('start', [build]), 4 * LATE);
      if (this.instances < this.#wanted) this.#hands.push(hand);
      else hand.end();
    } catch {
      // Without room or right for another, those there are suffice.
      hand?.end();
    } finally {
      if (hand) this.#coming.delete(hand);
    }
  }

  /** One step of a session. @param {Session} session */
  async step(session) {
    if (!this.#hands.length) return session.step();
    const report = session.beginStep();
    const { parts, learned } = report;
    /** @type {Branch[]} */ const branches = learned < parts ? ['learned', 'keys'] : ['learned'];
    if (parts > 1) {
      const weights = Object.fromEntries(branches.map((branch) => [branch, session.partWeights(branch)]));
      for (const hand of this.#hands) hand.ask('load', [report, weights]).catch(() => this.#drop(hand));
    }
    const made = await this.#forward(session, parts, learned);
    const spare = this.#spare(session, learned, made);
    await this.#backward(session, report, made, spare);
    return session.finishStep();
  }

  /**
   * The features of all parts: each is made by who is free next. Gives which hand made which.
   * @param {Session} session @param {number} parts @param {number} learned
   */
  async #forward(session, parts, learned) {
    const round = new Round(Array.from({ length: parts }, (_, part) => part));
    /** @type {Map<number, Hand>} */ const made = new Map();
    const ask = async (/** @type {Hand} */ hand, /** @type {number} */ part) => {
      session.takeFeatures(part, await features(session, hand, part, part < learned ? 'learned' : 'keys'));
      made.set(part, hand);
    };
    const here = (/** @type {number} */ part) => {
      const began = performance.now();
      session.partForward(part);
      this.#latest = performance.now() - began;
    };
    await this.#finish(round, here, ask);
    return made;
  }

  /**
   * While the loss is made here, which hands wait for, they make some of the learned parts that were made here once more: so they
   * have their graph too. Gives which hand has which.
   * @param {Session} session @param {number} learned @param {Map<number, Hand>} made
   */
  #spare(session, learned, made) {
    const ours = Array.from({ length: learned }, (_, part) => part).filter((part) => !made.has(part));
    const each = Math.floor(this.#meeting / this.#latest);
    /** @type {Map<number, Hand>} */ const spare = new Map();
    for (const hand of this.#hands) {
      for (const part of ours.splice(Math.max(1, ours.length - each))) {
        features(session, hand, part, 'learned').catch(() => this.#drop(hand));
        spare.set(part, hand);
      }
    }
    return spare;
  }

  /**
   * The loss, and the gradients of the learned parts: each is made by who made its features, and has their graph. Who has none left
   * to make makes strips of the gradient of what lies between.
   * @param {Session} session @param {PartsReport} report @param {Map<number, Hand>} made @param {Map<number, Hand>} spare
   */
  async #backward(session, { learned, views }, made, spare) {
    const began = performance.now();
    session.meet();
    this.#meeting = performance.now() - began;
    const ours = Array.from({ length: learned }, (_, part) => part).filter((part) => !made.has(part));
    const strips = Array.from({ length: session.strips() }, (_, strip) => learned + strip);
    const round = new Round([...ours, ...strips], (part, hand) => part >= learned || spare.get(part) === hand);
    const ask = async (/** @type {Hand} */ hand, /** @type {number} */ part) => {
      if (part >= learned) return session.takeStrip(part - learned, await strip(session, hand, part - learned, views));
      const slopes = session.partSlopes(part);
      session.takeGradients(part, await hand.ask('backward', [part, slopes], [slopes.buffer]));
    };
    const share = (/** @type {[number, Hand?][]} */ some) => {
      session.share(Uint32Array.from(some, ([part]) => part));
      for (const [part, hand] of some) if (hand) this.#give(round, hand, part, ask);
    };
    // Soon one for each hand, then all others at once.
    const theirs = [...made].filter(([part]) => part < learned);
    for (let given = 0; given < this.#hands.length; given += SHARED) share(theirs.splice(0, SHARED));
    share([...theirs, ...ours.map((part) => /** @type {[number]} */ ([part]))]);
    await this.#finish(round, (part) => (part < learned ? session.partBackward(part) : session.makeStrip(part - learned)), ask);
  }

  /**
   * Lets a hand make a part. What it does not give back is left to be made here, and the hand is given up.
   * @param {Round} round @param {Hand} hand @param {number} part
   * @param {(hand: Hand, part: number) => Promise<void>} ask
   */
  #give(round, hand, part, ask) {
    hand.owes++;
    const patience = Math.max(LATE, PARTS_LATE * this.#longest);
    const done = within(ask(hand, part), patience)
      .catch(() => {
        round.left.push(part);
        this.#drop(hand);
      })
      .finally(() => {
        hand.owes--;
        round.owed.delete(done);
      });
    round.owed.add(done);
  }

  /**
   * Gives each hand a part, and while there are enough for all, another that waits.
   * @param {Round} round @param {(hand: Hand, part: number) => Promise<void>} ask
   */
  #deal(round, ask) {
    for (const most of [1, 2]) {
      for (const hand of this.#hands) {
        const enough = round.left.length >= (most === 1 ? 2 : this.instances);
        const part = enough && hand.owes < most ? round.next(hand) : undefined;
        if (part !== undefined) this.#give(round, hand, part, ask);
      }
    }
  }

  /**
   * Makes here what is left, and gives hands of it, until all have given back what they were given.
   * @param {Round} round @param {(part: number) => void} here @param {(hand: Hand, part: number) => Promise<void>} ask
   */
  async #finish(round, here, ask) {
    while (round.left.length || round.owed.size) {
      await breathe();
      this.#deal(round, ask);
      const part = round.left.shift();
      if (part !== undefined) {
        const began = performance.now();
        here(part);
        this.#longest = Math.max(this.#longest, performance.now() - began);
      } else if (round.owed.size) await Promise.race(round.owed);
    }
  }

  /** Goes on without one. @param {Hand} hand */
  #drop(hand) {
    hand.end();
    if (!this.#hands.includes(hand)) return;
    this.#hands = this.#hands.filter((other) => other !== hand);
    this.#changed(this.instances);
  }

  /** All of them end. */
  end() {
    for (const hand of [...this.#hands, ...this.#coming]) hand.end();
    this.#hands = [];
  }
}
