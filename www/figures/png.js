/** Pixels of a side that every browser's canvas holds. */
const MOST = 8192;

/**
 * An SVG of this folder, drawn. What it needs from outside would be missing, but there is nothing.
 * @param {string} svg @param {number} [scale] pixels for one of the SVG's
 * @returns {Promise<Blob>}
 */
export async function png(svg, scale = 2) {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const fine = Math.min(scale, MOST / Math.max(width, height, 1));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height].map((side) => Math.max(1, Math.round(side * fine)));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be encoded.'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
