// Where things stand: the stage fills the first view; a station that is open has the room beside it, or on narrow
// screens instead of it.
import { css } from 'lit';

export const layout = css`
  .page { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 132rem; margin: 0 auto; padding: 0 clamp(.8rem, 1.8vw, 2.2rem); }
  /* Play comes first for the keyboard, and the rail for the eye. */
  header { order: -2; display: flex; align-items: center; justify-content: space-between; gap: .3rem 1rem; min-height: 3.1rem; border-bottom: 1px solid var(--line); }
  /* Seen from wherever one is. */
  notice-list { order: -1; position: sticky; z-index: 4; top: 0; max-height: 50vh; overflow: auto; background: var(--paper); }
  /* Stage and station stand in the page's own grid. */
  main { display: contents; }
  .station { min-width: 0; padding: 1.4rem 0 2.5rem; }
  footer { padding: .4rem 0 1.6rem; border-top: 1px solid var(--line); }
  footer a { color: inherit; font-size: .9rem; text-underline-offset: .2em; }

  @media (pointer: coarse) { footer a { display: inline-block; padding: .6rem .2rem; } }

  nav { position: relative; min-width: 0; max-width: 100%; overflow-x: auto; scrollbar-width: none; }
  nav svg { width: .75rem; fill: currentcolor; }
  nav ol { display: flex; margin: 0; padding: 0; list-style: none; }
  nav li { display: flex; align-items: center; }
  nav li:nth-child(n + 3)::before { content: '→'; color: var(--line); }
  nav a { display: inline-flex; align-items: center; gap: .35rem; min-height: 2.75rem; padding: 0 .45rem; color: var(--faint); font-size: .85rem; text-decoration: none; white-space: nowrap; }
  nav a:hover { color: var(--ink); }
  nav a:focus-visible { outline-offset: -3px; }
  nav a[aria-current] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -3px var(--accent); }
  .order { font-variant-numeric: tabular-nums; }
  .menus { display: flex; flex: none; align-items: center; gap: .5rem; font-size: .85rem; }
  .menus select { min-height: 2.2rem; padding: .2rem .4rem; font-size: .85rem; }
  .menus label > span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }

  .stage { display: grid; gap: 1.1rem 1.7rem; min-width: 0; padding: 1rem 0; }
  h1 { margin: 0 0 .4rem; font-size: var(--display); line-height: 1.12; letter-spacing: -.01em; }
  /* It goes on to be read out. */
  .open .promise { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .promise p { font-size: 1.06rem; line-height: 1.4; text-wrap: pretty; }
  .bar { min-width: 0; }
  .panel { display: flex; flex-direction: column; gap: .3rem; min-width: 0; min-height: 0; }
  .panel > :not(h2) { flex: 1; min-height: 0; }
  .panel h2 { font-size: var(--small); font-weight: 600; line-height: 1.3; color: var(--faint); }
  .panel h2 a { display: inline-block; padding: .2rem 0; color: inherit; text-decoration: none; }
  .door { cursor: pointer; }
  .door:hover h2 a { color: var(--accent); text-decoration: underline; text-underline-offset: .2em; }

  .split { display: grid; gap: 1.2rem 1.6rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
  .found { display: grid; gap: 1.8rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); align-items: start; }
  .found > div > * + *, pipeline-part > * + * { margin-top: 1.6rem; }
  .split > div > * + * { margin-top: .8rem; }
  /* A side of which everything is hidden leaves no gap. */
  .found > div:not(:has(*)), .split > div:not(:has(*)), .split:not(:has(*)) { display: none; }
  .sources { max-width: 24rem; }
  .note { margin: 0; padding-inline-start: .7rem; border-inline-start: 2px solid var(--accent); }
  button.link { min-height: 0; padding: 0 .2rem; border: 0; background: none; color: var(--accent); text-decoration: underline; }

  /* One column, or two, and Play at the bottom of the screen. */
  @media (max-width: 69.99rem) {
    .bar { position: fixed; z-index: 3; inset: auto 0 0; padding: .45rem clamp(.8rem, 1.8vw, 2.2rem) calc(.45rem + env(safe-area-inset-bottom)); background: var(--paper); border-top: 1px solid var(--line); }
    .page { padding-bottom: 7.4rem; }
    .open .stage { gap: 0; padding: 0; }
    .open .stage > :not(.bar, .promise) { display: none; }
    header { flex-wrap: wrap; }
    nav li:nth-child(n + 3)::before { content: none; }
    .idea { height: 15rem; }
    .curve { height: 11rem; }
    .matrix { height: 15rem; }
    .map { height: min(32rem, calc(100vw + 5rem)); }
  }
  @media (max-width: 43.99rem) {
    .stage { gap: .9rem; padding: .7rem 0; }
    .promise p { font-size: 1rem; }
    nav a { justify-content: center; min-width: 2.1rem; padding: 0 .3rem; }
    nav a:not([aria-current]) .name { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .menus { margin: 0 0 .4rem auto; }
    /* The map is what one came to see: it is in the first view. */
    .map { order: 1; height: 22.5rem; }
    .idea { order: 2; height: 12.5rem; }
    .curve { order: 3; height: 9rem; }
    .matrix { order: 4; }
  }
  @media (min-width: 44rem) and (max-width: 69.99rem) {
    /* All stations side by side on a tablet. */
    :is(.open, .closed) nav a { padding: 0 .25rem; }
    .stage { grid-template: 'promise idea' auto 'choice idea' auto 'map curve' auto 'map matrix' 1fr / minmax(0, 1fr) minmax(0, 1fr); }
    .promise { grid-area: promise; }
    .choice { grid-area: choice; }
    .idea { grid-area: idea; height: auto; }
    .curve { grid-area: curve; }
    .matrix { grid-area: matrix; }
    .map { grid-area: map; }
    .bar { display: flex; flex-wrap: wrap; align-items: center; gap: .2rem 1.1rem; --flow: row; }
    .bar > train-controls { flex: 1 1 26rem; }
  }

  /* All in one view. */
  @media (min-width: 70rem) {
    .promise { grid-area: promise; }
    .bar { grid-area: bar; }
    .choice { grid-area: choice; }
    .idea { grid-area: idea; }
    .curve { grid-area: curve; }
    .matrix { grid-area: matrix; }
    .map { grid-area: map; }
    .closed .stage {
      grid-template: 'promise idea map' auto 'bar idea map' auto 'choice curve map' auto 'matrix curve map' minmax(0, 1fr) / clamp(18.5rem, 19vw, 23rem) var(--middle) var(--right);
      --middle: minmax(0, 1fr);
      --right: minmax(0, 1.12fr);
      height: calc(100vh - 3.2rem - var(--notices, 0px)); height: calc(100svh - 3.2rem - var(--notices, 0px)); min-height: 38rem; max-height: 66rem;
    }
    /* What is hidden leaves its room to what is beside it. */
    .closed .stage:not(:has(.idea)) .curve, .closed .stage:not(:has(.curve)) .idea { grid-row: 1 / -1; }
    .closed .stage:not(:has(.idea, .curve)) { --middle: 0; }
    .closed .stage:not(:has(.map)) { --right: 0; }
    .closed .stage:not(:has(.idea, .curve, .map)) { grid-template-columns: minmax(0, 40rem) 0 0; justify-content: center; }
    /* What is said stands below the stage, which is the lower for it: both are in one view, and nothing above them moves. */
    .closed notice-list { position: fixed; inset: auto clamp(.8rem, 1.8vw, 2.2rem) 0; }
    .closed.page { padding-bottom: var(--notices, 0px); }
    .open { grid-template: auto auto 1fr / minmax(20rem, 27rem) minmax(0, 1fr); column-gap: 2.4rem; }
    .open > header, .open > footer { grid-column: 1 / -1; }
    /* Play stays free. */
    .open > notice-list { grid-column: 2; }
    .open .stage { grid-row: 2 / span 2; }
    /* The stage beside a short station reaches as far down. */
    .open > footer { position: relative; z-index: 1; background: var(--paper); }
    .open .stage { position: sticky; top: 0; display: flex; flex-direction: column; height: calc(100vh - 3.2rem); height: calc(100svh - 3.2rem); max-height: 58rem; }
    .open .choice, .open .idea, .open .matrix { display: none; }
    .open .curve { flex: 0 0 11rem; }
    .open .map { flex: 0 1 34rem; }
  }

  /* On paper nothing is pressed, and panels come after one another. */
  @media print {
    header, footer, notice-list, .bar, .choice { display: none; }
    .page { padding: 0; }
    .closed .stage { display: flex; flex-wrap: wrap; align-items: start; height: auto; min-height: 0; max-height: none; }
    .promise { flex: 1 0 100%; }
    .panel { break-inside: avoid; }
  }

  /* A projector shows the stage alone. */
  .projector.closed :is(nav, footer, .choice, device-badge) { display: none; }
  .projector.closed header { justify-content: end; }
  .projector.closed .stage { min-height: 0; }
  /* All stations are named, if need be above the menus. */
  .projector.open header { flex-wrap: wrap; }
  .projector.open nav a { padding: 0 .3rem; font-size: .8rem; }
  /* Where its picture is low, what leads on stands in the line of the menus, and the promise is only read out. */
  @media screen and (min-width: 60rem) and (max-height: 50rem) {
    .projector.closed header { position: relative; z-index: 1; justify-self: end; margin-bottom: -3.1rem; border: 0; }
    .projector.closed .stage { gap: .7rem 1.6rem; min-height: 24rem; padding: .3rem 0 .8rem; }
    .projector.closed .promise { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.1rem; min-height: 2.6rem; padding-inline-end: 20rem; }
    .projector.closed .promise p:not(.ways) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .projector.closed :is(h1, .ways) { margin: 0; }
    .projector.closed h1 { font-size: 1.35rem; }
  }
  @media screen and (min-width: 60rem) and (max-width: 69.99rem) and (max-height: 50rem) {
    .projector.closed.page { padding-bottom: 3.9rem; }
    .projector.closed .stage { grid-template-areas: 'promise promise' 'map idea' 'map curve' 'map matrix'; grid-template-rows: auto minmax(0, 1.8fr) minmax(0, 1.1fr) minmax(0, 1fr); height: calc(100vh - 3.9rem - var(--notices, 0px)); height: calc(100svh - 3.9rem - var(--notices, 0px)); }
    .projector.closed h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .projector.closed .panel { height: auto; }
    .projector.closed .panel h2 { font-size: .76rem; }
    .projector.closed .matrix { --flow: row; }
    .projector.closed notice-list { position: fixed; inset: auto clamp(.8rem, 1.8vw, 2.2rem) 3.9rem; }
  }
  @media screen and (min-width: 70rem) and (max-height: 50rem) {
    .projector.closed .stage { grid-template-areas: 'promise promise promise' 'bar idea map' 'matrix idea map' 'matrix curve map'; grid-template-rows: auto auto minmax(0, 1fr) minmax(0, 1.2fr); height: calc(100vh - var(--notices, 0px)); height: calc(100svh - var(--notices, 0px)); }
    .projector.closed .stage:not(:has(.idea)) .curve, .projector.closed .stage:not(:has(.curve)) .idea { grid-row: 2 / -1; }
  }
`;
