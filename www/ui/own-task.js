/**
 * For `scheduleUpdate` of an element that takes a while to draw: what else is drawn of the same report is then another
 * task, and the page answers between the two.
 * @returns {Promise<void>}
 */
export function ownTask() {
  return new Promise((resolve) => setTimeout(resolve));
}
