import { test } from '../playground.mjs';
import { walk } from './walk.mjs';

test('what did it stop seeing?', async ({ lasting: playground }) => {
  await playground.visit('stage');
  await walk(playground, 'invariance', {
    2: { says: (state, { crops }) => ['color', 'shape'].flatMap((factor) => ['encoder', 'untrained'].map((who) => `${Math.round(100 * crops.factors[who].find((/** @type {any} */ score) => score.factor === factor).accuracy)}%`)) },
    3: {
      says: (state, { crops, jittered }) => {
        const color = (/** @type {any} */ run) => `${Math.round(100 * run.factors.encoder.find((/** @type {any} */ score) => score.factor === 'color').accuracy)}%`;
        return [color(crops), color(jittered)];
      },
    },
    4: {
      // The nearest of each picture, found the plain way.
      says: (state, { jittered, crops }) => [jittered, crops].map(({ h: { values, columns } }) => {
        const count = state.pictures.length;
        let same = 0;
        for (let one = 0; one < count; one++) {
          let [best, nearest] = [-Infinity, one];
          for (let other = 0; other < count; other++) {
            if (other === one) continue;
            let product = 0;
            for (let at = 0; at < columns; at++) product += values[one * columns + at] * values[other * columns + at];
            if (product > best) [best, nearest] = [product, other];
          }
          same += Number(state.pictures[one].label === state.pictures[nearest].label);
        }
        return `${Math.round((100 * same) / count)}%`;
      }),
    },
    5: { act: (panel) => panel.locator('.help').click() },
  }, 40);
});
