import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { PAGES, guide } from '../../tools/guide.mjs';
import { levels } from '../../tools/guide/curves.mjs';
import { STATIONS } from '../../www/page/hiding.js';
import { addressed } from '../../www/lessons/lesson.js';
import { anchorOf } from '../../www/step/by-hand.js';
import { LESSONS } from './course.mjs';

const files = await guide();
const LANGUAGES = ['en', 'zh'];
const page = (/** @type {string} */ name) => /** @type {string} */ (files.get(name));
const found = (/** @type {string} */ text, /** @type {RegExp} */ pattern) => [...text.matchAll(pattern)].map(([, part]) => part);
const headings = (/** @type {string} */ name) => found(page(name), /<h[123](?: class="[\w-]+")?( id="[\w-]+")?/g);
/** How many lessons the course has. */
const lessons = LESSONS.length;

test('every page is there in both languages, with the same headings in the same order', () => {
  assert.equal(files.size, 2 + 2 * PAGES.length);
  for (const name of PAGES) {
    assert.deepEqual(headings(`zh/${name}.html`), headings(`en/${name}.html`), name);
    assert.match(page(`en/${name}.html`), /<html lang="en">/);
    assert.match(page(`zh/${name}.html`), /<html lang="zh-Hans">/);
    for (const [language, site] of [['en', 'Contrastive Playground'], ['zh', '对比学习游乐场']]) {
      assert.match(page(`${language}/${name}.html`), new RegExp(` – ${site}</title>[^]*<a href="../../">${site}</a>`), 'the page by the name it gives itself');
    }
  }
});

test('every link leads somewhere: to a page and a heading of it, a station, or a lesson', () => {
  let count = 0;
  for (const [name, text] of files) {
    for (const href of found(text, /<a[^>]* href="([^"]+)"/g)) {
      count++;
      if (/^https:\/\/arxiv\.org\/abs\/\d{4}\.\d{5}$/.test(href)) continue;
      const [path, hash = ''] = href.split('#');
      if (path === '../../') {
        const asked = addressed(hash);
        assert.ok(hash === '' || /** @type {readonly string[]} */ (STATIONS).includes(hash) || (asked && (asked.lesson ?? 0) < lessons), `${name}: ${href}`);
      } else if (path === '../../contrastive-playground.html') {
        assert.ok(existsSync('dist/contrastive-playground.html'), 'it comes with each build');
      } else {
        const target = path ? posix.join(posix.dirname(name), path) : name;
        assert.ok(files.has(target), `${name}: ${href}`);
        if (hash) assert.ok(page(target).includes(` id="${hash}"`), `${name}: ${href}`);
      }
    }
  }
  assert.ok(count > 400);
});

test('a worksheet does not tell beforehand what lesson 8 lets people find', () => {
  for (const [language, mistake] of [['en', /learning rate/i], ['zh', /学习率/]]) {
    const [asked, solved] = page(`${language}/worksheet-1.html`).split(' id="solutions"');
    assert.doesNotMatch(asked, /** @type {RegExp} */ (mistake));
    assert.match(solved, /** @type {RegExp} */ (mistake));
  }
});

