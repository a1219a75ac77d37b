// The page's charts as pictures for a paper or a slide: standalone SVG, and PNG.
export { curves } from './figures/curves.js';
export { map } from './figures/map.js';
export { matrix } from './figures/matrix.js';
export { occlusion } from './figures/occlusion.js';
export { png } from './figures/png.js';
export { scores } from './figures/scores.js';
export { softmax } from './figures/softmax.js';
