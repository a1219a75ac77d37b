// What a run is if nothing is said, by the pictures that it is of. What was tried: docs/maintaining.md.

/** @typedef {import('../engine/session.js').TrainSettings} TrainSettings */
/** @typedef {{ side: number, settings: Partial<TrainSettings> }} Recipe what differs from the core's defaults */

/** By their names, in the order in which they are offered. */
export const RECIPES = /** @type {const} */ ({
  /** Small enough that a laptop's CPU shows something in a quarter of a minute. */
  quick: { side: 16, settings: { size: 'small', batchSize: 64, steps: 300 } },
  /** For photos: more to see on each, and more time to learn it. */
  photos: { side: 32, settings: { size: 'small', batchSize: 64, steps: 400 } },
  /** The sizes of the article's CIFAR-10 program, which are the core's own. */
  article: { side: 32, settings: {} },
});

/** @typedef {keyof typeof RECIPES} RecipeName */

/** @param {string} source of the pictures @returns {RecipeName} */
export function usualRecipe(source) {
  return source === 'own' ? 'photos' : 'quick';
}

/**
 * All settings of a recipe. The recipe of the views and the seed are no part of it.
 * @param {RecipeName} name @param {TrainSettings} defaults the core's
 */
export function settingsOfRecipe(name, defaults) {
  return { ...defaults, ...RECIPES[name].settings };
}

/**
 * The recipe that these settings are, if they are one.
 * @param {TrainSettings} settings @param {number} side @param {TrainSettings} defaults the core's
 * @returns {RecipeName | undefined}
 */
export function recipeOf(settings, side, defaults) {
  const names = /** @type {RecipeName[]} */ (Object.keys(RECIPES));
  return names.find((name) => {
    const { policy, seed, ...all } = settingsOfRecipe(name, defaults);
    return RECIPES[name].side === side && Object.entries(all).every(([key, value]) => Object.is(value, /** @type {any} */ (settings)[key]));
  });
}
