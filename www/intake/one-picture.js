// A picture that is only looked for, out of the files that were brought for it.
import { failure } from './failure.js';
import { intake } from './intake.js';

/**
 * The picture that a file is; of several, or what is none, why not.
 * @param {readonly File[]} files
 * @returns {Promise<{ square?: import('./square.js').Square, refused?: import('./intake.js').Skipped }>}
 */
export async function onePicture([file, ...others]) {
  const because = (/** @type {string} */ code) => ({ name: others.length ? `${file.name} …` : file.name, code, details: {} });
  if (others.length) return { refused: because('manyPictures') };
  /** @type {import('./square.js').Square[]} */ const squares = [];
  // Of an archive no more is unpacked than says that it is of several.
  const enough = new AbortController();
  const take = (/** @type {typeof squares} */ more) => squares.push(...more) > 1 && enough.abort();
  const readCifar = () => Promise.reject(failure('manyPictures'));
  const [skipped = because('notAPicture')] = await intake([file], { readCifar, take, signal: enough.signal });
  if (squares.length === 1) return { square: squares[0] };
  return { refused: squares.length ? because('manyPictures') : skipped };
}
