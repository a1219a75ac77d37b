// WebKitGTK's own small browser, which has Safari's engine, on a screen that is not there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Builder, Capabilities } from 'selenium-webdriver';
import { inLibrary, onPath } from './path.mjs';

const screen = onPath('xvfb-run');
const driver = onPath('WebKitWebDriver');
const program = inLibrary('webkit2gtk-4.1/MiniBrowser');

export const webkit = {
  name: 'WebKit',
  missing: screen && driver && program ? '' : 'WebKitGTK is missing: install webkit2gtk-driver, xvfb and xauth',
  open,
};

/** @returns {Promise<import('./visit.mjs').Visitor>} */
async function open() {
  const port = await freePort();
  const home = await mkdtemp(join(tmpdir(), 'webkit-'));
  // No language is set, which pages are told as "C": Intl knows no such language.
  const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', XDG_DATA_HOME: home, XDG_CACHE_HOME: home, ...ALONE };
  const server = spawn(/** @type {string} */ (screen), ['-a', '-s', '-screen 0 1600x1200x24', 'WebKitWebDriver', `--port=${port}`], {
    env,
    stdio: 'ignore',
    // A group of its own, so that all of it can be ended.
    detached: true,
  });
  const end = async () => {
    process.kill(-(/** @type {number} */ (server.pid)));
    await once(server, 'exit');
    await rm(home, { recursive: true, force: true });
  };
  const browser = await session(port).catch(async (error) => {
    await end();
    throw error;
  });
  return {
    goto: (address) => browser.get(address),
    reload: () => browser.navigate().refresh(),
    run: async (task, ...values) => {
      const answer = /** @type {any} */ (await browser.executeAsyncScript(calling(task), values));
      if ('error' in answer) throw new Error(answer.error);
      return answer.value;
    },
    // To a size that it has already it would wait for ever.
    resize: async (width, height) => void (await browser.manage().window().setRect({ width, height })),
    picture: async () => Buffer.from(await browser.takeScreenshot(), 'base64'),
    close: async () => {
      await browser.quit().catch(() => {});
      await end();
    },
  };
}

/** @param {number} port */
async function session(port) {
  await listens(port);
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: program, args: ['--automation'] },
  });
  const browser = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
  await browser.manage().setTimeouts({ script: 120_000, pageLoad: 60_000 });
  return browser;
}

/** Containers have neither the rights that its sandbox needs nor a graphics card. The page is our own. */
const ALONE = { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1' };

/** Calls a function by its text, which the page's policy lets nobody evaluate, and waits for what it gives. @param {Function} task */
const calling = (task) => `const [values, done] = arguments;
  Promise.resolve().then(() => (${task})(...values))
    .then((value) => done({ value }), (error) => done({ error: String(error) }));`;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @param {number} port */
async function listens(port) {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`http://127.0.0.1:${port}/status`).then(() => true, () => false)) return;
    await wait(100);
  }
  throw new Error('WebKitWebDriver did not start');
}
