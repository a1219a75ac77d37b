// Where pictures come from: files with the folders that they lay in.

/**
 * @typedef {object} Source
 * @property {string} name the file's own name
 * @property {string[]} folders those it lay in, outermost first
 * @property {() => Promise<Blob>} open
 * @property {string[]} [within] the archive that it came out of, and the folders which that lay in
 */

/** What operating systems leave behind in folders and archives: nobody's pictures. */
const SYSTEM = /^(\.DS_Store|Thumbs\.db|desktop\.ini|ehthumbs\.db|\._.*)$/i;
/** And folders that programs hide: by a dot, as `.thumbnails` and `.ipynb_checkpoints`, or by their name. */
const SYSTEM_FOLDER = /^(\..+|__MACOSX|@eaDir|#recycle|\$RECYCLE\.BIN|System Volume Information|__pycache__)$/i;

/** What by its name lies beside pictures and is none. Any other name may be one's: what a file is its bytes say. */
const BESIDE = /^(README|LICEN[CS]E|COPYING|NOTICE|CHANGELOG|Makefile)$|\.(txt|md|rst|html?|json|jsonl|csv|tsv|xml|ya?ml|pdf|docx?|xlsx?|py|ipynb|log)$/i;

/** @param {(File | Source)[]} files dropped, picked or pasted */
export function sourcesOf(files) {
  return files
    .map((file) => (file instanceof File ? source(file.webkitRelativePath || file.name, async () => file) : file))
    .filter((source) => !isSystem(source));
}

/** @param {string} path @param {() => Promise<Blob>} open @returns {Source} */
export function source(path, open) {
  const parts = partsOf(path);
  return { name: parts.pop() ?? path, folders: parts, open };
}

/** Archives may hold any path, also one that leads out of itself: only names are taken from it. @param {string} path */
export function partsOf(path) {
  return path.split(/[/\\]/).filter((part) => part && part !== '.' && part !== '..');
}

/** Which file it is, for who looks for it. @param {Source} source */
export function pathOf(source) {
  return [...foldersOf(source), source.name].join('/');
}

/** Where it lay: an archive is one more folder. @param {Pick<Source, 'within' | 'folders'>} source */
export function foldersOf({ within = [], folders }) {
  return [...within, ...folders];
}

/** @param {Source} source */
export function isSystem({ name, folders }) {
  return SYSTEM.test(name) || folders.some((folder) => SYSTEM_FOLDER.test(folder));
}

/**
 * Sub-folders become labels: the folder that a file lay in is its label, unless it is the one that holds
 * all the others.
 * @template {Pick<Source, 'name' | 'folders'>} S
 * @param {S[]} sources what came together
 * @returns {(S & Label)[]}
 */
export function labelled(sources) {
  const labelOf = labelling(sources);
  return sources.map((source) => ({ ...source, ...labelOf(source.folders) }));
}

/**
 * @typedef {object} Label
 * @property {string} [label]
 * @property {string} [folder] the one that all came in: no label by itself, but beside other folders
 */

/** What the folders of a file say, of all that came together. @param {Pick<Source, 'name' | 'folders'>[]} sources @returns {(folders: string[]) => Label} */
export function labelling(sources) {
  // A text beside the only folder does not make it a label.
  const pictures = sources.filter(({ name }) => !BESIDE.test(name));
  const paths = (pictures.length ? pictures : sources).map(({ folders }) => folders);
  const depth = commonDepth(paths);
  if (paths.every(({ length }) => length === depth)) return ([folder]) => ({ folder: labelOf(folder) });
  return (folders) => ({ label: labelOf(folders.slice(depth).at(-1)) });
}

/**
 * A name as a label: what looks the same is the same, however its accents are composed and whatever stands between its
 * words, and nothing is in it that cannot be written into a file.
 * @param {string | undefined} name @returns {string | undefined} none where nothing is left
 */
export function labelOf(name) {
  return name?.normalize('NFC').replace(/[\s\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' ').trim() || undefined;
}

/** How many folders all have in common. @param {string[][]} paths */
function commonDepth(paths) {
  const [first = [], ...rest] = paths;
  const differs = first.findIndex((folder, depth) => rest.some((path) => path[depth] !== folder));
  return differs < 0 ? first.length : differs;
}
