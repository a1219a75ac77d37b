// The engine without any browser, in Node, to hold browsers to its numbers.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

/**
 * The losses of a run on the built-in shapes.
 * @param {import('../../www/engine/session.js').TrainSettings} settings @param {number} side @param {number} steps
 * @returns {Promise<number[]>}
 */
export async function lossesOf(settings, side, steps) {
  /** @type {typeof import('contrastive-playground')} */
  const { default: init, Session } = await import(pathToFileURL('dist/contrastive-playground.js').href);
  await init({ module_or_path: await readFile('dist/contrastive-playground_bg.wasm') });
  const session = await Session.create('cpu');
  session.useShapes(1024, side, 0);
  session.configure(settings);
  for (let step = 0; step < steps; step++) session.step();
  const { losses } = await session.losses();
  session.free();
  return losses;
}
