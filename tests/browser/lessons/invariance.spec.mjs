import { expect, test } from '../playground.mjs';
import { sound, walk } from './walk.mjs';

test('what did it stop seeing?', async ({ lasting: playground }) => {
  await playground.visit('stage');
  await walk(playground, 'invariance', {
    2: {
      says: (state, { crops }) => ['color', 'shape'].flatMap((factor) => ['encoder', 'untrained'].map((who) => `${Math.round(100 * crops.factors[who].find((/** @type {any} */ score) => score.factor === factor).accuracy)}%`)),
      act: (_, page) => expect(page.locator('.beside score-bars').first(), 'the bar that was pressed').toContainText('Crops alone · your prediction'),
    },
    3: {
      says: (state, { crops, jittered }) => {
        const color = (/** @type {any} */ run) => `${Math.round(100 * run.factors.encoder.find((/** @type {any} */ score) => score.factor === 'color').accuracy)}%`;
        return [color(crops), color(jittered)];
      },
      act: async (_, page) => {
        const rows = page.locator('.beside factor-table tbody tr');
        await expect(rows, 'of what is asked for alone: the map below it is in sight').toHaveCount(2);
        await expect(page.locator('.panel.map'), 'which has what is left of the window').toBeInViewport({ ratio: 0.97 });
        await expect(page.locator('.beside factor-table thead th')).toHaveText(['Factor', 'Encoder', 'Crops alone', /^Un.?trained$/, 'Pixels', 'Chance']);
        await expect(page.locator('.beside :is(score-bars, button)'), 'the table alone').toHaveCount(0);
        await expect(rows.filter({ hasText: 'predicted' }), 'what was drawn stands in the row of the colour').toHaveText(/Colour[^]*predicted 1%/);
        await expect(page.locator('pointing-mark')).toBeVisible();
        const [mark, row] = await Promise.all([page.locator('pointing-mark'), rows.filter({ hasText: 'Colour' })].map((part) => part.boundingBox()));
        expect(Math.abs((mark?.y ?? NaN) - (row?.y ?? NaN)), 'it points at the row that it speaks of').toBeLessThan(8);
      },
    },
    4: {
      act: (_, page) => sound(page, 'neighbours'),
      // The nearest of each picture, found the plain way; and of the three that are offered, whom each encoder has the nearest to the query.
      says: async (state, { asked, jittered, crops }, _lately, _loss, cosine) => {
        const { engine, teaching } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
        const drawn = /** @type {{ factor: string, classes: number[] }[]} */ (await engine.factorClasses());
        const offered = (await teaching.step.guess.pictures(teaching.context)).options.map((/** @type {any} */ { name }) => state.pictures.findIndex((/** @type {any} */ picture) => picture.name === name));
        return [jittered, crops].flatMap(({ h: { values, columns } }, run) => {
          const product = (/** @type {number} */ one, /** @type {number} */ other) => {
            let sum = 0;
            for (let at = 0; at < columns; at++) sum += values[one * columns + at] * values[other * columns + at];
            return sum;
          };
          const all = [...state.pictures.keys()];
          const nearest = all.map((one) => all.filter((other) => other !== one).reduce((best, other) => (product(one, other) > product(one, best) ? other : best)));
          const shares = ['color', 'shape'].map((name) => {
            const classes = drawn.find(({ factor }) => factor === name)?.classes ?? [];
            return `${Math.round((100 * nearest.filter((other, one) => classes[other] === classes[one]).length) / all.length)}%`;
          });
          const near = offered.map((/** @type {number} */ picture) => product(asked.query, picture));
          const first = Math.max(...near);
          return [...shares, `${near.indexOf(first) + 1}`, ...(run ? [] : [cosine(first)])];
        });
      },
    },
    5: { act: (panel) => panel.locator('.help').click() },
  }, 40);
});
