import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** The names of all lessons, which are their folders. */
export const LESSONS = readdirSync('www/lessons').filter((name) => existsSync(`www/lessons/${name}/lesson.js`));

/** The same, in the order in which they are taught. */
export const COURSE = /COURSE = \[(.*)\]/.exec(readFileSync('www/lessons/course.js', 'utf8'))?.[1].split(', ') ?? [];
