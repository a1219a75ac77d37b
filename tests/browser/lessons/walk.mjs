// Walks a lesson as a learner does: predicts, runs, reads, answers, goes on.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '../playground.mjs';

/**
 * @typedef {object} Stop what a step is to be looked at for
 * @property {(panel: import('@playwright/test').Locator, page: import('@playwright/test').Page) => Promise<unknown>} [guess] predicts, where the panel's first
 *   choice would not do
 * @property {(panel: import('@playwright/test').Locator, page: import('@playwright/test').Page) => Promise<unknown>} [act] does the step's task
 * @property {(state: any, results: Record<string, any>, lately: (values: number[]) => number, loss: (value: number) => string, cosine: (value: number) => string) => string[] | Promise<string[]>} [says] numbers, as they are written,
 *   that what came of the step has to quote: computed from the state and the results, and not by the lesson's own functions. Runs in the page, by
 *   its text; `lately` is the mean of the last ten, and `loss` and `cosine` write one
 */

/** Which lesson of the course a name is. @param {import('@playwright/test').Page} page @param {string} name */
async function numberOf(page, name) {
  await page.evaluate(() => (location.hash = 'lesson'));
  await expect(page.locator('lesson-list')).toBeVisible();
  return page.evaluate((name) => {
    const { course } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern;
    return course.findIndex((/** @type {any} */ lesson) => lesson.name === name);
  }, name);
}

/** Makes all runs of a lesson shorter, where what they come to does not matter. @param {import('@playwright/test').Page} page @param {number} lesson @param {number} steps */
export async function shorten(page, lesson, steps) {
  await page.evaluate(({ lesson, steps }) => {
    const { course } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern;
    for (const run of course[lesson].steps.flatMap((/** @type {any} */ step) => step.run ?? [])) if (run.steps) run.steps = steps;
  }, { lesson, steps });
}

/** Says what will come, without the chart or options by which a visitor does. @param {import('@playwright/test').Page} page @param {any} guess */
export const say = (page, guess) => page.evaluate((guess) => /** @type {any} */ (document.querySelector('contrastive-playground')).page.teaching.guess(guess), guess);

/** Of which of the lesson's runs the stage's curve is. @param {import('@playwright/test').Page} page */
export const staged = (page) => page.evaluate(() => {
  const { lectern, curves } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
  return Object.keys(lectern.results).find((name) => lectern.results[name].curves === curves);
});

/** Opens an address within the page, and waits until its step is there. @param {import('../playground.mjs').Playground} playground @param {string} hash */
export async function goTo({ page }, hash) {
  await page.evaluate((hash) => (location.hash = hash), hash);
  const [, lesson, step = '1'] = /** @type {RegExpExecArray} */ (/(\d+)(?:\.(\d+))?$/.exec(hash));
  await expect.poll(() => page.evaluate(() => {
    const { lectern, busy } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
    return busy ? '' : `${lectern?.number}.${lectern?.step}`;
  })).toBe(`${lesson}.${step}`);
}

/** axe finds nothing wrong. @param {import('@playwright/test').Page} page @param {string} where */
export async function sound(page, where) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }).analyze();
  expect(violations.map(({ id, nodes }) => `${where}, ${id}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([]);
}

/**
 * From the first step to the last.
 * @param {import('../playground.mjs').Playground} playground @param {string} name of the lesson @param {Record<number, Stop>} [stops] by step
 * @param {number} [short] steps of each run, instead of the lesson's
 */
export async function walk(playground, name, stops = {}, short) {
  const { page } = playground;
  const lesson = await numberOf(page, name);
  if (short) await shorten(page, lesson, short);
  await page.evaluate((lesson) => (location.hash = `lesson=${lesson}`), lesson);
  const panel = page.locator('lesson-panel');
  await expect(panel.locator('h2')).toBeVisible();
  const steps = await panel.locator('.dots li').count();
  expect(steps).toBeGreaterThan(1);
  for (let step = 1; step <= steps; step++) {
    await expect(panel.locator('.dots [aria-current]')).toHaveAttribute('href', step > 1 ? `#lesson=${lesson}.${step}` : `#lesson=${lesson}`);
    const numbers = await pass(playground, panel, stops[step] ?? {});
    await points(page, step);
    await reads(panel, step, numbers);
    // Words that stand with a number are of the other language.
    await alsoIn(page, 'zh', () => reads(panel, step, numbers.filter((number) => !/[a-z]/i.test(number))));
    await panel.locator('footer .turn').last().click();
  }
}

