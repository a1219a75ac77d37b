// Where things stand while a lesson is on: the lesson on the left, what it speaks of on the right; on small screens the
// lesson is a sheet that leaves three fifths of the height, or more, to what it speaks of.
import { css, unsafeCSS } from 'lit';
import { BESIDE, SHEET, UPRIGHT } from '../ui/windows.js';

export const lessonLayout = css`
  .page { --head: 3.2rem; --row: 14rem; --column: 25rem; }
  /* Two rows of large type are in one view. */
  .projector { --row: 13.4rem; }
  .ways { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin-top: .35rem; }
  .ways a { color: var(--accent); font-size: .95rem; text-underline-offset: .2em; padding: .15rem 0; }
  .said { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
  .lesson .panel { min-height: var(--row); }
  .lesson .panel.curve { max-height: 32rem; }
  .lesson .beside { min-width: 0; }
  .lesson .beside:empty { display: none; }
  .lesson .station .beside { margin-bottom: 1.6rem; }
  :is(.lesson, .list) nav li::before { content: none !important; }

  @media ${unsafeCSS(BESIDE)} {
    /* Also in a projector’s large type more than half of the window is for what it speaks of. */
    .lesson.page { grid-template: auto auto 1fr / min(28rem, 42vw) minmax(0, 1fr); column-gap: 2.2rem; }
    .lesson > header { grid-column: 1 / -1; }
    /* The lesson stays in sight to the page's end, so the footer stands beside it. */
    .lesson > footer { grid-column: 2; }
    .lesson lesson-panel { grid-row: 2 / span 2; position: sticky; top: 0; height: calc(100vh - var(--head)); height: calc(100svh - var(--head)); padding: 1rem 0 .7rem; }
    /* The stage's own columns are gone with its areas: an area left would keep a column of next to no width. */
    .lesson .stage { grid-template: none / repeat(auto-fit, minmax(min(100%, var(--column)), 1fr)); grid-auto-rows: minmax(var(--row), 1fr); height: calc(100vh - var(--head) - var(--notices, 0px)); height: calc(100svh - var(--head) - var(--notices, 0px)); min-height: min-content; max-height: 60rem; }
    /* A panel fills its row, and the lowest that a row may be is what the stage grows by: not by a chart as it was drawn once. */
    .lesson .stage > .panel { contain: size; }
    /* What lies beside is as high as it is, and panels fill what it leaves of the window: they are what its words send to. */
    .lesson .stage:has(.beside:not(:empty)) { grid-template-rows: auto; }
    /* Of two panels below it both are in view. */
    .lesson .stage:has(.beside:not(:empty)):has(> .panel ~ .panel) { --column: 19rem; }
    /* More than two panels, of which each two fill the window, may lie below each other. */
    .lesson .stage:has(> .panel ~ .panel ~ .panel) { grid-auto-rows: clamp(var(--row), 50vh - var(--head) - var(--notices, 0px) / 2, 30rem); grid-auto-rows: clamp(var(--row), 50svh - var(--head) - var(--notices, 0px) / 2, 30rem); height: auto; max-height: none; }
    .lesson .beside { grid-column: 1 / -1; padding-top: 1rem; }
    .lesson .stage:not(:has(> .panel ~ .panel)) > .panel { grid-column: 1 / -1; }
    .lesson .panel { grid-area: auto; height: auto; order: 0; }
    .lesson notice-list { --side: clamp(.8rem, 1.8vw, 2.2rem); position: fixed; z-index: 6; inset: auto var(--side) 0 calc(var(--side) + min(28rem, 42vw) + 2.2rem); }
    .lesson.page { padding-bottom: var(--notices, 0px); }
  }
  /* Where a curve and a map stand below each other, the map has the larger part: most of its height is words. */
  @media (min-width: 60rem) and (max-width: 84.9rem) and (min-height: 30.01rem) {
    .lesson .stage:has(> .curve:first-child + .map) { grid-template-rows: minmax(9rem, 2fr) minmax(var(--row), 3fr); }
  }
  @media (min-width: 60rem) and (max-width: 116.6rem) and (min-height: 30.01rem) {
    .lesson .curve:first-child:has(+ .map) { min-height: 0; }
    .projector.lesson .stage:has(> .curve:first-child + .map) { grid-template-rows: minmax(8rem, 1fr) minmax(var(--row), 2fr); }
  }
  @media (max-width: 59.99rem) {
    :is(.lesson, .list) nav a { min-width: 1.55rem; padding: 0 .2rem; }
  }
  /* All lessons share a phone’s width. */
  @media (max-width: 39.99rem) {
    :is(.lesson, .list) nav { flex: 1 0 100%; }
    :is(.lesson, .list) nav li { flex: 1; }
    :is(.lesson, .list) nav a { flex: 1; padding: 0; }
    :is(.lesson, .list) nav .name { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  }
  @media (min-width: 40rem) {
    :is(.lesson, .list) nav svg { display: none; }
  }
  @media (pointer: coarse) and (min-width: 48rem) {
    .lesson nav a, .list nav a { min-width: 2rem; justify-content: center; }
  }
  /* Of a low window nothing is left empty, and two panels stand side by side where four fit below a low header. */
  @media (max-height: 30rem) {
    .page { --head: 2.4rem; --row: 9rem; --column: 9.5rem; }
    .lesson :is(header, nav a) { min-height: 2.3rem; }
    .lesson .menus { margin-bottom: 0; }
    .lesson.page { padding-bottom: 0; column-gap: 1.2rem; }
    .lesson lesson-panel { padding: .4rem 0 .3rem; }
    .lesson .stage { gap: .6rem 1rem; padding: .4rem 0; }
    /* A map wants more height, for its words. */
    .lesson .stage:has(> .panel ~ .panel ~ .panel) { grid-auto-rows: minmax(calc(50vh - var(--head)), auto); grid-auto-rows: minmax(calc(50svh - var(--head)), auto); }
    .lesson .stage:has(> .panel ~ .panel ~ .panel) .panel { contain: size; }
    .lesson .stage:has(> .panel ~ .panel ~ .panel) .map { min-height: 13.5rem; }
  }
  /* Where there is room, all of more than two panels in one view. */
  @media (min-width: 70rem) {
    .lesson .stage:has(> .panel ~ .panel ~ .panel) { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  }
  @media ${unsafeCSS(SHEET)} {
    .lesson.page { padding-bottom: 42vh; padding-bottom: 42svh; }
    .lesson lesson-panel { position: fixed; z-index: 4; inset: auto 0 0; height: 40vh; height: 40svh; padding: .5rem clamp(.8rem, 1.8vw, 2.2rem) calc(.4rem + env(safe-area-inset-bottom)); background: var(--paper); border-top: 2px solid var(--accent); box-shadow: 0 -4px 18px #0002; }
    .lesson .stage { grid-template: none; grid-template-columns: minmax(0, 1fr); gap: .9rem; padding: .5rem 0; }
    .lesson .panel { grid-area: auto; order: 0; }
    .lesson .map { height: calc(52vh - 4rem); }
    .lesson .station { padding: .6rem 0; }
    .lesson notice-list { z-index: 5; }
  }
  /* A tablet held upright: the sheet is as high as what it says, and all that a step speaks of has room above it. */
  @media ${unsafeCSS(UPRIGHT)} {
    .page { --row: max(14rem, 27vh - 1.5rem); }
    .lesson lesson-panel { display: flex; flex-direction: column; height: auto; max-height: 40vh; max-height: 40svh; }
    .lesson .stage { grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
    /* A chart fills its row, which goes by the map: by the chart it would stay as high as that was drawn once. */
    .lesson .stage > .panel:not(.map) { height: auto; contain: size; }
    .lesson .stage:is(:has(> .panel ~ .panel ~ .panel), :has(.beside:not(:empty)):has(> .panel ~ .panel)) { grid-auto-rows: var(--row); }
    .lesson .stage:is(:has(> .panel ~ .panel ~ .panel), :has(.beside:not(:empty)):has(> .panel ~ .panel)) > .map { height: auto; }
    .lesson .stage:has(.beside:not(:empty)):has(> .panel ~ .panel) { grid-template-rows: auto; }
    .lesson .stage:has(> .panel ~ .panel) > .beside { grid-column: 1 / -1; }
  }
`;
