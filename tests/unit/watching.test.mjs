import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Watching } from '../../www/learned/watching.js';

/** A page of which nothing but the draws is looked at. */
function watched() {
  const state = /** @type {any} */ ({ pictures: [{}, {}, {}, {}], settings: {}, progress: { done: 0 }, station: '' });
  const drawn = /** @type {number[]} */ ([]);
  const engine = {
    rehearse: async (/** @type {{ draw: number }} */ { draw }) => ({ step: 0, draw: drawn.push(draw) }),
    glance: async () => ({ took: 0, pictures: [], coordinates: [] }),
  };
  const page = /** @type {any} */ ({ engine, state, set: (/** @type {object} */ change) => Object.assign(state, change) });
  return { watching: new Watching(page), state, drawn };
}

test('before training new views are drawn after a while, but not under the eyes of who is in a lesson', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  Object.assign(globalThis, { matchMedia: () => ({ matches: false }), document: { hidden: false } });
  const { watching, state, drawn } = watched();
  const later = async () => {
    mock.timers.tick(6000);
    await new Promise(setImmediate);
  };
  await watching.look();
  await later();
  assert.deepEqual(drawn, [0, 1]);
  state.lectern = {};
  await later();
  await later();
  assert.deepEqual(drawn, [0, 1], 'a lesson speaks of what is shown');
  state.lectern = undefined;
  await later();
  assert.deepEqual(drawn, [0, 1, 2], 'and then it goes on');
});
