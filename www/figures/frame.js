// What all figures have in common: white ground, type, colours and a legend. A figure leaves the page, so it has the
// colours of the light theme and needs nothing from outside.
import { writable } from '../ui/writable.js';

export const COLORS = {
  ink: '#1d2530',
  faint: '#5a6472',
  line: '#d9dce1',
  ground: '#ffffff',
  anchor: '#0b63c4',
  positive: '#0b7a3e',
  negative: '#b3341f',
  chance: '#8a6d1f',
  /** Of runs and groups, as `--run-1` and so on. */
  runs: ['#a6461f', '#00785a', '#a4437d', '#1f77a8', '#8a6200', '#666666'],
};
export const FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";
export const SIZE = 13;

const PAD = 12;
const LINE = 22;
const SAMPLE = 30;

/** @typedef {typeof import('@observablehq/plot')} Plot @typedef {{ name: string, sample: SVGElement, width?: number }} Entry of a legend */

/** Plot is large, and loaded when a figure is asked for. */
export async function loadPlot() {
  return import('@observablehq/plot');
}

/** What every plot is told. */
export const STYLE = { background: COLORS.ground, color: COLORS.ink, fontFamily: FONT, fontSize: `${SIZE}px`, overflow: 'visible' };

/**
 * An SVG element with its attributes and its content.
 * @param {string} tag @param {Record<string, string | number | undefined>} attributes @param {(SVGElement | string)[]} content
 */
export function el(tag, attributes = {}, ...content) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, String(value));
  element.append(...content);
  return element;
}

/** The colour of a run or a group by its place. @param {number} index */
export function runColor(index) {
  return COLORS.runs[index % COLORS.runs.length];
}

/** A piece of a line, for a legend. @param {string} color @param {string} [dashes] @param {number} [width] */
export function lineSample(color, dashes, width = 2.5) {
  return el('line', { x2: SAMPLE - 6, stroke: color, 'stroke-width': width, 'stroke-dasharray': dashes });
}

/** A box, for a legend. @param {Record<string, string | number>} attributes */
export function boxSample(attributes) {
  return el('rect', { x: 5, y: -7, width: 14, height: 14, ...attributes });
}

/** @param {string} text @param {number} [size] pixels */
export function textWidth(text, size = SIZE) {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * size;
  context.font = `${size}px ${FONT}`;
  return context.measureText(text).width;
}

/** @type {CanvasRenderingContext2D | null | undefined} */
let context;

/** Cut where it would be wider. @param {string} text @param {number} width pixels */
export function fitted(text, width) {
  if (textWidth(text) <= width) return text;
  const letters = Array.from(text);
  while (letters.length && textWidth(`${letters.join('')}…`) > width) letters.pop();
  return `${letters.join('')}…`;
}

/**
 * The file: a plot under its legend, on white.
 * @param {Element} plot an SVG with width and height @param {Entry[]} entries of the legend @param {string} title for those who cannot see it
 */
export function standalone(plot, entries, title) {
  const [width, height] = ['width', 'height'].map((name) => Number(plot.getAttribute(name)));
  const key = legend(entries, width);
  plot.setAttribute('x', String(PAD));
  plot.setAttribute('y', String(PAD + key.height));
  const [wide, high] = [width + 2 * PAD, height + key.height + 2 * PAD];
  const size = { width: wide, height: high, viewBox: `0 0 ${wide} ${high}` };
  const type = { 'font-family': FONT, 'font-size': SIZE, fill: COLORS.ink, role: 'img' };
  const root = el('svg', { ...size, ...type }, el('title', {}, title), el('rect', { width: wide, height: high, fill: COLORS.ground }));
  key.group.setAttribute('transform', `translate(${PAD},${PAD})`);
  root.append(key.group, plot);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writable(new XMLSerializer().serializeToString(root))}`;
}

/** As many entries a line as there is room for. @param {Entry[]} entries @param {number} width */
function legend(entries, width) {
  const group = el('g', {});
  let [x, y] = [0, 0];
  for (const { name, sample, width: own = SAMPLE } of entries) {
    const text = fitted(name, width - own);
    const needed = own + textWidth(text);
    if (x > 0 && x + needed > width) [x, y] = [0, y + LINE];
    const label = el('text', { x: own, dy: '0.32em' }, text);
    group.append(el('g', { transform: `translate(${x},${y + LINE / 2})` }, sample, label));
    x += needed + 18;
  }
  return { group, height: entries.length ? y + LINE + 10 : 0 };
}
