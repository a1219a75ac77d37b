// What a run is if nothing is said, by the pictures that it is of. What was tried: docs/maintaining.md.

/** @typedef {import('../engine/session.js').TrainSettings} TrainSettings */
/** @typedef {{ side: number, crop?: number, settings: Partial<TrainSettings> }} Recipe what differs from the core's defaults */

/** By their names, in the order in which they are offered. @type {{ quick: Recipe, photos: Recipe, article: Recipe }} */
export const RECIPES = {
  /**
   * Small enough that a laptop's CPU shows something in half a minute. Crops are a quarter of a picture at
   * least: the usual 8 % of 16 × 16 pixels is a box of 4 or 5 pixels, in which no shape is seen.
   */
  quick: { side: 16, crop: 0.25, settings: { size: 'small', batchSize: 48, steps: 300 } },
  /** For photos: more to see on each, and more time to learn it. */
  photos: { side: 32, settings: { size: 'small', batchSize: 32, steps: 300 } },
  /** The sizes of the article's CIFAR-10 program, which are the core's own. */
  article: { side: 32, settings: {} },
};

/** @typedef {keyof typeof RECIPES} RecipeName */

/** @param {string} source of the pictures @returns {RecipeName} */
export function usualRecipe(source) {
  return source === 'own' ? 'photos' : 'quick';
}

/**
 * All settings of a recipe.
 * @param {RecipeName} name @param {TrainSettings} defaults the core's @returns {TrainSettings}
 */
export function settingsOfRecipe(name, defaults) {
  const { crop, settings } = RECIPES[name];
  const { policy } = defaults;
  const cropped = { ...policy, crop: { ...policy.crop, area: /** @type {[number, number]} */ ([crop, 1]) } };
  return { ...defaults, policy: crop === undefined ? policy : cropped, ...settings };
}

/**
 * The recipe that these settings are, if they are one; the seed is no part of it.
 * @param {TrainSettings} settings @param {number} side @param {TrainSettings} defaults the core's
 * @returns {RecipeName | undefined}
 */
export function recipeOf(settings, side, defaults) {
  const names = /** @type {RecipeName[]} */ (Object.keys(RECIPES));
  const text = (/** @type {TrainSettings} */ all) => JSON.stringify(Object.entries({ ...all, seed: 0 }).sort());
  return names.find((name) => RECIPES[name].side === side && text(settingsOfRecipe(name, defaults)) === text(settings));
}
