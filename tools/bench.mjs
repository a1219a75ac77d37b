// Times training steps of the built page on both devices, in one browser: milliseconds, the median of each.
import { openPage } from './page.mjs';

const { page, close } = await openPage();

for (const [device, steps] of Object.entries({ cpu: 25, webgpu: 4 })) {
  const times = await page.evaluate(
    async ([device, steps]) => {
      const { Session } = await import(/** @type {string} */ ('/app/session.js'));
      const session = await Session.create({ device });
      await session.useShapes();
      const times = [];
      for (let step = 0; step < Number(steps); step++) {
        const began = performance.now();
        await session.step();
        times.push(performance.now() - began);
      }
      session.close();
      return times;
    },
    [device, steps],
  );
  // The first steps compile shaders and grow the memory.
  const settled = times.slice(Math.min(5, steps - 3)).sort((a, b) => a - b);
  console.log(`${device}: ${Math.round(settled[settled.length >> 1])} ms a step, of ${settled.length}`);
}
await close();
