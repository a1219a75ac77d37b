// The course: its lessons in order, with their words. Loaded when the first of them is opened.
import { addWords } from '../ui/i18n.js';
import './lesson-list.js';
import './lesson-panel.js';
import './picture-row.js';
import './pointing-mark.js';
import './score-groups.js';
import en from './en.json';
import zh from './zh.json';
import { first } from './first/lesson.js';
import firstEn from './first/en.json';
import firstZh from './first/zh.json';
import { twin } from './twin/lesson.js';
import twinEn from './twin/en.json';
import twinZh from './twin/zh.json';
import { sure } from './sure/lesson.js';
import sureEn from './sure/en.json';
import sureZh from './sure/zh.json';
import { levels } from './levels/lesson.js';
import levelsEn from './levels/en.json';
import levelsZh from './levels/zh.json';
import { temperature } from './temperature/lesson.js';
import temperatureEn from './temperature/en.json';
import temperatureZh from './temperature/zh.json';
import { invariance } from './invariance/lesson.js';
import invarianceEn from './invariance/en.json';
import invarianceZh from './invariance/zh.json';
import { judging } from './judging/lesson.js';
import judgingEn from './judging/en.json';
import judgingZh from './judging/zh.json';
import { negatives } from './negatives/lesson.js';
import negativesEn from './negatives/en.json';
import negativesZh from './negatives/zh.json';
import { mistakes } from './mistakes/lesson.js';
import mistakesEn from './mistakes/en.json';
import mistakesZh from './mistakes/zh.json';
import { points } from './points/lesson.js';
import './points/points-lab.js';
import pointsEn from './points/en.json';
import pointsZh from './points/zh.json';

/** @type {readonly import('./lesson.js').Lesson[]} */
export const COURSE = [first, twin, sure, levels, temperature, invariance, judging, negatives, mistakes, points];

const WORDS = {
  first: { en: firstEn, zh: firstZh },
  twin: { en: twinEn, zh: twinZh },
  sure: { en: sureEn, zh: sureZh },
  levels: { en: levelsEn, zh: levelsZh },
  temperature: { en: temperatureEn, zh: temperatureZh },
  invariance: { en: invarianceEn, zh: invarianceZh },
  judging: { en: judgingEn, zh: judgingZh },
  negatives: { en: negativesEn, zh: negativesZh },
  mistakes: { en: mistakesEn, zh: mistakesZh },
  points: { en: pointsEn, zh: pointsZh },
};

addWords('lessons', { en, zh });
for (const [name, words] of Object.entries(WORDS)) addWords(`lesson.${name}`, words);
