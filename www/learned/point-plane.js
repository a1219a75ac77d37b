import { LitElement, css, html, nothing, svg } from 'lit';
import { colorOf, outlineOf } from '../figures/marks.js';
import { define } from '../ui/define.js';
import { Resized } from '../ui/resized.js';
import { shared } from '../ui/styles.js';

/** Pixels: of a mark's radius, and of the room around all of them. */
const RADIUS = 4.2;
const ROOM = 10;
/** On a circle nobody covers another of the other kind: who is held out lies on one of its own, further in. */
const INNER = 0.8;

/**
 * Points in the plane. Labels differ by shape and colour, and who is held out has an outline alone.
 *
 *     <point-plane .places=${places} .labels=${labels} trained="100" label="z" circle></point-plane>
 */
export class PointPlane extends LitElement {
  static properties = {
    places: { attribute: false },
    labels: { attribute: false },
    trained: { type: Number },
    label: { type: String },
    circle: { type: Boolean },
    width: { state: true },
  };

  static styles = [
    shared,
    css`
      svg { display: block; width: 100%; aspect-ratio: 1; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); }
      .trained { fill-opacity: .75; }
      .held { stroke-width: 1.3; stroke-opacity: .8; }
      circle { fill: none; stroke: var(--faint); stroke-dasharray: 3 4; }
    `,
  ];

  constructor() {
    super();
    /** Two numbers a point, those trained on first. @type {readonly number[]} */ this.places = [];
    /** @type {readonly number[]} */ this.labels = [];
    /** How many are trained on; the others are held out. */ this.trained = 0;
    /** What is seen, in words. */ this.label = '';
    /** All have length one. */ this.circle = false;
    this.width = 200;
    new Resized(this, ({ width }) => (this.width = Math.max(60, Math.round(width))));
  }

  render() {
    const { width, circle, label } = this;
    const half = width / 2;
    const scale = (half - ROOM) / (circle ? 1 : this.#reach);
    return html`<svg viewBox="${-half} ${-half} ${width} ${width}" role="img" aria-label=${label}>
      ${circle ? svg`<circle r=${scale} /><circle r=${INNER * scale} />` : nothing}
      ${[true, false].map((held) => [0, 1].map((mark) => this.#group(mark, held, held && circle ? INNER * scale : scale)))}
    </svg>`;
  }

  /** How far out the farthest lies. */
  get #reach() {
    return this.places.reduce((most, place) => Math.max(most, Math.abs(place)), 1e-6);
  }

  /** One path for all of one kind, as there are hundreds and they move. @param {number} mark @param {boolean} held @param {number} scale */
  #group(mark, held, scale) {
    const { places, labels, trained } = this;
    const shape = outlineOf(mark, this.width < 160 ? RADIUS * 0.7 : RADIUS);
    let path = '';
    for (let index = held ? trained : 0; index < (held ? labels.length : trained); index++) {
      if (labels[index] === mark) path += `M${(places[2 * index] * scale).toFixed(1)},${(-places[2 * index + 1] * scale).toFixed(1)}${shape}`;
    }
    const color = `var(${colorOf(mark)})`;
    return svg`<path class=${held ? 'held' : 'trained'} d=${path} fill=${held ? 'none' : color} stroke=${held ? color : nothing} />`;
  }
}

define('point-plane', PointPlane);
