import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATIONS, toHide } from '../../www/page/hiding.js';
import { hiddenNames, hide, narrow, shows } from '../../www/ui/hiding.js';

test('what is hidden is not shown, nor what belongs to it, and all else is', () => {
  hide(toHide('model, step.formula').names);
  assert.deepEqual(['model', 'model.temperature', 'step.formula', 'step', 'step.matrix', 'train'].map(shows), [false, false, false, true, true, true]);
  assert.deepEqual(hiddenNames(), ['model', 'step.formula']);
  hide([]);
  assert.ok(shows('model'));
});

test('a lesson shows what it needs, whatever a link hides, and nothing else of that room', () => {
  hide(toHide('model,stage.map,step.formula').names);
  narrow(['model.temperature', 'stage.map']);
  assert.deepEqual(['model.temperature', 'stage.map', 'model', 'model.method', 'stage.curve', 'step.formula', 'step.matrix'].map(shows), [true, true, false, false, false, false, true]);
  narrow([]);
  assert.deepEqual(['model.temperature', 'stage.map', 'stage.curve'].map(shows), [false, false, true]);
  hide([]);
});

test('a name that is not there is told, and hides nothing', () => {
  assert.deepEqual(toHide('modell,step.formula,,views.crop'), { names: ['step.formula', 'views.crop'], unknown: ['modell'] });
  assert.deepEqual(toHide(''), { names: [], unknown: [] });
});

test('all stations go at once', () => {
  assert.deepEqual(STATIONS.filter((station) => !toHide('page.stations').names.includes(station)), []);
});
