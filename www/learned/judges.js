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
 * The encoder against what it has to beat, picture by picture (McNemar's exact test).
 * @param {Pick<import('contrastive-playground').Judged, 'againstUntrained' | 'againstPixels'>} judged @returns {Sentence[]}
 */
export function paired({ againstUntrained, againstPixels }) {
  const found = (/** @type {import('contrastive-playground').Paired} */ { wins, losses, p }) => (p >= SURE ? 'even' : wins > losses ? 'better' : 'worse');
  return [
    { key: `scores.againstUntrained.${found(againstUntrained)}`, values: againstUntrained },
    { key: `scores.againstPixels.${found(againstPixels)}`, values: againstPixels },
  ];
}
