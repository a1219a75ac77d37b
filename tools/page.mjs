// The built page in a browser, to be measured.
import { chromium } from '@playwright/test';
import { once } from 'node:events';
import config from '../playwright.config.mjs';
import { serve } from './serve.mjs';

export async function openPage() {
  const server = serve(0);
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const browser = await chromium.launch(config.use?.launchOptions);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/?device=cpu`);
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page, close };
}
