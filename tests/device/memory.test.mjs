// The memory of a wasm instance does not grow with the steps.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

/** Steps after which all that is needed is there, and those that follow. */
const SETTLED = 50;
const MORE = Number(process.env.STEPS ?? 150);

test('an instance’s memory is as large after many steps as after some', async (context) => {
  /** @type {typeof import('contrastive-playground')} */
  const { default: init, Session } = await import(pathToFileURL('dist/contrastive-playground.js').href);
  const { memory } = await init({ module_or_path: await readFile('dist/contrastive-playground_bg.wasm') });
  const session = await Session.create('cpu');
  session.useShapes(64, 16, 0);
  session.configure({ ...Session.defaultSettings(), batchSize: 8, steps: SETTLED + MORE });
  const after = async (/** @type {number} */ steps) => {
    for (let step = 0; step < steps; step++) {
      session.step();
      await session.losses();
    }
    return memory.buffer.byteLength;
  };
  const settled = await after(SETTLED);
  const found = await after(MORE);
  context.diagnostic(`${settled / 2 ** 20} MiB after ${SETTLED} steps, ${found / 2 ** 20} MiB after ${MORE} more`);
  assert.equal(found, settled);
});
