// What it costs to show the stage and a station beside it: milliseconds a step of the page, and of a session alone
// in the same browser, by turns.
import { openPage } from './page.mjs';

const STEPS = 120;
const ROUNDS = 4;

const { page, close } = await openPage();
await page.setViewportSize({ width: 1920, height: 1080 });
await page.waitForFunction(() => {
  const { state } = /** @type {any} */ (document.querySelector('contrastive-playground')).page;
  return state && !state.busy && state.pictures.length;
});

/** @param {boolean} shown */
const time = (shown) =>
  page.evaluate(
    async ([shown, steps]) => {
      const { Session } = await import(/** @type {string} */ ('/app/session.js'));
      const { page: playground } = /** @type {any} */ (document.querySelector('contrastive-playground'));
      if (shown) {
        await playground.running.reset();
        playground.settings({ steps });
        const began = performance.now();
        // To the last step, without what is looked at afterwards.
        const ended = new Promise((resolve) => {
          const look = () => (playground.state.progress.done >= Number(steps) ? resolve(performance.now()) : setTimeout(look, 5));
          look();
        });
        const done = playground.running.train();
        const end = await ended;
        await done;
        return (end - began) / Number(steps);
      }
      const { settings, side } = playground.state;
      const session = await Session.create({ device: 'cpu' });
      await session.useShapes({ side });
      const began = performance.now();
      for await (const _ of session.train({ ...settings, steps }));
      const took = performance.now() - began;
      session.close();
      return took / Number(steps);
    },
    /** @type {const} */ ([shown, STEPS]),
  );

await time(false);
const ratios = [];
for (let round = 0; round < ROUNDS; round++) {
  const [alone, shown] = [await time(false), await time(true)];
  ratios.push(shown / alone);
  console.log(`alone ${alone.toFixed(0)} ms a step, shown ${shown.toFixed(0)} ms: ${(shown / alone).toFixed(3)}`);
}
ratios.sort((a, b) => a - b);
console.log(`median ${((ratios[1] + ratios[2]) / 2).toFixed(3)}`);
await close();
