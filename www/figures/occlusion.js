import { drawSquare } from '../ui/pixel-square.js';
import { decimals, number, t } from '../ui/i18n.js';
import { COLORS, STYLE, loadPlot, standalone } from './frame.js';

const WIDTH = 420;
const MARGIN = 10;
/** Of the map, through which the picture is seen. */
const OPACITY = 0.6;

/**
 * What hiding each place of a picture costs of its similarity with another: red where the similarity falls.
 * @param {object} chart
 * @param {Float32Array} chart.drops of every pixel, `[side, side]`
 * @param {{ side: number, rgb: Uint8Array | Uint8ClampedArray }} chart.picture
 * @param {number} chart.similarity nothing hidden
 */
export async function occlusion({ drops, picture, similarity }) {
  const Plot = await loadPlot();
  const { side } = picture;
  const end = drops.reduce((most, drop) => (Math.abs(drop) > most ? Math.abs(drop) : most), 1e-9);
  const label = t('figure.occlusion', { value: decimals(similarity, 3, 4) });
  const plot = Plot.plot({
    width: WIDTH + 2 * MARGIN,
    height: WIDTH + 70,
    margin: MARGIN,
    marginBottom: 60,
    style: STYLE,
    x: { domain: [0, side], axis: null },
    y: { domain: [0, side], reverse: true, axis: null },
    color: { type: 'linear', domain: [-end, 0, end], range: [COLORS.anchor, COLORS.ground, COLORS.negative] },
    marks: [
      Plot.image([0], { x: side / 2, y: side / 2, src: () => address(picture), width: WIDTH, height: WIDTH, imageRendering: 'pixelated' }),
      Plot.raster(drops, { width: side, height: side, fillOpacity: OPACITY, imageRendering: 'pixelated' }),
      Plot.text([label], { frameAnchor: 'bottom', dy: 24, fill: COLORS.ink }),
      Plot.text([t('figure.drop', { most: number(end, { maximumSignificantDigits: 2 }) })], { frameAnchor: 'bottom', dy: 44, fill: COLORS.faint }),
    ],
  });
  return standalone(plot, [], label);
}

/** @param {{ side: number, rgb: Uint8Array | Uint8ClampedArray }} picture */
function address({ side, rgb }) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [side, side];
  const context = canvas.getContext('2d');
  if (context) drawSquare(context, rgb, side, 0, side);
  return canvas.toDataURL();
}
