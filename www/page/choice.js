import { html } from 'lit';
import '../photos/picture-choice.js';

/**
 * What is trained on: on the stage, and where the photos are.
 * @param {import('./playground.js').Playground} page @param {boolean} [picks] asks for photos where there are none
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
    ?disabled=${state.busy}
    @source=${page.attempts((source) => page.use(source))}
    @files=${(/** @type {CustomEvent} */ event) => photos.add(event.detail)}
  ></picture-choice>`;
}
