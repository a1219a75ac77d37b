// Lessons as they are read: on a phone, by the keyboard, and by those who do not see.
import { overlap } from '../../../www/train/labels.js';
import { expect, test } from '../playground.mjs';
import { goTo, shorten, sound } from './walk.mjs';

/** What is left of the sheet below a question's first option, where there is one, and of the screen beside the footer's last link, in each language. Runs in the page. */
async function roomLeft() {
  const root = /** @type {ShadowRoot} */ (/** @type {Element} */ (document.querySelector('contrastive-playground')).shadowRoot);
  const menu = /** @type {HTMLSelectElement} */ (root.querySelector('.menus > label select'));
  const panel = /** @type {ShadowRoot} */ (root.querySelector('lesson-panel')?.shadowRoot);
  const body = /** @type {Element} */ (panel.querySelector('.body'));
  /** @type {Record<string, { below?: number, beside: number }>} */
  const found = {};
  for (const language of ['zh', 'en']) {
    menu.value = language;
    menu.dispatchEvent(new Event('change'));
    await new Promise((resolve) => setTimeout(resolve));
    const first = [...body.querySelectorAll('guess-field, guess-bars')].map(({ shadowRoot }) => shadowRoot?.querySelector('label')).find(Boolean);
    const last = /** @type {Element} */ ([...panel.querySelectorAll('footer .turn')].at(-1));
    found[language] = {
      below: first ? body.getBoundingClientRect().bottom - first.getBoundingClientRect().bottom : undefined,
      beside: innerWidth - last.getBoundingClientRect().right,
    };
  }
  return found;
}

/** Steps that point at what a run has to make first: where they are walked, they are seen to. */
const LATER = new Set(['1.3', '1.4', '2.4', '4.4', '5.3', '5.4', '6.2', '6.3', '6.4', '6.5', '6.6', '7.3', '7.4', '7.5', '8.6']);

/** Whether the step points at anything before it is run. @param {import('@playwright/test').Page} page @param {string} step */
async function points(page, step) {
  return !LATER.has(step) && page.locator('pointing-mark').evaluate((/** @type {any} */ { path }) => path.length > 0);
}

