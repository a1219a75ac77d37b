// What goes on at a time while lessons are taught, with a page that trains nothing.
import assert from 'node:assert/strict';
import { register } from 'node:module';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Recording } from '../../www/lessons/recorded/recording.js';
import { Teaching } from '../../www/lessons/teaching.js';

register('data:text/javascript,' + encodeURIComponent(`export async function load(url, context, next) {
  const source = 'export const { COURSE, recording, beginning, perform } = globalThis.school';
  return url.endsWith('/lessons/course.js') ? { format: 'module', source, shortCircuit: true } : next(url, context);
}`));

/** What it was asked to go on with. @type {any[]} */
const wentOn = [];

/** Lasts until it is left or paused. @param {import('../../www/lessons/lesson.js').Context} context */
const long = ({ paused, signal }) => new Promise((resolve) => {
  wentOn.push(paused);
  signal?.addEventListener('abort', () => resolve({ paused: true }));
});
/** Heeds nobody, as what is being measured. */
const deaf = () => setTimeout(30, { found: true });

/** @param {string} as @param {(context: any) => Promise<any>} make */
const step = (as, make) => ({ guess: { kind: 'choice' }, run: { as, make } });
const COURSE = [
  { name: 'one', start: {}, steps: [step('long', long), step('quick', async () => true), step('longer', long), { needs: ['long'], ...step('after', async () => true) }] },
  { name: 'two', start: {}, steps: [step('deaf', deaf), step('next', long)] },
];
const levels = { chance: 1, floor: 0 };
const run = { steps: 3, settings: {}, levels, curves: { loss: [3, 2, 1] } };
const recorded = { lessons: { one: { side: 8, settings: {}, levels, results: { long: run } }, two: { side: 8, settings: {}, levels, results: { deaf: run } } } };

Object.assign(globalThis, {
  location: { hash: '' },
  localStorage: { getItem: () => '{"one":4}', setItem: () => {} },
  matchMedia: () => ({ matches: false }),
  school: {
    COURSE,
    recording: async () => new Recording(/** @type {any} */ (recorded), [], [], new Uint8ClampedArray()),
    beginning: () => ({ source: 'shapes', side: 8, settings: {} }),
    perform: (/** @type {any} */ run, /** @type {any} */ _start, /** @type {any} */ context) => run.make(context),
  },
});

/** @param {{ trains?: boolean }} [options] */
function taught({ trains = true } = {}) {
  const page = {
    session: trains ? {} : undefined,
    /** @type {any} */ state: { source: 'shapes', side: 8, progress: { done: 0, steps: 0 }, running: false },
    set: (/** @type {any} */ change) => (page.state = { ...page.state, ...change }),
    usual: () => ({ side: 8, settings: {} }),
    begin: async () => {},
    visit: () => {},
    running: { pause: () => {}, halt: async () => { while (page.state.running) await setTimeout(5); }, goOn: async () => {} },
    watching: { look: async () => {} },
    learning: {},
    keeping: { rests: false },
  };
  const teaching = new Teaching(/** @type {any} */ (page));
  const open = (/** @type {string} */ hash) => teaching.open((location.hash = hash));
  return { page, teaching, open };
}

test('a run that was paused is gone on with, whatever was run since, paused or not', async () => {
  const { teaching, open } = taught();
  const leave = async (/** @type {string} */ from, /** @type {string} */ to) => {
    await open(from);
    const run = teaching.run();
    await open(to);
    await run;
  };
  await leave('#lesson=0', '#lesson=0.2');
  await teaching.run();
  assert.ok(teaching.ran, 'the second step ran');
  await leave('#lesson=0.3', '#lesson=1');
  for (const hash of ['#lesson=0.3', '#lesson=0', '#lesson=0.4']) {
    await open(hash);
    assert.deepEqual(teaching.paused, { paused: true }, hash);
  }
  wentOn.length = 0;
  await leave('#lesson=0', '#stage');
  assert.deepEqual(wentOn, [{ paused: true }]);
});

test('a step can be predicted until its own run has begun, also while another’s is being finished', async () => {
  const { page, teaching, open } = taught();
  await open('#lesson=1');
  assert.equal(teaching.begun, false);
  const run = teaching.run();
  assert.deepEqual([teaching.running, teaching.begun], [true, true]);
  await open('#lesson=1.2');
  assert.deepEqual([page.state.lectern.runsFor, teaching.running, teaching.context.begun], [1, false, false]);
  await run;
  const own = teaching.run();
  await setTimeout(1);
  teaching.pause();
  await own;
  assert.deepEqual([teaching.running, teaching.begun], [false, true], 'half of the answer is there');
});

test('all that a step makes ends when it is halted', { timeout: 2000 }, async () => {
  const { page, teaching, open } = taught();
  await open('#lesson=0');
  const run = teaching.run();
  await setTimeout(1);
  await teaching.halt();
  assert.equal(page.state.lectern.runsFor, 0);
  await run;
});

test('what was begun before a reload is lost until something is made, if only a part of it', async () => {
  const { teaching, open } = taught();
  await open('#lesson=0.4');
  assert.equal(teaching.lost, true);
  const run = teaching.run();
  await setTimeout(1);
  teaching.pause();
  await run;
  assert.deepEqual([teaching.lost, Boolean(teaching.paused)], [false, true]);
});

test('a recording that is left ends at once, and leaves the next lesson alone', { timeout: 2000 }, async () => {
  const { page, teaching, open } = taught({ trains: false });
  await open('#lesson=0');
  const first = teaching.run();
  await setTimeout(1);
  assert.equal(page.state.running, true);
  await open('#lesson=1');
  assert.equal(page.state.running, false);
  const second = teaching.run();
  await first;
  assert.deepEqual([teaching.lesson?.name, page.state.lectern.runsFor], ['two', 1]);
  await open('#lesson=0');
  assert.equal(teaching.ran, true, 'what it came to is there');
  await second;
});
