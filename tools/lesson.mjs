// A lesson of the built page in a browser, step by step.

/** The numbers of all lessons' steps, by the order of the course. @param {import('@playwright/test').Page} page @returns {Promise<{ name: string, steps: number }[]>} */
export async function course(page) {
  await page.evaluate(() => (location.hash = 'lesson'));
  const lessons = await page.waitForFunction(() => {
    const { lectern } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
    return lectern?.course.map((/** @type {any} */ { name, steps }) => ({ name, steps: steps.length }));
  });
  return lessons.jsonValue();
}

/** Opens a step, and waits until it is there. @param {import('@playwright/test').Page} page @param {number} number of the lesson @param {number} step */
export async function turn(page, number, step) {
  await page.evaluate((hash) => (location.hash = hash), `lesson=${number}.${step}`);
  await page.waitForFunction(([number, step]) => {
    const { lectern, busy } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
    return lectern?.number === number && lectern.step === step && !busy;
  }, [number, step], { timeout: 600_000 });
}

/** Runs what the step runs, to its end. @param {import('@playwright/test').Page} page @returns {Promise<void>} */
export function run(page) {
  return page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.teaching.run());
}
