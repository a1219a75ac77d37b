// What pages may load, written into each as its content security policy, so that it holds on any host.
import { createHash } from 'node:crypto';

/** Its own files, and nothing else; and of scripts in the page itself those that are there now. @param {string} page */
export function policy(page) {
  const inline = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => `'${hash(text)}'`);
  return [
    `default-src 'none'`,
    `script-src 'self' 'wasm-unsafe-eval' ${inline.join(' ')}`.trim(),
    // Formulas and charts have styles of their own.
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' blob: data:`,
    `media-src 'self' blob:`,
    ...['font', 'connect', 'worker', 'manifest'].map((what) => `${what}-src 'self'`),
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    // Those of www/page/trusted.js, www/intake/svg.js, and Lit; once more where an element for other pages is imported here.
    `trusted-types default drawings lit-html 'allow-duplicates'`,
  ].join('; ');
}

/** @param {string} policy */
export function tag(policy) {
  return `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
}

/** For pages without scripts in them. */
export const ALONE = tag(policy(''));

/** @param {string | Buffer} bytes */
export function hash(bytes) {
  return `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
}
