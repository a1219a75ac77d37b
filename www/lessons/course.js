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

/** @type {readonly import('./lesson.js').Lesson[]} */
export const COURSE = [first];

const WORDS = {
  first: { en: firstEn, zh: firstZh },
};

addWords('lessons', { en, zh });
for (const [name, words] of Object.entries(WORDS)) addWords(`lesson.${name}`, words);
