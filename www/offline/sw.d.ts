// What `tools/host.mjs` writes into the service worker.
declare const VERSION: string;
declare const FIRST: Record<string, string>;
declare const SOON: Record<string, string>;
declare const LATER: Record<string, string>;
declare const LATER_BYTES: number;
declare const USED: Record<string, string>;
