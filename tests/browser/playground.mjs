// What the browser tests share: a server of the built page, and the page as its visitors use it.
import { test as base, expect } from '@playwright/test';
import { once } from 'node:events';
import { serve } from '../../tools/serve.mjs';
import { Reused } from './reuse.mjs';

export { expect };
export * from './tasks.mjs';

/**
 * @typedef {import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions} TestArgs
 * @typedef {import('@playwright/test').PlaywrightWorkerArgs} WorkerArgs
 * @typedef {Map<string, Reused>} Contexts @typedef {{ key?: string, playground?: Playground }} Visit
 * @type {import('@playwright/test').Fixtures<{ playground: Playground, lasting: Playground, ownContext: boolean, address: string }, { origin: string, contexts: Contexts, visit: Visit }, TestArgs, WorkerArgs>}
 */
const fixtures = {
  origin: [
    async ({}, use) => {
      const server = serve(0);
      await once(server, 'listening');
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      await use(`http://127.0.0.1:${port}`);
      server.close();
    },
    { scope: 'worker' },
  ],
  contexts: [
    async ({}, use) => {
      /** @type {Contexts} */
      const contexts = new Map();
      await use(contexts);
      for (const { context } of contexts.values()) await context.close();
    },
    { scope: 'worker' },
  ],
  // For a test that leaves in its context what cannot be taken back, such as its init scripts.
  ownContext: [false, { option: true }],
  context: async ({ browser, contexts, origin, ownContext, viewport, locale, permissions, colorScheme, hasTouch, javaScriptEnabled }, use) => {
    const options = { viewport, locale, permissions, colorScheme, hasTouch, javaScriptEnabled };
    const key = JSON.stringify(options);
    const reused = (!ownContext && contexts.get(key)) || (await Reused.open(browser, options));
    if (!ownContext) contexts.set(key, reused);
    await use(reused.context);
    await (ownContext ? reused.context.close() : reused.clear(origin));
  },
  page: async ({ context }, use) => use(context.pages()[0]),
  playground: async ({ page, origin }, use) => {
    const playground = new Playground(page, origin);
    const verdict = watch(playground);
    await use(playground);
    verdict();
  },
  visit: [
    async ({}, use) => {
      const visit = /** @type {Visit} */ ({});
      await use(visit);
      await visit.playground?.page.context().close();
    },
    { scope: 'worker' },
  ],
  // What `lasting` is opened by.
  address: ['?device=cpu', { option: true }],
  lasting: async ({ visit, browser, origin, address, viewport, locale, permissions }, use) => {
    const options = { locale, permissions };
    const key = JSON.stringify([origin, address, options]);
    const last = visit.key === key ? visit.playground : undefined;
    if (!last) await visit.playground?.page.context().close();
    const playground = last ?? new Playground(await (await browser.newContext({ viewport, ...options })).newPage(), origin);
    Object.assign(visit, { key, playground });
    const verdict = watch(playground);
    if (last) {
      await playground.page.setViewportSize(viewport ?? { width: 1280, height: 720 });
      await playground.page.emulateMedia({ media: null, colorScheme: null, forcedColors: null, reducedMotion: null });
      await playground.forget();
    } else await playground.open(address);
    await use(playground);
    verdict();
  },
};

/** Every test fails if a request leaves the page's own origin or has a body, or if an error is caught by nobody. */
export const test = base.extend(fixtures);

/** What is called in the end fails if anything strayed or was thrown since. @param {Playground} playground */
function watch({ page, origin }) {
  const { strangers, bodies } = watchRequests(page, origin);
  /** @type {string[]} */
  const errors = [];
  /** @type {string[]} */
  const refused = [];
  const note = (/** @type {Error} */ error) => errors.push(String(error));
  const read = (/** @type {import('@playwright/test').ConsoleMessage} */ message) =>
    /Content Security Policy|Trusted ?(HTML|Script|Type)/.test(message.text()) && refused.push(message.text());
  page.on('pageerror', note);
  page.on('console', read);
  return () => {
    page.off('pageerror', note);
    page.off('console', read);
    page.context().removeAllListeners('request');
    expect(strangers, 'requests to other origins').toEqual([]);
    expect(bodies, 'requests that send something').toEqual([]);
    expect(refused, 'what the page’s policy refused').toEqual([]);
    expect(errors, 'errors that nobody caught').toEqual([]);
  };
}

/**
 * Collects the requests of a page and its workers that go elsewhere, and those that send anything.
 * @param {import('@playwright/test').Page} page @param {string} origin
 */
export function watchRequests(page, origin) {
  /** @type {string[]} */
  const strangers = [];
  /** @type {string[]} */
  const bodies = [];
  const note = (/** @type {string} */ url) => {
    if (/^(https?|wss?):/.test(url) && new URL(url).origin !== origin) strangers.push(url);
  };
  page.context().on('request', (request) => {
    note(request.url());
    if (request.method() !== 'GET' || request.postData() !== null) bodies.push(`${request.method()} ${request.url()}`);
  });
  page.on('websocket', (socket) => note(socket.url()));
  return { strangers, bodies };
}

