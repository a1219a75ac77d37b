// Shows a run on points at a pace at which it can be followed.

/** Milliseconds that a run is shown for at least, and one report at most. */
const SHOWN = 2500;
const LONGEST = 200;

/**
 * Trains, and hands each report over to be drawn.
 * @param {import('../engine/session.js').Session} session @param {Partial<import('../engine/session.js').PointSettings>} settings
 * @param {(report: import('../engine/session.js').PointReport) => void} show @param {AbortSignal} [signal] ends the run
 * @returns {Promise<import('../engine/session.js').PointReport[]>} all reports
 */
export async function watchPoints(session, settings, show, signal) {
  const { epochs } = { ...session.pointSettings, ...settings };
  const every = Math.ceil(epochs / 100);
  const wait = Math.min(LONGEST, (SHOWN * every) / epochs);
  const reports = [];
  for await (const report of session.points({ ...settings, every })) {
    reports.push(report);
    show(report);
    if (signal?.aborted) break;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return reports;
}
