// The other cores. Each is a worker with an instance of its own (`hand.js`), as no memory is shared; they make parts
// of a step, and which of them made what changes no number.
import { startWorker } from '../files/files.js';

/** @typedef {import('contrastive-playground').Session} Session */
/** @typedef {import('contrastive-playground').Branch} Branch */
/** @typedef {import('./build.js').Build} Build */

/** With more, what one instance has to do alone is what takes the time. */
const USUAL = 8;
const MOST = 16;
/** Instances that a gigabyte of memory has room for, beside everything else. */
const PER_GIGABYTE = 2;
/** Milliseconds after which a hand that does not answer is given up: at least, and in parts as they are made here. */
const LATE = 5000;
const PARTS_LATE = 50;

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

  /** @param {number[]} left those that nobody has */
  constructor(left) {
    this.left = left;
  }
}

export class Crew {
  /** Those that are ready. @type {Hand[]} */ #hands = [];
  /** Those that are being started. @type {Set<Hand>} */ #coming = new Set();
  #changed;
  /** The longest that a part took here, in milliseconds. */ #longest = 0;

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
    while (this.instances > instances) this.#hands.pop()?.end();
    const missing = instances - this.instances - this.#coming.size;
    if (missing > 0) await Promise.all(Array.from({ length: missing }, () => this.#start(instances, build)));
    if (!this.#coming.size) this.#changed(this.instances);
  }

  /** @param {number} instances @param {Build} build */
  async #start(instances, build) {
    /** @type {Hand | undefined} */ let hand;
    try {
      hand = new Hand();
      this.#coming.add(hand);
      await within(hand.ask('start', [build]), 4 * LATE);
      if (this.instances < instances) this.#hands.push(hand);
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
    session.meet();
    await this.#backward(session, learned, made);
    return session.finishStep();
  }

  /**
   * The features of all parts: each is made by who is free next. While there are enough for all, a hand has another
   * waiting. Gives which hand made which.
   * @param {Session} session @param {number} parts @param {number} learned
   */
  async #forward(session, parts, learned) {
    const round = new Round(Array.from({ length: parts }, (_, part) => part));
    /** @type {Map<number, Hand>} */ const made = new Map();
    const ask = async (/** @type {Hand} */ hand, /** @type {number} */ part) => {
      const views = session.partViews(part);
      const branch = part < learned ? 'learned' : 'keys';
      session.takeFeatures(part, await hand.ask('forward', [part, branch, views], [views.buffer]));
      made.set(part, hand);
    };
    const deal = () => {
      for (const most of [1, 2]) {
        for (const hand of this.#hands) {
          const enough = round.left.length > (most === 1 ? 1 : this.instances);
          if (enough && hand.owes < most) this.#give(round, hand, /** @type {number} */ (round.left.shift()), ask);
        }
      }
    };
    await this.#finish(round, (part) => session.partForward(part), deal);
    return made;
  }

  /**
   * The gradients of the learned parts: each is made by who made its features, and has their graph.
   * @param {Session} session @param {number} learned @param {Map<number, Hand>} made
   */
  async #backward(session, learned, made) {
    const round = new Round([]);
    for (let part = 0; part < learned; part++) {
      const hand = made.get(part);
      if (!hand) round.left.push(part);
      else {
        this.#give(round, hand, part, async () => {
          const slopes = session.partSlopes(part);
          session.takeGradients(part, await hand.ask('backward', [part, slopes], [slopes.buffer]));
        });
      }
    }
    await this.#finish(round, (part) => session.partBackward(part));
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
   * Makes here what is left, until all have given back what they were given.
   * @param {Round} round @param {(part: number) => void} here @param {() => void} [deal] gives out more of it
   */
  async #finish(round, here, deal = () => {}) {
    while (round.left.length || round.owed.size) {
      deal();
      const part = round.left.shift();
      if (part === undefined) await Promise.race(round.owed);
      else {
        const began = performance.now();
        here(part);
        this.#longest = Math.max(this.#longest, performance.now() - began);
        await breathe();
      }
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
