// The slider on which a share or a loss is predicted. What is set looks as a drawn curve does.
import { css, html, nothing } from 'lit';

/** All of its length can be met by a finger; `--bar` is how thick it is drawn. Where it is `open`, nothing has been said yet. */
export const sliderStyles = css`
  .slider { --at: 0%; --bar: 1.15rem; appearance: none; display: block; width: 100%; min-height: 2.4rem; margin: 0; padding: 0; border: 0; cursor: ew-resize; touch-action: pan-y;
    background: linear-gradient(90deg, color-mix(in srgb, var(--warm) 55%, var(--card)) var(--at), color-mix(in srgb, var(--line) 55%, transparent) 0) 0 50% / 100% var(--bar) no-repeat; }
  .slider::-webkit-slider-thumb { appearance: none; width: .5rem; height: 1.9rem; border-radius: 3px; background: var(--warm); }
  .slider::-moz-range-thumb { width: .5rem; height: 1.9rem; border: 0; border-radius: 3px; background: var(--warm); }
`;

/**
 * A press where it stands is an answer too, though it changes nothing.
 * @param {{ label: string, words: string, value?: number, start?: number, max?: number, step?: number, disabled?: boolean }} shown `words`: its value as it
 *   is read out; `start`: where it stands until there is one
 * @param {(value: number) => void} tell
 */
export function slider({ label, words, value, start = 0, max = 100, step = 1, disabled = false }, tell) {
  const told = (/** @type {any} */ { target }) => tell(target.valueAsNumber);
  return html`<input type="range" name="guess" class="slider ${value === undefined ? 'open' : ''}" min="0" max=${max} step=${step} aria-label=${label} aria-valuetext=${words}
    style=${value === undefined ? nothing : `--at: ${(100 * value) / max}%`} ?disabled=${disabled} .value=${String(value ?? start)} @input=${told} @change=${told} @click=${told} />`;
}
