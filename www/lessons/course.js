// The course: its lessons in order, with what they are read and run by. Loaded when the first of them is opened.
import '../learned/factor-table.js';
import '../step/info-nce-calculator.js';
import '../step/similarity-matrix.js';
import { addWords } from '../ui/i18n.js';
import en from './en.json';
import { first } from './first/lesson.js';
import './guess-bars.js';
import { invariance } from './invariance/lesson.js';
import { judging } from './judging/lesson.js';
import './judging/photo-search.js';
import './lesson-list.js';
import './lesson-panel.js';
import { levels } from './levels/lesson.js';
import { mistakes } from './mistakes/lesson.js';
import { negatives } from './negatives/lesson.js';
import './picture-row.js';
import './pointing-mark.js';
import { points } from './points/lesson.js';
import './points/points-lab.js';
import './run-levels.js';
import './score-groups.js';
import { sure } from './sure/lesson.js';
import { temperature } from './temperature/lesson.js';
import './temperature/push-shares.js';
import { twin } from './twin/lesson.js';
import './twin/nearest-views.js';
import './twin/other-views.js';
import './twin/sort-pairs.js';
import zh from './zh.json';

export { beginning, perform } from './perform.js';

/** For who cannot train. */
export async function recording() {
  const { Recording } = await import('./recorded/recording.js');
  return Recording.load();
}

/** @type {readonly import('./lesson.js').Lesson[]} */
export const COURSE = [first, twin, sure, levels, temperature, invariance, judging, negatives, mistakes, points];

addWords('lessons', { en, zh });
for (const { name, words } of COURSE) addWords(`lesson.${name}`, words);
