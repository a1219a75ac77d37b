import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromQuery, toQuery } from '../../www/page/link.js';

/** @type {any} */
const defaults = {
  encoder: 'article', method: 'simClr', withoutSameLabel: false, temperature: 0.1, batchSize: 32, seed: 0,
  policy: { flipProbability: 0.5, crop: { area: [0.07999999821186066, 1] } },
};
const ranges = {
  temperature: { min: 0.005, max: 100, whole: false },
  batchSize: { min: 2, max: 512, whole: true },
  seed: { min: 0, max: 2 ** 53 - 1, whole: true },
};
const own = { source: 'own', side: 32 };
/** @param {string} text */
const read = (text) => fromQuery(new URLSearchParams(text), defaults, ranges, async (policy) => !(/** @type {any} */ (policy).bad));

test('a link holds what differs, and gives it back', async () => {
  const settings = { ...defaults, temperature: 0.25, method: 'moco', withoutSameLabel: true, policy: { flipProbability: 0 } };
  const query = toQuery(settings, defaults, { source: 'emoji', side: 48 });
  assert.deepEqual([...query.keys()].sort(), ['method', 'policy', 'side', 'source', 'temperature', 'withoutSameLabel']);
  const found = await read(query.toString());
  assert.deepEqual({ ...defaults, ...found.settings }, settings);
  assert.deepEqual(found.pictures, { source: 'emoji', side: 48 });
  assert.deepEqual(found.corrections, []);
});

test('nothing is told of own photos, and settings left alone are not in a link', () => {
  assert.equal(toQuery(defaults, defaults, own).toString(), 'side=32');
});

test('numbers out of range become the nearest that may be, with a word', async () => {
  const found = await read('temperature=1e9&batchSize=3.6&seed=-4');
  assert.deepEqual(found.settings, { temperature: 100, batchSize: 4, seed: 0 });
  assert.deepEqual(found.corrections.map(({ key }) => key), Array(3).fill('link.corrected'));
  assert.deepEqual(found.corrections[0].values, { name: 'temperature', text: '1e9', value: 100 });
});

test('what cannot be is refused, with a word, and leaves the default', async () => {
  for (const text of ['temperature=', 'temperature=NaN', 'temperature=<b>', 'method=evil', 'encoder=constructor', 'side=31', 'source=own', 'withoutSameLabel=1']) {
    const found = await read(text);
    assert.deepEqual([found.settings, found.pictures], [{}, {}], text);
    assert.deepEqual(found.corrections.map(({ key }) => key), ['link.refused'], text);
  }
  for (const text of ['policy=7', 'policy={', 'policy={"bad":1}']) {
    assert.deepEqual((await read(text)).corrections.map(({ key }) => key), ['link.policy'], text);
  }
});

test('unknown names are left out, with a word, whatever they are', async () => {
  for (const name of ['temprature', '__proto__', 'toString', 'constructor']) {
    const found = await read(`${name}=1&side=32`);
    assert.deepEqual(found.settings, {});
    assert.deepEqual(found.corrections.map(({ key }) => key), ['link.unknown'], name);
  }
});

test('an address that names no setting asks for nothing, and what is put behind any address is not told', async () => {
  for (const text of ['', 'device=cpu', 'utm_source=mail', 'utm_source=mail&fbclid=1&device=cpu&from=singlemessage']) {
    const { known, corrections } = await read(text);
    assert.deepEqual([known, corrections], [false, []], text);
  }
  assert.deepEqual((await read('temprature=1&utm_source=x')).corrections.map(({ values }) => values.name), ['temprature'], 'who mistypes is told');
  const { known, pictures } = await read('side=31&gclid=1');
  assert.deepEqual([known, pictures], [true, {}], 'what cannot be is asked for all the same');
});
