// What a visitor can do wrong: a plain sentence says what to do, and nothing is lost.
import { photos } from './files.mjs';
import { expect, test } from './playground.mjs';

test('too few photos', async ({ lasting: playground }) => {
  await playground.drop(await photos(1));
  await expect(playground.count).toContainText('1 picture');
  for (const button of ['Play', 'Step']) {
    await playground.button(button).click();
    await expect(playground.notices).toHaveCount(1);
    await expect(playground.notices.first()).toContainText('training needs at least 2. Add photos');
  }
  await playground.drop(await photos(1, 1));
  await expect(playground.count).toContainText('2 pictures');
  await expect(playground.notices, 'there are enough now').toHaveCount(0);
  await playground.set({ batchSize: 2, steps: 2 });
  await playground.train();
  await expect(playground.notices).toHaveCount(0);
});

test('a batch larger than the set is the set', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.drop(await photos(6));
  await playground.at('model', () => expect(page.locator('model-settings')).toContainText('There are 6 pictures, so each batch is all of them.'));
  await playground.set({ steps: 2 });
  await playground.train();
  await playground.visit('step');
  await expect(page.locator('pair-inspector .anchors pixel-square')).toHaveCount(12);
  await playground.visit('train');
  await expect(page.locator('training-curves #summary')).toContainText('Chance level: 2.398');
  await expect(playground.notices).toHaveCount(0);
});

/** @type {[string, number | '', string][]} */
const refused = [
  ['temperature', '', '“Temperature τ” is not a number. It has to be a number from 0.005 to 100.'],
  ['temperature', 0, '“Temperature τ” is 0. It has to be a number from 0.005 to 100.'],
  ['learningRate', -1, '“Learning rate” is -1. It has to be a number from 0.000001 to 1.'],
  ['batchSize', 2.5, '“Batch size N” is 2.5. It has to be a whole number from 2 to 512.'],
  ['steps', 0, '“Steps” is 0. It has to be a whole number from 1 to 1,000,000.'],
  ['seed', -3, '“Seed” is -3.'],
];
test('a setting out of range, or none at all', async ({ lasting: playground }) => {
  const { page } = playground;
  await playground.set({ batchSize: 4 });
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 1 of');
  await playground.visit('model');
  await playground.unfold();
  /** @type {string[]} */ const logged = [];
  page.on('console', (message) => logged.push(message.text()));
  for (const [field, value, message] of refused) {
    const input = page.locator(`input[name=${field}]`);
    const before = await input.inputValue();
    await playground.set({ [field]: value });
    await expect(playground.notices.last()).toContainText(message);
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await playground.set({ [field]: Number(before) });
    await expect(input).toHaveAttribute('aria-invalid', 'false');
  }
  expect(logged.filter((text) => text.includes('NaN'))).toEqual([]);
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 2 of');
  expect(await playground.losses(), 'the first step is still there').toHaveLength(2);
});

test('settings that make the loss diverge', async ({ lasting: playground }) => {
  await playground.side(16);
  await playground.set({ batchSize: 4, temperature: 0.005, learningRate: 1, steps: 200 });
  await playground.button('Play').click();
  await expect(playground.status).toContainText(/Paused|Finished/);
  const losses = await playground.losses();
  for (const loss of losses) expect(loss).not.toBeNaN();
});
