// What the page says, for as long as it is so.

import { ALONE, aloneAdvice } from '../model/advice.js';

/** @typedef {import('./notice-list.js').Notice} Notice @typedef {typeof import('./state.js').AT_FIRST} State */

/**
 * The part of the state that a notice speaks of, by its key or its problem's code: once that is another, the notice is
 * over. One that is not here stays until it is dismissed.
 * @type {Record<string, (state: State, notice: Notice) => unknown>}
 */
const SPEAKS_OF = {
  ...Object.fromEntries(ALONE.map((key) => [key, advised])),
  'link.runWaits': ({ waits }) => waits,
  'notice.addedBeside': ({ source }) => source,
  'notice.addedInLesson': ({ source }) => source,
  'notice.collapsed': ({ stop }) => stop.kind,
  'notice.forgotten': ({ album, progress }) => album.length + progress.done,
  'notice.loaded': ({ progress, pictures }) => `${progress.done} ${pictures.length}`,
  'notice.restartedSet': ({ progress, runs }) => `${progress.done} ${runs.length}`,
  'notice.resumed': ({ progress }) => progress.done,
  'notice.seedNext': ({ progress }) => progress.done > 0,
  'notice.stuck': ({ stop }) => stop.kind,
  otherSide: ({ side }) => side,
  'notice.waits': ({ source, side, progress, runs }) => `${source} ${side} ${progress.done} ${runs.length}`,
  settingOutOfRange: ({ settings }, { problem }) => /** @type {any} */ (settings)?.[problem?.details?.field],
  tooFewPictures: ({ pictures }) => pictures.length,
};

/** What batches of these labels would do. @param {State} state */
export function advised({ settings, foreseen }) {
  return settings && aloneAdvice(settings, foreseen.alone);
}

/** Of these it does not matter what else they say. */
const ONCE = /^no(tStarted|Simd)$/;

/** @param {Notice} notice @param {State} state */
export function spokenOf(notice, state) {
  return SPEAKS_OF[notice.key ?? notice.problem?.code ?? '']?.(state, notice);
}

/** Do both say the same? @param {Omit<Notice, 'id'>} one @param {Omit<Notice, 'id'>} other */
export function alike(one, other) {
  if (one.key) return one.key === other.key && one.values?.name === other.values?.name;
  const [said, again] = [one.problem, other.problem];
  if (!said || said.code !== again?.code) return false;
  return ONCE.test(said.code ?? '') || JSON.stringify([said.message, said.details]) === JSON.stringify([again?.message, again?.details]);
}
