// The course: its lessons in order, with their words. Loaded when the first of them is opened.
import { addWords } from '../ui/i18n.js';
import './lesson-list.js';
import './lesson-panel.js';
import './pointing-mark.js';
import en from './en.json';
import zh from './zh.json';
import { first } from './first/lesson.js';
import firstEn from './first/en.json';
import firstZh from './first/zh.json';
import { points } from './points/lesson.js';
import './points/points-lab.js';
import pointsEn from './points/en.json';
import pointsZh from './points/zh.json';

/** @type {readonly import('./lesson.js').Lesson[]} */
export const COURSE = [first, points];

const WORDS = {
  first: { en: firstEn, zh: firstZh },
  points: { en: pointsEn, zh: pointsZh },
};

addWords('lessons', { en, zh });
for (const [name, words] of Object.entries(WORDS)) addWords(`lesson.${name}`, words);
