// What is known of a run, and what it is called.
import { i18n, number, t } from '../ui/i18n.js';

/**
 * @typedef {object} Run a run as far as it has come
 * @property {number} id when it began, in milliseconds since 1970
 * @property {string} source
 * @property {number} side
 * @property {number} pictures
 * @property {number} [elsewhere] that it was trained on, where it came from a file and none of them was here: of these no more is known
 * @property {import('../engine/session.js').TrainSettings} settings
 * @property {import('./curves.js').Curves} curves
 * @property {number} chance the loss of a guess
 * @property {import('./curves.js').Levels} [levels] between what its loss moved; in runs of before they are not kept
 * @property {number} mark tells it from others in a chart
 * @property {boolean} shown whether it is drawn behind later ones
 * @property {string} [name] that it was given
 * @property {import('../engine/session.js').Measured} [measured]
 * @property {string} [version] of the page that kept it
 */

/** The name it was given, or else what sets it apart. @param {Pick<Run, 'id' | 'name' | 'settings'>} run */
export function runName({ id, name, settings }) {
  if (name) return name;
  // As the visitor's own clock has it, where it speaks the page's language.
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  const began = new Date(id).toLocaleTimeString(locale.startsWith(i18n.language) ? locale : i18n.tag, { timeStyle: 'short' });
  const temperature = number(settings.temperature, { maximumSignificantDigits: 4 });
  return t('runs.unnamed', { method: t(`choice.method.${settings.method}`), temperature, began });
}
