// Lays rows out in the plane by UMAP. Takes `{ values, rows, columns, seed, start? }`, posts `{ progress }` now and
// then, and in the end `{ coordinates }` or `{ error }`, a code.
import { UMAP } from 'umap-js';
import { distinct, rowsOf } from './map/distinct.js';
import { nearest, unitRows } from './map/neighbours.js';

/** Below this, a neighbourhood is everybody. */
const LEAST_ROWS = 4;
const NEIGHBOURS = 15;
/** How near neighbours may be. Larger than usual, as thumbnails need more room than points. */
const LEAST_DISTANCE = 0.3;
/** The share of the time that the search for neighbours takes, about. */
const SEARCH = 0.2;
/** How far the start reaches from the middle: as far as umap-js's own. */
const REACH = 10;
/** Milliseconds between two messages. */
const PAUSE = 100;

/** @typedef {{ units: Float32Array, rows: number, columns: number, seed: number, start?: Float32Array }} Request */

addEventListener('message', ({ data }) => {
  const { values, rows, columns, start } = data;
  const units = unitRows(values, rows, columns);
  const { kept, placeOf } = distinct(units, rows, columns);
  if (kept.length < LEAST_ROWS) return postMessage({ error: 'tooFewForMap', count: kept.length });
  const request = { ...data, units: rowsOf(units, kept, columns), rows: kept.length, start: start && rowsOf(start, kept, 2) };
  const places = layOut(request, sparingly((progress) => postMessage({ progress })));
  const coordinates = rowsOf(places, placeOf, 2);
  // Typed as a window's, which has no list of transfers here.
  postMessage({ coordinates }, /** @type {any} */ ([coordinates.buffer]));
});

/** @param {Request} request @param {(progress: number) => void} onProgress */
function layOut({ units, rows, columns, seed, start }, onProgress) {
  const nNeighbors = Math.min(NEIGHBOURS, rows - 1);
  const random = mulberry32(seed);
  const umap = new UMAP({ nNeighbors, minDist: LEAST_DISTANCE, random });
  const { indices, distances } = nearest(units, rows, columns, nNeighbors, (share) => onProgress(SEARCH * share));
  umap.setPrecomputedKNN(indices, distances);
  // With its neighbours known, it wants to know of the rows only how many there are.
  const epochs = umap.initializeFit(Array.from({ length: rows }, () => []));
  if (start?.length === 2 * rows) startFrom(umap.getEmbedding(), start, random);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    umap.step();
    onProgress(SEARCH + (1 - SEARCH) * (epoch / epochs));
  }
  return Float32Array.from(umap.getEmbedding().flat());
}

/**
 * Starts from a layout in place of chance, which keeps the large structure and lets two maps be compared.
 * @param {number[][]} points are changed @param {Float32Array} start @param {() => number} random
 */
function startFrom(points, start, random) {
  const reach = start.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(reach > 0 && reach < Infinity)) return;
  for (const [index, point] of points.entries()) {
    // Points that coincide would be pushed the same way for ever.
    for (const axis of [0, 1]) point[axis] = (REACH * start[2 * index + axis]) / reach + 0.01 * random();
  }
}

/** Passes on a number at most every so often. @param {(value: number) => void} pass */
function sparingly(pass) {
  let last = 0;
  return (/** @type {number} */ value) => {
    if (performance.now() - last < PAUSE) return;
    last = performance.now();
    pass(value);
  };
}

/** Tommy Ettinger's generator of numbers in 0..1: small, and good enough for a layout. @param {number} seed */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
