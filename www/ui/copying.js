/** How long it is said that something was copied, in milliseconds. */
const SAID = 2000;

/** Copies for an element, which for a while can say that it did. */
export class Copying {
  done = false;
  #host;

  /** @param {import('lit').ReactiveControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {string} text @param {() => void} byHand shows what is to be copied, where the clipboard is forbidden */
  async copy(text, byHand) {
    try {
      await navigator.clipboard.writeText(text);
      this.#say(true);
      setTimeout(() => this.#say(false), SAID);
    } catch {
      byHand();
    }
  }

  /** @param {boolean} done */
  #say(done) {
    this.done = done;
    this.#host.requestUpdate();
  }
}
