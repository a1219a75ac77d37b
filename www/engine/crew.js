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
  /** Memory in which strips' weights and features go there, and their gradient and slopes come back. @type {Record<string, Float32Array>} */
  used = {};
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

/** Parts that have to be made, and hands that may be given some of them. */
class Round {
  /** Those that hands have been given. @type {Set<Promise<void>>} */ owed = new Set();

  /** @param {number[]} left those that nobody has @param {readonly Hand[]} [hands] */
  constructor(left, hands = []) {
    this.left = left;
    this.hands = hands;
  }
}

/** Beyond these, weights that go to and fro take memory that is better left to the rest: 67 MB, of the article's network. */
const MOST_STRIPS = 64;

/** Strips from one up to another. @typedef {[from: number, to: number]} Strips */

/**
 * Who makes which strips: all as many, the first ones here.
 * @template T @param {number} strips @param {readonly T[]} all hands @returns {{ ours: Strips, theirs: [T, Strips][] }}
 */
export function stripsOf(strips, all) {
  const hands = strips > MOST_STRIPS ? [] : all;
  const cut = (/** @type {number} */ number) => Math.ceil((strips * number) / (hands.length + 1));
  /** @type {[T, Strips][]} */ const theirs = hands.map((hand, number) => [hand, [cut(number + 1), cut(number + 2)]]);
  return { ours: [0, cut(1)], theirs: theirs.filter(([, [from, to]]) => from < to) };
}

/** Asks a hand for the features of a part. @param {Session} session @param {Hand} hand @param {number} part @param {Branch} branch */
function features(session, hand, part, branch) {
  const [pictures, table] = [session.partPictures(part), session.partTable(part)];
  return hand.ask('forward', [part, branch, pictures, table], [pictures.buffer, table.buffer]);
}

export class Crew {
  /** Those that are ready. @type {Hand[]} */ #hands = [];
  /** Those that are being started. @type {Set<Hand>} */ #coming = new Set();
  /** How many instances there are to be: by the time that one has started it may be one too many. */ #wanted = 1;
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
    // Who comes in the middle of a step has no weights for it.
    const hands = [...this.#hands];
    if (!hands.length) return session.step();
    const report = session.beginStep();
    const shares = stripsOf(report.strips, hands);
    if (report.parts > 1) this.#load(session, report, hands);
    const made = await this.#forward(session, report, hands, shares.theirs);
    await this.#together(shares, (from, to) => session.represent(from, to), async (hand, [from, to]) => {
      const features = session.stripFeatures(from, to, hand.used.features);
      session.takeSums(from, to, await hand.ask('represent', [features], [features.buffer]));
    });
    session.meet();
    await this.#together(shares, (from, to) => session.share(from, to), async (hand, [from, to]) => {
      hand.used.features = await hand.ask('share', [session.slopesOfH()]);
      session.takeSlopes(from, to, hand.used.features);
    });
    await this.#backward(session, report.learned, made, shares);
    return session.finishStep();
  }

  /** Gives hands the trunk's weights. @param {Session} session @param {PartsReport} report @param {readonly Hand[]} hands */
  #load(session, report, hands) {
    /** @type {Branch[]} */ const branches = report.learned < report.parts ? ['learned', 'keys'] : ['learned'];
    const weights = Object.fromEntries(branches.map((branch) => [branch, session.partWeights(branch)]));
    for (const hand of hands) hand.ask('load', [report, weights]).catch(() => this.#drop(hand));
  }

  /**
   * The features of all parts: each is made by who is free next. Gives which hand made which. Hands also get the weights of
   * their strips, once they have something to do meanwhile.
   * @param {Session} session @param {PartsReport} report @param {readonly Hand[]} hands @param {readonly [Hand, Strips][]} theirs
   */
  async #forward(session, { parts, learned }, hands, theirs) {
    // The learned parts last, which are the first: who is free next takes one, so that all have as much to go back through.
    const order = Array.from({ length: parts }, (_, part) => parts - 1 - part);
    const round = new Round(order, hands);
    /** @type {Map<number, Hand>} */ const made = new Map();
    const ask = async (/** @type {Hand} */ hand, /** @type {number} */ part) => {
      session.takeFeatures(part, await features(session, hand, part, part < learned ? 'learned' : 'keys'));
      made.set(part, hand);
    };
    this.#deal(round, ask);
    for (const [hand, [from, to]] of theirs) {
      const weights = session.stripWeights(from, to, hand.used.weights);
      hand.ask('loadStrips', [weights], [weights.buffer]).catch(() => this.#drop(hand));
    }
    await this.#finish(round, (part) => session.partForward(part), ask);
    return made;
  }

  /**
   * Something of all strips, by all. What a hand does not give back is made here.
   * @param {{ ours: Strips, theirs: [Hand, Strips][] }} shares @param {(from: number, to: number) => void} here
   * @param {(hand: Hand, strips: Strips) => Promise<void>} ask
   */
  async #together({ ours, theirs }, here, ask) {
    /** @type {Strips[]} */ const left = [];
    const asked = theirs.map(([hand, strips]) =>
      within(ask(hand, strips), this.#patience).catch(() => {
        left.push(strips);
        this.#drop(hand);
      }),
    );
    here(...ours);
    await Promise.all(asked);
    for (const strips of left) here(...strips);
  }

  /**
   * The gradients of the learned parts, each by who made its features and has their graph, and of the strips.
   * @param {Session} session @param {number} learned @param {Map<number, Hand>} made
   * @param {{ ours: Strips, theirs: [Hand, Strips][] }} shares
   */
  async #backward(session, learned, made, shares) {
    const round = new Round(Array.from({ length: learned }, (_, part) => part).filter((part) => !made.has(part)));
    const ask = async (/** @type {Hand} */ hand, /** @type {number} */ part) => {
      const slopes = session.partSlopes(part);
      session.takeGradients(part, await hand.ask('backward', [part, slopes], [slopes.buffer]));
    };
    for (const [part, hand] of made) if (part < learned) this.#give(round, hand, part, ask);
    const rest = this.#together(shares, (from, to) => session.learnRest(from, to), async (hand, [from, to]) => {
      hand.used.weights = await hand.ask('learnRest', []);
      session.takeRest(from, to, hand.used.weights);
    });
    await this.#finish(round, (part) => session.partBackward(part), ask);
    await rest;
  }

  /** How long a hand may take. */
  get #patience() {
    return Math.max(LATE, PARTS_LATE * this.#longest);
  }

  /**
   * Lets a hand make a part. What it does not give back is left to be made here, and the hand is given up.
   * @param {Round} round @param {Hand} hand @param {number} part
   * @param {(hand: Hand, part: number) => Promise<void>} ask
   */
  #give(round, hand, part, ask) {
    hand.owes++;
    const done = within(ask(hand, part), this.#patience)
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
    const { left } = round;
    const hands = round.hands.filter((hand) => hand.alive);
    for (const most of [1, 2]) {
      for (const hand of hands) {
        const enough = left.length > (most === 1 ? 1 : hands.length);
        if (enough && hand.owes < most) this.#give(round, hand, /** @type {number} */ (left.shift()), ask);
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
