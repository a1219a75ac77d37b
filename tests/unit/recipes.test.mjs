import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RECIPES, recipeOf, settingsOfRecipe, usualRecipe } from '../../www/model/recipes.js';

/** @type {any} */
const defaults = {
  encoder: 'article', size: 'medium', batchSize: 32, temperature: 0.1, steps: 200, seed: 0,
  policy: { crop: { area: [0.08, 1], aspect: [0.75, 1.33] }, flipProbability: 0.5 },
};
const names = /** @type {(keyof typeof RECIPES)[]} */ (Object.keys(RECIPES));

test('a recipe is known by its settings and side, whatever the seed', () => {
  for (const name of names) {
    const settings = settingsOfRecipe(name, defaults);
    const { side } = RECIPES[name];
    assert.equal(recipeOf({ ...settings, seed: 7 }, side, defaults), name);
    assert.equal(recipeOf({ ...settings, temperature: 0.2 }, side, defaults), undefined);
    assert.equal(recipeOf(settings, 48, defaults), undefined);
    const policy = { ...settings.policy, flipProbability: 0 };
    assert.equal(recipeOf({ ...settings, policy }, side, defaults), undefined, 'the views are a part of it');
  }
});

test('the article’s recipe is the core’s defaults', () => {
  assert.deepEqual(settingsOfRecipe('article', defaults), defaults);
});

test('a recipe changes nothing of the views but the least crop', () => {
  const { policy } = settingsOfRecipe('quick', defaults);
  assert.deepEqual(policy.crop, { area: [RECIPES.quick.crop, 1], aspect: [0.75, 1.33] });
  assert.equal(policy.flipProbability, 0.5);
});

test('photos have a recipe of their own', () => {
  assert.equal(usualRecipe('own'), 'photos');
  assert.equal(usualRecipe('shapes'), usualRecipe('emoji'));
});
