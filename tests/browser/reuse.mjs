// A browser context that serves one test after the other: to open a new one costs a third of what the page does.

/** @typedef {import('@playwright/test').BrowserContextOptions & { permissions?: string[] }} Options */

export class Reused {
  /** @param {import('@playwright/test').BrowserContext} context @param {Options} options */
  constructor(context, options) {
    this.context = context;
    this.options = options;
  }

  /** @param {import('@playwright/test').Browser} browser @param {Options} options */
  static async open(browser, options) {
    const context = await browser.newContext(options);
    await context.newPage();
    return new Reused(context, options);
  }

  /** Leaves nothing of a test to the next, which has a page of its own. @param {string} origin */
  async clear(origin) {
    const { context, options } = this;
    const before = context.pages();
    // Opened first, since the process ends with its last page.
    const page = await context.newPage();
    await Promise.all(before.map((page) => page.close()));
    const browser = await context.newCDPSession(page);
    await browser.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await browser.detach();
    await context.clearCookies();
    await context.clearPermissions();
    if (options.permissions) await context.grantPermissions(options.permissions);
    await context.unrouteAll();
    await context.setOffline(false);
  }
}
