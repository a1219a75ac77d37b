import { test } from '../playground.mjs';
import { walk } from './walk.mjs';

test('is it any good?', async ({ playground }) => {
  test.setTimeout(300_000);
  await playground.open('?device=cpu', 'stage');
  await walk(playground, 'judging', {
    1: {
      says: (state, { trained }) => {
        const last = trained.curves.top1.slice(-20);
        return [trained.report.report.knn.accuracy.encoder, last.reduce((/** @type {number} */ sum, /** @type {number} */ one) => sum + one, 0) / 20].map((share) => `${Math.round(100 * share)}%`);
      },
    },
    2: {
      says: (state, { trained }) => {
        const { knn, probe } = trained.report.report;
        return [knn.accuracy.untrained, knn.accuracy.pixels, probe.accuracy.encoder, probe.accuracy.untrained].map((share) => `${Math.round(100 * share)}%`);
      },
    },
    3: { says: (state, { trained: { few } }) => [`${few.result.labels}`, ...[few.result.pretrained, few.result.scratch].map((share) => `${Math.round(100 * share)}%`)] },
    4: {
      // Of ten neighbours, how many show the shape: with each similarity computed anew.
      says: (state, { trained }) => ['h', 'z'].map((space) => {
        const { values, columns } = trained[space];
        const count = state.pictures.length;
        let same = 0;
        for (let one = 0; one < count; one++) {
          const near = Array.from({ length: count }, (_, other) => {
            let product = 0;
            for (let at = 0; at < columns; at++) product += values[one * columns + at] * values[other * columns + at];
            return { other, product: other === one ? -Infinity : product };
          });
          near.sort((a, b) => b.product - a.product);
          for (const { other } of near.slice(0, 10)) same += Number(state.pictures[other].label === state.pictures[one].label);
        }
        return `${Math.round((10 * same) / count)}%`;
      }),
    },
    5: { says: (state, { searched }) => [`${searched.filter((/** @type {number} */ picture) => state.pictures[picture].label === state.pictures[21].label).length}`] },
    6: { says: (state, { supervised, trained }) => [supervised, trained].map(({ report }) => `${Math.round(100 * report.report.knn.accuracy.encoder)}%`) },
  });
});
