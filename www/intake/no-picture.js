// What people drop beside pictures, by its first bytes and its name's ending: of some kinds one can say what to do instead.
import { failure } from './failure.js';

/** Bytes of a picture in CIFAR's binary versions, after its labels: 32·32 pixels of three colours. */
const PIXELS = 3072;
/** The classes that its labels number: CIFAR-100 has a coarse one, too. */
const CIFAR_10 = [10];
const CIFAR_100 = [20, 100];

/** Files of this page. */
const OWN = '{"__metadata__":{"contrastive-playground":"{\\"';
const OWN_RUN = '{"program":"contrastive-playground"';

/** Names of archives. */
const ARCHIVE = /\.(zip|tar|gz|tgz|7z|rar)$/i;

/**
 * @param {Uint8Array} head @param {Blob} blob all of it
 * @returns {ReturnType<typeof failure>} why it is not among the pictures
 */
export function noPicture(head, blob) {
  const own = ownFileIn(head);
  if (own) return failure(own === 'weights' ? 'weightsDropped' : 'checkpointDropped');
  const { size } = blob;
  const text = new TextDecoder().decode(head.subarray(0, 100));
  if (text.startsWith(OWN_RUN)) return failure('runDropped');
  if (text.startsWith('%PDF-')) return failure('isPdf');
  // Python's pickle, of a version that has a head, with a dictionary.
  if (head[0] === 0x80 && head[1] <= 5 && (head[2] === 0x7d || head[2] === 0x95)) return failure('pythonData');
  if (size % recordOf(CIFAR_100) === 0 && isCifar(head, CIFAR_100)) return failure('cifar100');
  if (isCifar(head, CIFAR_10)) return failure('partOfCifar');
  return failure(blob instanceof File && ARCHIVE.test(blob.name) ? 'notAnArchive' : 'notAPicture');
}

/** Which of the page's own files it is, of those with tensors. @param {Uint8Array} head */
export function ownFileIn(head) {
  const text = new TextDecoder().decode(head.subarray(8, 100));
  if (!text.startsWith(OWN)) return undefined;
  return text.startsWith('version', OWN.length) ? 'checkpoint' : 'weights';
}

/** Is it CIFAR-10 in whole records, with a label for each? @param {Uint8Array} head @param {number} size */
export function isCifar10(head, size) {
  return size % recordOf(CIFAR_10) === 0 && labelsOf(head, CIFAR_10).every(([label]) => label < CIFAR_10[0]);
}

/** Would the first records be CIFAR's? Few other files have a label wherever one would be, and various ones. @param {Uint8Array} head @param {number[]} classes */
function isCifar(head, classes) {
  const records = labelsOf(head, classes);
  return records.every((labels) => labels.every((label, at) => label < classes[at])) && new Set(records.map((labels) => labels.at(-1))).size > 2;
}

/** The labels of those records whose start is there. @param {Uint8Array} head @param {number[]} classes */
function labelsOf(head, classes) {
  const count = Math.floor(head.length / recordOf(classes));
  return Array.from({ length: count }, (_, at) => [...head.subarray(at * recordOf(classes)).subarray(0, classes.length)]);
}

/** @param {number[]} classes */
function recordOf(classes) {
  return classes.length + PIXELS;
}
