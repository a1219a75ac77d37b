import { existsSync, readdirSync } from 'node:fs';

/** The names of all lessons, which are their folders. */
export const LESSONS = readdirSync('www/lessons').filter((name) => existsSync(`www/lessons/${name}/lesson.js`));
