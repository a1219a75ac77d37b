// Files of which other programs were told that they cannot take them: what each becomes here.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BUGS, rows } from './bugs.mjs';
import { expect, test } from './playground.mjs';

test('every file that other programs were at a loss with becomes what is expected', async ({ lasting: playground }) => {
  test.skip(!existsSync(BUGS), 'the files are not here');
  const files = await rows();
  expect(files.length).toBeGreaterThanOrEqual(15);
  for (const { name, outcome } of files) {
    await playground.pick('Choose photos', join(BUGS, name));
    if ('told' in outcome) {
      await expect(playground.skipped, name).toContainText(`${name}: `);
      await expect(playground.skipped, name).toContainText(outcome.told);
      await playground.button('Dismiss').click();
      continue;
    }
    const photos = await playground.photos();
    expect([...new Set(photos.map(({ label }) => label))], name).toEqual(outcome.labels);
    if (outcome.pictures) expect(photos, name).toHaveLength(outcome.pictures);
    await expect(playground.skipped, name).not.toContainText('skipped');
    await playground.removeAll();
    await expect(playground.count).toContainText('No photos yet');
  }
});

test('labels that could break a file are in it as others are', async ({ lasting: playground }) => {
  const { page } = playground;
  const path = join(BUGS, 'control-char-label.zip');
  test.skip(!existsSync(path), 'the file is not here');
  await playground.side(16);
  await playground.pick('Choose photos', path);
  await playground.set({ batchSize: 4, steps: 1 });
  await playground.train();
  await playground.visit('learned');
  const map = page.locator('embedding-map');
  await map.locator('select').selectOption({ label: 'Label' });
  await expect(map).toContainText('__proto__');
  const saving = page.waitForEvent('download');
  await map.locator('figure-buttons').getByText('SVG', { exact: true }).click();
  const svg = await readFile(await (await saving).path(), 'utf8');
  // Not on the page, whose policy lets no text be read as markup.
  const empty = await /** @type {import('@playwright/test').Browser} */ (page.context().browser()).newPage();
  const problem = await empty.evaluate((svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')?.textContent, svg);
  await empty.close();
  expect(problem, basename(path)).toBeUndefined();
  for (const label of ['ca t &amp; &lt;b&gt;', '\u2068\u202Egnp.dog\u2069', '__proto__', 'constructor']) expect(svg).toContain(label);
});
