// Which device is taken, and what is said of it.
import { photos } from './files.mjs';
import { expect, pausesAndStartsAnew, test, trainsOnPhotos, watchRequests } from './playground.mjs';

test('an emulated adapter is not taken by itself, and the page says why', async ({ playground }) => {
  await playground.open('');
  await expect(playground.device).toContainText('Trains on CPU');
  await expect(playground.device).toContainText(/the only WebGPU adapter, .*swiftshader.*, is emulated in software/i);
});

// What WebGPU computes is held to the CPU in `tests/device`: here that the page trains with it. In one visit, since an
// emulated GPU takes long to pass the self-test, and without the map, for which it is slow.
test('on WebGPU, which the address asks for, it trains on photos, pauses, steps and starts anew', async ({ playground }) => {
  await playground.open('?device=webgpu&hide=stage.map');
  await expect(playground.device).toContainText(/Trains on\s+WebGPU\s.*swiftshader/i);
  await trainsOnPhotos(playground);
  await playground.startAnew();
  await playground.visit('photos');
  await pausesAndStartsAnew(playground);
});

/** Lets code run in the worker before its own. @param {import('@playwright/test').Page} page @param {string} code */
function sabotage(page, code) {
  return page.route('**/worker.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code};${await response.text()}` });
  });
}

test('without WebGPU the CPU is taken, and the page says so', async ({ playground, page }) => {
  await sabotage(page, 'delete WorkerNavigator.prototype.gpu');
  await playground.open('');
  await expect(playground.device).toContainText(/Trains on\s+CPU\s+this browser does not offer WebGPU/);
  await expect(playground.notices).toHaveCount(0);
  await playground.open('?device=webgpu');
  await expect(playground.device).toContainText(/Trains on\s+CPU/);
  await expect(playground.notices.first()).toContainText('asks for WebGPU, which cannot be used here');
  await playground.set({ batchSize: 4, steps: 2 });
  await playground.train();
});

test('over http the page says that WebGPU wants https', async ({ playground, page }) => {
  await sabotage(page, 'delete WorkerNavigator.prototype.gpu');
  await page.addInitScript(() => Object.defineProperty(globalThis, 'isSecureContext', { value: false }));
  await playground.open('');
  await expect(playground.device).toContainText(/Trains on\s+CPU\s+browsers offer WebGPU on https only/);
});

test('a browser without an adapter', async ({ playground, page }) => {
  await sabotage(page, 'GPU.prototype.requestAdapter = async () => null');
  await playground.open('');
  await expect(playground.device).toContainText(/Trains on\s+CPU\s+WebGPU found no graphics adapter/);
});

test('a GPU that computes nothing fails the self-test', async ({ playground, page }) => {
  await sabotage(page, 'GPUComputePassEncoder.prototype.dispatchWorkgroups = () => {}');
  await playground.open('?device=webgpu');
  await expect(playground.device).toContainText(
    /Trains on\s+CPU\s+WebGPU on .*swiftshader failed the self-test: wrong numbers for Adam: all zero/,
  );
  await expect(playground.notices.first()).toContainText('asks for WebGPU, which cannot be used here');
});

test('when the GPU is lost, training can go on with the same photos on the CPU', async ({ playground, page }) => {
  await sabotage(
    page,
    `const request = GPUAdapter.prototype.requestDevice;
     GPUAdapter.prototype.requestDevice = async function (...args) { return self.device = await request.apply(this, args); }`,
  );
  // Without what the stage shows beside the run, for which an emulated GPU is slow.
  await playground.open('?device=webgpu&hide=stage.map,stage.idea,stage.matrix,step');
  await playground.drop(await photos(4));
  await playground.side(16);
  await playground.set({ batchSize: 4, steps: 100 });
  await playground.button('Step').click();
  await expect(playground.status).toContainText('Step 1 of 100');
  await page.workers()[0].evaluate(() => /** @type {any} */ (self).device.destroy());
  await playground.button('Play').click();
  await expect(page.locator('notice-list')).toContainText('started again with your pictures');
  await playground.ready();
  await expect(playground.device).toContainText(/Trains on\s+CPU/);
  await expect(playground.count).toContainText('4 pictures');
  await playground.set({ steps: 2 });
  await playground.train();
});

test('a request to another origin would be seen', async ({ page, origin }) => {
  const { strangers, bodies } = watchRequests(page, origin);
  // Not on the page, whose policy refuses it.
  await page.goto(`${origin}/app/icon.svg`);
  await page.evaluate(async () => {
    await fetch('http://example.invalid/page').catch(() => undefined);
    await fetch('here', { method: 'POST', body: 'a picture' });
    const code = `fetch('http://example.invalid/worker').catch(() => 0).then(() => postMessage(0))`;
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    await new Promise((resolve) => (worker.onmessage = resolve));
  });
  expect(strangers).toEqual(['http://example.invalid/page', 'http://example.invalid/worker']);
  expect(bodies).toEqual([`POST ${origin}/app/here`]);
});
