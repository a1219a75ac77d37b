// The first minute: what one sees on opening, at every size, and how it moves while an encoder learns.
import { photos } from './files.mjs';
import { expect, test } from './playground.mjs';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
];
const PANELS = ['pair-idea', 'loss-curve', 'live-map', 'small-matrix', 'picture-choice'];

/** How far down each reaches, without scrolling. @param {import('@playwright/test').Page} page @param {string} selector */
async function bottomOf(page, selector) {
  const box = await page.locator(`.stage ${selector}`).boundingBox();
  if (!box) throw new Error(`${selector} cannot be seen`);
  expect(box.width, selector).toBeGreaterThan(40);
  expect(box.height, selector).toBeGreaterThan(30);
  return box.y + box.height;
}

/** @param {import('./playground.mjs').Playground} playground @param {{ width: number, height: number }} viewport */
async function allInFirstView({ page }, viewport) {
  await page.setViewportSize(viewport);
  const phone = viewport.width < 500;
  const play = page.locator('train-controls button').first();
  // What is drawn follows the window a frame later.
  await expect(async () => {
    await page.evaluate(() => scrollTo(0, 0));
    await expect(play).toBeInViewport({ ratio: 1, timeout: 1000 });
    for (const panel of PANELS) expect(await bottomOf(page, panel), panel).toBeLessThanOrEqual(viewport.height * (phone ? 2 : 1));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }).toPass({ timeout: 10_000 });
  if (!phone) return;
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(play, 'Play stays').toBeInViewport({ ratio: 1 });
}

test('everything is in the first view, at every size and in both languages', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  await expect.poll(() => playground.state('sight')).toBeTruthy();
  for (const language of ['en', 'zh']) {
    await page.locator('.menus select').first().selectOption(language);
    for (const viewport of SIZES) {
      await test.step(`${language}, ${viewport.width} × ${viewport.height}`, () => allInFirstView(playground, viewport));
    }
  }
});

