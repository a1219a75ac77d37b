// Frames a second of the map with 3,000 pictures while it is moved and zoomed, and what blocked the page.
import { openPage } from './page.mjs';

const { page, close } = await openPage();
const found = await page.evaluate(async () => {
  await import(/** @type {string} */ ('/app/elements/embedding-map.js')).catch(() => {});
  const wait = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const frame = () => new Promise(requestAnimationFrame);
  const map = /** @type {any} */ (document.createElement('embedding-map'));
  document.body.replaceChildren(map);
  await wait(500);
  /** @type {number[]} */ const blocked = [];
  new PerformanceObserver((list) => blocked.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  const bytes = (/** @type {number} */ picture) => Uint8Array.from({ length: 32 * 32 * 3 }, (_, at) => (at * 7 + picture * 13) % 256);
  map.pictures = Array.from({ length: 3000 }, (_, at) => ({ name: String(at), label: String(at % 6), side: 32, rgb: bytes(at) }));
  await wait(500);
  blocked.length = 0;
  map.coordinates = Float32Array.from({ length: 6000 }, () => Math.random() + Math.random() + Math.random());
  await wait(3000);
  const canvas = map.shadowRoot.querySelector('canvas');
  const began = performance.now();
  const frames = 200;
  for (let at = 0; at < frames; at++) {
    const [clientX, clientY] = [300 + 100 * Math.sin(at / 10), 250 + 60 * Math.cos(at / 10)];
    const wheel = { deltaY: at < frames / 2 ? -20 : 20, ctrlKey: true, clientX, clientY, bubbles: true, cancelable: true };
    canvas.dispatchEvent(new WheelEvent('wheel', wheel));
    await frame();
  }
  return { rate: (1000 * frames) / (performance.now() - began), blocked };
});
console.log(`${Math.round(found.rate)} frames a second; tasks over 50 ms: ${found.blocked.map(Math.round).join(', ') || 'none'}`);
await close();
