// The first press of Play, on the CPU: seconds until nearest neighbours name the shape of held-out pictures better than
// those of the untrained encoder, by McNemar's test, for three seeds. A run is timed first, and then made again to be
// judged on the way, as its seed makes it the same run.
import { openPage } from './page.mjs';

const SURE = 0.05;
const EVERY = 10;

const { page, close } = await openPage();
await page.waitForFunction(() => {
  const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
  return !state.busy && state.sight && state.rehearsal;
});
for (const seed of [1, 2, 3]) {
  const found = await page.evaluate(
    async ([seed, sure, every]) => {
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
      let [step, reached] = [0, 0];
      /** @type {import('contrastive-playground').Judged | undefined} */ let first;
      /** @type {import('contrastive-playground').Judged | undefined} */ let knn;
      const better = () => knn && knn.againstUntrained.p < sure && knn.againstUntrained.wins > knn.againstUntrained.losses;
      while (step < times.length) {
        for (let at = 0; at < every; at++) await playground.engine.step(playground.state.settings);
        step += every;
        ({ knn } = (await playground.engine.evaluate()).report);
        if (better() && !first) [first, reached] = [knn, step];
      }
      const seconds = times[reached - 1];
      return { reached, first: first?.accuracy.encoder, seconds, end: knn?.accuracy, all: times.at(-1), steps: times.length };
    },
    [seed, SURE, EVERY],
  );
  const { reached, first, seconds, end, all, steps } = found;
  const when = reached ? `better at step ${reached} (${first?.toFixed(3)}), after ${seconds?.toFixed(1)} s` : 'not better for certain';
  console.log(`seed ${seed}: ${when}; ${steps} steps in ${all?.toFixed(1)} s: ${end?.encoder.toFixed(3)}, untrained ${end?.untrained.toFixed(3)}`);
}
await close();