const PROJECTORS = [
  { width: 1024, height: 768 },
  { width: 1280, height: 720 },
  { width: 1280, height: 800 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

/** How small the letters of the idea are, and which of its words lie on each other or on a picture. Runs in the page. */
function idea() {
  const root = /** @type {ShadowRoot} */ (document.querySelector('contrastive-playground')?.shadowRoot?.querySelector('.stage pair-idea')?.shadowRoot);
  const words = [...root.querySelectorAll('text')].map((text) => ({ name: text.textContent, box: text.getBoundingClientRect() }));
  const pictures = [...root.querySelectorAll('pixel-square')].map((square) => ({ name: 'a picture', box: square.getBoundingClientRect() }));
  const meet = (/** @type {DOMRect} */ a, /** @type {DOMRect} */ b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > a.height / 3;
  return {
    letters: Math.min(...[...root.querySelectorAll('text')].map((text) => parseFloat(getComputedStyle(text).fontSize))),
    onEachOther: words.flatMap(({ name, box }, index) => [...words.slice(index + 1), ...pictures].filter((other) => meet(box, other.box)).map((other) => `${name}: ${other.name}`)),
  };
}

/** The stage on a projector: all in one view, nothing small, and nothing under Play. @param {import('./playground.mjs').Playground} playground @param {{ width: number, height: number }} viewport */
async function seenFromAfar({ page }, viewport) {
  await page.setViewportSize(viewport);
  await expect(async () => {
    await page.evaluate(() => scrollTo(0, 0));
    const bar = await page.locator('.bar').boundingBox();
    const end = bar && bar.y > viewport.height / 2 ? bar.y : viewport.height;
    for (const panel of ['pair-idea', 'loss-curve', 'live-map', 'small-matrix']) expect(await bottomOf(page, panel), panel).toBeLessThanOrEqual(end);
    for (const [drawing, least] of Object.entries({ 'live-map .map': 250, 'loss-curve': 95, 'small-matrix canvas': 95 })) expect((await page.locator(`.stage ${drawing}`).boundingBox())?.height, drawing).toBeGreaterThan(least);
    const { letters, onEachOther } = await page.evaluate(idea);
    expect(letters).toBeGreaterThan(17);
    expect(onEachOther).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }).toPass({ timeout: 10_000 });
}

test('a projector shows Play and all panels at once, in large letters that lie on nothing', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.set({ steps: 10 });
  await playground.visit('stage');
  await playground.train();
  // A batch whose negatives are spread around the whole dial, as at a high temperature.
  await page.locator('pair-idea').evaluate((/** @type {any} */ idea) => {
    const { similarities, columns } = idea.batch;
    idea.batch = { ...idea.batch, similarities: similarities.map((/** @type {number} */ value, /** @type {number} */ at) => (at % columns === columns / 2 ? value : -Math.cos((at % columns) / 9))) };
  });
  const projector = page.locator('look-menu button').last();
  for (const language of ['en', 'zh']) {
    await page.locator('.menus select').first().selectOption(language);
    await page.setViewportSize(PROJECTORS[0]);
    await projector.click();
    for (const viewport of PROJECTORS) await test.step(`${language}, ${viewport.width} × ${viewport.height}`, () => seenFromAfar(playground, viewport));
    await projector.click();
    for (const viewport of [{ width: 320, height: 640 }, { width: 360, height: 740 }, { width: 390, height: 844 }]) {
      await page.setViewportSize(viewport);
      await expect.poll(async () => (await page.evaluate(idea)).onEachOther, `${language}, ${viewport.width}`).toEqual([]);
    }
  }
});

test('panels are printed as they were drawn, on paper that is narrower', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  await expect.poll(() => playground.state('sight')).toBeTruthy();
  const panels = () => page.locator('.stage .panel').evaluateAll((panels) => panels.map((panel) => [panel.clientWidth, panel.clientHeight]));
  const drawn = await panels();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 718, height: 1040 });
  expect(await panels()).toEqual(drawn);
  const right = await page.locator('.stage .panel').evaluateAll((panels) => Math.max(...panels.map((panel) => panel.getBoundingClientRect().right)));
  expect(right).toBeLessThan(718);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await page.locator('.stage .panel').evaluateAll((panels) => panels.map((panel) => panel.getAttribute('style') || ''))).toEqual(['', '', '', '']);
});

test('until the last step of a run is looked at, the map says which step it shows', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  await playground.set({ batchSize: 8, steps: 2 });
  await playground.train();
  const kinds = page.locator('live-map .kinds');
  await expect(kinds).toContainText('before training → now');
  await page.evaluate(() => {
    const { page } = /** @type {any} */ (document.querySelector('contrastive-playground'));
    page.set({ sight: { ...page.state.sight, step: 1 } });
  });
  await expect(kinds).toContainText('before training → step 1 ·');
  await expect(kinds.locator('b')).toHaveClass('faint');
});

test('one Tab and Enter begins, and the space bar pauses and goes on', async ({ playground, page }) => {
  await playground.open('?device=cpu&steps=5000', 'stage');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(playground.button('Pause')).toBeVisible();
  const [said, kinds] = [playground.status.getByRole('status'), page.locator('live-map .kinds')];
  await expect(said, 'once, not with every step').toHaveText('Training');
  await expect(kinds).toHaveAttribute('aria-live', 'off');
  await page.evaluate(() => /** @type {any} */ (document.activeElement)?.shadowRoot?.activeElement?.shadowRoot?.activeElement?.blur());
  await page.keyboard.press(' ');
  await expect(said).toHaveText('Paused');
  await expect(kinds).toHaveAttribute('aria-live', 'polite');
  await page.keyboard.press(' ');
  await expect(playground.button('Pause')).toBeVisible();
});

