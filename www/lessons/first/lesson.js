// Ninety seconds: what is this? For who came to the page and knows nothing.
import { percent } from '../../ui/i18n.js';
import { compared } from '../outcomes.js';
import en from './en.json';
import zh from './zh.json';

/** @type {import('../lesson.js').Lesson} */
export const first = {
  name: 'first',
  words: { en, zh },
  seconds: 6,
  start: { source: 'shapes' },
  steps: [
    { shows: ['stage.idea'], points: ['pair-idea', '.sphere'] },
    {
      shows: ['stage.map', 'stage.shares', 'stage.curve'],
      points: ['.panel.map'],
      guess: { kind: 'choice', options: ['none', 'some', 'most'] },
      run: { as: 'learned', steps: 300 },
      values: ({ results }) => shares(results.learned?.kinds),
      verdict: ({ guess, results }) => (guess === came(results.learned?.kinds) ? 'right' : 'other'),
      check: { options: ['labels', 'twice', 'colors'], right: 'twice' },
    },
    {
      shows: ['stage.map', 'stage.kinds', 'stage.shares'],
      points: ['.panel.map'],
      needs: ['learned'],
      values: ({ results }) => shares(results.learned?.kinds),
    },
  ],
};

/** @param {import('contrastive-playground').Kinds | undefined} kinds */
function shares(kinds) {
  const { encoder = NaN, untrained = NaN, pixels = NaN } = kinds?.precision ?? {};
  return { neighbours: kinds?.neighbours ?? 10, share: percent(encoder), untrained: percent(untrained), pixels: percent(pixels), chance: percent(kinds?.chance ?? NaN) };
}

/** Which of the answers came true. @param {import('contrastive-playground').Kinds | undefined} kinds */
function came(kinds) {
  const { encoder = 0, untrained = 0 } = kinds?.precision ?? {};
  if (encoder > 0.5) return 'most';
  return compared(encoder, untrained, kinds?.judged ?? 0) === 'better' ? 'some' : 'none';
}
