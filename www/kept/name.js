// Which database is this page's: two copies of it on one host, as in /a/ and /b/, share a browser's storage.
import { openDB } from 'idb';
import { place } from '../ui/place.js';

/** The one that every copy used to have. */
const SHARED = 'contrastive-playground';

/** The name by the folder that the page lies in, or the old one for the copy that came to it first. */
export async function nameOfStore(path = place.pathname) {
  const owner = await ownerOfShared(path).catch(() => undefined);
  return owner === path ? SHARED : `${SHARED}:${path}`;
}

/** Whose the old database is, where there is one: who asks first has it from then on. @param {string} path @returns {Promise<string | undefined>} */
async function ownerOfShared(path) {
  const database = await openDB(SHARED, undefined, {
    // There is none, and none is to be made.
    upgrade(_database, _from, _to, transaction) {
      transaction.done.catch(() => {});
      transaction.abort();
    },
  });
  try {
    const transaction = database.transaction('state', 'readwrite');
    const owner = await transaction.store.get('path');
    if (owner === undefined) await transaction.store.put(path, 'path');
    await transaction.done;
    return owner ?? path;
  } finally {
    database.close();
  }
}
