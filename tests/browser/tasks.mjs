// What several tests do, and how what they see is counted.
import { expect } from '@playwright/test';
import { photos, rotated } from './files.mjs';

/** Drops photos and trains on them, on whichever device. @param {import('./playground.mjs').Playground} playground */
export async function trainsOnPhotos(playground) {
  await playground.drop([...(await photos(7)), await rotated(6)]);
  await expect(playground.count).toContainText('8 pictures');
  await playground.side(16);
  await expect(playground.source('own')).toBeChecked();
  await expect(playground.notices).toHaveCount(0);
  const before = await playground.squares();
  expect(before).toHaveLength(8);
  for (const picture of before.slice(0, 7)) expect(colors(picture, 3)).toBeGreaterThan(20);
  const [row] = await playground.pixels('picture-grid canvas');
  expect(colors(row), 'they are drawn').toBeGreaterThan(200);

  await playground.set({ batchSize: 4, steps: 4 });
  await playground.train();
  expect(await playground.losses()).toHaveLength(4);
  await playground.visit('step');
  const views = await playground.pixels('pair-inspector .anchors pixel-square canvas');
  expect(views).toHaveLength(8);
  expect(Math.max(...views.map((view) => colors(view)))).toBeGreaterThan(20);
}

/** Plays, pauses, steps, goes on and starts anew, on whichever device. @param {import('./playground.mjs').Playground} playground */
export async function pausesAndStartsAnew(playground) {
  await playground.set({ batchSize: 4, steps: 100_000 });
  await playground.button('Play').click();
  await expect.poll(async () => (await playground.losses()).length).toBeGreaterThan(2);
  await playground.button('Pause').click();
  await expect(playground.status).toContainText('Paused');
  const paused = (await playground.losses()).length;
  expect(paused).toBeLessThan(100_000);

  await playground.button('Step').click();
  await expect(playground.status).toContainText(`Step ${paused + 1} of 100,000`);
  expect(await playground.losses()).toHaveLength(paused + 1);
  await playground.button('Play').click();
  await expect.poll(async () => (await playground.losses()).length).toBeGreaterThan(paused + 1);

  const [first] = await playground.losses();
  // Reset also while it trains.
  await playground.startAnew();
  await expect(playground.status).toContainText('Ready');
  expect(await playground.losses()).toEqual([]);
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 1 of 100,000');
  expect(await playground.losses(), 'the seed decides').toEqual([first]);
}

/** The number of colours in a picture. @param {number[]} pixels @param {3 | 4} [channels] */
export function colors(pixels, channels = 4) {
  const found = new Set();
  for (let at = 0; at < pixels.length; at += channels) found.add(pixels.slice(at, at + 3).join());
  return found.size;
}

/** @param {number[]} values */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