export class Playground {
  /** @param {import('@playwright/test').Page} page @param {string} origin */
  constructor(page, origin) {
    this.page = page;
    this.origin = origin;
    this.device = page.locator('device-badge');
    this.notices = page.locator('notice-list .notice');
    this.status = page.locator('train-controls #state');
    this.count = page.locator('picture-gallery .state');
    this.grid = page.locator('picture-grid #scroll');
    this.thumbnails = page.locator('picture-grid .cell');
    this.skipped = page.locator('skipped-report');
    this.duplicates = page.locator('duplicate-list');
  }

  /**
   * Opens the page at a station, or at the stage alone, and waits until it can be used. On the CPU it trains with one core,
   * unless the address says otherwise: another test has the other.
   */
  async open(query = '?device=cpu', station = 'photos') {
    const address = query.includes('instances=') ? query : query.replace('device=cpu', 'device=cpu&instances=1');
    await this.page.goto(`${this.origin}/${address}#${station}`);
    await this.ready();
  }

  /** Opens a drawing of the same origin, for what needs a session and no page. */
  async openNothing() {
    await this.page.goto(`${this.origin}/app/icon.svg`);
  }

  /** Goes to a station by its address. @param {string} station */
  async visit(station) {
    await this.page.evaluate((station) => (location.hash = station), station);
    if (station !== 'stage') await expect(this.page.locator(`pipeline-part#${station}`)).toBeVisible();
  }

  /** Does a thing at a station, and comes back. @param {string} station @param {() => Promise<unknown>} task */
  async at(station, task) {
    const before = new URL(this.page.url()).hash.slice(1) || 'stage';
    await this.visit(station);
    await task();
    await this.visit(before);
  }

  /** The choice of pictures, where the photos are. @param {'shapes' | 'emoji' | 'own'} name */
  source(name) {
    return this.page.locator(`.station picture-choice input[value=${name}]`);
  }

  /** The engine has started, and nothing is under way. */
  async ready() {
    await this.until(({ busy, adding }) => !busy && !adding);
    await expect(this.device).not.toContainText(/Starting|正在启动/);
    await expect(this.page.locator('train-controls button').last()).toBeEnabled();
  }

  /** Waits until its state is such, told of each change. @param {(state: any) => boolean} holds by its text @param {number} [timeout] */
  async until(holds, timeout = 60_000) {
    const waiting = () => this.page.evaluate(([text, timeout]) => new Promise((resolve, reject) => {
      const holds = (0, eval)(String(text));
      const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
      const look = () => holds(page.state) && resolve(page.removeEventListener('change', look));
      page.addEventListener('change', look);
      look();
      setTimeout(() => reject(new Error(`not in time: ${text}`)), Number(timeout));
    }), [String(holds), timeout]);
    // The page may be left for itself meanwhile.
    await expect(waiting).toPass({ timeout });
  }

  /** Removes all photos, and says that it is meant. */
  async removeAll() {
    await this.button('Remove all').click();
    await this.page.locator('picture-gallery #sure').click();
  }

  /** @param {string} name */
  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Types settings into their fields. @param {Record<string, number | ''>} settings */
  async set(settings) {
    await this.at('model', async () => {
      for (const [name, value] of Object.entries(settings)) {
        const field = this.page.locator(`model-settings input[name="${name}"]`);
        await this.unfold();
        await field.fill(String(value));
        await field.blur();
      }
    });
  }

  /** Shows all settings. */
  async unfold() {
    const more = this.page.locator('model-settings details.settings');
    if ((await more.getAttribute('open')) === null) await more.locator('summary').click();
  }

  /** Chooses settings from their menus. @param {Record<string, string>} settings */
  async choose(settings) {
    await this.at('model', async () => {
      await this.unfold();
      for (const [name, value] of Object.entries(settings)) {
        await this.page.locator(`model-settings select[name="${name}"]`).selectOption(value);
      }
    });
  }

  /** A part of the page's state, without the pictures in it, which weigh much: `squares` has those. @param {string} name @returns {Promise<any>} */
  state(name) {
    return this.page.evaluate((name) => {
      const part = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state[name];
      return typeof part?.pictures?.[0] === 'object' ? { ...part, pictures: part.pictures.length } : part;
    }, name);
  }

  /** @param {number} side */
  async side(side) {
    await this.at('photos', async () => {
      await this.page.locator('picture-gallery select[name=side]').selectOption(String(side));
      await this.ready();
    });
  }

  /** Trains to the end of the run. */
  async train() {
    await this.button('Play').click();
    await this.until(({ progress }) => progress.finished, 240_000);
    await expect(this.status).toContainText('Finished');
  }

