// What changed while an element was not on the page is caught up with when it comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Listening } from '../../www/ui/listening.js';

test('an element hears of each change, and of those that it missed once it is back', () => {
  const target = new EventTarget();
  let heard = 0;
  /** @type {any} */ const host = { addController() {} };
  const listening = new Listening(host, target, () => heard++);
  listening.hostConnected();
  assert.equal(heard, 0, 'it is drawn anyway');
  target.dispatchEvent(new Event('change'));
  assert.equal(heard, 1);
  listening.hostDisconnected();
  target.dispatchEvent(new Event('change'));
  assert.equal(heard, 1);
  listening.hostConnected();
  assert.equal(heard, 2);
});
