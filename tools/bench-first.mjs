// The first press of Play, on the CPU: seconds until nearest neighbours name the shape of 60 held-out pictures in a
// hundred, for three seeds. A run is timed first, and then made again to be judged on the way, as its seed makes it
// the same run.
import { openPage } from './page.mjs';

const GOAL = 0.6;
const EVERY = 10;

const { page, close } = await openPage();
await page.waitForFunction(() => {
  const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
  return !state.busy && state.sight && state.rehearsal;
});
for (const seed of [1, 2, 3]) {
  const found = await page.evaluate(
    async ([seed, goal, every]) => {
      const { page: playground } = /** @type {any} */ (document.querySelector('contrastive-playground'));
      const { running } = playground;
      await running.reset();
      playground.settings({ seed });
      /** When each step was done. @type {number[]} */ const times = [];
      const began = performance.now();
      const note = () => {
        while (times.length < playground.state.progress.done) times.push((performance.now() - began) / 1000);
      };
      playground.addEventListener('change', note);
      await running.train();
      playground.removeEventListener('change', note);
      await running.reset();
      let step = 0;
      let knn = 0;
      while (step < times.length && knn < goal) {
        for (let at = 0; at < every; at++) await playground.engine.step(playground.state.settings);
        step += every;
        knn = (await playground.engine.evaluate()).knn.encoder;
      }
      // An untrained encoder may know as much: what counts is that it is learned.
      return { step, knn, seconds: times[step - 1], all: times.at(-1), steps: times.length };
    },
    [seed, GOAL, EVERY],
  );
  const { step, knn, seconds, all, steps } = found;
  console.log(`seed ${seed}: kNN ${knn.toFixed(3)} at step ${step}, after ${seconds?.toFixed(1)} s; ${steps} steps in ${all?.toFixed(1)} s`);
}
await close();