/** Opens one step, has it trained for so many steps, and sees what came of it. @param {import('../playground.mjs').Playground} playground @param {number} lesson @param {number} step @param {number} short */
export async function tryOut(playground, lesson, step, short) {
  const { page } = playground;
  await goTo(playground, `lesson=${lesson}.${step}`);
  await shorten(page, lesson, short);
  const panel = page.locator('lesson-panel');
  await pass(playground, panel, {});
  expect(await playground.losses(), 'it trained').toHaveLength(short);
  await expect(panel.locator('.found')).toContainText(/\d/);
}

/** @param {import('@playwright/test').Locator} panel @param {number} step @param {string[]} numbers that it has to quote */
async function reads(panel, step, numbers) {
  for (const number of numbers) await expect(panel.locator('.body')).toContainText(alone(number));
  // What lies in shadow roots is read too, as `innerText` would not. A number that is not there yet is written as dots.
  await expect(panel, `step ${step} has all its words and numbers`).not.toContainText(/\{\w+\}|…|NaN|undefined|lesson\.\w+\.s\d/);
}

/** A number, and not a part of another. @param {string} number */
function alone(number) {
  return new RegExp(`(?<![\\d−]|\\d[.,])${number.replace(/[.\\]/g, '\\$&')}(?!\\d|[.,]\\d|%)`);
}

/** Does a thing in another language, with what was run. @param {import('@playwright/test').Page} page @param {string} language @param {() => Promise<void>} task */
async function alsoIn(page, language, task) {
  const menu = page.locator('.menus > label select');
  const before = await menu.inputValue();
  await menu.selectOption(language);
  await task();
  await menu.selectOption(before);
}

/** Predicts whatever comes first: in the panel, or where it is made beside it. @param {import('@playwright/test').Locator} panel @param {import('@playwright/test').Page} page */
async function predict(panel, page) {
  const [field, bars] = [panel.locator('guess-field input:enabled'), page.locator(':is(guess-bars, run-levels, push-shares) input[name=guess]')];
  if (!(await panel.locator('guess-field').count())) return;
  // Pictures to choose from are looked for first.
  await field.or(bars).first().waitFor({ state: 'attached' });
  if (await field.count()) return field.first().click({ force: true });
  return (await bars.count()) > 1 ? bars.first().click() : bars.press('ArrowRight');
}

/** What it points at once it has been run is there, and is seen. @param {import('@playwright/test').Page} page @param {number} step */
async function points(page, step) {
  await expect(page.locator('pointing-mark'), `step ${step} points at what it speaks of`).toBeInViewport({ ratio: 0.5 });
}

/** Gives the numbers that it has to quote. @param {import('../playground.mjs').Playground} playground @param {import('@playwright/test').Locator} panel @param {Stop} stop */
async function pass({ page }, panel, { guess, act, says }) {
  const runs = panel.locator('.act');
  if (guess) await guess(panel, page);
  else await predict(panel, page);
  if (await runs.count()) {
    await runs.click();
    await expect(runs).toHaveCount(0);
  }
  const check = panel.locator('check-question');
  if (await check.count()) await answer(check);
  await expect(panel.locator('progress')).toHaveCount(0, { timeout: 120_000 });
  await act?.(panel, page);
  await expect(panel.locator('footer .turn.primary'), 'nothing is left to do').toBeVisible();
  if (!says) return [];
  const numbers = await page.evaluate((text) => {
    const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
    const lately = (/** @type {number[]} */ values) => values.slice(-10).reduce((sum, value) => sum + value, 0) / Math.min(10, values.length);
    const loss = (/** @type {number} */ value) => (value < 0.1 ? value.toFixed(3).replace(/0$/, '') : value.toFixed(2));
    const cosine = (/** @type {number} */ value) => value.toFixed(2).replace('-0.00', '0.00').replace('-', '−');
    return (0, eval)(`(${text})`)(state, state.lectern.results, lately, loss, cosine);
  }, String(says));
  expect(numbers.length).toBeGreaterThan(0);
  return /** @type {string[]} */ (numbers);
}

/** Every answer has a sentence of its own; the last pressed is the right one. @param {import('@playwright/test').Locator} check */
async function answer(check) {
  const sentences = new Set();
  /** @type {import('@playwright/test').Locator | undefined} */ let right;
  const press = async (/** @type {import('@playwright/test').Locator} */ option) => {
    await option.click();
    await expect(option).toHaveAttribute('aria-pressed', 'true');
  };
  for (const option of await check.locator('button').all()) {
    await press(option);
    sentences.add(await check.locator('.so').innerText());
    if (await check.locator('.so.right').count()) right = option;
  }
  expect(sentences.size).toBe(await check.locator('button').count());
  if (!right) throw new Error('no answer is right');
  await press(right);
}
