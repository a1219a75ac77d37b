// Where the page lies. Two copies of it on one host, as in /a/ and /b/, are one origin to a browser, and what they keep
// would else be one.
export const place = new URL('.', globalThis.location?.href ?? 'file:///');
