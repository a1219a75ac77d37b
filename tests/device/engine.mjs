// The engine on WebGPU without the page: under Node and Dawn on whatever driver Vulkan has, which `tools/devices.sh`
// makes lavapipe, or else in Chromium on SwiftShader.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import config from '../../playwright.config.mjs';
import { serve } from '../../tools/serve.mjs';
import { dawn } from '../../tools/dawn.mjs';

/**
 * @typedef {import('contrastive-playground').Session} Session
 * @typedef {'cpu' | 'webgpu'} Device
 * @typedef {object} Lab what a task is given, wherever it runs
 * @property {typeof import('contrastive-playground').Session} Session
 * @property {(device: Device) => Promise<Session>} open the one session of a device, since to open one costs seconds
 *
 * @typedef {object} Engine
 * @property {string} where which driver answers, and in what
 * @property {<V extends any[], T>(task: (lab: Lab, ...values: V) => T | Promise<T>, ...values: V) => Promise<T>} run calls
 *   a function that sees nothing of where it was written; what it is given and gives is JSON
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Engine>} */
export async function openEngine() {
  const gpu = await dawn();
  return gpu.adapter ? inNode(gpu.adapter) : inChromium(gpu.missing);
}

/** @param {typeof import('contrastive-playground')} module @returns {Lab} */
function equip({ Session }) {
  /** @type {Partial<Record<Device, Promise<Session>>>} */
  const sessions = {};
  return { Session, open: (device) => (sessions[device] ??= Session.create(device)) };
}

/** @param {string} adapter @returns {Promise<Engine>} */
async function inNode(adapter) {
  /** @type {typeof import('contrastive-playground')} */
  const module = await import(pathToFileURL('dist/contrastive-playground.js').href);
  await module.default({ module_or_path: await readFile('dist/contrastive-playground_bg.wasm') });
  const lab = equip(module);
  return {
    where: `under Node and Dawn on ${adapter}`,
    run: async (task, ...values) => task(lab, ...values),
    close: async () => leave(),
  };
}

/** @param {string} reason @returns {Promise<Engine>} */
async function inChromium(reason) {
  const server = serve(0);
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const browser = await chromium.launch(config.use?.launchOptions);
  const page = await browser.newPage();
  // No page of ours: only its origin.
  await page.goto(`http://127.0.0.1:${port}/nothing`);
  await page.evaluate(`import('/contrastive-playground.js').then(async (module) => {
    await module.default();
    globalThis.lab = (${equip})(module);
  })`);
  return {
    where: `in Chromium on SwiftShader, because ${reason}`,
    run: (task, ...values) => page.evaluate(`(${task})(lab, ...${JSON.stringify(values)})`),
    close: async () => {
      await browser.close();
      server.close();
      leave();
    },
  };
}

/** Dawn would keep the process alive. What the tests have to say has been said by then. */
function leave() {
  setTimeout(() => process.exit(), 100);
}
