// How a lesson looks: a column for reading, in larger type than the studio's, or on small screens a sheet.
import { css, unsafeCSS } from 'lit';
import { SMALL } from '../ui/windows.js';

export const panelStyles = css`
  :host { min-width: 0; }
  section { display: flex; flex-direction: column; height: 100%; min-height: 0; }
  header { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: baseline; column-gap: 1rem; padding-bottom: .8rem; }
  .name { color: var(--faint); font-size: var(--small); }
  .studio { flex: none; color: var(--accent); font-size: var(--small); text-decoration: none; padding: .2rem 0; }
  .studio:hover { text-decoration: underline; }
  .body { flex: 1; min-height: 0; overflow-y: auto; display: flex; flex-direction: column; gap: .8rem; margin-inline-start: -.3rem; padding: .1rem .3rem .8rem; }
  .body > * { flex: none; }
  /* What has the focus is clear of the fade. */
  .body { scroll-padding-block: .5rem 2.6rem; }
  .body[data-more] { -webkit-mask: linear-gradient(#000 calc(100% - 2.4rem), #0002); mask: linear-gradient(#000 calc(100% - 2.4rem), #0002); }
  .end { height: 1px; margin-top: -1px; }
  .more { display: none; flex: none; align-self: end; z-index: 1; width: 1.5rem; height: 1.5rem; margin: -1.7rem 0 .2rem; padding: .25rem; border-radius: 50%; background: var(--accent); fill: none; stroke: var(--on-accent); stroke-width: 3; pointer-events: none; }
  .body[data-more] + .more { display: block; }
  h2 { grid-column: 1 / -1; font-size: 1.45rem; line-height: 1.2; text-wrap: balance; }
  h2:focus { outline: none; }
  .say, .notice, .why, .verdict { font-size: 1.06rem; line-height: 1.5; text-wrap: pretty; }
  :is(.say, .notice, .why) p + p { margin-top: .5rem; }
  summary { width: fit-content; padding: .2rem 0; color: var(--faint); font-size: var(--small); cursor: pointer; }
  summary:hover { color: var(--accent); }
  .asked { margin-top: .5rem; font-weight: 600; }
  :is(.say, .why) a { color: var(--accent); text-underline-offset: .2em; }
  .anchor { color: var(--anchor); font-weight: 600; }
  .positive { color: var(--positive); font-weight: 600; }
  .negative { color: var(--negative); font-weight: 600; }
  .act { align-self: start; min-height: 2.8rem; padding: .4rem 1.2rem; font-size: 1.06rem; }
  progress { display: block; width: 100%; height: .4rem; accent-color: var(--accent); }
  .progress .row { justify-content: space-between; margin-top: .3rem; font-size: var(--small); color: var(--faint); }
  .progress button { min-height: 2rem; padding: .1rem .7rem; }
  .found { display: flex; flex-direction: column; gap: .6rem; padding-inline-start: .8rem; border-inline-start: 3px solid var(--accent); }
  .verdict { font-weight: 600; }
  /* What leads on stays in one line: dots share the room that is left. */
  footer { display: flex; align-items: center; gap: .4rem; padding-top: .6rem; border-top: 1px solid var(--line); }
  footer > :not(.dots) { flex: none; }
  .turn { display: inline-flex; align-items: center; min-height: 2.5rem; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: 7px; background: var(--card); color: var(--ink); text-decoration: none; }
  .turn:hover { border-color: var(--accent); }
  .turn.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
  .turn:last-child { margin-inline-start: auto; }
  .help { border: 0; background: none; color: var(--accent); text-decoration: underline; text-underline-offset: .2em; padding: .2rem; }
  .dots { position: relative; display: flex; min-width: 0; margin: 0; padding: 0; list-style: none; }
  .dots li { width: 1.3rem; min-width: 0; container-type: inline-size; }
  .dots a { display: grid; place-items: center; height: 1.5rem; }
  .dots a::before { content: ''; width: .55rem; height: .55rem; border: 1px solid var(--faint); border-radius: 50%; }
  .dots a[aria-current]::before { background: var(--accent); border-color: var(--accent); }
  /* Where dots would touch, numbers say it: back and on lead to each step as well. */
  @container (max-width: .8rem) {
    .dots a::before { display: none; }
    .dots a[aria-current]::after { content: attr(data-at); position: absolute; inset: 0; display: grid; place-items: center; font-size: var(--small); color: var(--faint); pointer-events: none; }
  }
  @media ${unsafeCSS(SMALL)} {
    .say, .notice, .why, .verdict { font-size: 1rem; line-height: 1.4; }
    /* The lesson is told by the rail, and a cross on a sheet by itself. */
    .name, .words { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    header { padding-bottom: .2rem; column-gap: .4rem; }
    h2 { grid-area: 1 / 1; font-size: 1.08rem; }
    .studio { grid-area: 1 / 2; margin: -.4rem; padding: .4rem .7rem; font-size: 1rem; }
    :is(.say, .notice, .why) p + p { margin-top: .3rem; }
    .body { gap: .4rem; padding-bottom: .4rem; scroll-padding-block: .3rem 1.8rem; }
    .body[data-more] { -webkit-mask: linear-gradient(#000 calc(100% - 1.6rem), #0002); mask: linear-gradient(#000 calc(100% - 1.6rem), #0002); }
    footer { gap: .3rem; padding-top: .35rem; }
    .turn { min-height: 2.4rem; padding: .2rem .6rem; white-space: nowrap; }
    .help { white-space: nowrap; font-size: var(--small); }
    .act { min-height: 2.4rem; }
  }
  /* Targets for fingers. */
  @media (pointer: coarse) {
    .dots li { width: 2.4rem; }
    .dots a { height: 2.4rem; }
    .help { min-height: 2.4rem; }
    summary { padding: .6rem 0; }
  }
  @media (max-width: 24rem) {
    .turn { padding-inline: .4rem; font-size: .9rem; }
    .dots a::before { width: .45rem; height: .45rem; }
  }
`;
