// Firefox, driven by WebDriver BiDi.
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { onPath } from './path.mjs';

/** No snap, as Ubuntu has it: that cannot see the profile that it is given. */
const current = existsSync('/snap/bin/firefox') ? undefined : onPath('firefox');
const program = process.env.FIREFOX || onPath('firefox-esr') || current;

export const firefox = {
  name: 'Firefox',
  missing: program ? '' : 'Firefox is missing: install it (as firefox-esr, or as firefox that is no snap), or say where it is with FIREFOX=/path/to/firefox',
  open,
};

/**
 * @param {{ preferences?: Record<string, unknown> }} [options] what is set in about:config
 * @returns {Promise<import('./visit.mjs').Visitor>}
 */
async function open({ preferences = {} } = {}) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: program,
    extraPrefsFirefox: { 'intl.accept_languages': 'en-GB', ...preferences },
  });
  const page = await browser.newPage();
  return {
    goto: async (address) => void (await page.goto(address)),
    reload: async () => void (await page.reload()),
    run: (task, ...values) => /** @type {any} */ (page.evaluate(/** @type {any} */ (task), ...values)),
    // Firefox does as it is told, and then says that it cannot.
    resize: (width, height) => page.setViewport({ width, height }).catch(() => {}),
    picture: async () => Buffer.from(await page.screenshot()),
    close: () => browser.close(),
  };
}
