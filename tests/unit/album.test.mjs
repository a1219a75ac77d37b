import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Album } from '../../www/engine/album.js';

const square = (/** @type {string} */ name, side = 4) => ({ name, side, rgb: new Uint8Array(side * side * 3) });

/** An album of three, and what it tells of its changes. */
function three() {
  const album = new Album();
  album.add(['a', 'b', 'c'].map((name) => square(name)));
  /** @type {import('../../www/engine/album.js').Change[]} */
  const changes = [];
  album.addEventListener('change', (event) => changes.push(/** @type {CustomEvent} */ (event).detail));
  return { album, changes, names: () => album.pictures.map(({ name }) => name).join('') };
}

test('a removal tells the places from before it', () => {
  const { album, changes, names } = three();
  album.remove([3, 1]);
  assert.equal(names(), 'b');
  assert.deepEqual(changes, [{ kind: 'remove', indices: [0, 2], ids: [1, 3] }]);
  assert.equal(album.bytes, 48);
});

test('an id is never given twice, not even after its picture is gone', () => {
  const { album } = three();
  album.clear();
  assert.deepEqual(album.add([square('d')]).map(({ id }) => id), [4]);
  assert.equal(album.bytes, 48);
});

test('pictures that come back have the ids they had', () => {
  const album = new Album();
  album.add([{ ...square('a'), id: 7 }, { ...square('b'), id: 9 }]);
  assert.deepEqual(album.add([square('c')]).map(({ id }) => id), [10]);
});

test('a label leaves those who hold the list before with what they have', () => {
  const { album, changes } = three();
  const before = album.pictures;
  album.label([2], 'cat');
  assert.deepEqual(album.pictures.map(({ label }) => label), [undefined, 'cat', undefined]);
  assert.equal(before[1].label, undefined);
  album.label([2]);
  assert.deepEqual(changes.map((change) => 'label' in change && change.label), ['cat', undefined]);
});

test('what is not there changes nothing', () => {
  const { album, changes } = three();
  album.remove([99]);
  album.label([], 'cat');
  album.add([]);
  assert.deepEqual(changes, []);
});

/** A picture of a folder that was all that was dropped. @param {string} name @param {string} folder */
const alone = (name, folder) => ({ ...square(name), folder });

test('folders that come one after the other become labels as if they had come together', () => {
  const album = new Album();
  const labels = () => album.pictures.map(({ label }) => label);
  album.add([alone('a', 'cat'), alone('b', 'cat')]);
  assert.deepEqual(labels(), [undefined, undefined]);
  album.add([alone('c', 'cat')]);
  assert.deepEqual(labels(), [undefined, undefined, undefined]);
  album.add([alone('d', 'dog'), square('e')]);
  assert.deepEqual(labels(), ['cat', 'cat', 'cat', 'dog', undefined]);
  album.add([alone('f', 'dog')]);
  assert.equal(labels().at(-1), 'dog');
});

test('a folder becomes a label beside other labels, and none where its label was taken away', () => {
  const album = new Album();
  album.add([{ ...square('a'), label: 'cat' }]);
  const [{ id }] = album.add([alone('b', 'dog')]);
  assert.deepEqual(album.pictures.map(({ label }) => label), ['cat', 'dog']);
  album.label([id]);
  album.add([alone('c', 'bird')]);
  assert.deepEqual(album.pictures.map(({ label }) => label), ['cat', undefined, 'bird']);
});