test('every step fits a phone: a sheet of two fifths, nothing wider than the screen, and what it points at is there', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 390, height: 844 });
  await goTo(playground, 'lesson=0');
  const steps = await page.evaluate(() => {
    const { course } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern;
    return course.map((/** @type {any} */ { steps }) => steps.length);
  });
  expect(steps.length).toBe(10);
  for (const [lesson, each] of steps.entries()) {
    for (let index = 0; index < each; index++) {
      await goTo(playground, `lesson=${lesson}.${index + 1}`);
      const sheet = await page.locator('lesson-panel').boundingBox();
      expect(sheet?.height, `${lesson}.${index + 1}`).toBeLessThanOrEqual(844 * 0.4 + 1);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${lesson}.${index + 1}`).toBeLessThanOrEqual(0);
      // Who reads the question sees that it has answers.
      for (const [language, { below }] of Object.entries(await page.evaluate(roomLeft))) {
        if (below !== undefined) expect(below, `${lesson}.${index + 1} in ${language}: the first option lies above the sheet’s edge`).toBeGreaterThanOrEqual(5);
      }
      const panel = page.locator('lesson-panel');
      const body = panel.locator('.body');
      const more = await body.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
      if (more > 12) await expect(body, `${lesson}.${index + 1} says that there is more`).toHaveAttribute('data-more');
      await body.evaluate((body) => body.scrollTo({ top: body.scrollHeight }));
      await expect(body, `${lesson}.${index + 1} is read to its end`).not.toHaveAttribute('data-more');
      await expect(panel.locator('.more')).toBeHidden();
      if (await points(page, `${lesson}.${index + 1}`)) {
        const mark = page.locator('pointing-mark');
        await expect(mark, `${lesson}.${index + 1}`).toBeInViewport({ ratio: 0.9 });
        await expect.poll(async () => Number((await mark.boundingBox())?.y) + 40, `${lesson}.${index + 1}: it is seen above the sheet`).toBeLessThan(Number(sheet?.y));
      }
      const options = panel.locator('guess-field .options');
      if (!(await options.count())) continue;
      await options.evaluate((options) => options.scrollIntoView({ block: 'nearest' }));
      const cut = await options.evaluate((options) => {
        const outer = /** @type {Element} */ (/** @type {ShadowRoot} */ (options.getRootNode()).host.closest('.body')).getBoundingClientRect();
        return [...options.children].map((label) => label.getBoundingClientRect()).some(({ left, top, right, bottom }) => left < outer.left || right > outer.right || top < outer.top - 1 || bottom > outer.bottom + 1);
      });
      expect(cut, `${lesson}.${index + 1}: all options are seen at once`).toBe(false);
    }
  }
  // The smallest phones: what leads on is on the screen.
  await page.setViewportSize({ width: 320, height: 640 });
  for (const [lesson, each] of steps.entries()) {
    for (let index = 0; index < each; index++) {
      await goTo(playground, `lesson=${lesson}.${index + 1}`);
      for (const [language, { beside }] of Object.entries(await page.evaluate(roomLeft))) expect(beside, `${lesson}.${index + 1} in ${language}`).toBeGreaterThanOrEqual(5);
    }
  }
});

/** What is too narrow, reaches out of its panel or the window, or lies on the footer. Runs in the page. */
function misplaced() {
  const root = /** @type {ShadowRoot} */ (/** @type {Element} */ (document.querySelector('contrastive-playground')).shadowRoot);
  const beyond = document.documentElement.scrollWidth - innerWidth;
  const end = /** @type {Element} */ (root.querySelector('.page > footer')).getBoundingClientRect().top;
  const panels = [...root.querySelectorAll('.stage > .panel')].filter((panel) => {
    const { width, bottom } = panel.getBoundingClientRect();
    const held = [...(panel.lastElementChild?.shadowRoot?.children ?? [])].map((part) => part.getBoundingClientRect().bottom);
    return width < 200 || Math.max(bottom, ...held) > Math.min(end, bottom) + 1;
  });
  return [...panels.map(({ className }) => className), ...(beyond > 0 ? [`${beyond} px beyond the window`] : [])];
}

test('every step fits a tablet and a projector’s window: no panel is cut, or so narrow that nothing is seen', async ({ lasting: playground }) => {
  const { page } = playground;
  await goTo(playground, 'lesson=0');
  const counts = await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.lectern.course.map((/** @type {any} */ { steps }) => steps.length));
  const projector = page.getByRole('button', { name: 'Projector' });
  for (const large of [false, true]) {
    if (large) await projector.click();
    await page.setViewportSize({ width: 1024, height: 768 });
    for (const [lesson, steps] of counts.entries()) {
      for (let step = 1; step <= steps; step++) {
        await goTo(playground, `lesson=${lesson}.${step}`);
        await expect.poll(() => page.evaluate(misplaced), `${lesson}.${step}, ${large ? 'projector' : 'tablet'}`).toEqual([]);
        if (large && (await points(page, `${lesson}.${step}`))) await expect(page.locator('pointing-mark'), `${lesson}.${step}`).toBeInViewport({ ratio: 0.9 });
      }
    }
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  const box = async (/** @type {string} */ selector) => /** @type {{ x: number, y: number, width: number, height: number }} */ (await page.locator(selector).boundingBox());
  await goTo(playground, 'lesson=8');
  expect((await box('.panel.matrix')).y + (await box('.panel.matrix')).height, 'both rows of panels are in one view').toBeLessThan(720);
  for (const step of ['0.2', '2.1', '7.1', '9.4']) {
    await goTo(playground, `lesson=${step}`);
    const [act, body] = [await box('lesson-panel .act'), await box('lesson-panel .body')];
    expect(act.y + act.height, `${step}: the button that runs is in sight`).toBeLessThan(body.y + body.height);
  }
  await goTo(playground, 'lesson=8');
  const [on, dots] = [await box('lesson-panel footer .turn:last-child'), await box('lesson-panel .dots')];
  expect(on.y, 'what leads on is in the line of the dots').toBeLessThan(dots.y + dots.height);
  for (const step of ['7.3', '0.2']) {
    await goTo(playground, `lesson=${step}`);
    await page.evaluate(() => scrollTo(0, 1e6));
    const lesson = await box('lesson-panel');
    const footer = await box('.page > footer');
    expect(footer.x, `${step}: the lesson lies on no footer`).toBeGreaterThan(lesson.x + lesson.width);
    expect((await box('.panel:last-child')).y + (await box('.panel:last-child')).height, `${step}: nor does a panel`).toBeLessThan(footer.y);
  }
  expect((await box('.panel.map')).height, 'a map has the room for its words').toBeGreaterThan(1.8 * (await box('.panel.curve')).height);
  await projector.click();
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('a phone held sideways has the lesson beside what it speaks of, and both in view', async ({ lasting: playground }) => {
  const { page } = playground;
  for (const [width, height] of [[844, 390], [667, 375]]) {
    await page.setViewportSize({ width, height });
    for (const step of ['1.2', '2.1', '4.2', '8.2']) {
      await goTo(playground, `lesson=${step}`);
      const lesson = await page.locator('lesson-panel').boundingBox();
      const shown = await page.locator('.stage > :is(.panel, .beside:not(:empty))').first().boundingBox();
      if (!lesson || !shown) throw new Error(`${step}: not there`);
      expect(lesson.width, step).toBeLessThan(width / 2);
      expect(lesson.y + lesson.height, step).toBeLessThanOrEqual(height + 1);
      expect(shown.x, step).toBeGreaterThanOrEqual(lesson.x + lesson.width);
      expect(shown.y, step).toBeLessThan(height / 3);
      expect((await page.locator('.stage').boundingBox())?.width, step).toBeGreaterThan(width * 0.45);
      expect(shown.width, step).toBeGreaterThan(150);
      const on = page.locator('lesson-panel footer .turn').last();
      await expect(on, step).toBeInViewport({ ratio: 0.99 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), step).toBeLessThanOrEqual(0);
    }
    await goTo(playground, 'lesson=0.2');
    await expect(page.locator('.panel.map'), 'not the map’s upper edge alone').toBeInViewport({ ratio: 0.97 });
    await goTo(playground, 'lesson=1');
    await expect(page.locator('sort-pairs button').last(), 'all views').toBeInViewport({ ratio: 0.99 });
    await goTo(playground, 'lesson=8');
    for (const name of ['idea', 'curve', 'matrix']) await expect(page.locator(`.panel.${name}`), name).toBeInViewport({ ratio: 0.7 });
    expect((await page.locator('.page > header').boundingBox())?.height, 'a low header').toBeLessThan(42);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('on a tablet held upright the sheet takes what it says, and lies on nothing that it speaks of', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 820, height: 1180 });
  for (const step of ['0.1', '0.2', '4.2', '7.1', '8.1']) {
    await goTo(playground, `lesson=${step}`);
    await expect.poll(() => page.evaluate(() => {
      const root = /** @type {ShadowRoot} */ (/** @type {Element} */ (document.querySelector('contrastive-playground')).shadowRoot);
      return [...root.querySelectorAll('.stage > .panel')].filter((panel) => panel.getBoundingClientRect().bottom > 0.6 * innerHeight).map(({ className }) => className);
    }), step).toEqual([]);
    expect((await page.locator('lesson-panel').boundingBox())?.height, step).toBeLessThanOrEqual(1180 * 0.4 + 1);
  }
  await goTo(playground, 'lesson=1');
  expect((await page.locator('lesson-panel').boundingBox())?.height, 'a few lines').toBeLessThan(1180 * 0.25);
  await goTo(playground, 'lesson=0.2');
  await page.setViewportSize({ width: 900, height: 700 });
  const height = async (/** @type {string} */ name) => (await page.locator(`.panel.${name}`).boundingBox())?.height;
  await expect.poll(async () => Number(await height('curve')) - Number(await height('map')), 'in a lower window the chart is lower too').toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('dots that would touch give way to numbers', async ({ lasting: playground }) => {
  const { page } = playground;
  const said = (/** @type {Element} */ dot) => [getComputedStyle(dot, '::before').display, getComputedStyle(dot, '::after').content];
  const current = page.locator('lesson-panel .dots [aria-current]');
  // 1366 × 768, enlarged twice.
  await page.setViewportSize({ width: 683, height: 384 });
  for (const [step, at] of [['2.1', '1/4'], ['8.2', '2/6']]) {
    await goTo(playground, `lesson=${step}`);
    expect(await current.evaluate(said), step).toEqual(['none', `"${at}"`]);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await expect.poll(() => current.evaluate(said)).toEqual(['block', 'none']);
});

test('predictions are made on the chart itself, with a finger or the keyboard', async ({ lasting: playground }) => {
  const { page } = playground;
  const guess = () => page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.teaching.context.guess);
  const act = page.locator('lesson-panel .act');
  // The bar that will be the longest.
  await goTo(playground, 'lesson=4.2');
  await expect(act).toBeDisabled();
  await page.locator('guess-bars label').nth(1).click();
  expect(await guess()).toBe('middle');
  await page.keyboard.press('ArrowDown');
  expect(await guess()).toBe('soft');
  await expect(act).toBeEnabled();
  // How long a bar will be.
  await goTo(playground, 'lesson=6');
  const bar = page.locator('guess-bars input');
  await expect(bar).toHaveAttribute('aria-valuetext', 'press or drag');
  await bar.press('ArrowRight');
  expect(await guess()).toBe(0.01);
  const box = await bar.boundingBox();
  await bar.click({ position: { x: 0.6 * Number(box?.width), y: 5 } });
  expect(await guess()).toBeCloseTo(0.6, 1);
  await expect(bar).toHaveAttribute('aria-valuetext', /^\d+%$/);
  // Where a loss will end, on the scale of those that there are.
  await goTo(playground, 'lesson=3.2');
  await shorten(page, 3, 2);
  await page.locator('lesson-panel .act').click();
  const line = page.locator('run-levels input');
  await expect(line).toHaveAttribute('aria-valuetext', 'press or drag');
  await expect(act).toBeDisabled();
  const track = await line.boundingBox();
  await line.click({ position: { x: 0.5 * Number(track?.width), y: 20 } });
  expect(await guess()).toBeCloseTo(Math.log(95) / 2, 1);
  await line.press('ArrowLeft');
  expect(await guess()).toBeLessThan(Math.log(95) / 2);
  await sound(page, 'a loss that is predicted');
  await act.click();
  await expect(page.locator('run-levels'), 'and stays beside what came').toContainText(/8 pictures.*predicted 2\.2/);
  await expect(page.locator('run-levels .said')).toHaveCount(1);
  // How one bar will be beside another that is there already.
  await goTo(playground, 'lesson=8');
  await expect(page.locator('lesson-panel score-bars')).toContainText('Untrained encoder');
  await expect.poll(() => page.locator('loss-curve').evaluate((/** @type {any} */ { levels }) => levels.chance.toFixed(2)), 'of the mistake that will run').toBe(Math.log(48).toFixed(2));
  const [map, mark] = await Promise.all(['.panel.map', 'pointing-mark'].map((part) => page.locator(part).boundingBox()));
  expect(Math.abs(Number(map?.x) - Number(mark?.x)), 'the mark is where its bar will be measured').toBeLessThan(6);
  await bar.press('End');
  expect(await guess()).toBe(1);
  // A curve on an empty chart between the levels of the run to come, which is another than the one before.
  const make = async (/** @type {number} */ lesson, /** @type {number} */ step) => {
    await goTo(playground, `lesson=${lesson}.${step}`);
    await shorten(page, lesson, 2);
    await act.click();
    await expect(page.locator('guess-field input').first()).toBeEnabled();
  };
  await make(7, 2);
  const chart = page.locator('loss-curve');
  const steps = await page.evaluate(() => /** @type {any} */ (document.querySelector('contrastive-playground')).page.teaching.step.run.steps);
  await expect.poll(() => chart.evaluate((/** @type {any} */ { loss, levels, steps }) => [loss.length, levels.chance.toFixed(2), steps])).toEqual([0, Math.log(257).toFixed(2), steps]);
  for (const shape of ['fast', 'humps', 'stays']) {
    await page.locator(`guess-field input[value=${shape}]`).click({ force: true });
    expect((await guess())[0], shape).toBe(await chart.evaluate((/** @type {any} */ { sketch }) => sketch[0]));
  }
  await make(8, 5);
  await page.locator('guess-field input[value=climbs]').click({ force: true });
  expect(await chart.evaluate((/** @type {any} */ { sketch, range }) => sketch.at(-1) < range.y[1]), 'there is room for a loss above chance').toBe(true);
  // The chart may also be another than the stage's.
  await goTo(playground, 'lesson=9');
  await page.locator('guess-field input[value=fast]').click();
  const { levels, sketch } = await chart.evaluate((/** @type {any} */ { levels, sketch }) => ({ levels, sketch }));
  expect(levels.floor).toBeCloseTo(Math.log(49), 2);
  expect(Math.abs(sketch.at(-1) - levels.floor)).toBeLessThan(0.1);
  await chart.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0, height = 0 } = (await chart.boundingBox()) ?? {};
  await page.mouse.move(x + width / 3, y + height / 4);
  await page.mouse.down();
  await page.mouse.move(x + 0.9 * width, y + height / 4);
  await page.mouse.up();
  expect(Math.max(...(await guess())), 'drawn by hand, above chance').toBeGreaterThan(levels.chance);
  // One finger draws: neither a press that began elsewhere, nor a second finger; and it may leave the chart.
  const drawn = await guess();
  await page.mouse.move(x + width / 2, y - 20);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + 0.6 * height);
  await page.mouse.up();
  await chart.locator('#plot').dispatchEvent('pointerdown', { isPrimary: false, buttons: 1, clientX: x + width / 2, clientY: y + height / 2 });
  expect(await guess()).toEqual(drawn);
  await page.mouse.move(x + 0.9 * width, y + height / 4);
  await page.mouse.down();
  await page.mouse.move(x + width + 20, y + height + 20);
  await page.mouse.up();
  expect([(await guess())[0], (await guess()).at(-1)], 'what was drawn before stays').toEqual([drawn[0], 0]);
});

test('names in the chart of the loss do not lie on each other', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 390, height: 844 });
  await goTo(playground, 'lesson=3');
  for (const shape of ['fast', 'slow', 'stays']) {
    await page.locator(`guess-field input[value=${shape}]`).click({ force: true });
    const names = () => page.locator('loss-curve').evaluate((/** @type {any} */ { names, plot: { bbox } }) => ({ names, bbox }));
    await expect.poll(async () => (await names()).names.length, 'chance, floor and the prediction').toBe(3);
    const { names: boxes, bbox } = await names();
    for (const [index, box] of boxes.entries()) {
      expect(box.top >= bbox.top && box.bottom <= bbox.top + bbox.height, shape).toBe(true);
      for (const other of boxes.slice(index + 1)) expect(overlap(box, other), `${shape}: ${JSON.stringify([box, other])}`).toBe(false);
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('an arrow stands where it covers nothing, and on a phone beside no panel', async ({ lasting: playground }) => {
  const { page } = playground;
  const mark = page.locator('pointing-mark');
  await goTo(playground, 'lesson=3');
  await expect(mark).toHaveAttribute('side', 'left');
  const arrow = mark.locator('svg');
  await expect(arrow).toBeVisible();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(arrow, 'nothing beckons whom it would disturb').toBeHidden();
  await expect(mark, 'the outline stays').toBeVisible();
  await page.emulateMedia({ reducedMotion: null });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(mark).toHaveAttribute('side', 'none');
  await page.setViewportSize({ width: 820, height: 1180 });
  await goTo(playground, 'lesson=5.5');
  await expect(mark, 'around the name of what it points at, and not on it').toHaveAttribute('side', 'none');
  const [outer, label] = await Promise.all([mark, page.locator('view-policy label', { hasText: 'Colour jitter' })].map((part) => part.boundingBox()));
  expect(outer?.width).toBeGreaterThanOrEqual(label?.width ?? NaN);
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('on a phone, what a step points at comes into sight once results have come, and stays where one scrolls after that', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 390, height: 844 });
  await goTo(playground, 'lesson=8.3');
  await shorten(page, 8, 2);
  const mark = page.locator('pointing-mark');
  await expect(mark).toBeInViewport();
  await page.locator('guess-field input').first().click({ force: true });
  const down = () => page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await down();
  await expect(mark).not.toBeInViewport();
  await page.locator('lesson-panel .act').click();
  await expect(page.locator('lesson-panel .found')).toBeVisible();
  await expect(mark).toBeInViewport({ ratio: 0.9 });
  // It is brought there smoothly.
  await expect.poll(async () => Math.round((await mark.boundingBox())?.y ?? NaN)).toBe(44);
  await down();
  await page.waitForTimeout(300);
  await expect(mark).not.toBeInViewport();
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('fingers meet what is to be pressed, and on the smallest phones what leads on still has room', async ({ lasting: playground }) => {
  const { page } = playground;
  const fingers = await page.context().newCDPSession(page);
  await fingers.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const least = async (/** @type {string} */ part, /** @type {number} */ width, /** @type {number} */ height) => {
    for (const one of await page.locator(part).all()) {
      const box = await one.boundingBox();
      expect(Math.round(box?.width ?? 0), `${part} is wide enough`).toBeGreaterThanOrEqual(width);
      expect(Math.round(box?.height ?? 0), `${part} is high enough`).toBeGreaterThanOrEqual(height);
    }
  };
  await page.setViewportSize({ width: 820, height: 1180 });
  await goTo(playground, 'lesson=5.5');
  await least('lesson-panel .dots a', 36, 36);
  await least('.page > header nav a', 30, 40);
  await least('.page > footer a', 36, 36);
  await least('view-policy label', 36, 40);
  await least('view-policy input[type=range]', 36, 40);
  await goTo(playground, 'lesson=7.6');
  await least('setting-field button', 36, 36);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const step of ['5.5', '7.6']) {
    await goTo(playground, `lesson=${step}`);
    for (const [language, { beside }] of Object.entries(await page.evaluate(roomLeft))) expect(beside, `${step} in ${language}`).toBeGreaterThanOrEqual(5);
  }
  await least('.page > header nav a', 26, 44);
  await expect(page.locator('.page > header nav a').last(), 'all lessons are in view').toBeInViewport({ ratio: 0.99 });
  await page.setViewportSize({ width: 1280, height: 900 });
  await fingers.send('Emulation.setTouchEmulationEnabled', { enabled: false });
});

test('axe finds nothing wrong with the list of lessons and with their first steps', async ({ lasting: playground }) => {
  const { page } = playground;
  await page.evaluate(() => (location.hash = 'lesson'));
  await expect(page.locator('lesson-list')).toBeVisible();
  await sound(page, 'list');
  for (const lesson of ['0', '1', '2', '4.2', '5', '6', '9']) {
    await goTo(playground, `lesson=${lesson}`);
    await sound(page, `lesson ${lesson}`);
  }
});

test('the keyboard turns the pages, predicts and runs, and each page is said by its title', async ({ lasting: playground }) => {
  const { page } = playground;
  await goTo(playground, 'lesson=0');
  const title = page.locator('lesson-panel h2');
  await expect(title).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(title).toHaveText('Now you train it');
  await expect(title).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('lesson-panel progress'), 'nothing runs before one has predicted').toHaveCount(0);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.locator('guess-field input').first()).toBeChecked();
  await page.locator('lesson-panel .act').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('lesson-panel progress')).toBeVisible();
  await expect(title, 'the button is gone, and nothing is pressed by accident').toBeFocused();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('lesson-panel .act'), 'who pauses goes on').toHaveText('Go on');
  await page.goBack();
  await expect(title).toHaveText('One picture, two views');
});
