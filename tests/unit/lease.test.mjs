import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Lease } from '../../www/kept/lease.js';

Object.assign(globalThis, { addEventListener: () => {}, removeEventListener: () => {} });

/** A storage of one line, and a way to let time pass. */
function world() {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000 });
  /** @type {Map<string, any>} */ const lines = new Map();
  const shelf = { get: async (/** @type {string} */ key) => lines.get(key), put: async (/** @type {any} */ value, /** @type {string} */ key) => lines.set(key, value) };
  const write = (/** @type {(shelf: any) => Promise<any>} */ task) => task(shelf);
  const pass = async (/** @type {number} */ seconds) => {
    for (let step = 0; step < 10 * seconds; step++) {
      mock.timers.tick(100);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  };
  return { lines, shelf, write, pass };
}

test('who comes second does not get it while the first renews it, and gets it when the first is gone', async () => {
  const { shelf, write, pass } = world();
  const [first, second, third] = [new Lease(), new Lease(), new Lease()];
  const lost = mock.fn();
  assert.equal(await first.take(write, lost), true);
  const refused = second.take(write, lost);
  await pass(8);
  assert.equal(await refused, false);
  assert.equal(await first.isMine(shelf), true);
  // It ends without a word, as a tab that crashed.
  first.end();
  const given = third.take(write, lost);
  await pass(7);
  assert.equal(await given, true);
  assert.equal(await first.isMine(shelf), false);
  assert.equal(lost.mock.callCount(), 0);
  third.end();
  mock.timers.reset();
});

test('who slept hears that another has it, and has it still where nobody came', async () => {
  const { lines, shelf, write, pass } = world();
  const lease = new Lease();
  const lost = mock.fn();
  await lease.take(write, lost);
  lines.set('lease', { ...lines.get('lease'), until: 0 });
  assert.equal(await lease.isMine(shelf), true);
  lines.set('lease', { token: 'another', until: 0 });
  await pass(3);
  assert.ok(lost.mock.callCount() > 0);
  assert.equal(await lease.isMine(shelf), false);
  lease.end();
  mock.timers.reset();
});