test('before training the untrained encoder is seen with real views, and new ones are drawn', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  await expect.poll(async () => (await playground.state('rehearsal'))?.step).toBe(0);
  const first = await playground.state('rehearsal');
  expect(first.pictures).toHaveLength(48);
  const { kinds } = await playground.state('sight');
  expect(kinds.precision.encoder, 'nothing is learned').toBe(kinds.precision.untrained);
  await expect(page.locator('live-map .kinds')).toHaveText(/^\s*\d+%\s+of a held-out picture’s 10 nearest neighbours are of its kind/);
  await expect.poll(async () => (await playground.state('rehearsal')).pictures, { timeout: 20_000 }).not.toEqual(first.pictures);
  await expect(page.locator('loss-curve #plot')).toHaveAttribute('aria-label', /cannot fall below 0\.003/);
});

test('the small matrix says what it shows: products as large as they are, and positives apart from a queue', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  await expect.poll(() => playground.state('rehearsal')).toBeTruthy();
  const small = page.locator('small-matrix');
  await expect(small.locator('.scale')).toHaveText(/^Cosine similarity −1\s*1$/);
  await small.evaluate((/** @type {any} */ small) => (small.batch = { ...small.batch, method: 'articleLoss', similarities: small.batch.similarities.map(() => -12.5) }));
  await expect(small.locator('.scale')).toHaveText(/^Dot product −12\.5\s*12\.5$/);
  await small.evaluate((/** @type {any} */ small) => (small.batch = { ...small.batch, method: 'moco', anchors: 48, columns: 96, candidates: 257 }));
  await expect(small.locator('.queue')).toContainText('queue: 64 of 256 keys');
  const [positives, keys] = await small.locator('canvas').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
  expect(positives).toBeGreaterThan(20);
  expect(keys).toBeGreaterThan(2 * 64);
});

test('reduced motion draws no new views', async ({ playground, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.open('?device=cpu', 'stage');
  await expect.poll(() => playground.state('rehearsal')).toBeTruthy();
  const { pictures } = await playground.state('rehearsal');
  await page.waitForTimeout(7000);
  expect((await playground.state('rehearsal')).pictures).toEqual(pictures);
});

test('while it learns the map moves without turning, and what is drawn of the anchor is the batch’s', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.set({ steps: 100_000 });
  await playground.visit('stage');
  await expect.poll(() => playground.state('sight')).toBeTruthy();
  await playground.button('Play').click();
  const looks = [];
  for (let at = 0; at < 3; at++) {
    const last = looks.at(-1)?.step ?? 0;
    await expect.poll(async () => (await playground.state('sight')).step, { timeout: 60_000 }).toBeGreaterThan(last);
    looks.push(await playground.state('sight'));
  }
  for (const [index, { coordinates }] of looks.slice(1).entries()) {
    const [now, before] = [Object.values(coordinates), Object.values(looks[index].coordinates)];
    const sum = (/** @type {(at: number) => number} */ term) => now.reduce((total, _, at) => total + term(at), 0);
    // The turn that would bring it nearest to where it was is none.
    const cross = sum((at) => (at % 2 ? 0 : now[at] * before[at + 1] - now[at + 1] * before[at]));
    const along = sum((at) => now[at] * before[at]);
    expect(along).toBeGreaterThan(0);
    expect(Math.abs(cross / along)).toBeLessThan(1e-3);
  }
  await playground.button('Pause').click();
  await expect(playground.status).toContainText('Paused');
  // A last batch may come when it has paused.
  await expect(async () => {
    const { similarities, columns } = await playground.state('batch');
    const negatives = Object.values(similarities).slice(0, columns).filter((_, at) => at !== 0 && at !== columns / 2);
    const place = 1 + negatives.filter((negative) => Number(negative) > similarities[columns / 2]).length;
    const [positive, hardest] = await Promise.all(['positive', 'negative'].map((kind) => page.locator(`pair-idea text.${kind}`).last().textContent()));
    const text = (/** @type {number} */ value) => value.toFixed(2).replace('-', '−');
    expect(positive).toContain(text(similarities[columns / 2]));
    expect(positive).toContain(`place ${place} of ${columns - 1}`);
    expect(hardest).toContain(text(Math.max(.../** @type {number[]} */ (negatives))));
  }).toPass({ timeout: 20_000 });
});

