// How a program is told to make a step, and says what it took: a line of JSON for each, on stdin and stdout.
import { createInterface } from 'node:readline';

/**
 * Opens a program and lets it make a step for every line that comes.
 * @param {() => Promise<{ version: string, step: () => Promise<number>, adapter?: string }>} open `step` gives the loss,
 *   once all of the step is done
 */
export async function serve(open) {
  const say = (/** @type {unknown} */ message) => process.stdout.write(`${JSON.stringify(message)}\n`);
  try {
    const { step, ...about } = await open();
    say(about);
    for await (const _ of createInterface({ input: process.stdin })) {
      const began = performance.now();
      const loss = await step();
      say({ ms: performance.now() - began, loss });
    }
  } catch (error) {
    say({ error: /** @type {Error} */ (error).message });
  }
  // Dawn would keep the process alive.
  process.exit();
}
