// The service worker: keeps the page for visits without a network, and lets nothing leave. `tools/host.mjs` writes it
// into the built page, with a list of what lies there.

/**
 * What lies in the build by its path, with the hash of its bytes: `first` is kept with the first visit, or nothing is; `soon` then,
 * as far as it comes, since hosts rename pages and add to them; `later` when it is used or everything is asked for, `used` only
 * when it is used.
 * @typedef {Record<string, string>} Files
 */
const groups = /** @type {{ first: Files, soon: Files, later: Files, used: Files }} */ ({ first: FIRST, soon: SOON, later: LATER, used: USED });
const files = { ...groups.first, ...groups.soon, ...groups.later, ...groups.used };

const worker = /** @type {any} */ (self);
/** The folder that the page lies in: another copy of it on the same host has caches of its own. @type {string} */
const scope = worker.registration.scope;
const MINE = `contrastive-playground:${new URL(scope).pathname}:`;
const CACHE = MINE + VERSION;
/** The page itself: hosts send from `index.html` to here, and what was redirected cannot be shown. */
const PAGE = './';
/** Files that are fetched at a time. */
const AT_ONCE = 4;

worker.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(keep(groups.first).then(() => keepSome(groups.soon))));

worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(dropOthers()));

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin || request.method !== 'GET') return event.respondWith(outwards(event));
  const path = pathOf(address);
  if (path in files) event.respondWith(answer(path, request));
});

worker.addEventListener('message', (/** @type {any} */ event) => {
  const task = tasks[/** @type {keyof typeof tasks} */ (event.data.task)];
  if (task) event.waitUntil(task(event.data).then((/** @type {unknown} */ answer) => event.ports[0].postMessage(answer)));
});

const tasks = {
  /** Is everything there, of what version? */
  state: async () => ({ version: VERSION, whole: await has(groups.later), bytes: LATER_BYTES }),

  /** Takes over pages that came from the network, if they are of this version. @param {{ version: string }} page */
  async claim({ version }) {
    if (version === VERSION) await worker.clients.claim();
    return tasks.state();
  },

  /** Everything is kept; false where it does not all come. */
  whole: () => keep(groups.later).then(() => true, () => false),

  /** Takes the place of the version before, unless another tab is still at it: the two would mix. */
  async replace() {
    const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (pages.filter((/** @type {any} */ { url }) => url.startsWith(scope)).length > 1) return false;
    await worker.skipWaiting();
    return true;
  },
};

/** @param {URL} address */
function pathOf({ href, origin, pathname }) {
  if (!href.startsWith(scope)) return '';
  const path = (origin + pathname).slice(scope.length);
  if (path === '' || path === 'index.html') return PAGE;
  return path.endsWith('/') ? `${path}index.html` : path;
}

/**
 * The page and its workers need nothing from elsewhere, and send nothing; its policy says so too, which does not bind
 * workers. Other pages in the same folder may. @param {any} event
 */
async function outwards({ request, clientId }) {
  const client = await worker.clients.get(clientId);
  return client && pathOf(new URL(client.url)) in files ? Response.error() : fetch(request);
}

/** @param {string} path @param {Request} request */
async function answer(path, request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(addressOf(path));
  if (kept) return kept;
  try {
    const response = await fetched(path);
    cache.put(addressOf(path), response.clone()).catch(() => {});
    return response;
  } catch {
    // There may be another version by now; the page says what it lacks.
    return fetch(request);
  }
}

/** Keeps files, all of them or it fails; what is there already is not fetched again. @param {Files} files */
async function keep(files) {
  const cache = await caches.open(CACHE);
  const paths = Object.keys(files);
  const next = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      if (await cache.match(addressOf(path))) continue;
      await cache.put(addressOf(path), (await ofBefore(path)) ?? (await fetched(path)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** As many files as come. @param {Files} files */
function keepSome(files) {
  return Promise.all(Object.entries(files).map(([path, hash]) => keep({ [path]: hash }).catch(() => {})));
}

/** @param {Files} files */
async function has(files) {
  const cache = await caches.open(CACHE);
  const found = await Promise.all(Object.keys(files).map((path) => cache.match(addressOf(path))));
  return found.every(Boolean);
}

/** A file that a version before this one kept, if it is still the same. @param {string} path @returns {Promise<Response | undefined>} */
async function ofBefore(path) {
  if (path === PAGE) return undefined;
  for (const name of await others()) {
    const kept = await caches.match(addressOf(path), { cacheName: name });
    if (kept && (await hashOf(kept.clone())) === files[path]) return kept;
  }
  return undefined;
}

/** From the browser's own cache, and where that has another version, from the host. @param {string} path */
async function fetched(path) {
  for (const cache of /** @type {const} */ (['default', 'reload'])) {
    const response = await fetch(addressOf(path), { cache, redirect: 'error', integrity: path === PAGE ? '' : files[path] }).catch(() => undefined);
    if (response?.ok && (path !== PAGE || (await isThisVersion(response.clone())))) return response;
  }
  throw new Error(`${path} did not come, or is of another version`);
}

/** Hosts may add to a page, so it is known by its version and not by its hash. @param {Response} response */
async function isThisVersion(response) {
  return (await response.text()).includes(`content="${VERSION}"`);
}

/** @param {Response} response */
async function hashOf(response) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
  return `sha256-${btoa(String.fromCharCode(...hash))}`;
}

/** @param {string} path */
function addressOf(path) {
  return new URL(path, scope).href;
}

async function others() {
  return (await caches.keys()).filter((name) => name.startsWith(MINE) && name !== CACHE);
}

async function dropOthers() {
  await Promise.all((await others()).map((name) => caches.delete(name)));
}
