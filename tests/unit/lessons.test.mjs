// The lessons as they are written: words in both languages, short enough, and nothing said of what is not there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { test } from 'node:test';
import { addressOf, addressed, runsOf } from '../../www/lessons/lesson.js';
import { minutesOf } from '../../www/lessons/minutes.js';
import { asDrawn, asSaid, closeness, compared, differing } from '../../www/lessons/outcomes.js';
import { whole } from '../../www/lessons/rich.js';
import { PLACES, curveOf, sketchOf, strokeFrom, strokeTo } from '../../www/train/sketch.js';
import { COURSE, LESSONS } from './course.mjs';

register('data:text/javascript,' + encodeURIComponent(`export async function load(url, context, next) {
  return url.endsWith('.json') ? next(url, { ...context, importAttributes: { type: 'json' } }) : next(url, context);
}`));

/** @param {string} name @param {string} language @returns {Record<string, string>} */
const words = (name, language) => JSON.parse(readFileSync(`www/lessons/${name}/${language}.json`, 'utf8'));

/** @param {string} name @returns {Promise<import('../../www/lessons/lesson.js').Lesson>} */
const lessonOf = async (name) => (await import(`../../www/lessons/${name}/lesson.js`))[name];

/** English words, or Chinese characters, of which 17 take as long to read as ten words. @param {string} text @param {string} language */
function lengthOf(text, language) {
  const plain = text.replace(/<\/?\w+>/g, '');
  return language === 'en' ? plain.split(/\s+/).filter(Boolean).length : [...plain.replace(/[\s\p{P}A-Za-z0-9{}]+/gu, '')].length / 1.7;
}

for (const name of LESSONS) {
  const [en, zh] = [words(name, 'en'), words(name, 'zh')];
  test(`${name}: both languages say the same things, with the same numbers`, () => {
    assert.deepEqual(Object.keys(zh), Object.keys(en));
    const holes = (/** @type {string} */ text) => [...new Set([...text.matchAll(/\{\w+\}/g)].map(String))].sort();
    for (const key of Object.keys(en)) assert.deepEqual(holes(zh[key]), holes(en[key]), key);
  });

  test(`${name}: numbers stand only where they are filled in`, () => {
    const open = Object.keys(en).filter((key) => /^s\d/.test(key) && /\{\w+\}/.test(en[key]) && !/^s\d+\.(say|guess|notice|why|(verdict|came)\.\w+|check\.\w+\.so)$/.test(key));
    assert.deepEqual(open, []);
  });

  test(`${name}: without its numbers a step still says something, and with them all`, () => {
    for (const texts of [en, zh]) {
      for (const [key, text] of Object.entries(texts).filter(([key]) => /^s\d+\.(say|notice|why)$/.test(key))) {
        const filled = text.replaceAll(/[{}]/g, '');
        assert.equal(whole(filled), filled, key);
        if (key.endsWith('say')) assert.match(whole(text), /^[^{}]+$/, key);
      }
    }
  });

  test(`${name}: no step has more than sixty words to read at a time, before it is run and after`, () => {
    for (const [language, texts] of Object.entries({ en, zh })) {
      const long = (/** @type {string} */ key) => lengthOf(texts[key] ?? '', language);
      const steps = new Set(Object.keys(texts).flatMap((key) => /^s\d+/.exec(key) ?? []));
      for (const step of steps) {
        const longest = (/** @type {string} */ kind) => Math.max(0, ...Object.keys(texts).filter((key) => key.startsWith(`${step}.${kind}.`)).map(long));
        const options = Object.keys(texts).filter((key) => key.startsWith(`${step}.option.`)).map(long);
        const before = long(`${step}.say`) + long(`${step}.guess`) + options.reduce((sum, one) => sum + one, 0);
        const after = longest('verdict') + longest('came') + long(`${step}.notice`) + long(`${step}.why`);
        assert.ok(before <= 60, `${language} ${step}.say, .guess and its options: ${before}`);
        assert.ok(after <= 60, `${language} ${step}.verdict, .notice and .why: ${after}`);
        // What is to be done is folded away by what came of it, which begins with this.
        if (after) assert.ok(texts[`${step}.notice`], `${language} ${step}.notice`);
      }
    }
  });

  test(`${name}: every step has its words, and every answer a sentence of its own`, async () => {
    const lesson = await lessonOf(name);
    assert.equal(lesson.name, name);
    assert.ok(en.title && en.promise);
    for (const [index, step] of lesson.steps.entries()) {
      const needed = ['title', 'say'];
      if (step.guess) needed.push('guess', ...(step.guess.options ?? []).map((/** @type {string} */ option) => `option.${option}`));
      if (step.run) needed.push('run');
      if (step.guess && step.run) needed.push('notice');
      if (step.check) needed.push('check', ...step.check.options.flatMap((/** @type {string} */ option) => [`check.${option}`, `check.${option}.so`]));
      assert.deepEqual(needed.filter((key) => !en[`s${index + 1}.${key}`]), [], `step ${index + 1}`);
      if (step.check) assert.ok(step.check.options.includes(step.check.right));
      else assert.ok(runsOf(step).every((run) => !('steps' in run)), `step ${index + 1} has a question for the time that training takes`);
      const before = lesson.steps.slice(0, index).flatMap((/** @type {any} */ step) => runsOf(step).map(({ as }) => as));
      assert.deepEqual((step.needs ?? []).filter((/** @type {string} */ name) => !before.includes(name)), [], `step ${index + 1} needs what comes before it`);
    }
  });
}