test('each panel is a door to its station', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  for (const [panel, station] of Object.entries({ idea: 'views', curve: 'train', matrix: 'step', map: 'learned' })) {
    await page.locator(`.panel.${panel} h2 a`).click();
    await expect(page.locator(`pipeline-part#${station}`)).toBeVisible();
    await page.getByRole('link', { name: 'Close' }).click();
  }
  await page.locator('.stage picture-choice legend a').click();
  await expect(page.locator('pipeline-part#photos')).toBeVisible();
  await page.getByRole('link', { name: 'Close' }).click();
  await page.locator('.panel.matrix canvas').click();
  await expect(page.locator('pipeline-part#step'), 'all of it is').toBeVisible();
  await expect(page.locator('similarity-matrix #cells'), 'the untrained batch is there to be looked into').toBeVisible();
});

test('a link hides stations, parts and settings, and leaves no trace of them', async ({ playground, page }) => {
  await playground.open('?device=cpu&hide=model,step.formula,stage.matrix,page.look,views.solarize', 'model');
  await expect(page.locator('pipeline-part'), 'its address leads nowhere').toHaveCount(0);
  const rail = page.getByRole('navigation', { name: 'Stations' });
  await expect(rail.getByRole('link')).toHaveText(['At a glance', '1Photos', '2Two views', '3Training', '4Inside a step', '5What it learned', '6Take away']);
  await expect(page.locator('small-matrix')).toHaveCount(0);
  await expect(page.locator('look-menu')).toHaveCount(0);
  await playground.visit('step');
  await expect(page.locator('softmax-bars')).toBeVisible();
  await expect(page.locator('info-nce-formula')).toHaveCount(0);
  await playground.visit('views');
  await expect(page.locator('view-policy input[name=crop]')).toBeVisible();
  await expect(page.locator('view-policy input[name=solarize]')).toHaveCount(0);
  await playground.visit('take');
  await expect(page.locator('take-away .link input')).toHaveValue(/hide=model%2Cstep\.formula/);
  await page.reload();
  await playground.ready();
  await expect(rail.getByRole('link'), 'also after a reload').toHaveCount(7);

  await page.setViewportSize({ width: 1440, height: 900 });
  await playground.open('?device=cpu&hide=stage.idea,page.stations', 'stage');
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.locator('.panel a'), 'no door').toHaveCount(0);
  const curve = await page.locator('.panel.curve').boundingBox();
  expect(curve?.y, 'the curve has the room of the idea').toBeLessThan(150);
  await playground.open('?device=cpu&hide=nonsense', 'stage');
  await expect(playground.notices.first()).toContainText('nonsense');
});

test('photos dropped on the stage are learned from, with the recipe for photos', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.visit('stage');
  expect(await playground.state('settings')).toMatchObject({ size: 'small', batchSize: 48 });
  await playground.drop(await photos(5));
  await expect(page.locator('.stage picture-choice .own')).toContainText('5 pictures');
  await expect(page.locator('.stage picture-choice input[value=own]')).toBeChecked();
  expect([(await playground.state('settings')).batchSize, await playground.state('side')]).toEqual([32, 32]);
  await expect(page.locator('live-map .kinds'), 'nobody says of what kind they are').toContainText('looks alike');
  await playground.at('model', async () => {
    await page.locator('model-settings select[name=recipe]').selectOption('As in the article');
    await playground.ready();
  });
  expect(await playground.state('settings')).toMatchObject({ size: 'medium', batchSize: 32, steps: 200 });
  await playground.choose({ method: 'supCon' });
  await playground.side(16);
  await expect(page.locator('live-map .kinds'), 'without a label there is nothing to wait for').toContainText('No map while');
});
