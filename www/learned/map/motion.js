// Places that move smoothly to where they belong.
import { between, reachOf } from './places.js';

/** Milliseconds, if nothing is said. */
const LONG = 400;

export class Motion {
  /** @type {import('./places.js').Places} */ places = new Float32Array();
  /** @type {[x: number, y: number]} */ reach = [0, 0];
  #from = this.places;
  #to = this.places;
  #since = -Infinity;
  #long = LONG;

  /** @param {import('./places.js').Places} places where all belong from now on @param {boolean} smoothly @param {number} [long] */
  go(places, smoothly, long = LONG) {
    this.#long = long;
    // Of another number of pictures, nobody knows which is which.
    const moves = smoothly && places.length === this.places.length;
    this.#from = moves ? this.places : places;
    this.#to = places;
    this.#since = moves ? performance.now() : -Infinity;
    this.#at(moves ? 0 : 1);
  }

  /** Takes the places of this moment; says whether they move on. @param {number} now */
  step(now) {
    if (this.#since === -Infinity) return false;
    const share = Math.max(0, Math.min(1, (now - this.#since) / this.#long));
    this.#at(share * share * (3 - 2 * share));
    if (share < 1) return true;
    this.#since = -Infinity;
    return false;
  }

  /** @param {number} share of the way */
  #at(share) {
    this.places = share < 1 ? between(this.#from, this.#to, share) : this.#to;
    this.reach = reachOf(this.places);
  }
}