test('a lesson takes three to five minutes, the first a minute and a half, and the course less than forty', async () => {
  const minutes = (await Promise.all(COURSE.map(lessonOf))).map((lesson) => /** @type {const} */ ([lesson.name, minutesOf(lesson)]));
  for (const [name, exact] of minutes) {
    // The list rounds to half minutes.
    const shown = Math.round(2 * exact) / 2;
    assert.ok(name === 'first' ? shown === 1.5 : shown >= 3 && exact <= 5, `${name}: ${exact}`);
  }
  const sum = minutes.reduce((sum, [, exact]) => sum + exact, 0);
  assert.ok(sum < 40, String(sum));
});

test('what a lesson’s runs take is what the workshop says, in both languages', async () => {
  for (const guide of ['workshop', 'workshop.zh']) {
    const table = /^\| \S+ \| 0 \| 1 \|.*\n\|[-| ]+\|\n\| [^|]+ \|(.*)\|$/m.exec(readFileSync(`docs/${guide}.md`, 'utf8'));
    const told = table?.[1].split('|').map(Number) ?? [];
    assert.deepEqual(told, (await Promise.all(COURSE.map(lessonOf))).map(({ seconds }) => seconds), guide);
  }
});

test('what the fourth lesson says of a temperature of one’s own is what its numbers say', async () => {
  const { temperature } = await import('../../www/lessons/temperature/lesson.js');
  const run = (/** @type {number} */ encoder) => ({ kinds: { precision: { encoder }, judged: 120 } });
  const said = (/** @type {number} */ own) => temperature.steps[2].verdict?.(/** @type {any} */ ({ results: { sharp: run(0.54), middle: run(0.38), soft: run(0.33), own: run(own) } }));
  assert.deepEqual([0.68, 0.52, 0.4].map(said), ['better', 'same', 'worse']);
  assert.deepEqual(['better', 'same', 'worse'].filter((verdict) => !words('temperature', 'en')[`s3.verdict.${verdict}`]), []);
});

test('a share is better than another only by more than chance may make of its pictures', () => {
  assert.deepEqual([120, 2000, 0].map((count) => compared(0.36, 0.31, count)), ['same', 'better', 'same']);
  assert.deepEqual([compared(0.33, 0.56, 120), compared(0.5, 0.5, 120)], ['worse', 'same']);
  // Of a hundred pictures ten differ, nine of them in the same way.
  const one = Array.from({ length: 100 }, (_, picture) => Number(picture < 9));
  const other = one.map((_, picture) => Number(picture === 9));
  const { more, chance } = differing(one, other);
  assert.ok(Math.abs(more - 0.08) < 1e-9);
  assert.ok(Math.abs(chance - 1.96 * Math.sqrt((0.1 - 0.08 ** 2) / 100)) < 1e-4);
});

test('before any run a step lacks only the numbers that runs give', async () => {
  const state = { pictures: [{ label: 'disc' }] };
  const lacking = await Promise.all(LESSONS.map(async (name) => {
    const [{ steps }, en] = [await lessonOf(name), words(name, 'en')];
    return steps.flatMap(({ needs, given }, index) => {
      const there = given?.(/** @type {any} */ ({ state })) ?? {};
      const holes = [...`${en[`s${index + 1}.say`]} ${en[`s${index + 1}.guess`]}`.matchAll(/\{(\w+)\}/g)].map(([, hole]) => hole);
      const lacks = needs ? holes.filter((hole) => !(hole in there)) : [];
      return lacks.length ? `${name} ${index + 1}: ${lacks}` : [];
    });
  }));
  assert.deepEqual(lacking.flat().sort(), [
    'first 3: share,untrained', 'invariance 3: before', 'judging 2: knn,chance', 'judging 6: knn', 'levels 2: first', 'levels 3: first',
    'mistakes 2: loss,kinds,untrained', 'mistakes 4: loss', 'sure 4: count,sharp', 'temperature 3: sharp,middle,soft', 'temperature 4: sharp,middle,soft,temperature,own',
  ]);
});

test('how many steps are trained is what the run says, where the words have a number of their own', async () => {
  for (const name of LESSONS) {
    for (const [index, step] of (await lessonOf(name)).steps.entries()) {
      const trained = runsOf(step).flatMap((run) => ('steps' in run ? [String(run.steps)] : []));
      for (const texts of [words(name, 'en'), words(name, 'zh')]) {
        const told = ['say', 'guess', 'run'].flatMap((key) => [...(texts[`s${index + 1}.${key}`] ?? '').matchAll(/(\d+) (?:steps|步)/g)].map(([, steps]) => steps));
        assert.deepEqual(told.filter((steps) => !trained.includes(steps)), [], `${name} ${index + 1}`);
      }
    }
  }
});