test('a page needs nothing from elsewhere, and no script but the one that makes links', () => {
  for (const [name, text] of files) {
    const scripts = text.match(/<script/g)?.length ?? 0;
    assert.equal(scripts, /link\.html$/.test(name) ? 1 : 0, name);
    assert.doesNotMatch(text, /<script>| style="|<style|\bon\w+="|(?:src|url\()="?https?:|@import/, name);
    assert.doesNotMatch(text, /\{\{|\{#|\*\*|MEASURED/, name);
  }
});

test('the glossary has each term of the field in both languages, and says where it is seen', () => {
  const terms = {
    'contrastive learning': '对比学习', 'self-supervised learning': '自监督学习', view: '视图', 'data augmentation': '数据增强',
    'positive pair': '正样本对', 'negative pair': '负样本对', anchor: '锚点', encoder: '编码器', 'projection head': '投影头',
    representation: '特征表示', embedding: '嵌入', 'cosine similarity': '余弦相似度', temperature: '温度参数', 'contrastive loss': '对比损失函数',
    'momentum encoder': '动量编码器', queue: '队列', 'hard negative': '难负样本', 'false negative': '假负样本', alignment: '对齐性',
    uniformity: '均匀性', collapse: '坍缩', 'linear probe': '线性探测', 'fine-tuning': '微调', retrieval: '检索', 'nearest neighbours': '近邻',
  };
  for (const language of LANGUAGES) {
    const entries = page(`${language}/glossary.html`).split('<h3').slice(1);
    assert.ok(entries.length > 40);
    for (const entry of entries) assert.match(entry, /href="\.\.\/\.\.\/#\w/, entry.slice(0, 60));
    for (const entry of entries.filter((entry) => /Set[^.]* in\s|设置/.test(entry) && !/id="batch"/.test(entry))) assert.match(entry, /More settings|更多设置/, entry.slice(0, 60));
    const heads = entries.map((entry) => entry.split('</h3>')[0].toLowerCase());
    for (const [en, zh] of Object.entries(terms)) assert.ok(heads.some((head) => head.includes(en) && head.includes(zh)), en);
  }
});

test('the twenty questions each lead to a lesson or a station', () => {
  for (const language of LANGUAGES) {
    const answers = page(`${language}/questions.html`).split('<h3').slice(1);
    assert.equal(answers.length, 20);
    for (const answer of answers) assert.match(answer, /href="\.\.\/\.\.\/#\w/, answer.slice(0, 60));
  }
});

test('every number that the pages compute is computed', () => {
  const { log, exp } = Math;
  const chance = (/** @type {number} */ pictures) => levels(pictures, 1).chance;
  const floor = (/** @type {number} */ pictures, /** @type {number} */ temperature) => levels(pictures, temperature).floor;
  const hand = (/** @type {number} */ positive, /** @type {number[]} */ negatives, /** @type {number} */ temperature) => anchorOf({ positive, negatives, temperature });
  const push = (/** @type {number} */ temperature) => exp(0.8 / temperature) / (exp(0.8 / temperature) + 125);
  const [a, b, c] = [hand(0.8, [0.2, 0.1], 0.1), hand(0.8, [0.2, 0.1], 0.5), hand(0.2, [0.8, 0.1], 0.1)];
  /** @type {Record<string, [number, number][]>} each with its decimals */
  const numbers = {
    questions: [
      [chance(64), 2], [chance(128), 2], [floor(64, 0.5), 2], [floor(64, 0.1), 3], [log(1025), 2], [log(65_537), 2], [floor(32, 0.5), 2],
      [floor(128, 0.5), 2], [log(31), 2], [1 / 63, 3], [exp(2), 1], [100 * push(0.1), 0], [100 * push(0.2), 0], [100 * push(0.5), 0], [63 / 10, 1],
    ],
    glossary: [[chance(64), 2], [floor(64, 0.5), 2], [floor(64, 0.1), 3]],
    'worksheet-2': [
      [a.loss, 6], [a.positives[0].share, 6], [a.negatives[0].share, 6], [a.negatives[1].share, 6], [exp(8), 0], [exp(2), 3], [exp(1), 3],
      [exp(1.6), 3], [exp(0.4), 3], [exp(0.2), 3], [b.positives[0].share, 4], [b.loss, 4], [c.positives[0].share, 4], [c.loss, 3],
      [hand(0.6, [0.6, 0.6, 0.6], 0.2).loss, 3], [chance(32), 3], [chance(64), 3], [chance(128), 3], [floor(64, 1), 3], [floor(64, 0.5), 3], [floor(64, 0.1), 3],
      [100 * push(0.1), 0], [100 * push(0.2), 0], [100 * push(0.5), 0], [1 - 0.9 ** 63, 4], [log(31), 3],
    ],
  };
  for (const [name, list] of Object.entries(numbers)) {
    for (const language of LANGUAGES) {
      for (const [value, digits] of list) assert.match(page(`${language}/${name}.html`), new RegExp(`(?<![\\d.])${value.toFixed(digits).replace('.', '\\.')}(?!\\d)`), `${language}/${name}`);
    }
  }
});

test('the floor is that of a simplex, built', () => {
  const [pictures, temperature] = [5, 0.5];
  const negatives = Array(2 * pictures - 2).fill(-1 / (pictures - 1));
  assert.ok(Math.abs(anchorOf({ positive: 1, negatives, temperature }).loss - levels(pictures, temperature).floor) < 1e-12);
});

test('the solutions pair the cards that show the same shape, each once', () => {
  for (const language of LANGUAGES) {
    const text = page(`${language}/worksheet-1.html`);
    const cards = new Map(found(text, /<figure>(<svg.*?<\/figcaption>)/g).map((card) => [card.slice(-14)[0], /stroke="[^"]+">(<.*?>)/.exec(card)?.[1]]));
    const pairs = found(text, /([A-P]–[A-P])/g).slice(0, 8).map((pair) => pair.split('–'));
    assert.deepEqual(pairs.flat().sort(), [...cards.keys()].sort());
    for (const [one, other] of pairs) assert.equal(cards.get(one), cards.get(other));
    const grounds = new Map(found(text, /<figure>(<svg.*?<\/figcaption>)/g).map((card) => [card.slice(-14)[0], /<rect[^>]* fill="([^"]+)"/.exec(card)?.[1]]));
    for (const [one, other] of pairs) assert.notEqual(grounds.get(one), grounds.get(other), 'what is behind gives no pair away');
    for (const ground of grounds.values()) assert.equal([...grounds.values()].filter((other) => other === ground).length, 4);
  }
});

test('the workshop says of every lesson what it is of', () => {
  for (const language of LANGUAGES) {
    const rows = found(page(`${language}/workshop.html`), /<tr>\s*<td><a href="\.\.\/\.\.\/#lesson=(\d+)"/g);
    assert.deepEqual(rows, Array.from({ length: lessons }, (_, number) => String(number)));
  }
});
