// What a run is called.
import { i18n, number, t } from '../ui/i18n.js';

/** The name it was given, or else what sets it apart. @param {Pick<import('../kept/store.js').Run, 'id' | 'name' | 'settings'>} run */
export function runName({ id, name, settings }) {
  if (name) return name;
  const began = new Date(id).toLocaleTimeString(i18n.tag, { timeStyle: 'short' });
  const temperature = number(settings.temperature, { maximumSignificantDigits: 4 });
  return t('runs.unnamed', { method: t(`choice.method.${settings.method}`), temperature, began });
}
