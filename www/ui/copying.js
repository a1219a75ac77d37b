/** How long what is said of it stands, in milliseconds: who has to press keys reads first. */
const SAID = { copied: 2000, selected: 10_000 };

/** Copies for an element, which for a while can say that it did, or that keys have to. */
export class Copying {
  /** `take.copied` and `take.selected` are the words. @type {'' | keyof typeof SAID} */ said = '';
  #host;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {import('lit').ReactiveControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {string} text @param {() => void} select what is to be copied, where the clipboard is forbidden, as over http */
  async copy(text, select) {
    try {
      await navigator.clipboard.writeText(text);
      this.#say('copied');
    } catch {
      select();
      this.#say('selected');
    }
  }

  /** @param {Copying['said']} said */
  #say(said) {
    clearTimeout(this.#timer);
    if (said) this.#timer = setTimeout(() => this.#say(''), SAID[said]);
    this.said = said;
    this.#host.requestUpdate();
  }
}
