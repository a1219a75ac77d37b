// What may become a script on this page: files of its own, and nothing that was put together from text. The page's policy
// (`tools/host.mjs`) asks this of everything that starts one; Lit has a policy of its own for its templates.
const types = /** @type {any} */ (globalThis).trustedTypes;

types?.createPolicy('default', {
  createScriptURL: (/** @type {string} */ address) => (new URL(address, document.baseURI).href.startsWith(`${location.origin}/`) ? address : null),
});
