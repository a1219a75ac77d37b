import { test } from '../playground.mjs';
import { walk } from './walk.mjs';

test('is it any good?', async ({ lasting: playground }) => {
  await playground.visit('stage');
  await walk(playground, 'judging', {
    1: {
      says: (state, { trained }, lately) => [trained.report.report.knn.accuracy.encoder, lately(trained.curves.top1)].map((share) => `${Math.round(100 * share)}%`),
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
          const near = Float32Array.from({ length: count }, (_, other) => {
            let product = 0;
            for (let at = 0; at < columns; at++) product += values[one * columns + at] * values[other * columns + at];
            return other === one ? -2 : product;
          });
          const tenth = near.slice().sort()[count - 10];
          for (const [other, product] of near.entries()) same += Number(product >= tenth && state.pictures[other].label === state.pictures[one].label);
        }
        return `${Math.round((10 * same) / count)}%`;
      }),
    },
    5: { says: (state, { searched }) => [`${searched.filter((/** @type {number} */ picture) => state.pictures[picture].label === state.pictures[21].label).length}`] },
    6: { says: (state, { supervised, trained }) => [supervised, trained].map(({ report }) => `${Math.round(100 * report.report.knn.accuracy.encoder)}%`) },
  }, 40);
});
