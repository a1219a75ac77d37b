import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { LESSONS } from './course.mjs';

/** @param {string} name @returns {Record<string, string>} */
const read = (name) => JSON.parse(readFileSync(`www/i18n/${name}`, 'utf8'));
const [en, zh] = ['en', 'zh'].map((language) => {
  const under = [['lessons', '../lessons'], ...LESSONS.map((name) => [`lesson.${name}`, `../lessons/${name}`])];
  const later = under.flatMap(([prefix, folder]) => Object.entries(read(`${folder}/${language}.json`)).map(([key, text]) => [`${prefix}.${key}`, text]));
  return { ...read(`${language}.json`), ...Object.fromEntries(later) };
});
const files = readdirSync('www', { recursive: true }).map(String).filter((name) => name.endsWith('.js'));
const sources = files.map((path) => readFileSync(`www/${path}`, 'utf8')).join('\n');

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
  const files = readdirSync('src', { recursive: true }).map(String).filter((name) => name.endsWith('.rs'));
  const rust = files.map((name) => readFileSync(`src/${name}`, 'utf8').split('#[cfg(test)]')[0]).join('\n');
  const checked = [...rust.matchAll(/\b(?:check_range|whole|between|chance)\(\s*"(\w+)"/g)];
  const listed = [...readFileSync('src/train/config.rs', 'utf8').matchAll(/^ {12}\("(\w+)", .*Self::/gm)];
  const fields = [...checked, ...listed].map(([, field]) => field);
  assert.ok(new Set(fields).size >= 35, String(fields));
  assert.deepEqual(fields.filter((field) => !(`setting.${field}` in en)), []);
});

test('every error of the core and of the worker has a sentence', () => {
  const rust = readFileSync('src/error.rs', 'utf8');
  const variants = [...rust.matchAll(/^ {4}([A-Z]\w+)(?: \{|,$)/gm)].map(([, name]) => name[0].toLowerCase() + name.slice(1));
  const thrown = [...sources.matchAll(/(?:failure\(|code: )'(\w+)'/g)].map(([, code]) => code);
  assert.ok(variants.length >= 9 && new Set(thrown).size >= 15);
  for (const code of [...variants, ...thrown, 'crashed']) {
    assert.ok(`error.${code}` in en, code);
  }
});

test('what kind of number a setting has to be is said of settings alone: another error’s “kind” would be lost', () => {
  assert.deepEqual(Object.keys(en).filter((key) => key.startsWith('error.') && en[key].includes('{kind}')), ['error.settingOutOfRange']);
});
