import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { alike, spokenOf } from '../../www/page/notices.js';

/** @param {Record<string, unknown>} part @returns {any} */
const state = (part) => ({ source: 'shapes', album: [], pictures: [], runs: [], progress: { done: 0 }, settings: { temperature: 0.5, seed: 0 }, ...part });

/** Is a notice over once the state is another? @param {any} notice @param {Record<string, unknown>} before @param {Record<string, unknown>} after */
const over = (notice, before, after) => !Object.is(spokenOf(notice, state(before)), spokenOf(notice, state(after)));

test('a notice is over with what it speaks of, and not before', () => {
  assert.ok(over({ key: 'notice.restartedSet' }, {}, { progress: { done: 1 } }));
  assert.ok(over({ key: 'notice.restartedSet' }, { runs: [1] }, { runs: [] }), 'the run that waits was deleted');
  assert.ok(over({ key: 'notice.forgotten' }, {}, { album: [1] }));
  assert.ok(!over({ key: 'notice.forgotten' }, {}, { settings: {} }));
  assert.ok(over({ key: 'notice.addedBeside' }, {}, { source: 'own' }));
  assert.ok(over({ key: 'advice.alone.all' }, { foreseen: { alone: 1 } }, { foreseen: { alone: 0.4 } }));
  assert.ok(!over({ key: 'advice.alone.all' }, { foreseen: { alone: 1 } }, { foreseen: { alone: 1 }, source: 'own' }));
  assert.ok(!over({ key: 'notice.addedBeside' }, {}, { progress: { done: 9 } }));
  assert.ok(!over({ key: 'notice.seedNext' }, { progress: { done: 3 } }, { progress: { done: 4 } }));
  const problem = { code: 'settingOutOfRange', details: { field: 'temperature' } };
  assert.ok(over({ problem }, { settings: { temperature: NaN } }, { settings: { temperature: 0.5 } }));
  assert.ok(!over({ problem }, { settings: { temperature: NaN, seed: 0 } }, { settings: { temperature: NaN, seed: 1 } }));
  assert.ok(over({ problem: { code: 'otherSide' } }, { side: 16 }, { side: 32 }), 'as it was asked for');
  assert.ok(!over({ key: 'storage.unkept' }, {}, { source: 'own', album: [1], progress: { done: 1 } }), 'stays until it is dismissed');
});

test('equal problems are one, and different ones are not', () => {
  const failed = (/** @type {number} */ count) => ({ problem: { code: 'tooFewPictures', details: { count } } });
  assert.ok(alike(failed(0), failed(0)));
  assert.ok(!alike(failed(0), failed(1)));
  assert.ok(alike({ problem: { code: 'notStarted', message: 'one' } }, { problem: { code: 'notStarted', message: 'other' } }));
  assert.ok(!alike({ key: 'notice.address' }, { problem: { message: 'x' } }));
});

test('what a notice is known by is in the words of the page', () => {
  const words = JSON.parse(readFileSync('www/i18n/en.json', 'utf8'));
  const named = [...readFileSync('www/page/notices.js', 'utf8').matchAll(/^ {2}'?([\w.]+)'?: \(/gm)].map(([, name]) => name);
  assert.ok(named.length > 5);
  assert.deepEqual(named.filter((name) => !(name in words || `error.${name}` in words)), []);
});
