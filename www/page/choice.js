import { html } from 'lit';
import '../photos/picture-choice.js';
import { shows } from '../ui/hiding.js';

/**
 * What is trained on: on the stage, and where the photos are.
 * @param {import('./playground.js').Playground} page @param {boolean} [picks] on the stage: asks for photos where there are none, and leads to all
 */
export function choice(page, picks = false) {
  const { state, photos } = page;
  return html`<picture-choice
    .source=${state.source}
    .shapes=${state.samples}
    .photos=${state.album}
    .adding=${state.adding}
    .skipped=${state.skipped.files.length}
    ?over=${state.over}
    ?picks=${picks}
    more=${picks && shows('photos') ? '#photos' : ''}
    ?disabled=${state.busy}
    @source=${page.attempts((source) => page.use(source))}
    @files=${(/** @type {CustomEvent} */ event) => photos.add(event.detail)}
  ></picture-choice>`;
}
