// The page's charts as pictures for a paper or a slide: standalone SVG, and PNG.
export { curves } from './curves.js';
export { map } from './map.js';
export { matrix } from './matrix.js';
export { occlusion } from './occlusion.js';
export { png } from './png.js';
export { scores } from './scores.js';
export { softmax } from './softmax.js';
