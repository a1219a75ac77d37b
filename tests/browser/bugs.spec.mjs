// Files of which other programs were told that they cannot take them: what each becomes here.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from './playground.mjs';

const BUGS = '../shared/bugs';

/** @typedef {{ pictures: number, labels: (string | undefined)[] }} Taken @typedef {{ told: string }} Told */

/** What is expected, in the words of the list, as what can be asked of the page. @type {[RegExp, (words: string[]) => Taken | Told | undefined][]} */
const OUTCOMES = [
  [/^(\d+) pictures, labels (.+)$/, ([count, labels]) => ({ pictures: Number(count), labels: labels.split(', ') })],
  [/^(\d+) pictures, \d+ labels: (.+)$/, ([count, labels]) => ({ pictures: Number(count), labels: labels.split(', ') })],
  [/^labels (.+) alone$/, ([labels]) => ({ pictures: NaN, labels: labels.split(', ') })],
  [/^(?:loads|drawn, or told|the same square|an even grey)/, () => ({ pictures: 1, labels: [undefined] })],
  [/^listed as (damaged)/, ([told]) => ({ told })],
  [/^told as (\w+), with what to do/, ([told]) => ({ told: `a ${told} archive, which cannot be opened here. Unpack it` })],
  [/^ordinary labels/, () => ({ pictures: NaN, labels: ['ca t & <b>', '\u202Egnp.dog', '__proto__', 'constructor'] })],
];

/** @param {string} words */
function outcomeOf(words) {
  const [found] = OUTCOMES.flatMap(([pattern, outcome]) => (pattern.test(words) ? [outcome(/** @type {string[]} */ (pattern.exec(words)).slice(1))] : []));
  return found;
}

async function rows() {
  const list = await readFile(join(BUGS, 'EXPECTED.tsv'), 'utf8');
  return list.trim().split('\n').slice(1).map((row) => row.split('\t')).map(([name, , words]) => ({ name, outcome: outcomeOf(words) }));
}

test('every file that other programs were at a loss with becomes what is expected', async ({ playground }) => {
  test.skip(!existsSync(BUGS), 'the files are not here');
  // The others are about what is learned of them.
  const files = (await rows()).filter(({ outcome }) => outcome);
  expect(files.length).toBeGreaterThanOrEqual(15);
  await playground.open();
  for (const { name, outcome } of files) {
    await playground.pick('Choose photos', join(BUGS, name));
    if (outcome && 'told' in outcome) {
      await expect(playground.skipped, name).toContainText(`${name}: `);
      await expect(playground.skipped, name).toContainText(outcome.told);
      await playground.button('Dismiss').click();
      continue;
    }
    const photos = await playground.photos();
    expect([...new Set(photos.map(({ label }) => label))], name).toEqual(outcome?.labels);
    if (outcome?.pictures) expect(photos, name).toHaveLength(outcome.pictures);
    await expect(playground.skipped, name).not.toContainText('skipped');
    await playground.button('Remove all').click();
    await expect(playground.count).toContainText('No photos yet');
  }
});

test('labels that could break a file are in it as others are', async ({ playground, page }) => {
  const path = join(BUGS, 'control-char-label.zip');
  test.skip(!existsSync(path), 'the file is not here');
  await playground.open();
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
  const problem = await page.evaluate((svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')?.textContent, svg);
  expect(problem, basename(path)).toBeUndefined();
  for (const label of ['ca t &amp; &lt;b&gt;', '\u2068\u202Egnp.dog\u2069', '__proto__', 'constructor']) expect(svg).toContain(label);
});
