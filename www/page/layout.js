// Where things stand: the stage fills the first view; a station that is open has the room beside it, or on narrow
// screens instead of it.
import { css } from 'lit';

export const layout = css`
  .page { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 132rem; margin: 0 auto; padding: 0 clamp(.8rem, 1.8vw, 2.2rem); }
  /* Play comes first for the keyboard, and the rail for the eye. */
  header { order: -2; display: flex; align-items: center; justify-content: space-between; gap: .3rem 1rem; min-height: 3.1rem; border-bottom: 1px solid var(--line); }
  notice-list { order: -1; }
  main { min-width: 0; padding: 1.4rem 0 2.5rem; }
  footer { padding: .4rem 0 1.6rem; border-top: 1px solid var(--line); }

  nav { min-width: 0; overflow-x: auto; scrollbar-width: none; }
  nav ol { display: flex; margin: 0; padding: 0; list-style: none; }
  nav li + li::before { content: '→'; margin: 0 .05rem; color: var(--line); }
  nav li:nth-child(2)::before { content: none; }
  nav li { display: flex; align-items: center; }
  nav a { display: inline-flex; align-items: center; gap: .35rem; min-height: 2.75rem; padding: 0 .5rem; color: var(--faint); font-size: .9rem; text-decoration: none; white-space: nowrap; }
  nav a:hover { color: var(--ink); }
  nav a:focus-visible { outline-offset: -3px; }
  nav a[aria-current] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -3px var(--accent); }
  .order { font-variant-numeric: tabular-nums; opacity: .75; }
  .menus { display: flex; align-items: center; gap: .5rem; font-size: .85rem; }
  .menus select { min-height: 2.2rem; padding: .2rem .4rem; font-size: .85rem; }
  .menus label > span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }

  .stage { display: grid; gap: 1.2rem 1.6rem; min-width: 0; padding: 1rem 0; }
  .left { display: flex; flex-direction: column; gap: 1rem; min-width: 0; }
  h1 { margin: 0 0 .4rem; font-size: var(--display); line-height: 1.12; letter-spacing: -.01em; }
  .promise p { font-size: 1.06rem; line-height: 1.45; }
  .panel { display: flex; flex-direction: column; gap: .35rem; min-width: 0; min-height: 0; }
  .panel > :not(h2) { flex: 1; min-height: 0; }
  .panel h2 { font-size: var(--small); font-weight: 600; line-height: 1.3; color: var(--faint); }
  .panel h2 a { display: inline-block; padding: .2rem 0; color: inherit; text-decoration: none; }
  .door { cursor: pointer; }
  .door:hover h2 a { color: var(--accent); text-decoration: underline; text-underline-offset: .2em; }

  .split { display: grid; gap: 1.2rem 1.6rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
  .found { display: grid; gap: 1.8rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); align-items: start; }
  .found > div > * + *, pipeline-part > * + * { margin-top: 1.6rem; }
  .note { margin: 0; padding-inline-start: .7rem; border-inline-start: 2px solid var(--accent); }
  button.link { min-height: 0; padding: 0 .2rem; border: 0; background: none; color: var(--accent); text-decoration: underline; }

  /* One column, and Play at the bottom of the screen. */
  @media (max-width: 69.99rem) {
    .bar { position: fixed; z-index: 3; inset: auto 0 0; padding: .45rem clamp(.8rem, 1.8vw, 2.2rem) calc(.45rem + env(safe-area-inset-bottom)); background: var(--paper); border-top: 1px solid var(--line); }
    .page { padding-bottom: 5.6rem; }
    .open .stage { padding: 0; }
    .open .stage > :not(.left), .open .left > :not(.bar) { display: none; }
    header { flex-wrap: wrap; }
    .idea { height: 15rem; }
    .curve { height: 10.5rem; }
    .matrix { height: 13rem; }
    .map { height: min(30rem, calc(100vw + 4rem)); }
    .middle { display: grid; gap: 1.2rem 1.6rem; min-width: 0; }
  }
  @media (max-width: 43.99rem) {
    .promise p { font-size: 1rem; }
    nav a { padding: 0 .45rem; }
    nav a:not([aria-current]) .name { display: none; }
    nav a { min-width: 2.5rem; justify-content: center; }
    nav li + li::before { content: none; }
    .menus { margin-inline-start: auto; }
    .idea { height: 12.5rem; }
    .curve { height: 9.5rem; }
    /* The map is what one came for. */
    .stage { gap: 1rem; padding: .7rem 0; }
  }
  @media (min-width: 44rem) and (max-width: 69.99rem) {
    .stage { grid-template-columns: 1fr 1fr; }
    .left { grid-column: 1; }
    .middle { grid-column: 2; grid-row: 1 / 3; }
    .map { grid-column: 1; }
  }

  /* All in one view. */
  @media (min-width: 70rem) {
    .closed .stage {
      grid-template-columns: minmax(16rem, 19rem) minmax(0, 1.25fr) minmax(0, 1fr);
      height: calc(100vh - 3.2rem); height: calc(100svh - 3.2rem); min-height: 35rem; max-height: 66rem;
    }
    .middle { display: grid; grid-template: minmax(0, 1.2fr) minmax(0, 1fr) / minmax(0, 1fr) minmax(9rem, 13rem); gap: 1rem 1.6rem; min-width: 0; min-height: 0; }
    .idea { grid-column: 1 / -1; }
    .closed .map { border-inline-start: 1px solid var(--line); padding-inline-start: 1.6rem; }
    .open { grid-template-columns: minmax(20rem, 27rem) minmax(0, 1fr); column-gap: 2.4rem; }
    .open > header, .open > notice-list, .open > footer { grid-column: 1 / -1; }
    .open .stage { position: sticky; top: 0; display: flex; flex-direction: column; height: 100vh; height: 100svh; max-height: 60rem; }
    .open .promise, .open .choice, .open .idea, .open .matrix { display: none; }
    .open .middle { display: contents; }
    .open .curve { flex: 0 0 11rem; }
    .open .map { flex: 1; }
  }

  /* A projector shows the stage alone. */
  .projector.closed nav, .projector.closed footer, .projector.closed .choice { display: none; }
  .projector.closed header { justify-content: end; }
`;
