// What was done to a view, in words.
import { number, percent, t } from '../ui/i18n.js';

/** @typedef {import('contrastive-playground').ViewParameters} ViewParameters */

/** Changes that nobody sees are not told. */
const LEAST = 0.005;

/**
 * @param {ViewParameters} parameters @param {number} side of the picture
 * @returns {string} "crop 34%, flipped, hue +12°"
 */
export function viewWords({ crop, flip, rotation, jitter, grayscale, blur, solarize }, side) {
  const share = (crop.width * crop.height) / side ** 2;
  const words = [
    share < 1 && t('view.crop', { share: percent(share) }),
    flip && t('view.flip'),
    rotation && t('view.rotation', { angle: degrees(rotation) }),
    ...(jitter ? jitterWords(jitter) : []),
    grayscale && t('view.grayscale'),
    blur !== undefined && t('view.blur', { sigma: number(blur, { maximumFractionDigits: 1 }) }),
    solarize !== undefined && t('view.solarize'),
  ].filter((word) => typeof word === 'string');
  // A line breaks between two changes, not within one.
  const whole = words.map((word) => word.replaceAll(' ', '\u00a0').replaceAll('-', '\u2212'));
  return whole.length ? whole.join(t('list.separator')) : t('view.unchanged');
}

/** In the order in which they were applied. @param {import('contrastive-playground').Jitter} jitter */
function jitterWords(jitter) {
  return jitter.order.map((change) => {
    if (change === 'hue') return Math.abs(jitter.hue) > LEAST && t('view.hue', { angle: degrees(360 * jitter.hue) });
    const amount = jitter[change] - 1;
    return Math.abs(amount) > LEAST && t(`view.${change}`, { amount: percent(amount, { signDisplay: 'exceptZero' }) });
  });
}

/** @param {number} angle */
function degrees(angle) {
  return `${number(angle, { maximumFractionDigits: 0, signDisplay: 'exceptZero' })}°`;
}
