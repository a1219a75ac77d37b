// Adds many large photos to the built page: how long it takes, how much memory at most, how long the page is blocked.
//   node tools/bench-photos.mjs [count] [photo, made where none is given]
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { openPage } from './page.mjs';

const count = Number(process.argv[2] ?? 500);
const folder = mkdtempSync(join(tmpdir(), 'photos-'));
const first = join(folder, '0.jpg');
if (process.argv[3]) copyFileSync(process.argv[3], first);
else {
  // Noise is about as hard to decode as what a phone saves.
  const noise = { type: /** @type {const} */ ('gaussian'), mean: 128, sigma: 12 };
  await sharp({ create: { width: 4032, height: 3024, channels: 3, noise, background: '#888' } }).jpeg({ quality: 85 }).toFile(first);
}
for (let index = 1; index < count; index++) copyFileSync(first, join(folder, `${index}.jpg`));

const { page, close } = await openPage();
const state = () =>
  page.evaluate(() => {
    const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
    const { busy, adding, source, pictures, skipped } = state;
    return { busy, adding, source, added: pictures.length, skipped: skipped.files.length };
  });
while ((await state()).busy) await new Promise((resolve) => setTimeout(resolve, 200));
await page.evaluate(() => {
  const measured = /** @type {any} */ (window);
  [measured.chosen, measured.blocked] = [Infinity, 0];
  // The browser itself takes a moment to hand over so many files, on an empty page too: what comes after counts.
  const gallery = document.querySelector('contrastive-playground')?.shadowRoot?.querySelector('picture-gallery');
  gallery?.addEventListener('files', () => (measured.chosen = performance.now()));
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) {
      if (startTime > measured.chosen) measured.blocked = Math.max(measured.blocked, duration);
    }
  }).observe({ type: 'longtask' });
});

/** Megabytes in memory of the browser's renderers. */
function memory() {
  const pids = execFileSync('pgrep', ['-f', 'type=renderer'], { encoding: 'utf8' }).trim().split('\n');
  const resident = (/** @type {string} */ pid) => {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      return 0;
    }
  };
  return Math.round(pids.reduce((sum, pid) => sum + resident(pid), 0));
}

const before = memory();
let peak = before;
const began = performance.now();
const choosing = page.waitForEvent('filechooser');
await page.getByRole('button', { name: 'Choose a folder' }).click();
await (await choosing).setFiles(folder);
const picked = performance.now();
for (;;) {
  await new Promise((resolve) => setTimeout(resolve, 250));
  peak = Math.max(peak, memory());
  const { adding, added, source } = await state();
  if (source === 'own' && !adding && added) break;
}
const seconds = (performance.now() - picked) / 1000;
const { added, skipped } = await state();
const blocked = await page.evaluate(() => /** @type {any} */ (window).blocked);
const megabytes = (statSync(first).size / 1e6).toFixed(1);
console.log(`${added} photos of ${megabytes} MB added, ${skipped} skipped`);
console.log(`${seconds.toFixed(1)} s (${Math.round((seconds / count) * 1000)} ms a photo), after ${((picked - began) / 1000).toFixed(1)} s to choose them`);
console.log(`memory of the renderers: ${before} MB before, ${peak} MB at most, ${memory()} MB after`);
console.log(`the page was blocked for ${Math.round(blocked)} ms at most`);
await close();
rmSync(folder, { recursive: true });
