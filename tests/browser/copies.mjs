// Copies of the built page, as hosts have them: under a path of their own, and replaced by newer ones.
import { once } from 'node:events';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { host } from '../../tools/host.mjs';
import { serve } from '../../tools/serve.mjs';

/** A host with copies in folders of these names; `asked` has the paths that were asked for. @param {...string} names */
export async function copies(...names) {
  const folder = await mkdtemp(join(tmpdir(), 'copies-'));
  for (const name of names) await cp('dist', join(folder, name), { recursive: true });
  const server = serve(0, folder);
  /** @type {string[]} */ const asked = [];
  server.on('request', ({ url }) => asked.push(String(url)));
  if (!server.listening) await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const cut = () => {
    server.close();
    server.closeAllConnections();
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    /** Another version takes a copy's place. @param {string} name @returns {Promise<string>} its version */
    async replace(name) {
      await appendFile(join(folder, name, 'app/main.js'), '\n// another version\n');
      return (await host(join(folder, name))).version;
    },
    /** There is no host any more. */
    cut,
    async end() {
      cut();
      await rm(folder, { recursive: true });
    },
  };
}
