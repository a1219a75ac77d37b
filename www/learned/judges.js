// What may be said of those who judge, and of where two ways of guessing differ: strings of the page.

/** A p below which a difference is not put down to chance. */
const SURE = 0.05;

/**
 * @typedef {{ key: string, values: { count?: number, seen?: number, labels?: string[], wins?: number, losses?: number, p?: number } }} Sentence
 */

/** @param {import('contrastive-playground').Judges} judges @returns {Sentence[]} */
export function judgedBy({ count, seen, leftOut, unjudged, withLabels }) {
  const who = seen ? (withLabels ? 'judges.seenWithLabels' : 'judges.seen') : 'judges.unseen';
  return [
    { key: who, values: { count, seen } },
    ...(leftOut ? [{ key: 'judges.leftOut', values: { count: leftOut } }] : []),
    ...(unjudged.length ? [{ key: 'judges.unjudged', values: { labels: unjudged } }] : []),
  ];
}

/**
 * Which of two ways of guessing is better, picture by picture (McNemar's exact test).
 * @param {import('contrastive-playground').Paired} paired @returns {'better' | 'even' | 'worse'}
 */
export function better({ wins, losses, p }) {
  if (p >= SURE) return 'even';
  return wins > losses ? 'better' : 'worse';
}

/**
 * The same in words.
 * @param {'againstUntrained' | 'againstPixels' | 'againstScratch'} name
 * @param {import('contrastive-playground').Paired} paired @returns {Sentence}
 */
export function told(name, paired) {
  return { key: `scores.${name}.${better(paired)}`, values: paired };
}
