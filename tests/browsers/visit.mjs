// A visit to the page, as any browser makes it.
import { setTimeout as wait } from 'node:timers/promises';

/**
 * @typedef {object} Visitor a browser with one page open
 * @property {(address: string) => Promise<void>} goto
 * @property {() => Promise<void>} reload
 * @property {<V extends any[], T>(task: (...values: V) => T | Promise<T>, ...values: V) => Promise<Awaited<T>>} run calls
 *   a function in the page, which sees nothing of where it was written
 * @property {(width: number, height: number) => Promise<void>} resize
 * @property {() => Promise<Buffer>} picture a PNG
 * @property {() => Promise<void>} close
 */

/** Seconds until a wait is given up: browsers beside others on two cores are slow. */
const PATIENCE = 120;

/** The page in a browser of whichever kind. Nothing is asked for by its words, which are the browser's language's. */
export class Visit {
  /** @param {Visitor} visitor @param {string} origin */
  constructor(visitor, origin) {
    this.visitor = visitor;
    this.origin = origin;
  }

  /** @param {string} query */
  async open(query) {
    await this.visitor.goto(`${this.origin}/${query}`);
    await this.ready();
  }

  async reload() {
    await this.visitor.reload();
    await this.ready();
  }

  /** The engine has started, and nothing is under way. */
  async ready() {
    await this.until('the page is ready', () => {
      const page = /** @type {any} */ (document.querySelector('contrastive-playground'))?.page;
      return page?.state.device && !page.state.busy && !page.state.adding;
    });
    await this.visitor.run(findsDeep);
  }

  /** Waits until a function in the page finds something. @template {any[]} V @param {string} what @param {(...values: V) => unknown} task @param {V} values */
  async until(what, task, ...values) {
    for (const end = Date.now() + PATIENCE * 1000; ; await wait(100)) {
      if (await this.visitor.run(task, ...values)) return;
      if (Date.now() > end) throw new Error(`waited for ${PATIENCE} s until ${what}: ${await this.visitor.run(situation)}`);
    }
  }

  /** A part of the page's state. @param {string} path @returns {Promise<any>} */
  state(path) {
    return this.visitor.run((path) => {
      const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
      return path.split('.').reduce((value, name) => value?.[name], state);
    }, path);
  }

  /** Presses what a selector finds, once it may be pressed. @param {string} selector */
  async press(selector) {
    await this.until(`${selector} can be pressed`, (selector) => /** @type {any} */ (globalThis).deep(selector)?.disabled === false, selector);
    await this.visitor.run((selector) => /** @type {any} */ (globalThis).deep(selector).click(), selector);
  }

  /** @param {string} station */
  async at(station) {
    await this.visitor.run((station) => void (location.hash = station), station);
    await this.until(`${station} is open`, (station) => Boolean(/** @type {any} */ (globalThis).deep(`pipeline-part#${station}`)), station);
  }

  /** @param {number} steps */
  async trained(steps) {
    await this.until(`${steps} steps are done`, (steps) => {
      const { progress, running } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
      return progress.done === steps && !running;
    }, steps);
  }

  /** Predicts in the first lesson, trains a little, reads what came of it, and goes back to the studio and its run. @param {number} steps */
  async lesson(steps) {
    const before = await this.state('curves.loss');
    await this.visitor.run(() => void (location.hash = 'lesson=0.2'));
    await this.until('the lesson is open', () => {
      const { lectern, busy } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
      return lectern?.step === 2 && !busy;
    });
    await this.visitor.run((steps) => {
      const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
      page.teaching.step.run.steps = steps;
    }, steps);
    await this.press('lesson-panel guess-field input');
    await this.press('lesson-panel .act');
    await this.until('it says what came of it', (steps) => {
      const { results } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern;
      const share = Math.round(100 * results.learned?.kinds.precision.encoder);
      return results.learned?.losses.length === steps && /** @type {any} */ (globalThis).deep('lesson-panel .found').textContent.includes(`${share}%`);
    }, steps);
    await this.visitor.run(() => void (location.hash = 'stage'));
    await this.until('the studio’s run is back', (losses) => {
      const { lectern, curves } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
      return !lectern && String(curves.loss) === losses;
    }, String(before));
    await this.ready();
  }

  /** Chooses a folder, as its picker would hand it over. @param {[path: string, base64: string][]} files */
  async addFolder(files) {
    await this.visitor.run((files) => {
      const chosen = files.map(([path, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        const file = new File([bytes], path.split('/').at(-1) ?? '');
        return Object.defineProperty(file, 'webkitRelativePath', { value: path });
      });
      const input = /** @type {any} */ (globalThis).deep('picture-gallery #folder');
      Object.defineProperty(input, 'files', { value: chosen, configurable: true });
      input.dispatchEvent(new Event('change'));
      delete input.files;
    }, files);
    await wait(300);
    await this.ready();
  }

  /** Presses a button, and gives the file that it hands over. @param {string} selector @returns {Promise<{ name: string, bytes: number }>} */
  async file(selector) {
    await this.visitor.run(() => {
      /** @type {Map<string, number>} */ const sizes = new Map();
      const original = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        const address = original.call(URL, blob);
        sizes.set(address, /** @type {Blob} */ (blob).size);
        return address;
      };
      // The link is in no document, so its click is heard nowhere else.
      HTMLAnchorElement.prototype.click = function () {
        /** @type {any} */ (globalThis).handed = { name: this.download, bytes: sizes.get(this.href) };
        URL.createObjectURL = original;
        delete (/** @type {any} */ (HTMLAnchorElement.prototype).click);
      };
    });
    await this.press(selector);
    await this.until(`${selector} hands over a file`, () => /** @type {any} */ (globalThis).handed);
    return this.visitor.run(() => {
      const { handed } = /** @type {any} */ (globalThis);
      delete (/** @type {any} */ (globalThis).handed);
      return handed;
    });
  }
}

/** Puts `deep` on the page, which finds what lies in shadow roots: each word of a selector may be in a deeper one. */
function findsDeep() {
  const find = (/** @type {ParentNode} */ root, /** @type {string} */ part) => {
    /** @type {ParentNode[]} */ const roots = [root];
    for (const at of roots) {
      const found = at.querySelector(part);
      if (found) return found;
      for (const { shadowRoot } of at.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
    }
    return undefined;
  };
  /** @type {any} */ (globalThis).deep = (/** @type {string} */ selector) => {
    /** @type {any} */ let at = document;
    for (const part of selector.split(' ')) at = at && find(at.shadowRoot ?? at, part);
    return at;
  };
}

/** What the page says when something does not come. */
function situation() {
  const { state } = /** @type {any} */ (document.querySelector('contrastive-playground'))?.page ?? {};
  if (!state) return document.body.innerText.slice(0, 500);
  const { busy, running, adding, progress, station, notices } = state;
  return JSON.stringify({ busy, running, adding, progress, station, notices });
}