test('every step points at what it speaks of', async () => {
  const bare = await Promise.all(LESSONS.map(async (name) => {
    const { steps } = (await import(`../../www/lessons/${name}/lesson.js`))[name];
    return steps.flatMap((/** @type {any} */ { points }, /** @type {number} */ index) => (points ? [] : [`${name} ${index + 1}`]));
  }));
  assert.deepEqual(bare.flat(), []);
});

test('a curve that was drawn is held against how the loss moved, and where it ended', () => {
  const levels = { chance: 4.5, floor: 0.5 };
  const run = (/** @type {(at: number) => number} */ loss) => /** @type {any} */ ({ levels, losses: Array.from({ length: 200 }, (_, step) => loss(step / 199)) });
  const verdicts = (/** @type {any} */ run) => /** @type {const} */ (['fast', 'slow', 'stays']).map((shape) => asDrawn(sketchOf(shape, levels), run));
  assert.deepEqual(verdicts(run((at) => 4.5 - 2.3 * at)), ['other', 'near', 'other']);
  assert.deepEqual(verdicts(run((at) => 4.5 - 1.6 * at ** 0.6)), ['other', 'less', 'other'], 'evenly, as was said, though not as far');
  assert.deepEqual(verdicts(run((at) => 0.5 + 4 * Math.exp(-9 * at))), ['near', 'other', 'other']);
  assert.deepEqual(verdicts(run((at) => 4.5 - 2 * at * (1 - at))), ['other', 'other', 'other'], 'down and up again');
  assert.deepEqual(verdicts(run(() => 4.4)), ['other', 'other', 'near']);
  assert.deepEqual([3.6, 3].map((mark) => asSaid(mark, run(() => 3.5))), ['near', 'less']);
  assert.ok(sketchOf('climbs', levels).every((loss) => loss >= levels.chance));
  const hump = sketchOf('humps', levels);
  assert.ok(Math.max(...hump) > hump[0] + 1 && Math.max(...hump) > hump[hump.length - 1] + 0.5, 'it rises before it falls');
});

test('what came of a share is said in the same words in all lessons', () => {
  assert.deepEqual([0.42, 0.5, 0.2].map((share) => closeness(0.4, share)), ['near', 'more', 'less']);
  assert.equal(closeness(0.4, 0.47, 0.05), 'more');
  for (const name of LESSONS) {
    const en = words(name, 'en');
    const near = Object.keys(en).filter((key) => key.endsWith('.verdict.near'));
    assert.deepEqual(near.flatMap((key) => ['more', 'less'].map((way) => key.replace('near', way))).filter((key) => !en[key]), [], name);
  }
});

test('a curve is drawn as the finger went, however fast and whichever way', () => {
  const ends = (/** @type {number[]} */ curve) => [0, (PLACES - 1) / 2, PLACES - 1].map((place) => curve[place]);
  // From below, beside the very first step, and in a single leap.
  const up = curveOf(strokeTo(strokeFrom(undefined, 0.05, 1), 1, 4));
  assert.equal(up[0], 1, 'not at chance');
  assert.ok(up.every((height, place) => place < 1 || height >= up[place - 1]), 'no stairs');
  assert.ok(Math.abs(ends(up)[1] - 2.5) < 0.2);
  assert.deepEqual(ends(curveOf(strokeTo(strokeFrom(undefined, 1, 4), 0, 1))), [1, 2.5, 4], 'from the right');
  // A second stroke mends what it meets, also at the beginning, and leaves the rest.
  assert.deepEqual(ends(curveOf(strokeTo(strokeFrom([...up], 0.8, 0), 1, 0))).map(Math.round), [1, 2, 0]);
  assert.deepEqual(ends(curveOf(strokeFrom(up, 0, 3))), [3, ...ends(up).slice(1)]);
});

test('a small loss is written as what it is, and not as 0', async () => {
  const { lossText } = await import('../../www/ui/i18n.js');
  assert.deepEqual([4.5539, 0.0034, 0.05, 0.00024, 1.27e-7, 0, NaN].map(lossText), ['4.55', '0.003', '0.05', '0.0002', '1 × 10⁻⁷', '0.00', '–']);
});

test('a sentence whose number is missing is left out, and no other', () => {
  assert.equal(whole('It fell to {end}, from 4.55. Is <b>0.1 low? Yes.</b>\nAt {a}.\n“One.” Two: {b}!'), 'Is <b>0.1 low? Yes.</b>\n“One.”');
  assert.equal(whole('先看这里。到 {a} 为止。“好吗？”再看。'), '先看这里。“好吗？”再看。');
});

test('an address names a lesson and a step', () => {
  assert.deepEqual(addressed('#lesson=3.2'), { lesson: 3, step: 2 });
  assert.deepEqual(addressed('#lesson=3'), { lesson: 3, step: 1 });
  assert.deepEqual(addressed('#lesson'), { lesson: undefined, step: 1 });
  for (const other of ['#views', '', '#lesson=x', '#lessons']) assert.equal(addressed(other), undefined);
  assert.deepEqual(addressed(addressOf(4, 3)), { lesson: 4, step: 3 });
});
