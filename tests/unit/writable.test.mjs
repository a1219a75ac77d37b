import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writable } from '../../www/ui/writable.js';

test('what XML, CSV and UTF-8 have no place for is replaced, and all else stays', () => {
  assert.equal(writable('ca\u0001t\u0000\u001b[1m\uFFFE'), 'ca\uFFFDt\uFFFD\uFFFD[1m\uFFFD');
  assert.equal(writable('a\ud83d b\ude00'), 'a\uFFFD b\uFFFD');
  for (const text of ['two\r\nlines\tand', '<b>&"', '\u202Egnp.dog', '__proto__', '猫 😀 é', '']) assert.equal(writable(text), text);
});