  /** Starts anew, and says that it is meant where that is asked. */
  async startAnew() {
    await this.button('Start anew').click();
    const sure = this.page.locator('train-controls #sure');
    if (await sure.isVisible()) await sure.click();
  }

  /** Hands files to the picker behind a button. @param {string} button @param {import('./files.mjs').Files | string} files */
  async pick(button, files) {
    const choosing = this.page.waitForEvent('filechooser');
    await this.button(button).click();
    await (await choosing).setFiles(files);
    await this.ready();
  }

  /** As `pick`, by the paths of the files. @param {string} button @param {string[]} paths */
  async pickPaths(button, paths) {
    const choosing = this.page.waitForEvent('filechooser');
    await this.button(button).click();
    await (await choosing).setFiles(paths);
    await expect(this.count).toContainText('pictures');
    await this.ready();
  }

  /** Has everything forgotten, as a visitor can, so that the page is as it was opened. */
  async forget() {
    await this.visit('photos');
    if (await this.state('running')) await this.page.locator('train-controls button.primary').click();
    await this.until(({ running }) => !running);
    await this.page.evaluate(async () => {
      const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
      await page.attempt(page.forget);
      page.set({ notices: [] });
    });
    await this.page.locator('.menus select').first().selectOption('en');
    await this.ready();
  }

  /** Drops files on the page. @param {import('./files.mjs').Files} files */
  async drop(files) {
    const plain = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: buffer.toString('base64') }));
    const transfer = await this.page.evaluateHandle((files) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, bytes } of files) {
        const buffer = Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0));
        transfer.items.add(new File([buffer], name, { type: mimeType }));
      }
      return transfer;
    }, plain);
    await this.page.locator('contrastive-playground').dispatchEvent('drop', { dataTransfer: transfer });
    await this.page.waitForTimeout(50);
    await this.ready();
  }

  /** The photos as the page has them, without their pixels. @returns {Promise<{ name: string, label?: string }[]>} */
  photos() {
    return this.page.evaluate(() => {
      const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
      return state.pictures.map((/** @type {any} */ { name, label }) => ({ name, label }));
    });
  }

  /** The RGB bytes of the first pictures, as the page has them. @param {number} [count] @returns {Promise<number[][]>} */
  async squares(count = 40) {
    const texts = await this.page.evaluate((count) => {
      const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
      const text = (/** @type {Iterable<number>} */ bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
      return state.pictures.slice(0, count).map((/** @type {any} */ { rgb }) => text(rgb));
    }, count);
    return texts.map(bytesOf);
  }

  /** The names of pictures that look alike, group by group. @returns {Promise<string[][]>} */
  alike() {
    return this.page.evaluate(() => {
      const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
      return state.duplicates.map((/** @type {any[]} */ group) => group.map(({ name }) => name));
    });
  }

  /** The losses so far, as the page has them. @returns {Promise<number[]>} */
  losses() {
    return this.page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.curves.loss);
  }

  /** The RGBA bytes of each canvas that a selector finds. @param {string} selector @returns {Promise<number[][]>} */
  async pixels(selector) {
    const texts = await this.page.locator(selector).evaluateAll((canvases) =>
      /** @type {HTMLCanvasElement[]} */ (canvases).map((canvas) => {
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        return Array.from(data, (byte) => String.fromCharCode(byte)).join('');
      }),
    );
    return texts.map(bytesOf);
  }

  /**
   * Where a series of the loss curve is drawn: the mean height, in pixels from the top, in the left and
   * the right half of those columns that have its colour.
   * @param {'--accent' | '--chance'} color
   */
  curve(color) {
    return this.page.locator('training-curves').evaluate((element, color) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element.shadowRoot?.querySelector('.uplot canvas'));
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      const probe = new OffscreenCanvas(1, 1).getContext('2d');
      if (!probe) throw new Error('no canvas');
      probe.fillStyle = getComputedStyle(element).getPropertyValue(color).trim();
      probe.fillRect(0, 0, 1, 1);
      const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
      const { width, height } = canvas;
      const { data } = context.getImageData(0, 0, width, height);
      const found = [];
      for (let at = 0; at < data.length; at += 4) {
        const near = Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) < 40;
        if (near && data[at + 3] > 200) found.push([(at / 4) % width, Math.floor(at / 4 / width)]);
      }
      const columns = found.map(([x]) => x);
      const middle = (Math.min(...columns) + Math.max(...columns)) / 2;
      const mean = (/** @type {number[][]} */ points) => points.reduce((sum, [, y]) => sum + y, 0) / points.length;
      return {
        pixels: found.length,
        width: Math.max(...columns) - Math.min(...columns),
        left: mean(found.filter(([x]) => x < middle)),
        right: mean(found.filter(([x]) => x >= middle)),
      };
    }, color);
  }
}

/** Bytes that came as a string of a character each: numbers one by one take seconds to hand over. @param {string} text */
function bytesOf(text) {
  return [...Buffer.from(text, 'latin1')];
}
