// What the browser keeps, as tests look at it.

/** What the browser holds of the page. @param {import('@playwright/test').Page} page */
export async function kept(page) {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const own = `contrastive-playground:${new URL('.', location.href).pathname}`;
    if (!names.includes(own)) return undefined;
    const done = (/** @type {IDBRequest} */ request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = /** @type {IDBDatabase} */ (await done(indexedDB.open(own)));
    const store = (/** @type {string} */ name) => database.transaction(name).objectStore(name);
    const [checkpoint, view] = /** @type {any[]} */ (await Promise.all(['checkpoint', 'view'].map((key) => done(store('state').get(key)))));
    const found = {
      pictures: await done(store('pictures').count()),
      squares: await done(store('squares').count()),
      runs: await done(store('runs').count()),
      step: checkpoint?.step,
      bytes: checkpoint && checkpoint.file instanceof ArrayBuffer,
      source: view?.source,
    };
    database.close();
    return found;
  });
}
