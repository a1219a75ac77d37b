import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerOf, isWhole, notesOf, withNotes } from '../../www/engine/checkpoint.js';
import { ownFileIn } from '../../www/intake/no-picture.js';
import { check, noCheckpoint } from '../../www/engine/no-checkpoint.js';
import { wholeCurves } from '../../www/train/curves.js';

/** A safetensors file of one tensor of four bytes. @param {string} text of the core @param {string} [pad] */
function file(text, pad = '') {
  const header = JSON.stringify({ __metadata__: { 'contrastive-playground': text }, 'model.weight': { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }) + pad;
  return new Blob([new BigUint64Array([BigInt(header.length)]), header, Uint8Array.of(1, 2, 3, 4)]);
}

test('notes are in the header beside what the core wrote, and the tensors are where they belong', async () => {
  for (const pad of ['', '   ']) {
    const before = file('{"version":1,"side":16}', pad);
    assert.deepEqual(await notesOf(before), {});
    const noted = await withNotes(before, { curves: { loss: [0.1, NaN], names: 'τ' } });
    assert.deepEqual(await notesOf(noted), { curves: { loss: [0.1, null], names: 'τ' } });
    const { header, end } = await headerOf(noted);
    assert.equal(header.__metadata__['contrastive-playground'], '{"version":1,"side":16}');
    assert.equal(end % 8, 0);
    assert.deepEqual(new Uint8Array(await noted.slice(end).arrayBuffer()), Uint8Array.of(1, 2, 3, 4));
    assert.equal(ownFileIn(new Uint8Array(await noted.slice(0, 100).arrayBuffer())), 'checkpoint', 'and it is known by its first bytes');
    assert.ok(await isWhole(noted));
  }
});

test('a file cut anywhere is not whole', async () => {
  const whole = await withNotes(file('{"version":1}'), {});
  for (let size = 0; size < whole.size; size++) assert.equal(await isWhole(whole.slice(0, size)), false, `${size}`);
});

test('of curves in a file that may come from anyone there are as many steps as were made', () => {
  const [none, loss] = [[NaN, NaN], [3, NaN]];
  assert.deepEqual(wholeCurves(undefined, 2), { loss: none, top1: none, alignment: none, uniformity: none });
  assert.deepEqual(wholeCurves({ loss: [3, '4', 5], top1: 7, alignment: null }, 2), { loss, top1: none, alignment: none, uniformity: none });
});

test('why a file is no checkpoint is said with its name', async () => {
  const unreadable = (/** @type {string} */ reason) => ({ code: 'unreadableCheckpoint', details: { reason } });
  const why = async (/** @type {BlobPart} */ part, reason = 'x') => /** @type {any} */ (await noCheckpoint(new File([part], 'a.safetensors'), unreadable(reason)));
  const whole = file('{"version":9}');
  assert.equal((await why('GIF89a', 'x')).details.file, 'a.safetensors');
  assert.equal((await why('')).code, 'noCheckpoint');
  assert.equal((await why('<svg xmlns="http://www.w3.org/2000/svg"/>')).code, 'checkpointIsPicture');
  assert.equal((await why(whole, 'it was written by a newer version of this program')).code, 'checkpointNewer');
  assert.equal((await why(whole)).code, 'checkpointDamaged');
  assert.equal((await why(whole.slice(0, -1))).code, 'checkpointDamaged');
  const weights = new File([file('x').slice(0, 8), '{"__metadata__":{"contrastive-playground":"{\\"encoder'], 'w.safetensors');
  await assert.rejects(check(weights), { code: 'weightsLoaded' }, 'before anything ends for them');
  const other = new Error('gone');
  assert.equal(await noCheckpoint(new File([], 'a'), other), other);
});
