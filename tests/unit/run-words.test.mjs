import assert from 'node:assert/strict';
import { register } from 'node:module';
import { test } from 'node:test';

register('data:text/javascript,' + encodeURIComponent(`export async function load(url, context, next) {
  return url.endsWith('.json') ? next(url, { ...context, importAttributes: { type: 'json' } }) : next(url, context);
}`));
const { runName } = await import('../../www/train/run-words.js');

test('a run without a name has the time as the visitor’s clock has it, in the page’s language', (context) => {
  const run = /** @type {any} */ ({ id: new Date(2026, 0, 2, 16, 48).getTime(), settings: { method: 'simClr', temperature: 0.1 } });
  const inBrowserOf = (/** @type {string} */ locale) => {
    context.mock.method(Intl.DateTimeFormat.prototype, 'resolvedOptions', () => ({ locale }));
    return runName(run);
  };
  assert.match(inBrowserOf('en-GB'), /, 16:48$/);
  assert.match(inBrowserOf('en-US'), /, 4:48\sPM$/);
  assert.match(inBrowserOf('fr-FR'), /, 4:48\sPM$/, 'the page speaks English');
});
