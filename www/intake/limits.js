// What one file, and all pictures together, may cost. The page says these to its visitors.
export const LIMITS = {
  /** Bytes of one file, also of one inside an archive. */
  bytes: 200e6,
  /** Pixels of one picture: what is decoded takes four bytes each. */
  pixels: 120e6,
  /** Pixels that may be decoded at one time, by all workers together. */
  pixelsAtOnce: 130e6,
  /** Seconds until a file is given up. */
  seconds: 30,
  /** Bytes of an SVG, which the page's own thread has to draw. */
  svgBytes: 2e6,
  /** Shapes that it may draw: a second or so. */
  svgShapes: 50e3,
  /** Bytes of all squares that are kept: 20,000 photos, or all of CIFAR-10. */
  keptBytes: 256e6,
};

/** The side at which photos are kept: the largest that is trained on. */
export const KEPT_SIDE = 64;

/** What stands behind transparent pictures. */
export const BACKGROUND = '#ffffff';
