// Every kernel of the GPU gives what that of the CPU gives, at odd sizes; the CPU's are held to Burn's own natively.
import { after, before, test } from 'node:test';
import { openEngine } from './engine.mjs';

const SEEDS = 24;

/** @type {import('./engine.mjs').Engine} */
let engine;
before(async () => (engine = await openEngine()));
after(() => engine.close());

test('every kernel agrees with that of the CPU at sizes drawn from many seeds', async () => {
  // Throws what differs.
  await engine.run(check, SEEDS);
});

/** @param {import('./engine.mjs').Lab} lab @param {number} seeds */
async function check({ open }, seeds) {
  const session = await open('webgpu');
  // The self-test has had the first.
  for (let seed = 1; seed <= seeds; seed++) await session.checkKernels(seed);
}
