// Why a file is no checkpoint, in words that help: the core's are for programs.
import { contentOf, start } from '../intake/content.js';
import { failure, isFailure } from '../intake/failure.js';
import { ownFileIn } from '../intake/no-picture.js';
import { isWhole } from './checkpoint.js';

/** Is it one of the page's own files? Others are refused before anything ends for them. @param {File} file */
export async function check(file) {
  const kind = await ownFile(file);
  if (!kind) throw failure(await why(file, {}), { file: file.name });
  if (kind === 'weights') throw failure('weightsLoaded');
}

/** @param {File} file @param {any} error of the core @returns {Promise<unknown>} what is to be said */
export async function noCheckpoint(file, error) {
  if (!isFailure(error) || error.code !== 'unreadableCheckpoint') return error;
  return failure(await why(file, error), { file: file.name });
}

/** @param {File} file @param {any} error */
async function why(file, { details }) {
  if (!(await ownFile(file))) return (await isPicture(file)) ? 'checkpointIsPicture' : 'noCheckpoint';
  return (await isWhole(file)) && /newer/.test(details?.reason) ? 'checkpointNewer' : 'checkpointDamaged';
}

/** @param {File} file */
async function ownFile(file) {
  return ownFileIn(await start(file, 100));
}

/** @param {File} file */
function isPicture(file) {
  return contentOf(file).then(({ kind }) => ['picture', 'heif', 'svg'].includes(kind), () => false);
}
