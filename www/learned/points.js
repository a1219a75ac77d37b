// Shows a run on points at a pace at which it can be followed, or where nothing is to move, as fast as it goes.

/** Milliseconds that a run is shown for at least, and one report at most. */
const SHOWN = 2500;
const LONGEST = 200;

/**
 * @typedef {import('../engine/session.js').PointReport} PointReport
 * @typedef {{ first: PointReport, report: PointReport, losses: readonly number[], epochs?: number }} Watched a run so far: before training, now, the
 *   losses of its epochs, and how many there are to be
 */

/**
 * Trains, and hands over what is to be drawn.
 * @param {import('../engine/session.js').Session} session @param {Partial<import('../engine/session.js').PointSettings>} settings
 * @param {(watched: Watched) => void} show @param {AbortSignal} [signal] ends the run @param {number} [from] the epoch at which it was ended: what was
 *   shown before is made again unseen, the same from the same seed
 * @returns {Promise<Watched | undefined>} what it came to
 */
export async function watchPoints(session, settings, show, signal, from = 0) {
  const { epochs } = { ...session.pointSettings, ...settings };
  const every = Math.ceil(epochs / 100);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const wait = still ? 0 : Math.min(LONGEST, (SHOWN * every) / epochs);
  /** @type {Watched | undefined} */
  let watched;
  for await (const report of session.points({ ...settings, every })) {
    watched = { first: watched?.first ?? report, report, losses: [...(watched?.losses ?? []), ...report.losses], epochs };
    // Who pauses meanwhile keeps what there was.
    if (report.epoch < from) continue;
    show(watched);
    if (signal?.aborted) break;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return watched;
}
