// What more cores are worth: milliseconds a step of the article's network, 32 pictures of 32×32, by sessions of one instance and of
// more, by turns.
import { openPage } from './page.mjs';

const [instances = 2, rounds = 5] = process.argv.slice(2).map(Number);
const STEPS = 40;

const { page, close } = await openPage();
await page.evaluate(async (counts) => {
  const { Session } = await import(/** @type {string} */ ('/app/session.js'));
  const sessions = await Promise.all(
    counts.map(async (instances) => {
      const session = await Session.create({ device: 'cpu', instances, batchSize: 32, size: 'medium', steps: 1e6 });
      await session.useShapes({ side: 32 });
      const joined = new Promise((resolve) => session.addEventListener('instances', resolve, { once: true }));
      await session.step();
      await joined;
      return session;
    }),
  );
  Object.assign(globalThis, { sessions });
}, [1, instances]);

/** @param {number} session @param {number} steps @returns {Promise<number[]>} */
const time = (session, steps) =>
  page.evaluate(
    async ([number, steps]) => {
      const session = /** @type {any} */ (globalThis).sessions[number];
      const times = [];
      for (let step = 0; step < steps; step++) {
        const began = performance.now();
        await session.step();
        times.push(performance.now() - began);
      }
      return times;
    },
    /** @type {const} */ ([session, steps]),
  );

/** Least and median. @param {number[]} times */
const told = (times) => [Math.min(...times), times.sort((a, b) => a - b)[times.length >> 1]];

for (const session of [0, 1]) await time(session, STEPS / 4);
for (let round = 0; round < rounds; round++) {
  const [alone, shared] = [told(await time(0, STEPS)), told(await time(1, STEPS))];
  const ratios = [0, 1].map((at) => (alone[at] / shared[at]).toFixed(2));
  const [one, more] = [alone, shared].map((both) => both.map((value) => value.toFixed(1)).join(', '));
  console.log(`1 instance ${one} ms (least, median), ${instances} instances ${more}: ${ratios.join(', ')} times as fast`);
}
await close();
