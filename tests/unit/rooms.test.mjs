import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

/** The rooms of the page, and those that each may use: what lies below it. */
const BELOW = {
  guide: ['page', 'lessons', 'ui'],
  page: ['lessons', 'take-away', 'offline', 'step', 'learned', 'kept', 'photos', 'views', 'model', 'train', 'figures', 'engine', 'intake', 'files', 'ui'],
  lessons: ['step', 'learned', 'train', 'views', 'model', 'figures', 'engine', 'intake', 'ui'],
  offline: ['files', 'ui'],
  'take-away': ['kept', 'train', 'figures', 'engine', 'ui', 'files'],
  step: ['figures', 'engine', 'intake', 'ui'],
  learned: ['figures', 'engine', 'intake', 'ui', 'files'],
  kept: ['train', 'figures', 'engine', 'ui'],
  photos: ['engine', 'intake', 'ui', 'files'],
  views: ['engine', 'ui'],
  model: ['engine', 'ui'],
  train: ['model', 'figures', 'engine', 'ui'],
  engine: ['intake', 'files'],
  figures: ['ui'],
  intake: ['files'],
  files: [],
  ui: ['i18n', 'styles'],
};
const files = readdirSync('www', { recursive: true }).map(String).filter((name) => name.endsWith('.js'));

test('every file of the page is in a room', () => {
  for (const file of files) assert.ok(file.split('/')[0] in BELOW, file);
});

test('a room uses rooms below it and never one above, in types too', () => {
  const upwards = files.flatMap((file) => {
    const [room] = file.split('/');
    const used = [...readFileSync(`www/${file}`, 'utf8').matchAll(/(?:from |import |import\()'(\.{1,2}\/[^']+)'/g)];
    const others = used.map(([, path]) => join(dirname(file), path)).filter((path) => path.split('/')[0] !== room);
    return others.filter((path) => !(/** @type {Record<string, string[]>} */ (BELOW)[room]).includes(path.split('/')[0])).map((path) => `${file} → ${path}`);
  });
  assert.deepEqual(upwards, []);
});

test('a file has one idea: four hundred lines are the most', () => {
  for (const file of files) assert.ok(readFileSync(`www/${file}`, 'utf8').split('\n').length <= 400, file);
});
