// Files of which other programs were told that they cannot take them, and what is expected of each.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const BUGS = '../shared/bugs';

/** @typedef {{ pictures: number, labels: (string | undefined)[] }} Taken @typedef {{ told: string, code: string }} Told */

/** What is expected, in the words of the list, as what can be asked of the page. @type {[RegExp, (words: string[]) => Taken | Told | undefined][]} */
const OUTCOMES = [
  [/^(\d+) pictures, labels (.+)$/, ([count, labels]) => ({ pictures: Number(count), labels: labels.split(', ') })],
  [/^(\d+) pictures, \d+ labels: (.+)$/, ([count, labels]) => ({ pictures: Number(count), labels: labels.split(', ') })],
  [/^labels (.+) alone$/, ([labels]) => ({ pictures: NaN, labels: labels.split(', ') })],
  [/^(?:loads|drawn, or told|the same square|an even grey)/, () => ({ pictures: 1, labels: [undefined] })],
  [/^listed as (damaged)/, ([told]) => ({ told, code: 'cannotDecode' })],
  [/^told as (\w+), with what to do/, ([told]) => ({ told: `a ${told} archive, which cannot be opened here. Unpack it`, code: 'otherArchive' })],
  [/^ordinary labels/, () => ({ pictures: NaN, labels: ['ca t & <b>', '\u202Egnp.dog', '__proto__', 'constructor'] })],
];

/** @param {string} words */
function outcomeOf(words) {
  const [found] = OUTCOMES.flatMap(([pattern, outcome]) => (pattern.test(words) ? [outcome(/** @type {string[]} */ (pattern.exec(words)).slice(1))] : []));
  return found;
}

/** Those that are about files; the others are about what is learned of them. None where they are not at hand. */
export async function rows() {
  if (!existsSync(BUGS)) return [];
  const list = await readFile(join(BUGS, 'EXPECTED.tsv'), 'utf8');
  return list.trim().split('\n').slice(1).map((row) => row.split('\t')).flatMap(([name, , words]) => {
    const outcome = outcomeOf(words);
    return outcome ? [{ name, outcome }] : [];
  });
}
