import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLocal, isPage, least, linkOf, opensHidden } from '../../www/guide/teacher-link.js';
import { PARTS, STATIONS, toHide } from '../../www/page/hiding.js';
import { fromQuery } from '../../www/page/link.js';

/** @type {any} */
const defaults = { seed: 0, steps: 300, method: 'simClr' };
const ranges = { seed: { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }, steps: { min: 1, max: 1e6, whole: true } };
const nothing = { page: 'https://example.org/a/', opens: '', source: '', device: '', language: '', look: '', seed: undefined, steps: undefined, hide: [] };

test('the page understands the link that was made', async () => {
  const everything = [...STATIONS, ...Object.entries(PARTS).flatMap(([room, parts]) => parts.map((part) => `${room}.${part}`))];
  const link = new URL(linkOf({ ...nothing, opens: 'train', source: 'emoji', device: 'cpu', language: 'zh', look: 'projector', seed: 0, steps: 150, hide: everything }));
  assert.equal(link.origin + link.pathname, nothing.page);
  assert.equal(link.hash, '#train');
  const asked = await fromQuery(link.searchParams, defaults, ranges, async () => false);
  assert.deepEqual([asked?.settings, asked?.pictures, asked?.corrections], [{ seed: 0, steps: 150 }, { source: 'emoji' }, []]);
  assert.deepEqual(['device', 'language', 'look'].map((name) => link.searchParams.get(name)), ['cpu', 'zh', 'projector']);
  const { names, unknown } = toHide(link.searchParams.get('hide') ?? '');
  assert.deepEqual(unknown, []);
  assert.deepEqual(new Set(names), new Set(everything));
});

test('what is not chosen is not in the link, and neither is what the address had', () => {
  assert.equal(linkOf(nothing), nothing.page);
  assert.equal(linkOf({ ...nothing, page: `${nothing.page}?device=cpu#step`, hide: ['model'] }), `${nothing.page}?hide=model`);
});

test('the address of a page of the guide stands for that of the playground beside it', () => {
  for (const page of ['guide/en/link.html', 'guide/zh/link.html#text', 'guide/en/', 'guide/en/link.html?hide=model']) {
    assert.equal(linkOf({ ...nothing, page: nothing.page + page, opens: 'step' }), `${nothing.page}#step`, page);
  }
  assert.equal(linkOf({ ...nothing, page: 'https://example.org/guide/a/' }), 'https://example.org/guide/a/');
  assert.equal(linkOf({ ...nothing, page: 'file:///b/guide/en/link.html' }), 'file:///b/');
});

test('a lesson’s link has nothing that the lesson sets, and hides nothing from it', () => {
  assert.equal(linkOf({ ...nothing, opens: 'lesson=4.3', source: 'emoji', seed: 7, steps: 12 }), `${nothing.page}?seed=7#lesson=4.3`);
  const hidden = (/** @type {string} */ opens, /** @type {string[]} */ ...hide) => opensHidden(opens, new Set(hide));
  assert.deepEqual([hidden('learned', 'learned'), hidden('learned', 'page.stations'), hidden('learned', 'learned.map'), hidden('lesson=4', 'model'), hidden('', 'model')], [true, true, false, false, false]);
});

test('a part of what is left out is not named', () => {
  assert.deepEqual(least(new Set(['model', 'model.temperature', 'step.formula'])), ['model', 'step.formula']);
});

test('what is no address of a page is told from one, and what only this computer reaches', () => {
  assert.deepEqual(['', 'example.org', 'javascript:alert(1)', 'https://example.org', 'http://192.168.0.10:8080/'].map(isPage), [false, false, false, true, true]);
  assert.deepEqual(['http://127.0.0.1:8080/', 'http://localhost/', 'file:///a/b.html', 'http://192.168.0.10/'].map(isLocal), [true, true, true, false]);
});
