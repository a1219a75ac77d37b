// Open, train on Shapes, look at the pairs and the curve, pause, step, reset.
import { colors, expect, mean, pausesAndStartsAnew, test } from './playground.mjs';

// With two cores, as visitors train with all that they have.
test.use({ address: '?device=cpu&instances=2' });

test('trains on the built-in shapes and shows it', async ({ lasting: playground }) => {
  const { page } = playground;
  const [side, settings] = [32, { batchSize: 16, steps: 60 }];
  await expect(playground.device).toContainText('CPU');
  await expect(playground.device).toContainText('chosen in the address');
  await expect(playground.count).toContainText('1,024 pictures');
  await playground.choose({ recipe: 'article' });
  await playground.side(side);
  await playground.set(settings);
  await playground.train();

  const losses = await playground.losses();
  const chance = Math.log(2 * settings.batchSize - 1);
  expect(losses).toHaveLength(settings.steps);
  expect(mean(losses.slice(-4))).toBeLessThan(chance - 0.1);
  expect(mean(losses.slice(-4))).toBeLessThan(mean(losses.slice(0, 4)));

  await playground.visit('train');
  const loss = await playground.curve('--accent');
  const line = await playground.curve('--chance');
  expect(loss.pixels).toBeGreaterThan(100);
  expect(loss.right, 'the curve goes down').toBeGreaterThan(loss.left);
  expect(Math.abs(line.right - line.left), 'chance is level').toBeLessThan(2);
  expect(loss.right, 'and ends below chance').toBeGreaterThan(line.right);

  await playground.visit('step');
  const squares = await playground.pixels('pair-inspector #now pixel-square canvas');
  expect(squares).toHaveLength(12);
  for (const square of squares) {
    expect(square).toHaveLength(side * side * 4);
    expect(colors(square)).toBeGreaterThan(8);
  }
  await expect(page.locator('pair-inspector .anchors button')).toHaveCount(2 * settings.batchSize);
});

test('pauses, steps and starts anew', async ({ lasting: playground }) => {
  await playground.side(16);
  await pausesAndStartsAnew(playground);
});

test('a finished run goes on for as many steps as it was begun with, and says so before', async ({ lasting: playground }) => {
  await playground.set({ batchSize: 4, steps: 3 });
  await playground.train();
  const on = playground.button('Play on');
  for (const done of [6, 9]) {
    await expect(on).toHaveAttribute('title', /^3 more steps, Ctrl\+Enter/);
    await on.click();
    await playground.until(({ running, progress }) => !running && progress.finished);
    expect(await playground.losses()).toHaveLength(done);
  }
});

test('a chosen anchor is shown with its pairs, which add up', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.set({ batchSize: 8 });
  await playground.visit('step');
  await expect(page.locator('pair-inspector h4'), 'before training there is no other start to compare it with').toHaveText(['Now, at step 0']);
  await playground.visit('stage');
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 1 of');
  await playground.visit('step');
  const anchors = page.locator('pair-inspector .anchors button');
  await expect(anchors).toHaveCount(16);
  await anchors.nth(11).click();
  await expect(anchors.nth(11)).toHaveAttribute('aria-pressed', 'true');

  const { anchor: found, row } = await page.evaluate(async () => {
    const { anchorOf } = await import(/** @type {string} */ ('/app/session.js'));
    const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
    return { anchor: anchorOf(state.batch, state.cell.row), row: state.cell.row };
  });
  expect(row).toBe(11);
  expect(found.positives[0].view, 'the other view of the same picture').toBe(3);
  const shares = found.negatives.map((/** @type {any} */ negative) => negative.share);
  expect(shares, 'hardest first').toEqual([...shares].sort((a, b) => b - a));
  const together = shares.reduce((/** @type {number} */ sum, /** @type {number} */ share) => sum + share, 0);
  expect(found.positives[0].share + together).toBeCloseTo(1, 4);
  expect(-Math.log(found.positives[0].share)).toBeCloseTo(found.loss, 3);

  const [anchor, positive] = await playground.pixels('pair-inspector #now pixel-square canvas');
  const all = await playground.pixels('pair-inspector .anchors pixel-square canvas');
  expect(anchor).toEqual(all[11]);
  expect(positive).toEqual(all[3]);

  const last = /** @type {string} */ (await page.locator('pair-inspector #now .positive figcaption').textContent());
  expect(last).toMatch(/cosine [−-]?\d\.\d\d\s+softmax \d/);
});

test('new views are drawn of the same pictures', async ({ lasting: playground }) => {
  // At the side that pictures are shown at.
  await playground.side(64);
  await playground.visit('views');
  const canvases = 'view-preview pixel-square canvas';
  // As text, which is compared at once.
  const drawn = async () => (await playground.pixels(canvases)).map((square) => square.filter((_, at) => at % 4 < 3).join());
  // A picture and its two views, then the next.
  const originals = (/** @type {string[]} */ squares) => squares.filter((_, index) => index % 3 === 0);
  const before = await drawn();
  expect(before).toHaveLength(18);
  expect(originals(before)).toEqual((await playground.squares(6)).map((square) => square.join()));
  await playground.button('Draw new views').click();
  await expect.poll(drawn).not.toEqual(before);
  const after = await drawn();
  expect(originals(after), 'the pictures stay').toEqual(originals(before));
  for (const view of after.filter((_, index) => index % 3)) expect(before.includes(view)).toBe(false);
});

test('the page answers while it trains', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.set({ steps: 100_000 });
  await playground.button('Play').click();
  await expect.poll(async () => (await playground.losses()).length).toBeGreaterThan(1);

  await playground.visit('views');
  const views = await playground.pixels('view-preview pixel-square canvas');
  await playground.button('Draw new views').click();
  await expect.poll(() => playground.pixels('view-preview pixel-square canvas')).not.toEqual(views);
  await playground.visit('step');
  const anchors = page.locator('pair-inspector .anchors button');
  await anchors.nth(5).click();
  await expect(anchors.nth(5)).toHaveAttribute('aria-pressed', 'true');
  await page.getByLabel('Language').selectOption('zh');
  await expect(page.getByRole('heading', { name: '单步详解' })).toBeVisible();
  await page.getByLabel('语言').selectOption('en');

  await expect(playground.button('Pause'), 'it was training all the while').toBeVisible();
  const before = (await playground.losses()).length;
  await expect.poll(async () => (await playground.losses()).length).toBeGreaterThan(before);
});
