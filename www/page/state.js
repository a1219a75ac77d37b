// The page's one state, as it is at first.
import { NO_LECTERN } from '../lessons/teaching.js';
import { NOTHING_LEARNED } from '../learned/learning.js';
import { NOTHING_SEEN } from '../learned/watching.js';
import { RECIPES } from '../model/recipes.js';
import { NO_REPORT } from '../photos/photos.js';
import { NO_LEVELS } from '../train/curves.js';
import { NO_RUN } from '../train/running.js';
import { NO_VIEWS } from '../views/views.js';

/**
 * @typedef {import('../photos/picture-choice.js').Source} Source
 * @typedef {import('../engine/session.js').Picture} Picture
 * @typedef {import('../engine/session.js').TrainSettings} TrainSettings
 * @typedef {import('./notice-list.js').Notice} Notice
 */

/** What is gone when other pictures come. */
export const NO_PICTURES = {
  pictures: /** @type {readonly import('../photos/picture-grid.js').Picture[]} */ ([]),
  ...NO_VIEWS,
  selected: /** @type {Set<number>} */ (new Set()),
  /** What the engine says of them. */
  set: /** @type {import('../engine/session.js').SetReport | undefined} */ (undefined),
  learned: NOTHING_LEARNED,
  ...NOTHING_SEEN,
  /** The cell of the batch's table that is looked at. */
  cell: /** @type {{ row: number, column?: number }} */ ({ row: 0 }),
  /** Changes wait for the end of the epoch. */
  waiting: false,
  duplicates: /** @type {Picture[][]} */ ([]),
};

export const AT_FIRST = {
  ...NO_RUN,
  ...NO_PICTURES,
  ...NO_LECTERN,
  source: /** @type {Source} */ ('shapes'),
  side: /** @type {number} */ (RECIPES.quick.side),
  draw: 0,
  /** A few of the built-in shapes, and all photos, whichever are in use. */
  samples: /** @type {import('../engine/session.js').Square[]} */ ([]),
  album: /** @type {readonly Picture[]} */ ([]),
  /** Files are held over the page. */
  over: false,
  /** A run that is kept waits while a link's settings are looked at. */
  waits: false,
  /** How often everything was forgotten. */
  forgotten: 0,
  /** The station that is open; none, and the stage has all the room. */
  station: '',
  /** Something is under way that must end before the next thing starts. */
  busy: true,
  device: /** @type {import('../engine/session.js').DeviceReport | undefined} */ (undefined),
  /** Cores of the CPU that make a step; none said, as many as suit. */
  instances: /** @type {number | undefined} */ (undefined),
  settings: /** @type {TrainSettings | undefined} */ (undefined),
  /** What the model of these settings costs. */
  cost: /** @type {import('contrastive-playground').ModelCost | undefined} */ (undefined),
  /** The setting that was refused, and why these settings cannot be trained with. */
  wrong: /** @type {string | undefined} */ (undefined),
  /** Between what the loss of the settings would move, and what else would be so of their batches. */
  foreseen: NO_LEVELS,
  refused: /** @type {import('../engine/session.js').SessionError | undefined} */ (undefined),
  /** A run on points, as a lesson has it. */
  points: /** @type {import('../learned/points.js').Watched | undefined} */ (undefined),
  /** What is being made to be taken away. */
  taking: '',
  adding: /** @type {import('../intake/intake.js').Count | undefined} */ (undefined),
  skipped: NO_REPORT,
  runs: /** @type {import('../train/run-words.js').Run[]} */ ([]),
  /** Why nothing is kept. */
  lost: /** @type {string | undefined} */ (undefined),
  notices: /** @type {Notice[]} */ ([]),
};
