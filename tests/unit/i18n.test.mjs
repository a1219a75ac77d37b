import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

/** @param {string} name @returns {Record<string, string>} */
const read = (name) => JSON.parse(readFileSync(`www/i18n/${name}`, 'utf8'));
const [en, zh] = [read('en.json'), read('zh.json')];
const sources = [
  ...['main.js', 'worker.js', 'session.js', 'decode.js', 'i18n.js'].map((name) => `www/${name}`),
  ...readdirSync('www/components').map((name) => `www/components/${name}`),
].map((path) => readFileSync(path, 'utf8')).join('\n');

test('both languages have the same keys', () => {
  assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
});

test('a translation fills in the same values', () => {
  const holes = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const key of Object.keys(en)) {
    assert.deepEqual([...new Set(holes(zh[key]))], [...new Set(holes(en[key]))], key);
    assert.notEqual(zh[key].trim(), '', key);
  }
});

test('every key that the page names is there', () => {
  const named = [...sources.matchAll(/\b(?:t\(|key: )'([\w.]+)'/g)].map(([, key]) => key);
  assert.ok(named.length > 40);
  assert.deepEqual(named.filter((key) => !(key in en)), []);
});

test('every setting that the core checks has a name', () => {
  const rust = ['train/config', 'augment/policy', 'model/encoder', 'dataset/image_set', 'web/settings'];
  const text = rust.map((name) => readFileSync(`src/${name}.rs`, 'utf8').split('#[cfg(test)]')[0]).join('\n');
  const fields = [...text.matchAll(/(?:\(|chance\(|between\(|check_range\(|whole\()\s*"(\w+)",/g)].map(([, field]) => field);
  assert.ok(new Set(fields).size >= 25, String(fields));
  assert.deepEqual(fields.filter((field) => !(`setting.${field}` in en)), []);
});

test('every error of the core and of the worker has a sentence', () => {
  const rust = readFileSync('src/error.rs', 'utf8');
  const variants = [...rust.matchAll(/^ {4}([A-Z]\w+)(?: \{|,$)/gm)].map(([, name]) => name[0].toLowerCase() + name.slice(1));
  const thrown = [...readFileSync('www/decode.js', 'utf8').matchAll(/failure\('(\w+)'/g)].map(([, code]) => code);
  assert.ok(variants.length >= 9 && thrown.length >= 2);
  for (const code of [...variants, ...thrown, 'notAPicture', 'cannotDecode', 'crashed']) {
    assert.ok(`error.${code}` in en, code);
  }
});
