// Pictures from a webcam: Chromium shows a moving pattern in place of a camera's picture.
import config from '../../playwright.config.mjs';
import { expect, test } from './playground.mjs';

const { launchOptions } = config.use ?? {};
test.use({
  permissions: ['camera'],
  launchOptions: {
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), '--use-fake-device-for-media-stream=device-count=2'],
  },
});

/** @typedef {import('@playwright/test').Page} Page @typedef {import('./playground.mjs').Playground} Playground */

/** @param {Page} page @param {Playground} playground */
async function openCamera(page, playground) {
  await playground.button('Use the camera').click();
  const video = page.locator('webcam-capture video');
  await expect(video).toBeVisible();
  return { video, track: await trackOf(video) };
}

/** What a video shows now. @param {import('@playwright/test').Locator} video */
function trackOf(video) {
  return video.evaluateHandle((video) => {
    const stream = /** @type {MediaStream} */ (/** @type {HTMLVideoElement} */ (video).srcObject);
    return stream.getVideoTracks()[0];
  });
}

/** @typedef {import('@playwright/test').JSHandle<MediaStreamTrack>} Track */

/** @param {Track} track */
const state = (track) => track.evaluate(({ readyState }) => readyState);
/** @param {Track} track */
const camera = (track) => track.evaluate((track) => track.getSettings().deviceId);

/** Keeps what the element hands over. @param {Page} page */
async function record(page) {
  const taken = await page.locator('webcam-capture').evaluateHandle((element) => {
    /** @type {{ name: string, label?: string, side: number, rgb: Uint8Array }[]} */
    const taken = [];
    element.addEventListener('pictures', (event) => taken.push(.../** @type {CustomEvent} */ (event).detail));
    return taken;
  });
  return () => taken.evaluate((taken) => taken.map((picture) => ({ ...picture, rgb: [...picture.rgb] })));
}

test('a burst adds labelled pictures, and closing lets go of the camera', async ({ lasting: playground }) => {
  const { page } = playground;
  const { video, track } = await openCamera(page, playground);
  const pictures = await record(page);
  await page.getByLabel('Label (optional)').fill(' desk ');
  await page.getByLabel('Pictures a burst').fill('5');
  await playground.button('Take a burst').click();
  await expect(playground.count).toContainText('5 pictures');
  await expect(page.locator('webcam-capture [role=status]')).toHaveText('5 pictures taken');

  const taken = await pictures();
  expect(taken).toHaveLength(5);
  expect(new Set(taken.map(({ name }) => name)).size, 'different names').toBe(5);
  for (const { name, label, side, rgb } of taken) {
    expect(name).toMatch(/^camera-[\dTZ-]+\.\d+$/);
    expect({ label, side, bytes: rgb.length }).toEqual({ label: 'desk', side: 64, bytes: 64 * 64 * 3 });
    expect(new Set(rgb).size, 'more than one colour').toBeGreaterThan(10);
  }

  expect(await state(track)).toBe('live');
  await playground.button('Close the camera').click();
  await expect(video).toHaveCount(0);
  await expect(playground.button('Use the camera')).toBeFocused();
  expect(await state(track)).toBe('ended');
  await expect(playground.notices).toHaveCount(0);
});

test('a burst can be stopped, and works by keyboard', async ({ lasting: playground }) => {
  const { page } = playground;
  await openCamera(page, playground);
  const pictures = await record(page);
  await expect(playground.button('Take a burst')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('webcam-capture [role=status]')).toHaveText(/^\d+ of 20$/);
  await expect(playground.button('Stop')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(playground.button('Take a burst')).toBeFocused();
  const { length } = await pictures();
  expect(length).toBeLessThan(20);

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await pictures()).length).toBe(length + 1);
  for (const { label } of await pictures()) expect(label).toBeUndefined();
});

test('another camera can be chosen', async ({ lasting: playground }) => {
  const { page } = playground;
  const { video, track } = await openCamera(page, playground);
  const cameras = page.getByRole('combobox', { name: 'Camera', exact: true });
  const first = await camera(track);
  await expect(cameras).toHaveValue(first ?? '');
  await cameras.selectOption({ index: 1 });
  await expect.poll(() => state(track), 'the first is let go of').toBe('ended');
  await expect.poll(async () => camera(await trackOf(video))).not.toBe(first);
  expect(await camera(await trackOf(video))).toBe(await cameras.inputValue());
});

test('a camera that is unplugged', async ({ lasting: playground }) => {
  const { page } = playground;
  const { video, track } = await openCamera(page, playground);
  await playground.button('Take a burst').click();
  await track.evaluate((track) => track.dispatchEvent(new Event('ended')));
  await expect(video).toHaveCount(0);
  await expect(playground.notices).toHaveText(/The camera cannot be read: it was disconnected/);
});

test.describe('without permission', () => {
  // Permissions that are not named here are denied.
  test.use({ permissions: ['geolocation'] });

  test('a sentence says what to do', async ({ playground }) => {
    await playground.open();
    await playground.button('Use the camera').click();
    await expect(playground.notices).toHaveText(/was not allowed to use the camera. Allow it in the address bar/);
    await expect(playground.button('Use the camera')).toBeEnabled();
  });
});
