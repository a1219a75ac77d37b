// The studio's own work, while lessons use its engine.

/**
 * @typedef {import('./lesson.js').Page} Page
 *
 * @typedef {object} Aside
 * @property {string} source
 * @property {number} side
 * @property {import('../engine/session.js').TrainSettings} [settings]
 * @property {import('../train/running.js').Gone} [run]
 */

/** It waits, and nothing is kept meanwhile. @param {Page} page @returns {Promise<Aside>} */
export async function putAside(page) {
  await page.loaded;
  await page.running.halt();
  const { source, side, settings, curves, levels, batch, filling, progress } = page.state;
  const saved = progress.done ? await page.engine.save() : undefined;
  page.keeping.rests = true;
  return { source, side, settings, run: saved && { file: saved.file, curves, levels, batch, filling, measured: page.learning.measured } };
}

/** It is as it was. @param {Page} page @param {Aside} aside */
export async function giveBack(page, { source, side, settings, run }) {
  try {
    await page.begin(source, side, settings ?? page.usual(source).settings);
    if (run) await page.running.goOn(run);
  } finally {
    page.keeping.rests = false;
  }
}
