// The single file in browsers that are not Chromium, from a disk.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { lossesOf } from './engine.mjs';
import { folder as pictures } from './files.mjs';
import { firefox } from './firefox.mjs';
import { Visit } from './visit.mjs';
import { webkit } from './webkit.mjs';

for (const { name, missing, open } of [firefox, webkit]) {
  test(`${name} trains, and takes a lesson, emoji and photos, in the single file`, { skip: missing || false }, async () => {
    const visitor = await open();
    try {
      const visit = new Visit(visitor, String(pathToFileURL('dist')));
      await visit.open('contrastive-playground.html?device=cpu&steps=3&batchSize=16#stage');
      await visit.press('train-controls button.primary');
      await visit.trained(3);
      const losses = await visit.state('curves.loss');
      const expected = await lossesOf(await visit.state('settings'), await visit.state('side'), 3);
      // With kernels that round once where others round twice, in browsers that take them.
      for (const [step, loss] of losses.entries()) assert.ok(Math.abs(loss - expected[step]) < 1e-5, `${losses}, not ${expected}`);
      await visit.at('learned');
      await visit.press('embedding-map .methods button:nth-of-type(2)');
      await visit.until('the map is by UMAP', () => /** @type {any} */ (document.querySelector('contrastive-playground')).page.state.learned.method === 'umap');
      await visit.lesson(2);
      await visit.at('photos');
      await visit.press('.station picture-choice input[value=emoji]');
      await visit.until('emoji are there', () => {
        const { source, pictures } = /** @type {any} */ (document.querySelector('contrastive-playground')).page.state;
        return source === 'emoji' && pictures.length > 100;
      });
      await visit.ready();
      await visit.addFolder((await pictures()).filter(([path]) => path.endsWith('.png')));
      assert.deepEqual(await visit.state('skipped.files'), []);
      const problems = (await visit.state('notices')).filter((/** @type {any} */ { problem }) => problem);
      assert.deepEqual(problems, []);
      const asked = await visitor.run(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !/^(blob|data):/.test(name)));
      assert.deepEqual(asked, []);
    } finally {
      await visitor.close();
    }
  });
}
