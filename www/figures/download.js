/** Milliseconds in which a browser has surely begun to save. */
const PATIENCE = 60_000;

/** Saves a file where the visitor's downloads go. @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
}
