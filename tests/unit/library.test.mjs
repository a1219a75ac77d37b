import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Library } from '../../www/ui/library.js';

/** @param {() => Promise<unknown>} load */
function part(load) {
  let draws = 0;
  const library = new Library(/** @type {any} */ ({ requestUpdate: () => draws++ }), load);
  return { library, draws: () => draws };
}

test('a library comes when it is first asked for, once, and its part is drawn again', async () => {
  let loads = 0;
  const { library, draws } = part(async () => ++loads);
  assert.equal(library.ask(), undefined);
  await new Promise(setImmediate);
  assert.deepEqual([library.ask(), library.ask(), loads, draws(), library.missing], [1, 1, 1, 1, false]);
});

test('one that does not come is missing, and throws nothing', async () => {
  const { library, draws } = part(() => Promise.reject(new TypeError('offline')));
  library.ask();
  await new Promise(setImmediate);
  assert.deepEqual([library.ask(), library.missing, draws()], [undefined, true, 1]);
});
