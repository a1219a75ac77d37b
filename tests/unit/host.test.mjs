import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { kept, list, opening } from '../../tools/host.mjs';
import { ALONE, policy } from '../../tools/policy.mjs';
import { trafficOf } from '../../www/offline/traffic.js';

test('the policy has the hash of every script that is written into the page, and lets none be made of text', () => {
  const page = readFileSync('dist/index.html', 'utf8');
  const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text);
  assert.equal(scripts.length, 2);
  assert.ok(page.includes(`content="${policy(page)}"`));
  for (const text of scripts) assert.ok(policy(page).includes(`'sha256-${createHash('sha256').update(text).digest('base64')}'`));
  assert.doesNotMatch(policy(page), /script-src[^;]*'unsafe-(inline|eval)'|https?:|\*/);
  assert.ok(page.indexOf('Content-Security-Policy') < page.indexOf('<script'), 'it comes first');
});

test('every other page that is published has a policy of its own', async () => {
  const pages = readdirSync('dist', { recursive: true }).map(String).filter((path) => path.endsWith('.html') && !/^(index|contrastive-playground)\.html$/.test(path));
  assert.ok(pages.length > 10);
  for (const path of pages) assert.ok(readFileSync(`dist/${path}`, 'utf8').includes(ALONE), path);
});

test('addresses in the built page are relative, and what they lead to is there', () => {
  const page = readFileSync('dist/index.html', 'utf8');
  const addresses = [...page.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, address]) => address);
  assert.ok(addresses.length > 10);
  for (const address of addresses) {
    assert.match(address, /^\.\//);
    if (!address.startsWith('./guide/')) assert.ok(existsSync(`dist/${address}`), address);
  }
  const { icons, start_url, scope } = JSON.parse(readFileSync('dist/app/manifest.webmanifest', 'utf8'));
  assert.deepEqual([start_url, scope], ['../', '../']);
  for (const { src } of icons) assert.ok(existsSync(`dist/app/${src}`), src);
});

test('every file of the build is kept with the first visit, later, or not', async () => {
  const files = await list('dist');
  const group = (/** @type {string} */ when) => Object.keys(files).filter((path) => kept(path) === when);
  assert.ok(group('first').includes('contrastive-playground_bg.wasm') && group('later').some((path) => path.includes('libheif')));
  assert.ok(group('soon').includes('guide/en/worksheet-1.html') && group('soon').every((path) => path.startsWith('guide/')));
  assert.ok(Object.keys(files).every((path) => !/\.d\.ts$|LEGAL|sw\.js/.test(path)));
  for (const path of await opening('dist')) assert.equal(kept(path), 'first', path);
  const worker = readFileSync('dist/sw.js', 'utf8');
  for (const [path, hash] of Object.entries(files)) assert.ok(worker.includes(`"${path}":"${hash}"`), path);
});

test('a build leaves nothing of the one before', () => {
  const chunks = readdirSync('dist/app').filter((name) => /^(chunk|figures|maths)-.*\.js$/.test(name));
  const texts = readdirSync('dist/app').filter((name) => name.endsWith('.js')).map((name) => readFileSync(`dist/app/${name}`, 'utf8'));
  assert.deepEqual(chunks.filter((name) => !texts.some((text) => text.includes(name))), []);
});

test('what was loaded is counted by file, and what could carry something away is apart', () => {
  const folder = 'https://host.test/a/';
  const load = (/** @type {string} */ address, bytes = 10) => ({ address, bytes });
  const loads = [load(`${folder}app/main.js`), load(`${folder}x.wasm`, 500), load(`${folder}app/main.js`, 0), load(`${folder}x?pixels=1`), load('https://host.test/b/x'), load('https://else.test/')];
  assert.deepEqual(trafficOf(loads, ['wss://else.test/'], folder), {
    files: [{ path: 'x.wasm', bytes: 500 }, { path: 'app/main.js', bytes: 10 }],
    bytes: 510,
    other: [`${folder}x?pixels=1`, 'https://host.test/b/x', 'https://else.test/', 'wss://else.test/'],
  });
});
